"""Every query about jobs that callers see."""

from __future__ import annotations

from datetime import datetime

import attrs
from sqlalchemy import ColumnElement, select, update

from aragora_server.kernel.db import Tx
from aragora_server.kernel.outbox import jobs

from .model import Filter, KnownJob, Reach

_j = jobs.c
_shown = [_j[field.name] for field in attrs.fields(KnownJob)]


async def list_page(
    tx: Tx, reach: Reach, wanted: Filter, *, before: str | None, limit: int
) -> tuple[KnownJob, ...]:
    """Newest first: ids rise with the time they were made."""
    query = select(*_shown).where(_within(reach))
    if wanted.state is not None:
        query = query.where(_j.state == wanted.state)
    if wanted.kind is not None:
        query = query.where(_j.kind == wanted.kind)
    if before is not None:
        query = query.where(_j.id < before)
    found = await tx.execute(query.order_by(_j.id.desc()).limit(limit))
    return tuple(KnownJob(**row._mapping) for row in found)


async def find(tx: Tx, reach: Reach, job_id: str) -> KnownJob | None:
    found = await tx.execute(select(*_shown).where(_j.id == job_id, _within(reach)))
    row = found.one_or_none()
    return KnownJob(**row._mapping) if row else None


async def revive(tx: Tx, reach: Reach, job_id: str, now: datetime) -> KnownJob | None:
    """The dead job, due from now on as if it had never been tried; None when it is not dead."""
    reviving = (
        update(jobs)
        .where(_j.id == job_id, _within(reach), _j.state == "dead")
        .values(state="due", due_at=now, attempts=0, updated_at=now)
    )
    row = (await tx.execute(reviving.returning(*_shown))).one_or_none()
    return KnownJob(**row._mapping) if row else None


def _within(reach: Reach) -> ColumnElement[bool]:
    own = _j.workspace_id == reach.workspace_id
    return own | _j.workspace_id.is_(None) if reach.is_operator else own
