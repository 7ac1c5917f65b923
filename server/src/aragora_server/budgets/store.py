"""Every query about budgets and their periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Row, and_, bindparam, case, or_, select, update

from aragora_server.kernel.db import Big, Tx, add_if_new
from aragora_server.kernel.prepared import Prepared

from . import override_rows
from .model import Budget, BudgetState, Counters, Notify, PeriodState
from .periods import Window
from .tables import budgets, periods

LISTED = budgets.c.scope != "debate"

_PERIOD = Prepared(
    select(periods.c.id).where(
        periods.c.budget_id == bindparam("budget_id"),
        periods.c.starts_at == bindparam("starts_at"),
    )
)
_TAKEN = periods.c.spent_micro_usd + periods.c.held_micro_usd + periods.c.overage_micro_usd
_ASKED = bindparam("micro_usd", type_=Big)
_BY_TERMS = periods.c.ceiling_micro_usd - periods.c.override_micro_usd
_ADMIT = (
    update(periods)
    .where(
        periods.c.id == bindparam("period_id"),
        or_(periods.c.ceiling_micro_usd.is_(None), periods.c.ceiling_micro_usd >= _TAKEN + _ASKED),
        # What an override that has ended would still let through is taken off first.
        or_(periods.c.override_ends_at.is_(None), periods.c.override_ends_at > bindparam("now")),
    )
    .values(held_micro_usd=periods.c.held_micro_usd + _ASKED)
    .returning((_TAKEN > _BY_TERMS).label("is_beyond"))
)


async def add(tx: Tx, budget: Budget) -> bool:
    """False when an open budget of this scope and period exists."""
    row = {
        "id": budget.id,
        "workspace_id": budget.workspace_id,
        "name": budget.name,
        "scope": budget.scope,
        "scope_id": budget.scope_id,
        "period": budget.period,
        "anchor_day": budget.anchor_day,
        "timezone": budget.timezone,
        "limit_micro_usd": budget.limit_micro_usd,
        "warn_at_percent": budget.warn_at_percent,
        "block_at_percent": budget.block_at_percent,
        "unpriced": budget.unpriced,
        "limit_version": budget.limit_version,
        "paused_at": budget.paused_at,
        "notify": attrs.asdict(budget.notify),
        "created_at": budget.created_at,
        "updated_at": budget.updated_at,
    }
    return await add_if_new(tx, budgets, row)


async def find(tx: Tx, workspace_id: str, budget_id: str, *, lock: bool = False) -> Budget | None:
    mine = and_(budgets.c.id == budget_id, budgets.c.workspace_id == workspace_id)
    query = select(budgets).where(mine, LISTED, budgets.c.closed_at.is_(None))
    # Not against whoever refers to the budget: an alert does, from under the lock of its period.
    row = (await tx.execute(query.with_for_update(key_share=True) if lock else query)).first()
    return budget_of(row) if row else None


async def list_page(
    tx: Tx, workspace_id: str, *, before: str | None, limit: int
) -> tuple[Budget, ...]:
    """Newest first: ids rise with the time they were made."""
    query = select(budgets).where(open_of(workspace_id))
    if before is not None:
        query = query.where(budgets.c.id < before)
    found = await tx.execute(query.order_by(budgets.c.id.desc()).limit(limit))
    return tuple(budget_of(row) for row in found)


async def save(tx: Tx, budget: Budget) -> None:
    changed = {
        "name": budget.name,
        "limit_micro_usd": budget.limit_micro_usd,
        "warn_at_percent": budget.warn_at_percent,
        "block_at_percent": budget.block_at_percent,
        "unpriced": budget.unpriced,
        "limit_version": budget.limit_version,
        "paused_at": budget.paused_at,
        "notify": attrs.asdict(budget.notify),
        "updated_at": budget.updated_at,
    }
    await tx.execute(update(budgets).where(budgets.c.id == budget.id).values(changed))


async def close(tx: Tx, workspace_id: str, budget_id: str, at: datetime) -> bool:
    mine = and_(budgets.c.id == budget_id, budgets.c.workspace_id == workspace_id)
    closing = update(budgets).where(mine, LISTED, budgets.c.closed_at.is_(None))
    return (await tx.execute(closing.values(closed_at=at))).rowcount == 1


async def period_for(tx: Tx, budget: Budget, window: Window, new_id: str) -> str:
    """The id of the period's row, made when this is the first hold in it."""
    asked = {"budget_id": budget.id, "starts_at": window.starts_at}
    if found := await _PERIOD.row(tx, **asked):
        return str(found.id)
    # A limit that is being lowered this moment must not be missed by the row that copies it.
    known = select(budgets).where(budgets.c.id == budget.id).with_for_update(read=True)
    now = budget_of((await tx.execute(known)).one())
    row = {
        "id": new_id,
        "budget_id": budget.id,
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "limit_micro_usd": now.limit_micro_usd,
        "limit_version": now.limit_version,
        "ceiling_micro_usd": now.terms.ceiling_micro_usd,
        "next_fires_at_micro_usd": now.terms.next_after(0),
    }
    await add_if_new(tx, periods, row)
    made = await _PERIOD.row(tx, **asked)
    return str(made.id) if made else new_id


