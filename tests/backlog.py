"""Jobs as they are found: recorded, and given up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import attrs
from aragora_server.kernel import jobs as kernel
from aragora_server.kernel.attempt import Kind, Workshop
from aragora_server.kernel.broadcast import Broadcast, LocalBroadcast
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.drain import Drain
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.jobs import Claimant, Job
from aragora_server.kernel.outbox import NewJob, Outbox, jobs
from aragora_server.kernel.runners import Heartbeat, runners
from sqlalchemy import Row, delete, select, update

from tests.money import Time

# No process knows this kind, so none will touch its jobs.
KIND = "bring_coffee"


class Severed(Database):
    """A database that is away for so many units of work."""

    away_for = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        if self.away_for > 0:
            self.away_for -= 1
            raise ConnectionError("the database is away")
        async with super().begin() as tx:
            yield tx


async def record(db: Database, job: NewJob) -> str:
    outbox = Outbox(broadcast=LocalBroadcast(), now=system_clock, new_id=new_id)
    async with db.begin() as tx:
        job_id = await outbox.record(tx, job)
    assert job_id is not None
    return job_id


async def dead(db: Database, workspace_id: str | None = None, kind: str = KIND) -> str:
    """A job that was tried ten times."""
    job_id = await record(db, NewJob(kind=kind, workspace_id=workspace_id))
    given_up = {"state": "dead", "attempts": 10, "last_error": "the machine is out of beans"}
    async with db.begin() as tx:
        await tx.execute(update(jobs).where(jobs.c.id == job_id).values(given_up))
    return job_id


async def bury(database_url: str, kind: str = KIND) -> str:
    """A dead job of the server's own, put into a database from outside."""
    db = Database(database_url)
    try:
        return await dead(db, kind=kind)
    finally:
        await db.close()


@attrs.define(kw_only=True)
class Pulse:
    """A process as the others see it: as told."""

    runner_id: str
    timeout_s: float = 10
    sure: bool = True
    judges: bool = True

    def is_sure(self) -> bool:
        return self.sure

    def may_judge(self) -> bool:
        return self.judges


@attrs.frozen(kw_only=True)
class Firm:
    """A database with its jobs, a clock that moves when told to, and whoever works there."""

    db: Database
    time: Time = attrs.field(factory=Time)
    broadcast: Broadcast = attrs.field(factory=LocalBroadcast)

    @property
    def outbox(self) -> Outbox:
        return Outbox(broadcast=self.broadcast, now=self.time, new_id=new_id)

    async def record(self, **job: Any) -> str:
        async with self.db.begin() as tx:
            job_id = await self.outbox.record(tx, NewJob(**{"kind": KIND, **job}))
        assert job_id is not None
        return job_id

    async def live(self, runner_id: str) -> None:
        """A process with this id is alive from now on."""
        await Heartbeat(db=self.db, every_s=1, timeout_s=10, runner_id=runner_id).beat()

    async def die(self, runner_id: str) -> None:
        async with self.db.begin() as tx:
            await tx.execute(delete(runners).where(runners.c.id == runner_id))

    def shop(self, runner_id: str, **kinds: Kind) -> Workshop:
        """What a process with this id, that knows these kinds, works with."""
        return Workshop(
            db=self.db,
            outbox=self.outbox,
            kinds=kinds,
            pulse=Pulse(runner_id=runner_id),
            drain=Drain(),
            now=self.time,
            chance=lambda: 0.5,
        )

    def who(self, runner_id: str, **more: Any) -> Claimant:
        given = {"kinds": frozenset({KIND}), "timeout_s": 10, **more}
        return Claimant(runner_id=runner_id, **given)

    async def claim(self, runner_id: str, **more: Any) -> Job | None:
        who, now = self.who(runner_id, **more), self.time()
        return await self.db.run(lambda tx: kernel.claim(tx, who, now))

    async def must_claim(self, runner_id: str) -> Job:
        job = await self.claim(runner_id)
        assert job is not None
        return job

    async def take_over(self, runner_id: str, **more: Any) -> Job | None:
        who, now = self.who(runner_id, **more), self.time()
        return await self.db.run(lambda tx: kernel.take_over(tx, who, now))

    async def fail(self, job: Job, chance: float = 0.5) -> bool:
        now = self.time()
        return await self.db.run(lambda tx: kernel.fail(tx, job, "no beans", now, chance))

    async def finish(self, job: Job) -> bool:
        now = self.time()
        return await self.db.run(lambda tx: kernel.finish(tx, job, now))

    async def row(self, job_id: str) -> Row[Any]:
        async with self.db.read() as r:
            return (await r.execute(select(jobs).where(jobs.c.id == job_id))).one()

    async def rows(self) -> list[Row[Any]]:
        async with self.db.read() as r:
            return list((await r.execute(select(jobs).order_by(jobs.c.id))).all())
