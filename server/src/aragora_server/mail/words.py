"""What a letter says of an event. Same event, same words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from aragora_server.kernel.money import parse_usd

Tone = Literal["warn", "stop", "note"]
LONGEST_NAME = 80
SCOPES = {"workspace": "the whole workspace", "api_key": "one API key", "debate": "one debate"}


@attrs.frozen(kw_only=True)
class Words:
    """`share` is how much of the limit is spent, in percent, for a bar; None draws none."""

    tone: Tone
    headline: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    next: str
    command: str = "aragora budgets list"
    share: int | None = None


def words_for(event: Mapping[str, Any]) -> Words:
    """Of an event as it stands in the contract; also of one that is newer than these words."""
    say = _SAY.get(str(event["type"]))
    if say is None or "budget" not in event["data"]:
        return _unknown(event)
    return say(event["data"])


def plain(text: str, most: int = LONGEST_NAME) -> str:
    """On one line, without signs that no one sees: it stands in headers and in sentences."""
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in text)
    line = " ".join(seen.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _threshold(data: Mapping[str, Any]) -> Words:
    budget = data["budget"]
    return Words(
        tone="warn",
        headline=f"{_name(budget)} has reached {data['threshold_percent']} % of its limit",
        lead=(
            f"{_usd(budget['spent_usd'])} of {_usd(budget['limit_usd'])} are spent{_span(budget)}."
        ),
        facts=_facts(budget),
        next=(
            "Nothing stops now. Calls are admitted until the budget refuses; debates then end with"
            " what they have found."
        ),
        share=_share(budget),
    )


def _exhausted(data: Mapping[str, Any]) -> Words:
    budget = data["budget"]
    needed = data.get("needed_usd")
    asked = f" The next call needed {_usd(needed)}." if needed else ""
    return Words(
        tone="stop",
        headline=f"{_name(budget)} admits nothing more",
        lead=(
            f"{_usd(budget['spent_usd'])} of {_usd(budget['limit_usd'])} are spent, and"
            f" {_left(budget)} left{_span(budget)}.{asked}"
        ),
        facts=_facts(budget),
        next=(
            "Debates under this budget end with what they have found, and new ones are refused,"
            " until the limit is raised or the next period begins."
        ),
        share=_share(budget),
    )


def _overage(data: Mapping[str, Any]) -> Words:
    budget = data["budget"]
    return Words(
        tone="note",
        headline=f"A call cost {_usd(data['overage_usd'])} more than was reserved",
        lead=(
            f"A provider billed more than its own stated bound. The excess counts against"
            f" {_name(budget)}, so that less is admitted from now on."
        ),
        facts=(("Debate", str(data["debate_id"])), *_facts(budget)),
        next="Nothing needs to be done. If it happens often, tell us which provider and model.",
        share=_share(budget),
    )


def _override(data: Mapping[str, Any]) -> Words:
    budget, ends_at = data["budget"], data.get("expires_at")
    until = f"until {_day(ends_at)}" if ends_at else "for the periods that were granted"
    return Words(
        tone="note",
        headline=f"{_name(budget)} was granted {_usd(data['amount_usd'])} more",
        lead=f"The amount holds {until}. Reason given: {plain(str(data['reason']), 500)}",
        facts=_facts(budget),
        next="Whoever may grant overrides can revoke it before.",
        share=_share(budget),
    )


def _unknown(event: Mapping[str, Any]) -> Words:
    return Words(
        tone="note",
        headline=f"Aragora reports: {plain(str(event['type']))}",
        lead="This kind of event has no words of its own yet.",
        facts=(),
        next="The webhook of the same event carries all its data.",
        command="aragora jobs list",
    )


_SAY: Mapping[str, Callable[[Mapping[str, Any]], Words]] = {
    "budget.threshold_reached": _threshold,
    "budget.exhausted": _exhausted,
    "budget.overage_recorded": _overage,
    "budget.override_granted": _override,
}


def _name(budget: Mapping[str, Any]) -> str:
    return f"Budget “{plain(str(budget['name']))}”"


def _facts(budget: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    remaining = budget["remaining_usd"]
    left = "no limit is enforced" if remaining is None else _usd(remaining)
    return (
        ("Spent", f"{_usd(budget['spent_usd'])} of {_usd(budget['limit_usd'])}"),
        ("Reserved for calls under way", _usd(budget["held_usd"])),
        ("Left", left),
        ("Period", f"{_day(budget['period_start'])} to {_end(budget)}"),
        ("Counts", _counts(budget)),
        ("Budget id", str(budget["id"])),
    )


def _counts(budget: Mapping[str, Any]) -> str:
    if budget["scope"] == "tag":
        return f"debates with the tag {plain(str(budget['scope_id']))}"
    return SCOPES.get(str(budget["scope"]), str(budget["scope"]))


def _left(budget: Mapping[str, Any]) -> str:
    remaining = budget["remaining_usd"]
    return "no limit is" if remaining is None else f"{_usd(remaining)} are"


def _share(budget: Mapping[str, Any]) -> int | None:
    limit = parse_usd(budget["limit_usd"])
    return min(100, parse_usd(budget["spent_usd"]) * 100 // limit) if limit else None


def _usd(amount: str) -> str:
    """At least cents, and no fraction of a micro-USD is dropped."""
    dollars, _, rest = amount.partition(".")
    return f"{int(dollars):,}.{rest.ljust(2, '0')} USD"


def _span(budget: Mapping[str, Any]) -> str:
    ends_at = budget["period_end"]
    return f" in the period that ends {_day(ends_at)}" if ends_at else ""


def _end(budget: Mapping[str, Any]) -> str:
    return _day(budget["period_end"]) if budget["period_end"] else "no end"


def _day(moment: str) -> str:
    at = datetime.fromisoformat(moment)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M} UTC"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
