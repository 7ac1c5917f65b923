"""A report of what was used: sums, and the same by one thing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Literal, Protocol, TypeVar, get_args

import attrs

from .calendar import Days, Span
from .rolling import Placed
from .store import Dimension
from .sums import NOTHING, Sums, total

K = TypeVar("K")
Coarse = Literal["provider", "model", "protocol", "api_key", "tag", "budget"]
GroupBy = Span | Coarse | Literal["agent", "debate"]
SPANS: tuple[Span, ...] = get_args(Span)
COARSE: tuple[Coarse, ...] = get_args(Coarse)
OVERLAPPING = ("tag", "budget")
"""One call may be in several of their groups, or in none."""

KEYS: Mapping[Coarse, Callable[[Dimension], tuple[str, ...]]] = {
    "provider": lambda one: (one.provider,),
    "model": lambda one: (f"{one.provider}:{one.model}",),
    "protocol": lambda one: (one.protocol,),
    "api_key": lambda one: (one.api_key_id,),
    "tag": lambda one: one.tags,
    "budget": lambda one: one.budgets,
}


class Counted(Protocol):
    @property
    def opened(self) -> int: ...
    @property
    def concluded(self) -> int: ...
    @property
    def stopped_by_budget(self) -> int: ...
    @property
    def cancelled(self) -> int: ...
    @property
    def failed(self) -> int: ...


class Standing(Protocol):
    """A budget in its current period."""

    @property
    def budget_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def limit_micro_usd(self) -> int: ...
    @property
    def ceiling_micro_usd(self) -> int: ...
    @property
    def spent_micro_usd(self) -> int: ...
    @property
    def held_micro_usd(self) -> int: ...
    @property
    def overage_micro_usd(self) -> int: ...
    @property
    def remaining_micro_usd(self) -> int | None: ...
    @property
    def counts_from(self) -> datetime: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...


@attrs.frozen(kw_only=True)
class Asked:
    days: Days
    group_by: GroupBy
    top: int

    @property
    def spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """Each of which is counted by itself."""
        if self.group_by in SPANS:
            return self.days.bounds(self.group_by)
        return ((self.days.starts_at, self.days.ends_at),)


@attrs.frozen
class DebateCounts:
    opened: int = 0
    concluded: int = 0
    stopped_by_budget: int = 0
    cancelled: int = 0
    failed: int = 0

    def __add__(self, other: DebateCounts) -> DebateCounts:
        ours, theirs = attrs.astuple(self), attrs.astuple(other)
        return DebateCounts(*(a + b for a, b in zip(ours, theirs, strict=True)))

    @classmethod
    def of(cls, counted: Counted) -> DebateCounts:
        return cls(
            opened=counted.opened,
            concluded=counted.concluded,
            stopped_by_budget=counted.stopped_by_budget,
            cancelled=counted.cancelled,
            failed=counted.failed,
        )


@attrs.frozen(kw_only=True)
class Group:
    key: str
    label: str | None = None
    sums: Sums
    debates: DebateCounts | None = None


@attrs.frozen(kw_only=True)
class Report:
    """Groups and `rest` add up to the total, unless groups overlap: then there is no rest."""

    days: Days
    group_by: GroupBy
    at: datetime
    total: Sums
    debates: DebateCounts
    groups: tuple[Group, ...]
    rest: Sums | None
    top_tags: tuple[tuple[str, int], ...]
    budgets: tuple[Standing, ...]


def sum_by(known: Mapping[K, Sums], keys: Callable[[K], Iterable[str]]) -> dict[str, Sums]:
    """Sums under other keys: one of before may count under several, or under none."""
    parts: dict[str, list[Sums]] = {}
    for key, sums in known.items():
        for wanted in keys(key):
            parts.setdefault(wanted, []).append(sums)
    return {key: total(of_key) for key, of_key in parts.items()}


def with_tail(
    known: Mapping[str, Sums], tail: Iterable[Placed], keys: Callable[[Placed], Iterable[str]]
) -> dict[str, Sums]:
    parts = {key: [sums] for key, sums in known.items()}
    for placed in tail:
        for key in keys(placed):
            parts.setdefault(key, []).append(placed.sums)
    return {key: total(of_key) for key, of_key in parts.items()}


def ranked(found: Mapping[str, Sums], top: int) -> tuple[Group, ...]:
    """The dearest first."""
    dearest = sorted(found.items(), key=lambda item: (-item[1].cost_micro_usd, item[0]))
    return tuple(Group(key=key, sums=sums) for key, sums in dearest[:top])


def in_order(days: Days, span: Span, found: Mapping[str, Sums]) -> tuple[Group, ...]:
    """Every day, week or month, also those in which nothing was."""
    names = (first.isoformat() for first in days.spans(span))
    return tuple(Group(key=name, sums=found.get(name, NOTHING)) for name in names)
