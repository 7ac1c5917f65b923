"""Days, weeks and months of a time zone, and which quarter of an hour is in which. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal

import attrs

from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.zones import midnight, zone

from .sums import quarter_of

Span = Literal["day", "week", "month"]
DAY = timedelta(days=1)
MOST_DAYS = 1_100
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)


class InvalidRange(Invalid):
    code = "invalid_range"


@attrs.frozen(kw_only=True)
class Days:
    """From the first to the last day, both of them whole, in a time zone."""

    first: date
    last: date
    timezone: str

    @classmethod
    def asked(cls, first: str | None, last: str | None, timezone: str, *, now: datetime) -> Days:
        """The month so far, where nothing else is said."""
        end = _day(last) if last else now.astimezone(zone(timezone)).date()
        begin = _day(first) if first else end.replace(day=1)
        if not FIRST <= begin <= end <= LAST:
            raise InvalidRange("the first day comes after the last, or is before 2000")
        if (end - begin).days >= MOST_DAYS:
            raise InvalidRange(f"a report covers at most {MOST_DAYS} days")
        return cls(first=begin, last=end, timezone=timezone)

    @property
    def starts_at(self) -> datetime:
        return midnight(self.first, zone(self.timezone))

    @property
    def ends_at(self) -> datetime:
        """The first instant after them."""
        return midnight(self.last + DAY, zone(self.timezone))

    @property
    def quarters(self) -> range:
        return range(quarter_of(self.starts_at), quarter_of(self.ends_at))

    def spans(self, span: Span) -> tuple[date, ...]:
        """The first day of each, within these days: the first may have begun before."""
        return tuple(dict.fromkeys(self._first_of(span, day) for day in self))

    def bounds(self, span: Span) -> tuple[tuple[datetime, datetime], ...]:
        """When each begins, and the first instant after it."""
        begins = [midnight(first, zone(self.timezone)) for first in self.spans(span)]
        return tuple(zip(begins, [*begins[1:], self.ends_at], strict=True))

    def by_quarter(self, span: Span) -> Callable[[int], str]:
        """To which span a quarter of an hour of these days belongs, by the name of its first
        day."""
        local = zone(self.timezone)
        begins = [quarter_of(midnight(day, local)) for day in self]
        names = [self._first_of(span, day).isoformat() for day in self]
        # A day that a zone left out begins with the next, which is found.
        return lambda quarter: names[bisect_right(begins, quarter) - 1]

    def __iter__(self) -> Iterator[date]:
        for no in range((self.last - self.first).days + 1):
            yield self.first + no * DAY

    def _first_of(self, span: Span, day: date) -> date:
        if span == "day":
            return day
        first = day - day.weekday() * DAY if span == "week" else day.replace(day=1)
        return max(first, self.first)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRange(f"there is no day {text!r}") from None
