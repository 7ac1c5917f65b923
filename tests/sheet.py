"""The books of three budgets in plain arithmetic. It knows nothing of how the product does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import attrs

Name = Literal["month", "week", "total"]
ZONE, ANCHOR = "Pacific/Auckland", 27
LOCAL = ZoneInfo(ZONE)


def midnights() -> Iterator[tuple[Name, datetime]]:
    """When a month or a week begins in this year and the next."""
    day = date(2026, 1, 1)
    while day.year < 2028:
        at = datetime.combine(day, time(), LOCAL).astimezone(UTC)
        if day.day == ANCHOR:
            yield "month", at
        if day.weekday() == 0:
            yield "week", at
        day += timedelta(days=1)


TURNS = tuple(midnights())


def period(kind: Name, at: datetime) -> int:
    """The number of the period that this moment falls into."""
    return sum(1 for of, turn in TURNS if of == kind and turn <= at)


@attrs.define(kw_only=True)
class Held:
    amount: int
    rate: int
    periods: dict[Name, int]
    expires_at: datetime
    is_sent: bool = False
    is_open: bool = True
    is_answered: bool = False
    cost: int = 0
    spent: int = 0
    overage: int = 0

    def end(self, cost: int, *, is_answered: bool = False) -> None:
        self.is_open, self.is_answered, self.cost = False, is_answered, cost
        self.spent, self.overage = min(cost, self.amount), max(0, cost - self.amount)

    def adjust(self, cost: int) -> None:
        """The answer came after all, for once. What it costs more than was booked is overage."""
        if self.is_answered:
            return
        self.is_answered = True
        self.spent += min(0, cost - self.cost)
        self.overage += max(0, cost - self.cost)


@attrs.define(kw_only=True)
class Granted:
    kind: Name
    period: int
    amount: int
    expires_at: datetime
    is_over: bool = False


@attrs.define
class Sheet:
    limits: dict[Name, int]
    granted: dict[str, Granted] = attrs.field(factory=dict)
    holds: dict[str, Held] = attrs.field(factory=dict)
    rates: list[tuple[datetime, int]] = attrs.field(factory=list)

    def rate(self, at: datetime) -> int:
        return next((rate for since, rate in reversed(self.rates) if since <= at), 1)

    def counters(self, kind: Name, at: datetime) -> tuple[int, int, int, int]:
        now = period(kind, at)
        mine = [hold for hold in self.holds.values() if hold.periods[kind] == now]
        spent = sum(hold.spent for hold in mine)
        held = sum(hold.amount for hold in mine if hold.is_open)
        overage = sum(hold.overage for hold in mine)
        more = sum(one.amount for one in self.live(kind, now))
        return spent, held, overage, max(0, self.limits[kind] + more - spent - held - overage)

    def live(self, kind: Name, now: int) -> Iterator[Granted]:
        for one in self.granted.values():
            if not one.is_over and (one.kind, one.period) == (kind, now):
                yield one

    def left(self, at: datetime) -> int:
        return min(self.counters(kind, at)[3] for kind in self.limits)

    def sweep(self, at: datetime) -> None:
        for hold in self.holds.values():
            if hold.is_open and hold.expires_at <= at:
                hold.end(hold.amount if hold.is_sent else 0)
        for one in self.granted.values():
            one.is_over |= one.expires_at <= at
