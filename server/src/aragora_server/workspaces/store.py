"""Where workspaces and API keys are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Row,
    String,
    Table,
    bindparam,
    insert,
    select,
    update,
)

from aragora_server.kernel.db import Json, Timestamp, Tx, add_if_new, metadata

from .model import ApiKey, Workspace

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("created_at", Timestamp, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("workspace_id", String(36), ForeignKey("workspaces.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("prefix", String(16), nullable=False),
    Column("secret_sha256", String(64), nullable=False, unique=True),
    Column("created_at", Timestamp, nullable=False),
    Column("last_used_at", Timestamp),
    Column("revoked_at", Timestamp),
    Index(None, "workspace_id", "id"),
)
_k = api_keys.c
_shown = [column for column in _k if column is not _k.secret_sha256]
_by_secret = select(*_shown).where(
    _k.secret_sha256 == bindparam("secret_sha256"), _k.revoked_at.is_(None)
)


async def add_workspace(tx: Tx, workspace: Workspace) -> None:
    await tx.execute(insert(workspaces).values(attrs.asdict(workspace)))


async def find_workspace(r: Tx, workspace_id: str) -> Workspace | None:
    row = (await r.execute(select(workspaces).where(workspaces.c.id == workspace_id))).one_or_none()
    return None if row is None else Workspace(**row._mapping)


async def find_workspace_named(r: Tx, name: str) -> Workspace | None:
    row = (await r.execute(select(workspaces).where(workspaces.c.name == name))).one_or_none()
    return None if row is None else Workspace(**row._mapping)


async def put_key(tx: Tx, api_key: ApiKey, secret_sha256: str) -> None:
    """A new key, or another secret for one that is there."""
    secret = {"prefix": api_key.prefix, "secret_sha256": secret_sha256}
    row = {**attrs.asdict(api_key), "scopes": list(api_key.scopes), **secret}
    if not await add_if_new(tx, api_keys, row):
        await tx.execute(update(api_keys).where(_k.id == api_key.id).values(secret))


async def find_key(r: Tx, workspace_id: str, api_key_id: str) -> ApiKey | None:
    mine = (_k.workspace_id == workspace_id) & (_k.id == api_key_id)
    row = (await r.execute(select(*_shown).where(mine))).one_or_none()
    return None if row is None else _key(row)


async def find_key_by_secret(r: Tx, secret_sha256: str) -> ApiKey | None:
    """A revoked key is not found."""
    row = (await r.execute(_by_secret, {"secret_sha256": secret_sha256})).one_or_none()
    return None if row is None else _key(row)


async def list_keys(r: Tx, workspace_id: str, before_id: str | None, limit: int) -> list[ApiKey]:
    """Newest first: ids sort by the time they were made."""
    query = select(*_shown).where(_k.workspace_id == workspace_id)
    if before_id is not None:
        query = query.where(_k.id < before_id)
    rows = await r.execute(query.order_by(_k.id.desc()).limit(limit))
    return [_key(row) for row in rows]


async def save_revocation(tx: Tx, api_key: ApiKey) -> None:
    await tx.execute(
        update(api_keys).where(_k.id == api_key.id).values(revoked_at=api_key.revoked_at)
    )


async def save_last_used(tx: Tx, used: Mapping[str, datetime]) -> None:
    statement = (
        update(api_keys).where(_k.id == bindparam("key_id")).values(last_used_at=bindparam("at"))
    )
    await tx.execute(statement, [{"key_id": key_id, "at": at} for key_id, at in used.items()])


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(**{**row._mapping, "scopes": tuple(row.scopes)})
