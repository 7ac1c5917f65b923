"""A process at work on jobs: it sleeps until one is due or it is woken, and looks each second."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import anyio
from anyio.abc import TaskGroup

from . import jobs
from .attempt import Attempt, Workshop
from .db import Tx
from .jobs import Claimant, Job
from .outbox import TOPIC
from .periodic import Periodic

AT_ONCE = 8
A_WORKSPACE = 2
"""So many jobs of one workspace are in hand at a time: its endpoints may hang as they like."""
KEPT = 2
"""So many places only the server's own jobs may take."""
POLL_S = 1.0
SOON_S = 0.01
CENSUS = timedelta(minutes=1)

log = logging.getLogger(__name__)


class JobLoop:
    """Any number of processes may run one: a job is in the hands of one of them."""

    def __init__(self, shop: Workshop, *, at_once: int = AT_ONCE, poll_s: float = POLL_S) -> None:
        self._shop = shop
        self._at_once = at_once
        self._poll_s = poll_s
        self._in_hand: dict[str, Job] = {}
        self._bell = anyio.Event()
        self._stopped_at: float | None = None
        every_s = {name: kind.every_s for name, kind in shop.kinds.items() if kind.every_s}
        self._periodic = Periodic(shop.db, shop.outbox, every_s)
        self._strange: set[str] = set()
        self._next_census = shop.now()
        self._looked_at = datetime.max.replace(tzinfo=UTC)
        self._is_at_rest = anyio.Event()
        self._is_blind = False

    @property
    def kinds(self) -> frozenset[str]:
        """What this process can do."""
        return frozenset(self._shop.kinds)

    @asynccontextmanager
    async def open(self, *, drain_s: float) -> AsyncIterator[None]:
        """While the block is open jobs are done, until the process drains.

        Leaving it lets those under way come to an end, for `drain_s` from the drain's beginning.
        """
        async with anyio.create_task_group() as group:
            group.start_soon(self._watch_drain)
            group.start_soon(self._listen)
            group.start_soon(self._work, group)
            try:
                yield
            finally:
                with anyio.CancelScope(shield=True):
                    await self._end(drain_s)
                group.cancel_scope.cancel()

    async def _watch_drain(self) -> None:
        await self._shop.drain.wait()
        self._stop()

    def _stop(self) -> float:
        """Take nothing on any more; since when."""
        if self._stopped_at is None:
            self._stopped_at = anyio.current_time()
            self._bell.set()
        return self._stopped_at

    async def _end(self, drain_s: float) -> None:
        with anyio.CancelScope(deadline=self._stop() + drain_s):
            await self._is_at_rest.wait()
            while self._in_hand:
                await anyio.sleep(0.01)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._shop.outbox.broadcast.listen(TOPIC) as calls:
                    async for _ in calls:
                        self._bell.set()
            except Exception:
                log.exception("nobody wakes this process for jobs; it looks by itself")
            await anyio.sleep(self._poll_s)

    async def _work(self, group: TaskGroup) -> None:
        try:
            while self._stopped_at is None:
                bell = self._bell = anyio.Event()
                pause_s = await self._round(group)
                with anyio.move_on_after(pause_s):
                    await bell.wait()
        finally:
            self._is_at_rest.set()

    async def _round(self, group: TaskGroup) -> float:
        """Begin all that can be begun; for how long there is nothing to do then."""
        try:
            while self._shop.pulse.is_sure() and self._has_room():
                await self._keep_time()
                job = await self._claim()
                self._is_blind = False
                if job is None:
                    return await self._pause_s()
                self._in_hand[job.id] = job
                group.start_soon(self._attempt, job)
        except Exception:
            # Once an outage: it is found again each second.
            if not self._is_blind:
                log.exception("could not look for jobs, goes on trying")
            self._is_blind = True
        return self._poll_s

    async def _keep_time(self) -> None:
        now, db = self._shop.now(), self._shop.db
        # At the start too: the clock may have been put back while nobody looked.
        if now < self._looked_at and (moved := await db.run(lambda tx: jobs.set_right(tx, now))):
            log.warning("the clock was put back: %d jobs are due sooner", moved)
        self._looked_at = now
        await self._periodic.record_due(now)

    async def _claim(self) -> Job | None:
        """Looking costs little; only what is there is worth a turn at writing."""
        db, now, who = self._shop.db, self._shop.now(), self._claimant()
        async with db.read() as r:
            due_at = await jobs.next_due(r, who)
            has_lost = await jobs.has_lost(r, who)
            await self._tell_strange(r, who, now)
        job = None
        if has_lost:
            job = await db.run(lambda tx: jobs.take_over(tx, who, now))
        if job is None and due_at is not None and due_at <= now:
            job = await db.run(lambda tx: jobs.claim(tx, who, now))
        return job

    async def _attempt(self, job: Job) -> None:
        try:
            await Attempt(self._shop, job).run()
        finally:
            self._in_hand.pop(job.id, None)
            self._bell.set()

    def _has_room(self) -> bool:
        return self._stopped_at is None and len(self._in_hand) < self._at_once

    async def _pause_s(self) -> float:
        async with self._shop.db.read() as r:
            due_at = await jobs.next_due(r, self._claimant())
        if due_at is None:
            return self._poll_s
        until_s = (due_at - self._shop.now()).total_seconds()
        return min(max(until_s, SOON_S), self._poll_s)

    def _claimant(self) -> Claimant:
        pulse = self._shop.pulse
        theirs = Counter(job.workspace_id for job in self._in_hand.values() if job.workspace_id)
        for_all = self._at_once - min(KEPT, self._at_once // 2)
        return Claimant(
            runner_id=pulse.runner_id,
            timeout_s=pulse.timeout_s,
            kinds=self.kinds,
            in_hand=frozenset(self._in_hand),
            may_judge=pulse.may_judge(),
            served=frozenset(one for one, jobs_ in theirs.items() if jobs_ >= A_WORKSPACE),
            only_own=theirs.total() >= for_all,
        )

    async def _tell_strange(self, r: Tx, who: Claimant, now: datetime) -> None:
        """Old and new versions run side by side: a kind that this one does not know is left."""
        if now < self._next_census:
            return
        self._next_census = now + CENSUS
        for kind in sorted(await jobs.unknown_kinds(r, who, now) - self._strange):
            self._strange.add(kind)
            log.warning("jobs of the kind %s wait for a process that knows it", kind)
