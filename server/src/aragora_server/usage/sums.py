"""Sums of ledger entries. Adding them up in any order and in any parts gives the same. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from operator import attrgetter, sub
from typing import Protocol

import attrs

from .model import UNPRICED

QUARTER = timedelta(minutes=15)
"""Every midnight of every zone since 2000 is a multiple of it."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TOKENS = (
    "input",
    "cache_read",
    "cache_write_5m",
    "cache_write_1h",
    "output",
    "reasoning",
    "audio_in",
    "audio_out",
)


class Entry(Protocol):
    """What was booked, and for which call."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def workspace_id(self) -> str: ...
    @property
    def debate_id(self) -> str: ...
    @property
    def hold_id(self) -> str: ...
    @property
    def agent(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def amount_micro_usd(self) -> int: ...
    @property
    def overage_micro_usd(self) -> int: ...
    @property
    def usage(self) -> Mapping[str, int | None] | None: ...
    @property
    def usage_source(self) -> str | None: ...
    @property
    def price_version(self) -> str: ...


@attrs.frozen
class Sums:
    """Amounts may be negative: what was booked too much earlier may be given back here."""

    calls: int = 0
    counted: int = 0
    estimated: int = 0
    unpriced: int = 0
    cost_micro_usd: int = 0
    overage_micro_usd: int = 0
    input: int = 0
    cache_read: int = 0
    cache_write_5m: int = 0
    cache_write_1h: int = 0
    output: int = 0
    reasoning: int = 0
    audio_in: int = 0
    audio_out: int = 0

    def __add__(self, other: Sums) -> Sums:
        return total((self, other))

    def __sub__(self, other: Sums) -> Sums:
        return Sums(*map(sub, ROW(self), ROW(other)))


FIELDS = tuple(field.name for field in attrs.fields(Sums))
ROW: Callable[[Sums], tuple[int, ...]] = attrgetter(*FIELDS)


def total(parts: Iterable[Sums]) -> Sums:
    """Column by column: a report adds up thousands."""
    return Sums(*map(sum, zip(*map(ROW, parts), strict=True)))


NOTHING = Sums()


def of_entry(entry: Entry) -> Sums:
    """A settlement is a call when somebody answered. How it was told counts as it was then."""
    is_settled = entry.kind == "settle"
    used = entry.usage or {}
    return Sums(
        calls=int(is_settled and entry.usage is not None),
        counted=int(is_settled and entry.usage_source == "counted"),
        estimated=int(is_settled and entry.usage_source == "estimated"),
        unpriced=int(is_settled and entry.price_version == UNPRICED),
        cost_micro_usd=entry.amount_micro_usd,
        overage_micro_usd=entry.overage_micro_usd,
        **{bucket: used.get(bucket) or 0 for bucket in TOKENS},
    )


def quarter_of(at: datetime) -> int:
    """Quarters of an hour since 1970."""
    return (at - EPOCH) // QUARTER


def begins(quarter: int) -> datetime:
    return EPOCH + quarter * QUARTER
