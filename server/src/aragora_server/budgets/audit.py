"""Whether the books agree: all that is told of money, made anew from the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, Protocol

import attrs
from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select

from aragora_server.kernel.db import Tx

from .model import PAID
from .tables import budgets, hold_periods, holds, ledger, overrides, periods

Amount = Literal["spent", "held", "overage", "ceiling", "cost"]
COUNTED: tuple[Amount, ...] = ("spent", "held", "overage", "ceiling")
AT_ONCE = 500


@attrs.frozen(kw_only=True)
class Difference:
    """`id` is that of the period's budget, or of the receipt."""

    of: Literal["period", "receipt"]
    id: str
    amount: Amount
    told_micro_usd: int
    ledger_micro_usd: int


@attrs.frozen(kw_only=True)
class Audit:
    periods: int
    receipts: int
    differences: tuple[Difference, ...]


@attrs.frozen(kw_only=True)
class ReceiptCost:
    """What a receipt says that its debate had cost when it was issued."""

    receipt_id: str
    debate_id: str
    issued_at: datetime
    cost_micro_usd: int


class ReceiptCosts(Protocol):
    async def of_workspace(self, tx: Tx, *, workspace_id: str) -> Sequence[ReceiptCost]: ...


def _sum(amount: ColumnElement[int], is_meant: ColumnElement[bool]) -> ScalarSelect[int]:
    """Over the holds of a period, as a part of the statement that reads its counters."""
    of_holds = hold_periods.join(holds).outerjoin(ledger, ledger.c.hold_id == holds.c.id)
    adding = select(func.coalesce(func.sum(amount), 0)).select_from(of_holds)
    return (
        adding.where(hold_periods.c.period_id == periods.c.id, is_meant)
        .correlate(periods)
        .scalar_subquery()
    )


# The one product that a database makes of money: the terms are checked to stay far below 2^63.
_GRANTED = (
    select(func.coalesce(func.sum(overrides.c.amount_micro_usd), 0))
    .where(
        overrides.c.period_id == periods.c.id,
        overrides.c.revoked_at.is_(None),
        # One that has ended counts until the next call asks.
        overrides.c.expires_at >= periods.c.override_ends_at,
    )
    .correlate(periods)
    .scalar_subquery()
)
_TOLD = func.coalesce(periods.c.ceiling_micro_usd, 0)
# A period that is over keeps the ceiling that it had under other terms.
_CEILING = case(
    (periods.c.limit_version != budgets.c.limit_version, _TOLD),
    (budgets.c.block_at_percent.is_(None), 0),
    else_=periods.c.limit_micro_usd * budgets.c.block_at_percent // 100 + _GRANTED,
)

# One statement sees one moment, whatever is booked meanwhile. A hold has one `reserve`.
_EVERY = select(
    budgets.c.workspace_id,
    periods.c.budget_id,
    periods.c.starts_at,
    periods.c.spent_micro_usd,
    periods.c.held_micro_usd,
    periods.c.overage_micro_usd,
    _sum(ledger.c.amount_micro_usd - ledger.c.overage_micro_usd, ledger.c.kind.in_(PAID)).label(
        "spent"
    ),
    _sum(holds.c.amount_micro_usd, (holds.c.state == "held") & (ledger.c.kind == "reserve")).label(
        "held"
    ),
    _sum(ledger.c.overage_micro_usd, ledger.c.kind.in_(PAID)).label("overage"),
    _TOLD.label("ceiling_micro_usd"),
    _CEILING.label("ceiling"),
).join(budgets)


async def of_periods(tx: Tx, workspace_id: str) -> tuple[int, list[Difference]]:
    """How many periods there are, and each counter that is not the sum of its bookings."""
    every = _EVERY.where(budgets.c.workspace_id == workspace_id).subquery()
    differs = or_(*(every.c[f"{amount}_micro_usd"] != every.c[amount] for amount in COUNTED))
    found = await tx.execute(
        select(every).where(differs).order_by(every.c.budget_id, every.c.starts_at)
    )
    counting = select(func.count()).select_from(periods.join(budgets))
    counted = await tx.execute(counting.where(budgets.c.workspace_id == workspace_id))
    differences = [
        Difference(
            of="period",
            id=row.budget_id,
            amount=amount,
            told_micro_usd=getattr(row, f"{amount}_micro_usd"),
            ledger_micro_usd=int(getattr(row, amount)),
        )
        for row in found
        for amount in COUNTED
        if getattr(row, f"{amount}_micro_usd") != int(getattr(row, amount))
    ]
    return int(counted.scalar_one()), differences


async def of_receipts(tx: Tx, told: Sequence[ReceiptCost]) -> list[Difference]:
    """Each receipt that tells another cost than its debate had."""
    found: list[Difference] = []
    for begin in range(0, len(told), AT_ONCE):
        some = told[begin : begin + AT_ONCE]
        paid = await _paid(tx, {one.debate_id for one in some})
        found.extend(_differing(some, paid))
    return found


Paid = defaultdict[str, list[tuple[datetime, int]]]


async def _paid(tx: Tx, debate_ids: set[str]) -> Paid:
    entries = select(ledger.c.debate_id, ledger.c.at, ledger.c.amount_micro_usd)
    of_them = entries.where(ledger.c.debate_id.in_(debate_ids), ledger.c.kind.in_(PAID))
    paid: Paid = defaultdict(list)
    for row in await tx.execute(of_them):
        paid[row.debate_id].append((row.at, row.amount_micro_usd))
    return paid


def _differing(told: Sequence[ReceiptCost], paid: Paid) -> Iterator[Difference]:
    """An answer that came in after the receipt was issued is booked in the ledger alone; and where
    clocks were set, what was booked before may look as if it came after."""
    for one in told:
        entries = paid[one.debate_id]
        by_then = sum(amount for at, amount in entries if at <= one.issued_at)
        if one.cost_micro_usd not in (by_then, sum(amount for _, amount in entries)):
            yield Difference(
                of="receipt",
                id=one.receipt_id,
                amount="cost",
                told_micro_usd=one.cost_micro_usd,
                ledger_micro_usd=by_then,
            )
