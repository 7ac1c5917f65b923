"""How many debates there were, and what a report says of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Column, ColumnElement, func, literal, select, union_all

from aragora_server.kernel.db import Tx

from .tables import debate_tags, debates

AT_ONCE = 100
"""Spans of one statement."""
_d = debates.c
ENDED = [
    func.count().filter(_d.status == "concluded"),
    func.count().filter(_d.stop_reason == "budget"),
    func.count().filter(_d.status == "cancelled"),
    func.count().filter(_d.status == "failed"),
]


@attrs.frozen(kw_only=True)
class Facts:
    """What is settled when a debate is opened."""

    api_key_id: str
    protocol: str
    tags: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Counted:
    """So many debates were opened in a time, and so many ended in it."""

    opened: int
    concluded: int
    stopped_by_budget: int
    cancelled: int
    failed: int


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
    tx: Tx, workspace_id: str, spans: Sequence[tuple[datetime, datetime]]
) -> list[Counted]:
    """Of each span by itself: its part of an index is read once, and nothing is sorted."""
    found = []
    for begin in range(0, len(spans), AT_ONCE):
        some = spans[begin : begin + AT_ONCE]
        opened = await _each(tx, workspace_id, some, _d.created_at, [func.count()])
        ended = await _each(tx, workspace_id, some, _d.ended_at, ENDED)
        found += [
            Counted(
                opened=row[1],
                concluded=how[1],
                stopped_by_budget=how[2],
                cancelled=how[3],
                failed=how[4],
            )
            for row, how in zip(opened, ended, strict=True)
        ]
    return found


async def _each(
    tx: Tx,
    workspace_id: str,
    spans: Sequence[tuple[datetime, datetime]],
    at: Column[datetime],
    wanted: Sequence[ColumnElement[int]],
) -> Sequence[Any]:
    parts = [
        select(literal(no).label("no"), *wanted).where(
            _d.workspace_id == workspace_id, at >= starts_at, at < ends_at
        )
        for no, (starts_at, ends_at) in enumerate(spans)
    ]
    return sorted((await tx.execute(union_all(*parts))).all(), key=lambda row: row.no)


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
