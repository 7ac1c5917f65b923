"""Every query about receipts. There is no update and no delete."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_

from aragora_server.kernel.db import Timestamp, Tx, add_if_new
from aragora_server.kernel.prepared import Handwritten

from . import index
from .index import Term
from .model import Outcome, ReceiptConflict, ReceiptErased, ReceiptNotFound, Sealed
from .tables import disclosures, receipts, tombstones

Place = tuple[datetime, str]
"""Where a receipt stands in the order of lists."""


# One statement for all texts of a receipt: row by row they take twice as long.
_ADDING_TEXTS = Handwritten(
    sqlite="""INSERT INTO disclosures (receipt_id, place, encoded)
        SELECT :receipt_id, key, value FROM json_each(:texts)""",
    postgresql="""INSERT INTO disclosures (receipt_id, place, encoded)
        SELECT :receipt_id, place - 1, encoded
        FROM jsonb_array_elements_text(CAST(:texts AS jsonb))
        WITH ORDINALITY AS listed (encoded, place)""",
)


@attrs.frozen(kw_only=True)
class Filter:
    """Which receipts to list; `issued_to` is exclusive."""

    debate_id: str | None = None
    outcome: Outcome | None = None
    issued_from: datetime | None = None
    issued_to: datetime | None = None
    topic: str | None = None
    participant: str | None = None
    protocol: str | None = None
    min_cost_micro_usd: int | None = None


async def append(
    tx: Tx, sealed: Sealed, texts: Sequence[str], terms: Collection[Term] = ()
) -> bool:
    """Add a receipt with its texts and what it is found by. The same receipt again is no change,
    and False; another one is refused."""
    if await add_if_new(tx, receipts, attrs.asdict(sealed)):
        await _add_texts(tx, sealed.id, texts)
        await index.enter(tx, sealed.workspace_id, sealed.id, terms)
        return True
    kept = (await tx.execute(select(receipts).where(receipts.c.id == sealed.id))).first()
    if kept is None:
        raise ReceiptConflict(f"debate {sealed.debate_id} already has a receipt")
    if kept.payload != sealed.payload:
        raise ReceiptConflict(f"receipt {sealed.id} was issued with other content")
    return False


async def _add_texts(tx: Tx, receipt_id: str, texts: Sequence[str]) -> None:
    if texts:
        await _ADDING_TEXTS.run(tx, receipt_id=receipt_id, texts=json.dumps(texts))


async def find(tx: Tx, workspace_id: str, receipt_id: str) -> Sealed | None:
    mine = and_(receipts.c.id == receipt_id, receipts.c.workspace_id == workspace_id)
    row = (await tx.execute(select(receipts).where(mine))).first()
    return None if row is None else Sealed(**row._mapping)


async def found(tx: Tx, workspace_id: str, receipt_id: str) -> Sealed:
    """The receipt, or why there is none: it was deleted, or never was one of this workspace."""
    sealed = await find(tx, workspace_id, receipt_id)
    if sealed is None:
        await refuse_erased(tx, workspace_id, receipt_id)
        raise ReceiptNotFound(f"no receipt {receipt_id}")
    return sealed


async def refuse_erased(tx: Tx, workspace_id: str, receipt_id: str) -> None:
    """Say of a receipt that was deleted when and why."""
    t = tombstones.c
    mine = and_(t.id == receipt_id, t.workspace_id == workspace_id)
    stone = (await tx.execute(select(t.deleted_at, t.reason).where(mine))).first()
    if stone is not None:
        raise ReceiptErased.at(stone.deleted_at, stone.reason)


async def list_page(
    tx: Tx, workspace_id: str, wanted: Filter, *, before: Place | None, limit: int
) -> tuple[Sealed, ...]:
    """Newest first; of those of one instant, by their ids."""
    order = (receipts.c.issued_at, receipts.c.id)
    query = select(receipts).where(
        receipts.c.workspace_id == workspace_id, *_conditions(workspace_id, wanted)
    )
    if before is not None:
        query = query.where(tuple_(*order) < tuple_(literal(before[0], Timestamp), before[1]))
    found = await tx.execute(query.order_by(*(column.desc() for column in order)).limit(limit))
    return tuple(Sealed(**row._mapping) for row in found)


async def count(tx: Tx, workspace_id: str, wanted: Filter) -> int:
    query = select(func.count()).select_from(receipts)
    mine = query.where(receipts.c.workspace_id == workspace_id, *_conditions(workspace_id, wanted))
    return int((await tx.execute(mine)).scalar_one())


async def ids_of(tx: Tx, workspace_id: str, wanted: Filter, among: Collection[str]) -> list[str]:
    """Of these receipts those that the filter lets through."""
    mine = (receipts.c.workspace_id == workspace_id) & receipts.c.id.in_(list(among))
    query = select(receipts.c.id).where(mine, *_conditions(workspace_id, wanted))
    return list((await tx.execute(query)).scalars())


async def some_after(tx: Tx, receipt_id: str, *, limit: int) -> tuple[Sealed, ...]:
    """Receipts of every workspace in the order of their ids, held until the transaction ends."""
    query = select(receipts).where(receipts.c.id > receipt_id).order_by(receipts.c.id)
    found = await tx.execute(query.limit(limit).with_for_update())
    return tuple(Sealed(**row._mapping) for row in found)


async def texts_of(tx: Tx, receipt_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The disclosures of each receipt, in the order of their digests."""
    query = select(disclosures.c.receipt_id, disclosures.c.encoded).where(
        disclosures.c.receipt_id.in_(list(receipt_ids))
    )
    texts: dict[str, tuple[str, ...]] = {}
    for receipt_id, encoded in await tx.execute(query.order_by(disclosures.c.place)):
        texts[receipt_id] = (*texts.get(receipt_id, ()), encoded)
    return texts


async def costs(tx: Tx, workspace_id: str) -> list[dict[str, Any]]:
    """What each receipt of a workspace says that its debate cost."""
    r = receipts.c
    query = select(r.id.label("receipt_id"), r.debate_id, r.issued_at, r.cost_micro_usd)
    found = await tx.execute(query.where(r.workspace_id == workspace_id).order_by(r.id))
    return [dict(row._mapping) for row in found]


def _conditions(workspace_id: str, wanted: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.debate_id is not None:
        conditions.append(receipts.c.debate_id == wanted.debate_id)
    if wanted.outcome is not None:
        conditions.append(receipts.c.outcome == wanted.outcome)
    if wanted.issued_from is not None:
        conditions.append(receipts.c.issued_at >= wanted.issued_from)
    if wanted.issued_to is not None:
        conditions.append(receipts.c.issued_at < wanted.issued_to)
    if wanted.min_cost_micro_usd is not None:
        conditions.append(receipts.c.cost_micro_usd >= wanted.min_cost_micro_usd)
    if wanted.topic is not None:
        conditions.append(index.about(receipts.c.id, workspace_id, wanted.topic))
    if wanted.participant is not None:
        named = index.with_participant(receipts.c.id, workspace_id, wanted.participant)
        conditions.append(named)
    if wanted.protocol is not None:
        conditions.append(index.of_protocol(receipts.c.id, workspace_id, wanted.protocol))
    return conditions
