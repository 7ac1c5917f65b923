"""How a job is claimed, ended, tried again and given up.

Each change after a claim carries the epoch of that claim: who was taken for dead and comes back
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs
from sqlalchemy import ColumnElement, and_, case, func, or_, select, update

from .db import Database, Tx
from .outbox import jobs
from .purge import purge
from .runners import live

MOST_ATTEMPTS = 10
LONGEST_PAUSE_S = 3600
DONE_KEPT_FOR = timedelta(days=1)
CLOCKS_DIFFER_BY = timedelta(minutes=1)
LOST = "the process that did it was lost"

_j = jobs.c


class JobFailed(Exception):
    """An attempt failed. The text is shown to whoever may read the job."""


class JobHopeless(JobFailed):
    """It would fail each time: it is dead at once, until somebody retries it."""


@attrs.frozen(kw_only=True)
class Job:
    """What a handler gets to do. At least once: by its id it is known again."""

    id: str
    kind: str
    workspace_id: str | None
    subject: str | None
    payload: Mapping[str, Any]
    attempts: int
    epoch: int


@attrs.frozen(kw_only=True)
class Claimant:
    """Who claims: what it can do, and what it has in its hands already.

    It leaves the jobs of workspaces that are `served` already, and those of every workspace when
    what is free is kept for the server's own (`only_own`).
    """

    runner_id: str
    timeout_s: float
    kinds: frozenset[str]
    in_hand: frozenset[str] = frozenset()
    may_judge: bool = True
    served: frozenset[str] = frozenset()
    only_own: bool = False


def retry_after(attempts: int, chance: float) -> timedelta:
    """Twice as long each time, up to an hour, give or take a fifth: `chance` is 0 to 1."""
    return timedelta(seconds=min(2**attempts, LONGEST_PAUSE_S) * (0.8 + 0.4 * chance))


async def claim(tx: Tx, claimant: Claimant, now: datetime) -> Job | None:
    """The job that has waited longest, from now on in this claimant's hands."""
    return await _take(tx, claimant, _is_due(claimant) & (_j.due_at <= now), now)


async def take_over(tx: Tx, claimant: Claimant, now: datetime) -> Job | None:
    """A job whose process was lost. One that was lost in its last attempt is dead."""
    lost = _is_lost(claimant)
    burying = update(jobs).where(lost, _j.attempts >= MOST_ATTEMPTS)
    dead = {"state": "dead", "runner_id": None, "last_error": LOST, "updated_at": now}
    await tx.execute(burying.values({**dead, "epoch": _j.epoch + 1}))
    return await _take(tx, claimant, lost, now)


async def finish(tx: Tx, job: Job, now: datetime) -> bool:
    """False when somebody else has the job by now: so for all that end an attempt."""
    return await _end(tx, job, {"state": "done", "done_at": now}, now)


async def fail(tx: Tx, job: Job, reason: str, now: datetime, chance: float) -> bool:
    """Try again later, or never."""
    if job.attempts >= MOST_ATTEMPTS:
        return await bury(tx, job, reason, now)
    due_at = now + retry_after(job.attempts, chance)
    return await _end(tx, job, {"state": "due", "due_at": due_at, "last_error": reason}, now)


async def bury(tx: Tx, job: Job, reason: str, now: datetime) -> bool:
    """It is of no use to try again."""
    return await _end(tx, job, {"state": "dead", "last_error": reason}, now)


async def release(tx: Tx, job: Job, now: datetime) -> bool:
    """An attempt that was broken off counts as none."""
    return await _end(tx, job, {"state": "due", "attempts": job.attempts - 1}, now)


async def next_due(tx: Tx, claimant: Claimant) -> datetime | None:
    query = select(_j.due_at).where(_is_due(claimant)).order_by(_j.due_at).limit(1)
    return (await tx.execute(query)).scalar()


async def has_lost(tx: Tx, claimant: Claimant) -> bool:
    query = select(_j.id).where(_is_lost(claimant)).limit(1)
    return (await tx.execute(query)).first() is not None


async def unknown_kinds(tx: Tx, claimant: Claimant, now: datetime) -> set[str]:
    """Kinds that wait for somebody else: for a newer version, or an older one."""
    others = _j.kind.not_in(claimant.kinds)
    query = select(_j.kind).where(_j.state == "due", _j.due_at <= now, others).distinct()
    return set((await tx.execute(query)).scalars())


