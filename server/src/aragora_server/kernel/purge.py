"""Deleting much without keeping others waiting."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, delete, select

from .db import Database, Tx

AT_ONCE = 1000


async def purge(
    db: Database, table: Table, which: ColumnElement[bool], *, at_once: int = AT_ONCE
) -> int:
    """Delete these rows, so many in a transaction: how many there were."""
    (key,) = table.primary_key
    some = delete(table).where(key.in_(select(key).where(which).limit(at_once)))

    async def bite(tx: Tx) -> int:
        return (await tx.execute(some)).rowcount

    total = 0
    while gone := await db.run(bite):
        total += gone
    return total
