"""How ballots become a winner: integers only, ties broken by declared rules, never by chance.

Every function is pure, so a receipt's ballots can be counted again by anyone, in any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import attrs

from .transcript import Ballot, Quorum, TallyEntry

Rule = Literal["plurality", "majority", "supermajority", "unanimous", "weighted"]
TieRule = Literal["sealed_ballots", "first_listed", "no_decision"]
Weights = Literal["equal", "reconcile"]

# ReConcile's table times ten: up to this confidence a ballot weighs that much.
_RECONCILE = ((600_000, 1), (799_999, 3), (899_999, 5), (999_999, 8))
_CERTAIN = 10


@attrs.frozen(kw_only=True)
class Share:
    num: int
    den: int


@attrs.frozen(kw_only=True)
class Decision:
    """A protocol's way to decide. A quorum is `min_ballots` and more than `share` of the seats."""

    rule: Rule
    ties: tuple[TieRule, ...]
    weights: Weights = "equal"
    share: Share = Share(num=2, den=3)
    min_ballots: int = 2
    quorum_share: Share = Share(num=1, den=2)


@attrs.frozen(kw_only=True)
class Tally:
    winner: str | None
    entries: tuple[TallyEntry, ...]
    margin: int
    tie_rule_used: str | None
    quorum: Quorum
    abstentions: int


def weight(decision: Decision, ballot: Ballot) -> int:
    """Raw confidence only ever weighs through the table; without one a ballot weighs 1."""
    if decision.weights == "equal" or ballot.confidence_ppm is None:
        return 1
    for limit, weighs in _RECONCILE:
        if ballot.confidence_ppm <= limit:
            return weighs
    return _CERTAIN


def quorum(decision: Decision, *, cast: int, eligible: int) -> Quorum:
    share = decision.quorum_share
    is_met = cast >= decision.min_ballots and share.den * cast > share.num * eligible
    return Quorum(cast=cast, eligible=eligible, met=is_met)


def count(
    decision: Decision, ballots: Sequence[Ballot], options: Sequence[str]
) -> tuple[TallyEntry, ...]:
    """Support by option, in listed order; options nobody chose stand with zero."""
    support = {option: [0, 0] for option in options}
    for ballot in ballots:
        if ballot.choice is not None:
            entry = support.setdefault(ballot.choice, [0, 0])
            entry[0] += 1
            entry[1] += weight(decision, ballot)
    return tuple(
        TallyEntry(option_id=option, count=number, weight=weighs)
        for option, (number, weighs) in support.items()
    )


def tally(
    decision: Decision,
    ballots: Sequence[Ballot],
    *,
    options: Sequence[str],
    eligible: int,
    sealed: Sequence[Ballot] = (),
) -> Tally:
    """Count one ballot an agent. `sealed` are the ballots cast before anyone saw a peer."""
    entries = count(decision, ballots, options)
    cast = sum(entry.count for entry in entries)
    met = quorum(decision, cast=cast, eligible=eligible)
    weights = [*sorted((entry.weight for entry in entries), reverse=True), 0, 0]
    leaders = tuple(e.option_id for e in entries if e.weight == weights[0] and e.weight > 0)
    winner, tie_rule = _winner(decision, entries, leaders, sealed) if met.met else (None, None)
    return Tally(
        winner=winner,
        entries=entries,
        margin=weights[0] - weights[1],
        tie_rule_used=tie_rule,
        quorum=met,
        abstentions=sum(ballot.kind == "abstain" for ballot in ballots),
    )


def _winner(
    decision: Decision,
    entries: tuple[TallyEntry, ...],
    leaders: tuple[str, ...],
    sealed: Sequence[Ballot],
) -> tuple[str | None, str | None]:
    total = sum(entry.weight for entry in entries)
    best = max(entry.weight for entry in entries)
    match decision.rule:
        case "plurality" | "weighted":
            return _break_tie(decision, leaders, sealed)
        case "majority":
            is_enough = 2 * best > total
        case "supermajority":
            is_enough = decision.share.den * best >= decision.share.num * total
        case "unanimous":
            is_enough = best == total
    return (leaders[0] if is_enough and len(leaders) == 1 else None), None


def _break_tie(
    decision: Decision, leaders: tuple[str, ...], sealed: Sequence[Ballot]
) -> tuple[str | None, str | None]:
    """The winner among the leaders and, where they had to be parted, the rule that did it."""
    if len(leaders) == 1:
        return leaders[0], None
    for rule in decision.ties:
        match rule:
            case "first_listed":
                return leaders[0], rule
            case "no_decision":
                return None, rule
            case "sealed_ballots":
                led = count(decision, [b for b in sealed if b.choice in leaders], leaders)
                best = max(entry.weight for entry in led)
                first = [entry.option_id for entry in led if entry.weight == best]
                if best > 0 and len(first) == 1:
                    return first[0], rule
    return None, None