async def admit(tx: Tx, period_id: str, micro_usd: int, now: datetime) -> Row[Any] | None:
    """The guard: check and hold are one statement, so nobody can come in between."""
    asked = {"period_id": period_id, "micro_usd": micro_usd, "now": now}
    return (await tx.execute(_ADMIT, asked)).one_or_none()


async def move(
    tx: Tx, period_ids: Sequence[str], *, amount: int, booked: int, overage: int
) -> Sequence[Row[Any]]:
    """Turn a hold of `amount` into spend, or give it back when nothing was booked.

    The periods that have reached a threshold by it, as they are now.
    """
    if not period_ids:
        return ()
    mine = periods.c.id.in_(period_ids)
    # Everyone locks periods in the order of their ids, so that nobody waits in a circle.
    await tx.execute(select(periods.c.id).where(mine).order_by(periods.c.id).with_for_update())
    excess = (
        periods.c.spent_micro_usd
        + periods.c.held_micro_usd
        + (booked - amount)
        - periods.c.ceiling_micro_usd
    )
    old = periods.c.grandfathered_micro_usd
    moved = await tx.execute(
        update(periods)
        .where(mine)
        .values(
            held_micro_usd=periods.c.held_micro_usd - amount,
            spent_micro_usd=periods.c.spent_micro_usd + booked,
            overage_micro_usd=periods.c.overage_micro_usd + overage,
            # It only ever shrinks here: were it to grow, the CHECK would never say no.
            grandfathered_micro_usd=case((excess <= 0, 0), (excess < old, excess), else_=old),
        )
        .returning(*periods.c)
    )
    return [row for row in moved if overage or _is_reached(row)]


def _is_reached(row: Row[Any]) -> bool:
    fires_at = row.next_fires_at_micro_usd
    return fires_at is not None and row.spent_micro_usd + row.overage_micro_usd >= fires_at


async def set_terms(tx: Tx, budget: Budget, window: Window) -> None:
    """In this period, and in those that somebody whose clock is ahead has begun already."""
    theirs = and_(periods.c.budget_id == budget.id, periods.c.starts_at >= window.starts_at)
    locked = select(periods).where(theirs).order_by(periods.c.id).with_for_update()
    for row in (await tx.execute(locked)).all():
        await _set_terms(tx, budget, row)


