"""When a budget starts anew: a function of the time, so that no job rolls anything over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

import attrs

from aragora_server.kernel.zones import InvalidPeriod, midnight, zone

PeriodKind = Literal["month", "week", "total"]
DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class Window:
    """`[starts_at, ends_at)` in UTC."""

    starts_at: datetime
    ends_at: datetime | None


@attrs.frozen(kw_only=True)
class Rhythm:
    """How often money comes anew: each month from its `anchor_day`, each ISO week from its Monday,
    at midnight in `timezone`; or never.
    """

    kind: PeriodKind = "month"
    anchor_day: int = 1
    timezone: str = "UTC"

    def check(self) -> None:
        """InvalidPeriod where no such time exists."""
        zone(self.timezone)
        if self.kind != "month" and self.anchor_day != 1:
            raise InvalidPeriod(f"anchor_day is a day of the month, and the period is {self.kind}")
        if self.kind == "total" and self.timezone != "UTC":
            raise InvalidPeriod("a period that never ends has no midnight: leave timezone out")

    def window(self, *, created_at: datetime, at: datetime) -> Window:
        """The period that `at` falls into."""
        if self.kind == "total":
            return Window(starts_at=created_at, ends_at=None)
        first = self._first_day(at.astimezone(zone(self.timezone)).date())
        found = _window(self, first)
        # Where midnight comes twice, or a day not at all, the clock on the wall is a period off.
        while at < found.starts_at:
            first = self._first_day(first - DAY)
            found = _window(self, first)
        while found.ends_at is not None and at >= found.ends_at:
            first = self.next(first)
            found = _window(self, first)
        return found

    def _first_day(self, day: date) -> date:
        """Of the period with this day."""
        if self.kind == "week":
            return day - timedelta(days=day.weekday())
        if day.day >= self.anchor_day:
            return day.replace(day=self.anchor_day)
        return (day.replace(day=1) - DAY).replace(day=self.anchor_day)

    def next(self, first: date) -> date:
        """The first day of the period after."""
        if self.kind == "week":
            return first + timedelta(weeks=1)
        return (first.replace(day=28) + timedelta(days=4)).replace(day=self.anchor_day)


@lru_cache(maxsize=4096)
def _window(rhythm: Rhythm, first: date) -> Window:
    """Asked before every round of every debate, and always the same."""
    local = zone(rhythm.timezone)
    return Window(starts_at=midnight(first, local), ends_at=midnight(rhythm.next(first), local))
