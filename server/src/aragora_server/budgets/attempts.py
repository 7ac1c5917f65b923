"""What each attempt of a debate came to, read from its holds and the ledger."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
from sqlalchemy import and_, select

from aragora_server.kernel.db import Tx

from .calls import UsageSource
from .costs import TokenTotals, totals
from .model import PAID, HoldState
from .tables import holds, ledger


@attrs.frozen(kw_only=True)
class Attempt:
    """One hold. `usage` is that of the last entry that knew it, `price_version` the last that
    priced it."""

    hold_id: str
    agent: str
    provider: str
    model: str
    round: int
    call_no: int
    attempt: int
    state: HoldState
    price_version: str
    held_micro_usd: int
    cost_micro_usd: int = 0
    overage_micro_usd: int = 0
    usage: TokenTotals | None = None
    usage_source: UsageSource | None = None
    is_answered: bool = False

    def booked(
        self,
        kind: str,
        amount: int,
        overage: int,
        usage: Mapping[str, int | None] | None,
        source: UsageSource | None,
    ) -> Attempt:
        told = self.usage if usage is None else totals(usage)
        return attrs.evolve(
            self,
            cost_micro_usd=self.cost_micro_usd + amount,
            overage_micro_usd=self.overage_micro_usd + overage,
            usage=told,
            usage_source=source or self.usage_source,
            is_answered=self.is_answered or (kind == "settle" and usage is not None),
        )


_OF_HOLD = ("agent", "provider", "model", "round", "call_no", "attempt", "state", "price_version")
_PAID = and_(ledger.c.hold_id == holds.c.id, ledger.c.kind.in_(PAID))
# A settlement is read before what adjusts it, whatever the clocks of two servers said.
_EVERY = select(
    holds.c.id.label("hold_id"),
    holds.c.amount_micro_usd.label("held"),
    *(holds.c[name] for name in _OF_HOLD),
    ledger.c.kind,
    ledger.c.amount_micro_usd,
    ledger.c.overage_micro_usd,
    ledger.c.usage,
    ledger.c.usage_source,
    ledger.c.repriced_from,
    ledger.c.price_version.label("booked_version"),
).select_from(holds.outerjoin(ledger, _PAID))
_IN_ORDER = (holds.c.call_no, holds.c.attempt, holds.c.id, ledger.c.kind.desc(), ledger.c.seq)


async def of_debate(tx: Tx, debate_id: str) -> tuple[Attempt, ...]:
    """In the order of the calls."""
    found: dict[str, Attempt] = {}
    rows = await tx.execute(_EVERY.where(holds.c.debate_id == debate_id).order_by(*_IN_ORDER))
    for row in rows:
        known = found.get(row.hold_id) or Attempt(
            hold_id=row.hold_id,
            held_micro_usd=row.held if row.state == "held" else 0,
            **{name: getattr(row, name) for name in _OF_HOLD},
        )
        if row.kind is not None:
            known = known.booked(
                row.kind,
                row.amount_micro_usd,
                row.overage_micro_usd,
                row.usage,
                row.usage_source,
            )
        if row.repriced_from is not None:
            known = attrs.evolve(known, price_version=row.booked_version)
        found[row.hold_id] = known
    return tuple(found.values())
