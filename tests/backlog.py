"""Jobs as they are found: recorded, and given up."""

from __future__ import annotations

from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.outbox import NewJob, Outbox, jobs
from sqlalchemy import update

# No process knows this kind, so none will touch its jobs.
KIND = "bring_coffee"


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


async def bury(database_url: str) -> str:
    """A dead job of the server's own, put into a database from outside."""
    db = Database(database_url)
    try:
        return await dead(db)
    finally:
        await db.close()
