"""How long a receipt is kept: calendar years, and never shorter by surprise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import attrs
from aragora.receipts import canonical

from aragora_server.kernel.clock import wire_time

Kind = Literal["receipts", "debates"]
DEFAULT = "P7Y"
# Nothing is kept shorter; and by so much calendar years differ.
SHORTEST, LEAP = timedelta(days=1), timedelta(days=2)
PERIOD = re.compile(r"P(?:([1-9][0-9]{0,2})Y|([1-9][0-9]{0,4})D)")


def after(period: str, moment: datetime) -> datetime:
    """The same day so many years later; 29 February becomes 1 March."""
    years, days = PERIOD.fullmatch(period).groups()  # type: ignore[union-attr]
    if days is not None:
        return moment + timedelta(days=int(days))
    year = moment.year + int(years)
    try:
        return moment.replace(year=year)
    except ValueError:
        return moment.replace(year=year, month=3, day=1)


@attrs.frozen(kw_only=True)
class Policy:
    """What a workspace said once. Nothing of it is ever changed: the next one comes after it."""

    id: str
    workspace_id: str
    period: str
    debates: str | None = None
    apply_to_existing: bool
    set_by: str
    set_at: datetime

    def of(self, kind: Kind) -> str:
        """Debates are kept as long as receipts where nothing else was said."""
        return self.period if kind == "receipts" or self.debates is None else self.debates


def kept_until(since: datetime, policies: Iterable[Policy], kind: Kind) -> datetime:
    """`policies` are in the order in which they were set."""
    end = after(DEFAULT, since)
    for policy in policies:
        its = after(policy.of(kind), since)
        is_meant = policy.apply_to_existing or policy.set_at <= since
        end = its if is_meant else max(end, its)
    return end


@attrs.frozen
class Aged:
    """A receipt that may be over."""

    id: str
    workspace_id: str


@attrs.frozen
class Span:
    """What began by then may be over: of one workspace, or of all."""

    workspace_id: str | None
    until: datetime


def spans(
    periods: Iterable[tuple[str, str, str | None]], kind: Kind, now: datetime
) -> tuple[Span, ...]:
    """Where to look: by the usual period everywhere, and further where a workspace said less.

    `periods` are what each workspace ever said, of receipts and of debates.
    """
    shortest: dict[str, timedelta] = {}
    for workspace_id, receipts, debates in periods:
        said = receipts if kind == "receipts" else debates or receipts
        length = after(said, now) - now
        shortest[workspace_id] = min(length, shortest.get(workspace_id, length))
    usual = after(DEFAULT, now) - now
    shorter = {of: length for of, length in shortest.items() if length < usual}
    return tuple(
        Span(of, now - max(SHORTEST, length - LEAP))
        for of, length in ((None, usual), *sorted(shorter.items()))
    )


@attrs.frozen(kw_only=True)
class Tombstone:
    """What is left of a receipt that was deleted: that it was, and its leaf."""

    id: str
    workspace_id: str
    shard: str
    idx: int
    entry: bytes
    leaf_id: str
    reason: str
    operator: str
    deleted_at: datetime

    def statement(self) -> bytes:
        """For the log, which sees only the digest of it."""
        told = {
            "v": 1,
            "id": self.leaf_id,
            "receipt_id": self.id,
            "shard": self.shard,
            "idx": self.idx,
            "reason": self.reason,
            "operator": self.operator,
            "at": wire_time(self.deleted_at),
        }
        return canonical.encode(told)
