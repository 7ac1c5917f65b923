"""Time zones, and when a day begins in one.

Zones come from one package alone: two processes with other files on their machines would begin one
month at two instants, and give its money out twice.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from .errors import Invalid

ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}")
SECOND = timedelta(seconds=1)


class InvalidPeriod(Invalid):
    code = "invalid_period"


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
