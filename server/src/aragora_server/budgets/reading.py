"""The ledger in the order in which it was written, for whoever keeps sums of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

import anyio
from sqlalchemy import func, select, text

from aragora_server.kernel.db import Database, Tx

from .model import PAID
from .tables import budgets, hold_periods, ledger, periods

_NEWEST = select(func.coalesce(func.max(ledger.c.seq), 0))
_WRITERS = text(
    "SELECT virtualtransaction FROM pg_locks WHERE relation = 'ledger_entries'::regclass"
    " AND mode = 'RowExclusiveLock' AND virtualtransaction IS NOT NULL"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
WAIT_S, STEP = 2, timedelta(milliseconds=20)


async def settled_until(db: Database) -> int | None:
    """Up to here nothing is missing and nothing will come in between; None when nobody can say now.

    SQLite has one writer, so its numbers are committed in order. On PostgreSQL a number is taken by
    whoever holds the lock of a writer, from before until its commit: the numbers that were seen are
    complete when all who wrote then have ended. Nobody waits for us.
    """
    async with db.read() as tx:
        newest = int((await tx.execute(_NEWEST)).scalar_one())
        if db.dialect == "sqlite":
            return newest
        before = await _writers(tx)
    with anyio.move_on_after(WAIT_S):
        while before:
            await anyio.sleep(STEP.total_seconds())
            async with db.read() as tx:
                before &= await _writers(tx)
        return newest
    return None


async def _writers(tx: Tx) -> set[str]:
    return set((await tx.execute(_WRITERS)).scalars())


async def paid_after(
    tx: Tx,
    seq: int,
    *,
    until: int | None = None,
    workspace_id: str | None = None,
    limit: int | None = None,
) -> Sequence[Any]:
    """What cost something or gave something back, in order."""
    query = select(ledger).where(ledger.c.seq > seq, ledger.c.kind.in_(PAID))
    if until is not None:
        query = query.where(ledger.c.seq <= until)
    if workspace_id is not None:
        # Not by the index of the workspace, which would find all that it ever booked.
        query = query.where(ledger.c.workspace_id + "" == workspace_id)
    return (await tx.execute(query.order_by(ledger.c.seq).limit(limit))).all()


async def budgets_of(tx: Tx, hold_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The budgets that each hold counts in, but for the debate's own cap."""
    linked = hold_periods.join(periods, periods.c.id == hold_periods.c.period_id).join(
        budgets, budgets.c.id == periods.c.budget_id
    )
    query = select(hold_periods.c.hold_id, budgets.c.id).select_from(linked)
    mine = query.where(hold_periods.c.hold_id.in_(hold_ids), budgets.c.scope != "debate")
    found: dict[str, list[str]] = {}
    for hold_id, budget_id in await tx.execute(mine.order_by(budgets.c.id)):
        found.setdefault(hold_id, []).append(budget_id)
    return {hold_id: tuple(ids) for hold_id, ids in found.items()}
