"""A process that begins jobs and never ends one: `python -m tests.coffee_house DATABASE_URL`."""

from __future__ import annotations

import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
from aragora_server.kernel.attempt import Kind, Workshop
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.drain import Drain
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.jobs import Job
from aragora_server.kernel.outbox import Outbox
from aragora_server.kernel.runners import Heartbeat
from aragora_server.kernel.working import JobLoop

from tests.backlog import KIND

BEAT_S, TIMEOUT_S = 0.3, 1.0


@asynccontextmanager
async def open_for_business(
    db: Database, bring: Callable[[Job], Awaitable[object]]
) -> AsyncIterator[None]:
    """A process as the server makes it: with a heart that beats, and a loop that looks."""
    heartbeat = Heartbeat(db=db, every_s=BEAT_S, timeout_s=TIMEOUT_S)
    shop = Workshop(
        db=db,
        outbox=Outbox(broadcast=LocalBroadcast(), now=system_clock, new_id=new_id),
        kinds={KIND: Kind(run=bring)},
        pulse=heartbeat,
        drain=Drain(),
        now=system_clock,
        chance=random.random,
    )
    await heartbeat.start()
    async with anyio.create_task_group() as group:
        group.start_soon(heartbeat.run)
        async with JobLoop(shop, poll_s=0.1).open(drain_s=0):
            yield
        group.cancel_scope.cancel()


async def begin_and_hang(url: str) -> None:
    async def bring(job: Job) -> None:
        sys.stdout.write(f"{job.id}\n")
        sys.stdout.flush()
        await anyio.sleep_forever()

    async with open_for_business(Database(url), bring):
        await anyio.sleep_forever()


if __name__ == "__main__":
    anyio.run(begin_and_hang, sys.argv[1])
