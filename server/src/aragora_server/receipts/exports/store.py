"""Every query about exports."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select, update

from aragora_server.kernel.db import Database, Tx, add_if_new
from aragora_server.kernel.outbox import jobs
from aragora_server.receipts import store as receipts

from .model import Cursor, Export, Shown, Survey
from .tables import receipt_export_parts, receipt_exports

_e, _p = receipt_exports.c, receipt_export_parts.c
DELETED_AT_ONCE = 8


async def add(tx: Tx, export: Export) -> bool:
    """False, and no change, when there is one with this id."""
    return await add_if_new(tx, receipt_exports, attrs.asdict(export))


async def count(tx: Tx, workspace_id: str, now: datetime) -> int:
    counting = select(func.count()).select_from(receipt_exports).where(_mine(workspace_id, now))
    return int((await tx.execute(counting)).scalar_one())


async def bytes_of(tx: Tx, workspace_id: str, now: datetime) -> int:
    """How large those files are together that were not withdrawn."""
    kept = _mine(workspace_id, now) & _e.withdrawn_at.is_(None)
    adding = select(func.coalesce(func.sum(_e.bytes), 0)).where(kept)
    return int((await tx.execute(adding)).scalar_one())


async def count_under_way(tx: Tx, workspace_id: str, now: datetime) -> int:
    """Those that somebody makes, or will."""
    counting = select(func.count()).join_from(receipt_exports, jobs, jobs.c.id == _e.job_id)
    is_open = _e.finished_at.is_(None) & _e.withdrawn_at.is_(None) & (jobs.c.state != "dead")
    return int((await tx.execute(counting.where(_mine(workspace_id, now), is_open))).scalar_one())


async def find(tx: Tx, workspace_id: str, export_id: str, now: datetime) -> Shown | None:
    query = _shown().where(_e.id == export_id, _mine(workspace_id, now))
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _show(row)


async def list_page(
    tx: Tx, workspace_id: str, now: datetime, *, before: str | None, limit: int
) -> tuple[Shown, ...]:
    """Newest first."""
    query = _shown().where(_mine(workspace_id, now))
    if before is not None:
        query = query.where(_e.id < before)
    found = await tx.execute(query.order_by(_e.id.desc()).limit(limit))
    return tuple(_show(row) for row in found)


async def under_way(tx: Tx, export_id: str) -> Export | None:
    """None when there is nothing left to make."""
    row = (await tx.execute(select(receipt_exports).where(_e.id == export_id))).one_or_none()
    export = None if row is None else _export(row)
    return None if export is None or export.is_over else export


async def begin(tx: Tx, export: Export, survey: Survey) -> bool:
    """False when somebody else has begun it, or it is gone: so for all that go on with it."""
    mine = _same(export) & _e.cursor.is_(None)
    changed = update(receipt_exports).where(mine).values(attrs.asdict(survey))
    return (await tx.execute(changed)).rowcount == 1


async def append(
    tx: Tx, export: Export, parts: Sequence[bytes], counts: Mapping[str, int], cursor: Cursor | None
) -> Export | None:
    """Put these parts behind the others."""
    grown = attrs.evolve(
        export,
        parts=export.parts + len(parts),
        bytes=export.bytes + sum(map(len, parts)),
        counts=dict(counts),
        cursor=cursor if cursor is not None else export.cursor,
    )
    changed = {name: getattr(grown, name) for name in ("parts", "bytes", "counts", "cursor")}
    # First of all: who withdraws it waits for this row, or this one for him.
    if (await tx.execute(update(receipt_exports).where(_same(export)).values(changed))).rowcount:
        for n, content in enumerate(parts, export.parts):
            row = {"export_id": export.id, "n": n, "content": content}
            await tx.execute(insert(receipt_export_parts), row)
        return grown
    return None


async def finish(tx: Tx, export: Export, sha256: str, now: datetime) -> bool:
    ended = {"sha256": sha256, "finished_at": now, "total": export.done}
    return (
        await tx.execute(update(receipt_exports).where(_same(export)).values(ended))
    ).rowcount == 1


async def part(tx: Tx, export_id: str, n: int) -> bytes | None:
    query = select(_p.content).where(_p.export_id == export_id, _p.n == n)
    found: bytes | None = (await tx.execute(query)).scalar()
    return found


async def parts(db: Database, export: Export) -> AsyncIterator[bytes]:
    """In order, one at a time."""
    for n in range(export.parts):
        async with db.read() as tx:
            content = await part(tx, export.id, n)
        if content is not None:
            yield content


async def withdraw(tx: Tx, workspace_id: str, receipt_id: str, now: datetime) -> None:
    """Every file that this receipt may be in is gone, whole or not.

    To be called while the receipt is still found by what it was found by then.
    """
    mine = (_e.workspace_id == workspace_id) & _e.withdrawn_at.is_(None)
    query = select(receipt_exports).where(mine)
    for row in (await tx.execute(query)).all():
        export = _export(row)
        if await receipts.ids_of(tx, workspace_id, export.filter, [receipt_id]):
            gone = {"withdrawn_at": now, "wanted": None, "sha256": None}
            await tx.execute(update(receipt_exports).where(_e.id == export.id).values(gone))
            await tx.execute(delete(receipt_export_parts).where(_p.export_id == export.id))


async def remove(tx: Tx, export_id: str) -> None:
    # Whoever is adding to it comes first, or finds it gone.
    await tx.execute(select(_e.id).where(_e.id == export_id).with_for_update())
    await tx.execute(delete(receipt_export_parts).where(_p.export_id == export_id))
    await tx.execute(delete(receipt_exports).where(_e.id == export_id))


async def delete_expired(db: Database, now: datetime) -> int:
    """How many there were; a long file goes in many transactions."""
    async with db.read() as tx:
        expired = list((await tx.execute(select(_e.id).where(_e.expires_at <= now))).scalars())
    for export_id in expired:
        some = select(_p.n).where(_p.export_id == export_id).limit(DELETED_AT_ONCE)
        bite = delete(receipt_export_parts).where(_p.export_id == export_id, _p.n.in_(some))
        while await db.run(lambda tx, bite=bite: _rows(tx, bite)):  # type: ignore[misc]
            pass
        await db.run(lambda tx, export_id=export_id: remove(tx, export_id))  # type: ignore[misc]
    return len(expired)


async def _rows(tx: Tx, statement: Any) -> int:
    return (await tx.execute(statement)).rowcount


def _mine(workspace_id: str, now: datetime) -> ColumnElement[bool]:
    return (_e.workspace_id == workspace_id) & (_e.expires_at > now)


def _same(export: Export) -> ColumnElement[bool]:
    """As it was when it was read: nobody else has gone on with it."""
    is_open = _e.withdrawn_at.is_(None) & _e.finished_at.is_(None)
    return (_e.id == export.id) & (_e.parts == export.parts) & is_open


def _shown() -> Select[Any]:
    job = (jobs.c.state.label("job_state"), jobs.c.last_error)
    return select(receipt_exports, *job).outerjoin_from(
        receipt_exports, jobs, jobs.c.id == _e.job_id
    )


def _show(row: Row[Any]) -> Shown:
    told = dict(row._mapping)
    job = {name: told.pop(name) for name in ("job_state", "last_error")}
    return Shown(export=Export(**told), **job)


def _export(row: Row[Any]) -> Export:
    return Export(**row._mapping)
