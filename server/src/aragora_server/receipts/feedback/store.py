"""Where feedback is kept. Rows are added; an erasure takes the comments out, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import case, delete, func, insert, select, update

from aragora_server.kernel.db import Tx
from aragora_server.receipts.tables import receipt_feedback, receipts

from .model import Feedback, FeedbackCounts

_f = receipt_feedback.c


async def add(tx: Tx, given: Feedback) -> None:
    await tx.execute(insert(receipt_feedback), attrs.asdict(given))


async def of_receipt(tx: Tx, receipt_id: str) -> tuple[Feedback, ...]:
    """The newest first."""
    query = select(receipt_feedback).where(_f.receipt_id == receipt_id)
    found = await tx.execute(query.order_by(_f.id.desc()))
    return tuple(Feedback(**row._mapping) for row in found)


async def forget_comments(tx: Tx, receipt_id: str) -> None:
    mine = update(receipt_feedback).where(_f.receipt_id == receipt_id)
    await tx.execute(mine.values(comment=None))


async def remove(tx: Tx, receipt_ids: Collection[str]) -> None:
    await tx.execute(delete(receipt_feedback).where(_f.receipt_id.in_(receipt_ids)))


async def counts(
    tx: Tx, workspace_id: str, starts_at: datetime, ends_at: datetime
) -> FeedbackCounts:
    """On receipts that were issued in this time."""
    last = select(func.max(_f.id)).where(_f.workspace_id == workspace_id).group_by(_f.receipt_id)
    in_time = (receipts.c.issued_at >= starts_at) & (receipts.c.issued_at < ends_at)
    summing = (
        select(
            func.count(),
            _sum(_f.useful),
            *(_sum(_f.outcome == outcome) for outcome in ("held", "reversed", "dissent_was_right")),
        )
        .join(receipts, receipts.c.id == _f.receipt_id)
        .where(_f.id.in_(last), in_time)
    )
    row: Any = (await tx.execute(summing)).one()
    names = (field.name for field in attrs.fields(FeedbackCounts))
    return FeedbackCounts(**dict(zip(names, map(int, row), strict=True)))


def _sum(claim: Any) -> Any:
    return func.coalesce(func.sum(case((claim, 1), else_=0)), 0)
