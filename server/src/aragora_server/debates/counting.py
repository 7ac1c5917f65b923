"""How many debates there were, and what a report says of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

import attrs
from sqlalchemy import Column, ColumnElement, Integer, cast, func, literal, select

from aragora_server.kernel.db import Tx

from .tables import debate_tags, debates

QUARTER_S = 900
_d = debates.c


@attrs.frozen(kw_only=True)
class Facts:
    """What is settled when a debate is opened."""

    api_key_id: str
    protocol: str
    tags: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Counted:
    """So many debates were opened, or ended like this, in a quarter of an hour since 1970."""

    quarter: int
    status: str | None
    stop_reason: str | None
    number: int


async def facts(tx: Tx, debate_ids: Collection[str]) -> Mapping[str, Facts]:
    query = select(_d.id, _d.created_by, _d.protocol_id, _d.tags).where(_d.id.in_(debate_ids))
    return {
        row.id: Facts(
            api_key_id=row.created_by, protocol=row.protocol_id, tags=tuple(sorted(row.tags))
        )
        for row in await tx.execute(query)
    }


async def questions(tx: Tx, debate_ids: Collection[str]) -> Mapping[str, str]:
    query = select(_d.id, _d.question).where(_d.id.in_(debate_ids))
    return {row.id: row.question for row in await tx.execute(query)}


async def counts(
    tx: Tx, workspace_id: str, starts_at: datetime, ends_at: datetime
) -> list[Counted]:
    """Opened ones have no status."""
    nothing = literal(None)
    ways = ((_d.created_at, nothing, nothing), (_d.ended_at, _d.status, _d.stop_reason))
    found = []
    for at, status, reason in ways:
        quarter = _quarter(tx, at)
        query = select(quarter, status, reason, func.count()).where(
            _d.workspace_id == workspace_id, at >= starts_at, at < ends_at
        )
        keys = (quarter,) if status is nothing else (quarter, status, reason)
        found += [
            Counted(quarter=int(row[0]), status=row[1], stop_reason=row[2], number=row[3])
            for row in await tx.execute(query.group_by(*keys))
        ]
    return found


async def changed_answers(tx: Tx, workspace_id: str, starts_at: datetime, ends_at: datetime) -> int:
    """Agents whose last choice in a debate that concluded then was not their first."""
    query = select(func.coalesce(func.sum(_d.changed_answers), 0)).where(
        _d.workspace_id == workspace_id,
        _d.status == "concluded",
        _d.ended_at >= starts_at,
        _d.ended_at < ends_at,
    )
    return int((await tx.execute(query)).scalar_one())


async def top_tags(
    tx: Tx, workspace_id: str, starts_at: datetime, ends_at: datetime, *, limit: int
) -> list[tuple[str, int]]:
    """The most frequent of the debates that were opened then."""
    t, number = debate_tags.c, func.count()
    query = (
        select(t.tag, number)
        .join(debates, _d.id == t.debate_id)
        .where(t.workspace_id == workspace_id, _d.created_at >= starts_at, _d.created_at < ends_at)
    )
    found = await tx.execute(query.group_by(t.tag).order_by(number.desc(), t.tag).limit(limit))
    return [(row[0], row[1]) for row in found]


def _quarter(tx: Tx, at: Column[datetime]) -> ColumnElement[int]:
    if tx.dialect.name == "sqlite":
        return cast(func.strftime("%s", at), Integer) // QUARTER_S
    return cast(func.floor(func.extract("epoch", at) / QUARTER_S), Integer)
