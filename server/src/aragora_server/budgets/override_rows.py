"""Every query about overrides: what is granted beyond a limit, and how much of it counts now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Row, and_, func, select, update

from aragora_server.kernel.db import Tx, add_if_new

from .overriding import Override
from .tables import override_debates, overrides, periods

_OVERRIDE = tuple(field.name for field in attrs.fields(Override))


async def add(tx: Tx, override: Override) -> bool:
    return await add_if_new(tx, overrides, attrs.asdict(override))


async def find(tx: Tx, budget_id: str, override_id: str) -> Override | None:
    mine = and_(overrides.c.id == override_id, overrides.c.budget_id == budget_id)
    row = (await tx.execute(select(overrides).where(mine))).one_or_none()
    return _override(row) if row else None


async def list_page(
    tx: Tx, budget_id: str, *, before: str | None, limit: int
) -> tuple[Override, ...]:
    """Newest first."""
    query = select(overrides).where(overrides.c.budget_id == budget_id)
    if before is not None:
        query = query.where(overrides.c.id < before)
    found = await tx.execute(query.order_by(overrides.c.id.desc()).limit(limit))
    return tuple(_override(row) for row in found)


async def revoke(tx: Tx, override_id: str, *, by: str, at: datetime) -> None:
    """The first who revokes it is the one who did."""
    mine = and_(overrides.c.id == override_id, overrides.c.revoked_at.is_(None))
    await tx.execute(update(overrides).where(mine).values(revoked_by=by, revoked_at=at))


async def lock_period(tx: Tx, period_id: str) -> Row[Any]:
    mine = select(periods).where(periods.c.id == period_id).with_for_update()
    return (await tx.execute(mine)).one()


async def end_all(tx: Tx, at: datetime) -> None:
    """A refusal takes nothing off: what it wrote is gone with it."""
    late = select(periods.c.id).where(periods.c.override_ends_at <= at).order_by(periods.c.id)
    for period_id in (await tx.execute(late)).scalars().all():
        await end(tx, period_id, at)


async def end(tx: Tx, period_id: str, at: datetime) -> bool:
    """Take what has ended off the ceiling. False when nothing had: then nobody waits for a lock,
    for this is asked at each refusal."""
    ends_at = select(periods.c.override_ends_at).where(periods.c.id == period_id)
    seen = (await tx.execute(ends_at)).scalar_one()
    if seen is None or seen > at:
        return False
    row = await lock_period(tx, period_id)
    if row.override_ends_at is None or row.override_ends_at > at:
        return False
    await count(tx, row, at)
    return True


async def count(tx: Tx, row: Row[Any], at: datetime) -> None:
    """Let the ceiling of a locked period hold what is granted now, and nothing else.

    What is committed already stays allowed, as with a limit that is lowered.
    """
    live, ends_at = await live_at(tx, row.id, at)
    changed: dict[str, object] = {"override_micro_usd": live, "override_ends_at": ends_at}
    if row.ceiling_micro_usd is not None:
        ceiling = row.ceiling_micro_usd - row.override_micro_usd + live
        committed = row.spent_micro_usd + row.held_micro_usd
        changed["ceiling_micro_usd"] = ceiling
        changed["grandfathered_micro_usd"] = max(0, committed - ceiling)
    await tx.execute(update(periods).where(periods.c.id == row.id).values(changed))


async def most_granted(tx: Tx, budget_id: str, since: datetime) -> int:
    """The most that is in the ceiling of a period that begins then or later."""
    theirs = and_(periods.c.budget_id == budget_id, periods.c.starts_at >= since)
    most = select(func.coalesce(func.max(periods.c.override_micro_usd), 0)).where(theirs)
    return int((await tx.execute(most)).scalar_one())


async def live_at(tx: Tx, period_id: str, at: datetime) -> tuple[int, datetime | None]:
    """How much is granted, and when the first part of it ends."""
    query = select(
        func.coalesce(func.sum(overrides.c.amount_micro_usd), 0), func.min(overrides.c.expires_at)
    ).where(_is_live(period_id, at))
    amount, ends_at = (await tx.execute(query)).one()
    return int(amount), ends_at


async def note_debate(tx: Tx, period_id: str, debate_id: str, at: datetime) -> None:
    """Say that this debate goes on by what is granted now."""
    live = select(overrides.c.id).where(_is_live(period_id, at)).order_by(overrides.c.id)
    for override_id in (await tx.execute(live)).scalars().all():
        row = {"override_id": override_id, "debate_id": debate_id}
        await add_if_new(tx, override_debates, row)


async def of_debate(tx: Tx, debate_id: str) -> tuple[str, ...]:
    mine = override_debates.c.debate_id == debate_id
    query = select(override_debates.c.override_id).where(mine)
    return tuple((await tx.execute(query.order_by(override_debates.c.override_id))).scalars())


def _is_live(period_id: str, at: datetime) -> ColumnElement[bool]:
    return and_(
        overrides.c.period_id == period_id,
        overrides.c.revoked_at.is_(None),
        overrides.c.expires_at > at,
    )


def _override(row: Row[Any]) -> Override:
    return Override(**{name: getattr(row, name) for name in _OVERRIDE})
