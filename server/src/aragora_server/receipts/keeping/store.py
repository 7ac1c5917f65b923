"""Where holds and erasures are kept. Queries; no rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, delete, func, insert, or_, select, update

from aragora_server.kernel.db import Tx
from aragora_server.receipts import index
from aragora_server.receipts import store as receipts
from aragora_server.receipts.tables import disclosures, tombstones
from aragora_server.receipts.tables import receipts as receipt_rows

from .model import Covered, Erasure, LegalHold
from .retention import Aged, Policy, Span, Tombstone
from .tables import erasures, legal_hold_events, legal_holds, retention_policies

_h = legal_holds.c
_COVERED = [field.name for field in attrs.fields(Covered)]


async def add_hold(tx: Tx, hold: LegalHold) -> None:
    row = attrs.asdict(hold, recurse=False)
    covered = attrs.asdict(row.pop("covered"))
    ids = covered["receipt_ids"]
    covered["receipt_ids"] = None if ids is None else list(ids)
    await tx.execute(insert(legal_holds), row | covered)


async def count_active_holds(tx: Tx, workspace_id: str) -> int:
    mine = (_h.workspace_id == workspace_id) & _h.released_at.is_(None)
    counting = select(func.count()).select_from(legal_holds).where(mine)
    return int((await tx.execute(counting)).scalar_one())


async def add_hold_event(tx: Tx, event_id: str, hold_id: str, body: bytes) -> None:
    row = {"id": event_id, "legal_hold_id": hold_id, "body": body}
    await tx.execute(insert(legal_hold_events), row)


async def find_hold(tx: Tx, workspace_id: str, hold_id: str) -> LegalHold | None:
    mine = (_h.id == hold_id) & (_h.workspace_id == workspace_id)
    row = (await tx.execute(select(legal_holds).where(mine))).one_or_none()
    return None if row is None else _hold(row)


async def save_release(tx: Tx, hold: LegalHold) -> None:
    released = {"released_by": hold.released_by, "released_at": hold.released_at}
    await tx.execute(update(legal_holds).where(_h.id == hold.id).values(released))


async def list_holds(
    tx: Tx, workspace_id: str, *, before: str | None, limit: int
) -> tuple[LegalHold, ...]:
    """Newest first."""
    query = select(legal_holds).where(_h.workspace_id == workspace_id)
    if before is not None:
        query = query.where(_h.id < before)
    found = await tx.execute(query.order_by(_h.id.desc()).limit(limit))
    return tuple(_hold(row) for row in found)


async def holds_over(
    tx: Tx, workspace_id: str, receipt_ids: Collection[str]
) -> dict[str, LegalHold]:
    """Of these receipts those that a hold covers, each with one."""
    active = select(legal_holds).where(_h.workspace_id == workspace_id, _h.released_at.is_(None))
    covered: dict[str, LegalHold] = {}
    for row in await tx.execute(active.order_by(_h.id)):
        hold = _hold(row)
        for receipt_id in await _those_of(tx, hold, receipt_ids):
            covered.setdefault(receipt_id, hold)
    return covered


async def _those_of(tx: Tx, hold: LegalHold, receipt_ids: Collection[str]) -> list[str]:
    named = hold.covered.receipt_ids
    among = set(receipt_ids) if named is None else set(receipt_ids) & set(named)
    if not among:
        return []
    wanted = attrs.asdict(hold.covered, filter=lambda field, _: field.name != "receipt_ids")
    return await receipts.ids_of(tx, hold.workspace_id, receipts.Filter(**wanted), among)


async def lock_receipt(tx: Tx, receipt_id: str) -> None:
    """Whoever makes the index anew, or erases too, waits."""
    await tx.execute(
        select(receipt_rows.c.id).where(receipt_rows.c.id == receipt_id).with_for_update()
    )


async def delete_texts(tx: Tx, receipt_id: str, encoded: Collection[str]) -> None:
    gone = disclosures.c.encoded.in_(list(encoded))
    await tx.execute(delete(disclosures).where(disclosures.c.receipt_id == receipt_id, gone))


async def add_erasure(tx: Tx, erasure: Erasure) -> None:
    row = {"id": erasure.id, "receipt_id": erasure.receipt_id, "body": erasure.statement()}
    await tx.execute(insert(erasures), row)


async def count_erasures(tx: Tx, receipt_id: str) -> int:
    counting = select(func.count()).where(erasures.c.receipt_id == receipt_id)
    return int((await tx.execute(counting)).scalar_one())


async def erasures_of(tx: Tx, receipt_id: str) -> Sequence[tuple[str, bytes]]:
    """Ids and bodies, in the order they happened."""
    query = select(erasures.c.id, erasures.c.body).where(erasures.c.receipt_id == receipt_id)
    return [(row.id, row.body) for row in await tx.execute(query.order_by(erasures.c.id))]


async def erasures_among(
    tx: Tx, receipt_ids: Collection[str]
) -> dict[str, list[tuple[str, bytes]]]:
    """The same of many receipts: of those that lost a text."""
    among = select(erasures).where(erasures.c.receipt_id.in_(list(receipt_ids)))
    found: dict[str, list[tuple[str, bytes]]] = {}
    for row in await tx.execute(among.order_by(erasures.c.id)):
        found.setdefault(row.receipt_id, []).append((row.id, row.body))
    return found


async def policies_of(tx: Tx, workspace_id: str) -> tuple[Policy, ...]:
    """In the order in which they were set."""
    p = retention_policies.c
    query = select(retention_policies).where(p.workspace_id == workspace_id)
    found = await tx.execute(query.order_by(p.set_at, p.id))
    return tuple(Policy(**row._mapping) for row in found)


async def policy_in_force(tx: Tx, workspace_id: str) -> Policy | None:
    """The last one that was set."""
    p = retention_policies.c
    query = select(retention_policies).where(p.workspace_id == workspace_id)
    row = (await tx.execute(query.order_by(p.set_at.desc(), p.id.desc()).limit(1))).first()
    return None if row is None else Policy(**row._mapping)


async def count_policies(tx: Tx, workspace_id: str) -> int:
    mine = retention_policies.c.workspace_id == workspace_id
    counting = select(func.count()).select_from(retention_policies).where(mine)
    return int((await tx.execute(counting)).scalar_one())


async def periods(tx: Tx) -> list[tuple[str, str, str | None]]:
    """All that each workspace ever said."""
    p = retention_policies.c
    found = await tx.execute(select(p.workspace_id, p.period, p.debates).distinct())
    return [(row.workspace_id, row.period, row.debates) for row in found]


async def hold_on_debate(tx: Tx, workspace_id: str, debate_id: str, at: datetime) -> bool:
    """Of a debate that has no receipt a hold can name nothing but itself, or its time."""
    active = select(_h.id).where(_h.workspace_id == workspace_id, _h.released_at.is_(None))
    names_more = _h.receipt_ids.is_not(None) | _h.participant.is_not(None)
    then = or_(_h.issued_from.is_(None), _h.issued_from <= at) & or_(
        _h.issued_to.is_(None), _h.issued_to > at
    )
    held = (_h.debate_id == debate_id) | (_h.debate_id.is_(None) & ~names_more & then)
    return (await tx.execute(active.where(held).limit(1))).first() is not None


async def add_policy(tx: Tx, policy: Policy) -> None:
    await tx.execute(insert(retention_policies), attrs.asdict(policy))


async def receipts_within(tx: Tx, span: Span, *, after_id: str, limit: int) -> list[Aged]:
    """In the order of the ids."""
    r = receipt_rows.c
    query = select(r.id, r.workspace_id).where(r.issued_at <= span.until, r.id > after_id)
    if span.workspace_id is not None:
        query = query.where(r.workspace_id == span.workspace_id)
    found = await tx.execute(query.order_by(r.id).limit(limit))
    return [Aged(row.id, row.workspace_id) for row in found]


async def is_amended(tx: Tx, receipt_id: str) -> bool:
    """What a receipt that still stands corrects is kept as long as that one."""
    query = select(receipt_rows.c.id).where(receipt_rows.c.amends_id == receipt_id).limit(1)
    return (await tx.execute(query)).first() is not None


async def add_tombstone(tx: Tx, tombstone: Tombstone) -> None:
    await tx.execute(insert(tombstones), attrs.asdict(tombstone))


async def count_tombstones(tx: Tx, workspace_id: str) -> int:
    mine = tombstones.c.workspace_id == workspace_id
    counting = select(func.count()).select_from(tombstones).where(mine)
    return int((await tx.execute(counting)).scalar_one())


async def tombstones_after(
    tx: Tx, workspace_id: str, after_id: str, *, limit: int
) -> tuple[Tombstone, ...]:
    """In the order of their ids."""
    t = tombstones.c
    query = select(tombstones).where(t.workspace_id == workspace_id, t.id > after_id)
    found = await tx.execute(query.order_by(t.id).limit(limit))
    return tuple(Tombstone(**row._mapping) for row in found)


async def delete_receipt(tx: Tx, receipt_id: str) -> None:
    await index.remove(tx, [receipt_id])
    await tx.execute(delete(disclosures).where(disclosures.c.receipt_id == receipt_id))
    await tx.execute(delete(receipt_rows).where(receipt_rows.c.id == receipt_id))


def _hold(row: Row[Any]) -> LegalHold:
    fields = dict(row._mapping)
    covered = {name: fields.pop(name) for name in _COVERED}
    if covered["receipt_ids"] is not None:
        covered["receipt_ids"] = tuple(covered["receipt_ids"])
    return LegalHold(**fields, covered=Covered(**covered))
