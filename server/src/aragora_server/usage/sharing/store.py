"""Where links to reports are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, func, select, update

from aragora_server.kernel.db import Tx, add_if_new
from aragora_server.usage.tables import usage_links

from .model import UsageLink

_l = usage_links.c
_shown = [column for column in _l if column is not _l.token_sha256]


async def put(tx: Tx, link: UsageLink, token_sha256: str) -> None:
    """A new link; or another token for one that is there, when nobody was told the first one."""
    if not await add_if_new(tx, usage_links, attrs.asdict(link) | {"token_sha256": token_sha256}):
        same = (_l.id == link.id) & (_l.workspace_id == link.workspace_id)
        await tx.execute(update(usage_links).where(same).values(token_sha256=token_sha256))


async def list_page(
    tx: Tx, workspace_id: str, *, before: str | None, limit: int
) -> tuple[UsageLink, ...]:
    """Newest first."""
    query = select(*_shown).where(_l.workspace_id == workspace_id)
    if before is not None:
        query = query.where(_l.id < before)
    return tuple(map(_link, await tx.execute(query.order_by(_l.id.desc()).limit(limit))))


async def count_open(tx: Tx, workspace_id: str, now: datetime) -> int:
    mine = (_l.workspace_id == workspace_id) & (_l.expires_at > now) & _l.revoked_at.is_(None)
    counting = select(func.count()).select_from(usage_links).where(mine)
    return int((await tx.execute(counting)).scalar_one())


async def is_open(tx: Tx, token_sha256: str, now: datetime) -> bool:
    """Whether a use would be counted now: what says no is refused without a write."""
    return (await tx.execute(select(_l.id).where(_usable(token_sha256, now)))).first() is not None


async def use(tx: Tx, token_sha256: str, now: datetime) -> UsageLink | None:
    """Count one use; None when the link opens nothing. One statement decides."""
    counting = (
        update(usage_links)
        .where(_usable(token_sha256, now))
        .values(uses=_l.uses + 1, last_used_at=now)
        .returning(*_shown)
    )
    row = (await tx.execute(counting)).one_or_none()
    return None if row is None else _link(row)


async def revoke(tx: Tx, workspace_id: str, link_id: str, now: datetime) -> bool:
    """False when the workspace has no such link. The first time stays."""
    mine = (_l.id == link_id) & (_l.workspace_id == workspace_id)
    at = func.coalesce(_l.revoked_at, now)
    revoking = update(usage_links).where(mine).values(revoked_at=at).returning(_l.id)
    return (await tx.execute(revoking)).first() is not None


def _usable(token_sha256: str, now: datetime) -> Any:
    return (_l.token_sha256 == token_sha256) & (_l.expires_at > now) & _l.revoked_at.is_(None)


def _link(row: Row[Any]) -> UsageLink:
    return UsageLink(**row._mapping)