async def _set_terms(tx: Tx, budget: Budget, row: Row[Any]) -> None:
    """Nothing above the new ceiling is admitted; what is committed already stays allowed. What is
    reached already under the new terms is not said."""
    ceiling = budget.terms.ceiling_micro_usd
    if ceiling is not None:
        ceiling += row.override_micro_usd
    committed = row.spent_micro_usd + row.held_micro_usd
    changed = {
        "limit_micro_usd": budget.limit_micro_usd,
        "limit_version": budget.limit_version,
        "ceiling_micro_usd": ceiling,
        "grandfathered_micro_usd": 0 if ceiling is None else max(0, committed - ceiling),
        "next_fires_at_micro_usd": budget.terms.next_after(
            row.spent_micro_usd + row.overage_micro_usd
        ),
    }
    await tx.execute(update(periods).where(periods.c.id == row.id).values(changed))


async def list_periods(
    tx: Tx, budget_id: str, *, before: str | None, limit: int
) -> tuple[PeriodState, ...]:
    """Newest first."""
    query = select(periods).where(periods.c.budget_id == budget_id)
    if before is not None:
        query = query.where(periods.c.id < before)
    found = await tx.execute(query.order_by(periods.c.id.desc()).limit(limit))
    return tuple(
        PeriodState(
            id=row.id,
            window=Window(starts_at=row.starts_at, ends_at=row.ends_at),
            limit_micro_usd=row.limit_micro_usd,
            counters=counters_of(row),
        )
        for row in found
    )


async def states(tx: Tx, found: Iterable[Budget], at: datetime) -> tuple[BudgetState, ...]:
    """Each budget with its current period; one that has taken nothing yet has no row."""
    windows = {budget.id: (budget, budget.window(at)) for budget in found}
    if not windows:
        return ()
    starts = {window.starts_at for _, window in windows.values()}
    # Two lists and not a pair for each: SQLite refuses an expression of a thousand parts.
    near = and_(periods.c.budget_id.in_(windows), periods.c.starts_at.in_(starts))
    rows = {
        row.budget_id: row
        for row in await tx.execute(select(periods).where(near))
        if row.starts_at == windows[row.budget_id][1].starts_at
    }
    ended = {key: await _ended(tx, row, at) for key, row in rows.items()}
    return tuple(
        BudgetState(
            budget=budget,
            window=window,
            counters=_counters(rows.get(key), budget, ended.get(key, 0)),
            exhausted_version=rows[key].exhausted_version if key in rows else None,
        )
        for key, (budget, window) in windows.items()
    )


def open_of(workspace_id: str) -> ColumnElement[bool]:
    return and_(budgets.c.workspace_id == workspace_id, LISTED, budgets.c.closed_at.is_(None))


def budget_of(row: Any) -> Budget:
    return Budget(
        id=row.id,
        workspace_id=row.workspace_id,
        name=row.name,
        scope=row.scope,
        scope_id=row.scope_id,
        period=row.period,
        anchor_day=row.anchor_day,
        timezone=row.timezone,
        limit_micro_usd=row.limit_micro_usd,
        warn_at_percent=row.warn_at_percent,
        block_at_percent=row.block_at_percent,
        unpriced=row.unpriced,
        limit_version=row.limit_version,
        paused_at=row.paused_at,
        notify=Notify(**row.notify),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


async def _ended(tx: Tx, row: Row[Any], at: datetime) -> int:
    """How much of the ceiling is of overrides that have ended, and are not taken off yet."""
    if row.override_ends_at is None or row.override_ends_at > at:
        return 0
    live, _ = await override_rows.live_at(tx, row.id, at)
    return int(row.override_micro_usd) - live


def _counters(row: Row[Any] | None, budget: Budget, ended: int) -> Counters:
    if row is None:
        return Counters(ceiling_micro_usd=budget.terms.ceiling_micro_usd)
    counters = counters_of(row)
    if counters.ceiling_micro_usd is None:
        return counters
    return attrs.evolve(counters, ceiling_micro_usd=counters.ceiling_micro_usd - ended)


def counters_of(row: Any) -> Counters:
    """Of a period's row."""
    return Counters(
        ceiling_micro_usd=row.ceiling_micro_usd,
        spent_micro_usd=row.spent_micro_usd,
        held_micro_usd=row.held_micro_usd,
        overage_micro_usd=row.overage_micro_usd,
    )
