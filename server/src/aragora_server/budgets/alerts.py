"""Every query about alerts. The unique row is what makes each of them one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import Row, select, update

from aragora_server.kernel.db import Tx, add_if_new

from .model import Alert, Budget
from .store import budget_of
from .tables import alerts, budgets, periods

_ALERT = tuple(field.name for field in attrs.fields(Alert))


@attrs.frozen
class Shown:
    """An alert, and when its period began."""

    alert: Alert
    period_start: datetime


async def open_budget(tx: Tx, budget_id: str) -> Budget | None:
    mine = select(budgets).where(budgets.c.id == budget_id, budgets.c.closed_at.is_(None))
    row = (await tx.execute(mine)).one_or_none()
    return budget_of(row) if row else None


async def lock_period(tx: Tx, period_id: str) -> Row[Any]:
    mine = select(periods).where(periods.c.id == period_id).with_for_update()
    return (await tx.execute(mine)).one()


async def add(tx: Tx, alert: Alert) -> bool:
    """False when it was said before."""
    return await add_if_new(tx, alerts, attrs.asdict(alert))


async def mark(tx: Tx, period_id: str, **said: int | None) -> None:
    await tx.execute(update(periods).where(periods.c.id == period_id).values(said))


async def list_page(tx: Tx, budget_id: str, *, before: str | None, limit: int) -> tuple[Shown, ...]:
    """Newest first."""
    query = (
        select(alerts, periods.c.starts_at)
        .join(periods, periods.c.id == alerts.c.period_id)
        .where(alerts.c.budget_id == budget_id)
    )
    if before is not None:
        query = query.where(alerts.c.id < before)
    found = await tx.execute(query.order_by(alerts.c.id.desc()).limit(limit))
    return tuple(
        Shown(Alert(**{name: getattr(row, name) for name in _ALERT}), row.starts_at)
        for row in found
    )