async def waiting_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the oldest job that is due has been."""
    query = select(func.min(_j.due_at)).where(_j.state == "due", _j.due_at <= now)
    since: datetime | None = (await tx.execute(query)).scalar()
    return since


async def count_dead(tx: Tx) -> int:
    query = select(func.count()).select_from(jobs).where(_j.state == "dead")
    dead: int = (await tx.execute(query)).scalar_one()
    return dead


async def count_done(tx: Tx, kind: str, workspace_id: str, since: datetime) -> int:
    """Of a workspace; what was done longer than a day ago may be forgotten."""
    done = and_(_j.state == "done", _j.done_at > since)
    query = select(func.count()).where(_j.workspace_id == workspace_id, _j.kind == kind, done)
    number: int = (await tx.execute(query)).scalar_one()
    return number


async def find_id(tx: Tx, unique_key: str) -> str | None:
    found: str | None = (
        await tx.execute(select(_j.id).where(_j.unique_key == unique_key))
    ).scalar()
    return found


async def is_unfinished(tx: Tx, kind: str) -> bool:
    query = select(_j.id).where(_j.state.in_(("due", "running")), _j.kind == kind).limit(1)
    return (await tx.execute(query)).first() is not None


async def set_right(tx: Tx, now: datetime) -> int:
    """Jobs that a clock ahead of ours has put off: they wait as long as was meant, from now on."""
    ahead = select(_j.id, _j.due_at, _j.updated_at).where(
        _j.state == "due", _j.updated_at > now + CLOCKS_DIFFER_BY
    )
    found = (await tx.execute(ahead)).all()
    for row in found:
        unchanged = and_(_j.id == row.id, _j.state == "due", _j.updated_at == row.updated_at)
        values = {"due_at": row.due_at - (row.updated_at - now), "updated_at": now}
        await tx.execute(update(jobs).where(unchanged).values(values))
    return len(found)


async def forget_done(db: Database, now: datetime) -> int:
    """What was done a while ago is of no use; its unique key is free again."""
    return await purge(db, jobs, (_j.state == "done") & (_j.done_at < now - DONE_KEPT_FOR))


async def _take(
    tx: Tx, claimant: Claimant, which: ColumnElement[bool], now: datetime
) -> Job | None:
    # Who looks at the same moment does not wait for this row but takes the next.
    first = select(_j.id).where(which).order_by(_j.due_at, _j.id).limit(1)
    taking = (
        update(jobs)
        .where(_j.id == first.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state="running",
            runner_id=claimant.runner_id,
            last_error=case((_j.state == "running", LOST), else_=_j.last_error),
            attempts=_j.attempts + 1,
            epoch=_j.epoch + 1,
            updated_at=now,
        )
        .returning(*(_j[field.name] for field in attrs.fields(Job)))
    )
    row = (await tx.execute(taking)).one_or_none()
    return Job(**row._mapping) if row else None


async def _end(tx: Tx, job: Job, values: Mapping[str, Any], now: datetime) -> bool:
    mine = and_(_j.id == job.id, _j.epoch == job.epoch, _j.state == "running")
    ending = update(jobs).where(mine).values({**values, "runner_id": None, "updated_at": now})
    return (await tx.execute(ending)).rowcount == 1


def _is_due(claimant: Claimant) -> ColumnElement[bool]:
    return and_(_j.state == "due", _j.kind.in_(claimant.kinds), _is_their_turn(claimant))


def _is_their_turn(claimant: Claimant) -> ColumnElement[bool]:
    if claimant.only_own:
        return _j.workspace_id.is_(None)
    return or_(_j.workspace_id.is_(None), _j.workspace_id.not_in(claimant.served))


def _is_lost(claimant: Claimant) -> ColumnElement[bool]:
    """Its process is dead; or it is this one, which knows nothing of it: a claim whose commit
    was never answered, or an end that could not be written."""
    dropped = and_(_j.runner_id == claimant.runner_id, _j.id.not_in(claimant.in_hand))
    if claimant.may_judge:
        is_theirs = _j.runner_id != claimant.runner_id
        dropped = or_(dropped, and_(is_theirs, ~live(_j.runner_id, claimant.timeout_s)))
    is_open = and_(_j.state == "running", _j.kind.in_(claimant.kinds))
    return and_(is_open, dropped, _is_their_turn(claimant))
