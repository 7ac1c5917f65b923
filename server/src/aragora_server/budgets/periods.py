"""When a budget starts anew: a function of the time, so that no job rolls anything over.

Zones come from one package alone: two processes with other files on their machines would begin one
month at two instants, and give its money out twice.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

import attrs

from aragora_server.kernel.errors import Invalid

PeriodKind = Literal["month", "week", "total"]
ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


class InvalidPeriod(Invalid):
    code = "invalid_period"


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


@cache
def zone(name: str) -> ZoneInfo:
    """An IANA time zone, such as `Europe/Berlin`; InvalidPeriod when there is none of this name."""
    path = files("tzdata").joinpath("zoneinfo", *name.split("/")) if ZONE.fullmatch(name) else None
    if path is None or not path.is_file():
        raise InvalidPeriod(f"there is no time zone {name!r}: give one such as Europe/Berlin")
    with path.open("rb") as rules:
        try:
            return ZoneInfo.from_file(rules, key=name)
        except ValueError:
            raise InvalidPeriod(f"{name!r} is no time zone") from None


def midnight(day: date, local: ZoneInfo) -> datetime:
    """In UTC. Where it comes twice, the first; where it never comes, the first instant after it."""
    wanted = datetime.combine(day, time(), local)
    early = wanted.replace(fold=1).astimezone(UTC)
    late = wanted.astimezone(UTC)
    if early < late:  # the clock was put forward over it
        return _turn(early, late, local)
    return late


def _turn(before: datetime, after: datetime, local: ZoneInfo) -> datetime:
    """When the clock was put forward, which it was between these two."""
    offset = before.astimezone(local).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if middle.astimezone(local).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
