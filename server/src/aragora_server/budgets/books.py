"""Every query about holds and the ledger. The ledger is only ever added to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, and_, bindparam, case, exists, func, insert, or_, select, update

from aragora_server.kernel.db import Tx
from aragora_server.kernel.prepared import Prepared

from .costs import Paid
from .model import PAID, Hold, HoldState, LedgerEntry
from .tables import hold_periods, holds, ledger, periods

_HOLD = tuple(field.name for field in attrs.fields(Hold))
_ENTRY = tuple(field.name for field in attrs.fields(LedgerEntry))
_PAID = Prepared(
    select(
        *(
            ledger.c[name]
            for name in (
                "kind",
                "hold_id",
                "agent",
                "provider",
                "model",
                "usage",
                "usage_source",
                "amount_micro_usd",
                "overage_micro_usd",
                "price_version",
            )
        )
    )
    .join(holds, holds.c.id == ledger.c.hold_id)
    .where(
        ledger.c.debate_id == bindparam("debate_id"),
        or_(*(ledger.c.kind == kind for kind in sorted(PAID))),
    )
    .order_by(holds.c.call_no, holds.c.attempt, ledger.c.id)
)
_ADD_HOLDS, _ADD_LINKS, _ADD_ENTRIES = insert(holds), insert(hold_periods), insert(ledger)


async def add_holds(tx: Tx, found: Sequence[Hold], period_ids: Sequence[str]) -> None:
    await tx.execute(_ADD_HOLDS, [attrs.asdict(hold, recurse=False) for hold in found])
    links = [
        {"hold_id": hold.id, "period_id": period_id} for hold in found for period_id in period_ids
    ]
    if links:
        await tx.execute(_ADD_LINKS, links)


async def find_hold(tx: Tx, hold_id: str) -> Hold | None:
    query = select(holds).where(holds.c.id == hold_id).with_for_update()
    row = (await tx.execute(query)).first()
    return _hold(row) if row else None


async def debates_with_expired(tx: Tx, at: datetime) -> tuple[str, ...]:
    late = select(holds.c.debate_id).where(holds.c.expires_at <= at, holds.c.state == "held")
    return tuple((await tx.execute(late.distinct().order_by(holds.c.debate_id))).scalars())


async def lock_expired(tx: Tx, debate_id: str, at: datetime) -> tuple[Hold, ...]:
    """Holds whose time is over; one that somebody settles this moment is left to them."""
    is_late = and_(holds.c.expires_at <= at, holds.c.state == "held")
    late = select(holds).where(is_late, holds.c.debate_id == debate_id)
    found = await tx.execute(late.order_by(holds.c.id).with_for_update(skip_locked=True))
    return tuple(_hold(row) for row in found)


async def mark_sent(
    tx: Tx, hold_ids: Sequence[str], at: datetime, expires_at: datetime
) -> frozenset[str]:
    mine = and_(holds.c.id.in_(hold_ids), holds.c.state == "held")
    marking = update(holds).where(mine).values(sent_at=at, expires_at=expires_at)
    return frozenset((await tx.execute(marking.returning(holds.c.id))).scalars())


async def end_hold(tx: Tx, hold_id: str, state: HoldState, cost_micro_usd: int) -> bool:
    """False when somebody else was first."""
    ending = update(holds).where(holds.c.id == hold_id, holds.c.state == "held")
    changed = ending.values(state=state, cost_micro_usd=cost_micro_usd)
    return (await tx.execute(changed)).rowcount == 1


async def period_ids(tx: Tx, hold_id: str) -> tuple[str, ...]:
    query = select(hold_periods.c.period_id).where(hold_periods.c.hold_id == hold_id)
    return tuple((await tx.execute(query)).scalars())


async def sums_of_debate(tx: Tx, debate_id: str) -> tuple[int, int]:
    """What it spent, and what is held for it now."""
    paid = and_(ledger.c.debate_id == debate_id, ledger.c.kind.in_(PAID))
    spent = select(func.coalesce(func.sum(ledger.c.amount_micro_usd), 0)).where(paid)
    open_ = and_(holds.c.debate_id == debate_id, holds.c.state == "held")
    held = select(func.coalesce(func.sum(holds.c.amount_micro_usd), 0)).where(open_)
    row = (await tx.execute(select(spent.scalar_subquery(), held.scalar_subquery()))).one()
    return int(row[0]), int(row[1])


async def append(tx: Tx, entries: Iterable[LedgerEntry]) -> None:
    rows = [attrs.asdict(entry, recurse=False) for entry in entries]
    await tx.execute(_ADD_ENTRIES, rows)


async def is_answered(tx: Tx, hold_id: str) -> bool:
    """Whether what its call used is booked."""
    query = select(ledger.c.id).where(ledger.c.hold_id == hold_id, ledger.c.usage.is_not(None))
    return (await tx.execute(query)).first() is not None


@attrs.frozen
class Booked:
    """What a call came to so far."""

    cost_micro_usd: int
    overage_micro_usd: int


async def booked_for(tx: Tx, hold_id: str) -> Booked:
    amounts = (ledger.c.amount_micro_usd, ledger.c.overage_micro_usd)
    query = select(*(func.coalesce(func.sum(amount), 0) for amount in amounts))
    paid = query.where(ledger.c.hold_id == hold_id, ledger.c.kind.in_(PAID))
    return Booked(*map(int, (await tx.execute(paid)).one()))


async def find_entry(tx: Tx, workspace_id: str, entry_id: str) -> LedgerEntry | None:
    mine = and_(ledger.c.id == entry_id, ledger.c.workspace_id == workspace_id)
    row = (await tx.execute(select(ledger).where(mine))).one_or_none()
    return _entry(row) if row else None


async def of_debates(tx: Tx, debate_ids: Collection[str]) -> tuple[LedgerEntry, ...]:
    """What these debates paid, each in the order of its calls."""
    paid = and_(ledger.c.debate_id.in_(debate_ids), ledger.c.kind.in_(PAID))
    query = select(ledger).join(holds, holds.c.id == ledger.c.hold_id).where(paid)
    in_ask_order = query.order_by(holds.c.call_no, holds.c.attempt, ledger.c.id)
    return tuple(_entry(row) for row in await tx.execute(in_ask_order))


async def of_debate(tx: Tx, debate_id: str) -> Sequence[Paid]:
    """As much of what one debate paid as its cost is made of, in the order of its calls."""
    return await _PAID.rows(tx, debate_id=debate_id)


async def list_page(
    tx: Tx, workspace_id: str, budget_id: str, *, before: str | None, limit: int
) -> tuple[LedgerEntry, ...]:
    """Newest first, of all periods of a budget."""
    # Asked of each entry from the newest on, so that whoever has a page full stops; and of those of
    # the workspace alone, so that nobody waits for what others wrote.
    of_budget = (
        exists()
        .where(hold_periods.c.hold_id == ledger.c.hold_id, hold_periods.c.period_id == periods.c.id)
        .where(periods.c.budget_id == budget_id)
    )
    query = select(ledger).where(ledger.c.workspace_id == workspace_id, of_budget)
    if before is not None:
        query = query.where(ledger.c.id < before)
    found = await tx.execute(query.order_by(ledger.c.id.desc()).limit(limit))
    return tuple(_entry(row) for row in found)


def _hold(row: Row[Any]) -> Hold:
    return Hold(**{name: getattr(row, name) for name in _HOLD})


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(**{name: getattr(row, name) for name in _ENTRY})


async def rename(tx: Tx, debate_id: str, names: Mapping[str, str]) -> None:
    """All at once: a new name may be an old one of somebody else."""
    for table in (holds, ledger):
        if names:
            renamed = case(names, value=table.c.agent, else_=table.c.agent)
            mine = table.c.debate_id == debate_id
            await tx.execute(update(table).where(mine).values(agent=renamed))
