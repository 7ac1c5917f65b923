"""Where links and their uses are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, delete, func, insert, select, update

from aragora_server.kernel.db import Tx, add_if_new
from aragora_server.receipts.tables import share_link_uses, share_links

from .model import ShareLink

_s = share_links.c
_shown = [column for column in _s if column is not _s.token_sha256]


async def put(tx: Tx, link: ShareLink, token_sha256: str) -> None:
    """A new link; or another token for one that is there, when nobody was told the first one."""
    row = {**attrs.asdict(link), "disclose": list(link.disclose), "token_sha256": token_sha256}
    if not await add_if_new(tx, share_links, row):
        same = (_s.id == link.id) & (_s.receipt_id == link.receipt_id)
        await tx.execute(update(share_links).where(same).values(token_sha256=token_sha256))


async def find(tx: Tx, workspace_id: str, receipt_id: str, link_id: str) -> ShareLink | None:
    mine = (_s.id == link_id) & (_s.workspace_id == workspace_id) & (_s.receipt_id == receipt_id)
    row = (await tx.execute(select(*_shown).where(mine))).one_or_none()
    return None if row is None else _link(row)


async def list_page(
    tx: Tx, workspace_id: str, receipt_id: str, *, before: str | None, limit: int
) -> tuple[ShareLink, ...]:
    """Newest first."""
    query = select(*_shown).where(_s.receipt_id == receipt_id, _s.workspace_id == workspace_id)
    if before is not None:
        query = query.where(_s.id < before)
    found = await tx.execute(query.order_by(_s.id.desc()).limit(limit))
    return tuple(_link(row) for row in found)


async def count_open(tx: Tx, receipt_id: str, now: datetime) -> int:
    mine = (_s.receipt_id == receipt_id) & (_s.expires_at > now) & _s.revoked_at.is_(None)
    counting = select(func.count()).select_from(share_links).where(mine)
    return int((await tx.execute(counting)).scalar_one())


async def is_open(tx: Tx, token_sha256: str, now: datetime) -> bool:
    """Whether a use would be counted now: what says no is refused without a write."""
    return (await tx.execute(select(_s.id).where(_usable(token_sha256, now)))).first() is not None


async def use(tx: Tx, token_sha256: str, now: datetime) -> ShareLink | None:
    """Count one use and record it; None when the link opens nothing. One statement decides."""
    counting = (
        update(share_links)
        .where(_usable(token_sha256, now))
        .values(uses=_s.uses + 1, last_used_at=now)
        .returning(*_shown)
    )
    row = (await tx.execute(counting)).one_or_none()
    if row is None:
        return None
    link = _link(row)
    await tx.execute(
        insert(share_link_uses), {"link_id": link.id, "number": link.uses, "used_at": now}
    )
    return link


async def revoke(tx: Tx, link_id: str, now: datetime) -> None:
    revoking = update(share_links).where(_s.id == link_id, _s.revoked_at.is_(None))
    await tx.execute(revoking.values(revoked_at=now))


async def remove(tx: Tx, receipt_ids: Collection[str]) -> None:
    """Links of receipts that are deleted; the record of their uses goes with them."""
    gone = select(_s.id).where(_s.receipt_id.in_(receipt_ids))
    await tx.execute(delete(share_link_uses).where(share_link_uses.c.link_id.in_(gone)))
    await tx.execute(delete(share_links).where(_s.receipt_id.in_(receipt_ids)))


def _usable(token_sha256: str, now: datetime) -> Any:
    return (
        (_s.token_sha256 == token_sha256)
        & (_s.uses < _s.max_uses)
        & (_s.expires_at > now)
        & _s.revoked_at.is_(None)
    )


def _link(row: Row[Any]) -> ShareLink:
    return ShareLink(**{**row._mapping, "disclose": tuple(row.disclose)})
