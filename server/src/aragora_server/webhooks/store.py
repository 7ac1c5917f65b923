"""Where endpoints are kept."""

from __future__ import annotations

from typing import Any

import attrs
from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    select,
    update,
)

from aragora_server.kernel.db import Json, Timestamp, Tx, add_if_new, metadata

from .model import Endpoint, Sealed

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("workspace_id", String(36), nullable=False),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("events", Json, nullable=False),
    Column("state", String(8), nullable=False),
    Column("disabled_because", Text),
    Column("secret", LargeBinary, nullable=False),
    Column("secret_id", String(36), nullable=False),
    Column("previous", LargeBinary),
    Column("previous_ends_at", Timestamp),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    CheckConstraint("state IN ('enabled', 'disabled')", name="state"),
    CheckConstraint("(previous IS NULL) = (previous_ends_at IS NULL)", name="previous"),
    Index("ix_webhooks_workspace_id_id", "workspace_id", "id"),
)
_w = webhooks.c
_SEALED = tuple(field.name for field in attrs.fields(Sealed))


async def add(tx: Tx, endpoint: Endpoint) -> bool:
    """False, and no change, when it is there."""
    return await add_if_new(tx, webhooks, _row(endpoint))


async def save(tx: Tx, endpoint: Endpoint) -> None:
    await tx.execute(update(webhooks).where(_w.id == endpoint.id).values(_row(endpoint)))


async def find(
    tx: Tx, workspace_id: str, endpoint_id: str, *, lock: bool = False
) -> Endpoint | None:
    query = select(webhooks).where(_w.workspace_id == workspace_id, _w.id == endpoint_id)
    row = (await tx.execute(query.with_for_update() if lock else query)).one_or_none()
    return None if row is None else _endpoint(row)


async def list_all(tx: Tx, workspace_id: str) -> tuple[Endpoint, ...]:
    query = select(webhooks).where(_w.workspace_id == workspace_id).order_by(_w.id)
    return tuple(_endpoint(row) for row in await tx.execute(query))


async def list_page(
    tx: Tx, workspace_id: str, *, before: str | None, limit: int
) -> tuple[Endpoint, ...]:
    """Newest first."""
    query = select(webhooks).where(_w.workspace_id == workspace_id)
    if before is not None:
        query = query.where(_w.id < before)
    found = await tx.execute(query.order_by(_w.id.desc()).limit(limit))
    return tuple(_endpoint(row) for row in found)


async def count(tx: Tx, workspace_id: str) -> int:
    counting = select(func.count()).select_from(webhooks).where(_w.workspace_id == workspace_id)
    return int((await tx.execute(counting)).scalar_one())


async def remove(tx: Tx, workspace_id: str, endpoint_id: str) -> bool:
    mine = (_w.workspace_id == workspace_id) & (_w.id == endpoint_id)
    return (await tx.execute(delete(webhooks).where(mine))).rowcount == 1


def _row(endpoint: Endpoint) -> dict[str, Any]:
    row = attrs.asdict(endpoint, recurse=False)
    return row | attrs.asdict(row.pop("sealed")) | {"events": list(endpoint.events)}


def _endpoint(row: Row[Any]) -> Endpoint:
    found = dict(row._mapping)
    sealed = Sealed(**{name: found.pop(name) for name in _SEALED})
    return Endpoint(**found | {"events": tuple(found["events"]), "sealed": sealed})
