"""Which receipts are to lose the texts of a participant, and what became of each. Queries alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, literal, null, select, update

from aragora_server.kernel.db import Tx
from aragora_server.receipts import index
from aragora_server.receipts.tables import receipts as receipt_rows

from .tables import participant_erasures, participant_receipts

MOST_HELD = 1_000

_p, _r = participant_erasures.c, participant_receipts.c


async def add(tx: Tx, request: Mapping[str, Any], name: str) -> None:
    """The request, and the receipts in which somebody has this name now."""
    await tx.execute(insert(participant_erasures), request)
    workspace_id = request["workspace_id"]
    named = index.with_participant(receipt_rows.c.id, workspace_id, name)
    meant = select(
        literal(request["id"]), receipt_rows.c.id, literal("waiting"), literal(0), null()
    ).where(receipt_rows.c.workspace_id == workspace_id, named)
    columns = ["erasure_id", "receipt_id", "state", "texts", "legal_hold_id"]
    await tx.execute(insert(participant_receipts).from_select(columns, meant))


async def find(tx: Tx, workspace_id: str | None, request_id: str) -> dict[str, Any] | None:
    """Of this workspace, or of any."""
    query = select(participant_erasures).where(_p.id == request_id)
    if workspace_id is not None:
        query = query.where(_p.workspace_id == workspace_id)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else dict(row._mapping)


async def counts(tx: Tx, request_id: str) -> tuple[dict[str, int], int]:
    """How many receipts are in each state, and how many texts went."""
    query = select(_r.state, func.count(), func.sum(_r.texts)).where(_r.erasure_id == request_id)
    found = (await tx.execute(query.group_by(_r.state))).all()
    return {state: number for state, number, _ in found}, sum(int(texts) for *_, texts in found)


async def held(tx: Tx, request_id: str) -> list[tuple[str, str]]:
    mine = (_r.erasure_id == request_id) & (_r.state == "held")
    query = select(_r.receipt_id, _r.legal_hold_id).where(mine).order_by(_r.receipt_id)
    return [(row.receipt_id, row.legal_hold_id) for row in await tx.execute(query.limit(MOST_HELD))]


async def waiting(tx: Tx, request_id: str, *, after_id: str, limit: int) -> list[str]:
    mine = (_r.erasure_id == request_id) & (_r.state == "waiting") & (_r.receipt_id > after_id)
    query = select(_r.receipt_id).where(mine).order_by(_r.receipt_id).limit(limit)
    return list((await tx.execute(query)).scalars())


async def settle(tx: Tx, request_id: str, receipt_id: str, outcome: Mapping[str, Any]) -> None:
    mine = (_r.erasure_id == request_id) & (_r.receipt_id == receipt_id)
    await tx.execute(update(participant_receipts).where(mine).values(**outcome))


async def finish(tx: Tx, *, request_id: str, at: datetime) -> None:
    """All had their turn: by nothing that is left can the name be guessed."""
    over = {"done_at": at, "salt": None, "name_hmac": None}
    await tx.execute(update(participant_erasures).where(_p.id == request_id).values(over))
