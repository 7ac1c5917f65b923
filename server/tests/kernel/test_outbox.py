"""Work is recorded together with its cause."""

from __future__ import annotations

import anyio
import attrs
import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.outbox import TOPIC, NewJob

from tests.backlog import KIND, Firm

pytestmark = pytest.mark.anyio


@pytest.fixture
def firm(database: Database) -> Firm:
    return Firm(db=database)


async def test_a_job_is_there_when_its_cause_is_committed(firm: Firm) -> None:
    due_at = firm.time()
    job_id = await firm.record(workspace_id="acme", subject="cup", payload={"sugar": 1})

    row = await firm.row(job_id)
    assert (row.kind, row.workspace_id, row.subject) == (KIND, "acme", "cup")
    assert (row.payload, row.state, row.due_at) == ({"sugar": 1}, "due", due_at)
    assert (row.attempts, row.epoch, row.runner_id, row.done_at) == (0, 0, None, None)


async def test_a_job_whose_cause_is_rolled_back_never_was(firm: Firm) -> None:
    async def half() -> None:
        async with firm.db.begin() as tx:
            await firm.outbox.record(tx, NewJob(kind=KIND))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half()

    assert await firm.rows() == []


async def test_a_unique_key_is_taken_once(firm: Firm) -> None:
    first = await firm.record(unique_key="coffee:monday", payload={"sugar": 1})

    async with firm.db.begin() as tx:
        again = await firm.outbox.record(tx, NewJob(kind=KIND, unique_key="coffee:monday"))

    assert again is None
    assert [(row.id, row.payload) for row in await firm.rows()] == [(first, {"sugar": 1})]


async def test_of_many_who_race_for_a_unique_key_one_gets_it(firm: Firm) -> None:
    other = attrs.evolve(firm, db=Database(firm.db.url))
    won: list[str] = []

    async def race(one: Firm) -> None:
        async with one.db.begin() as tx:
            job_id = await one.outbox.record(tx, NewJob(kind=KIND, unique_key="coffee:monday"))
        if job_id is not None:
            won.append(job_id)

    async with anyio.create_task_group() as group:
        for _ in range(10):
            group.start_soon(race, firm)
            group.start_soon(race, other)
    await other.db.close()

    assert [row.id for row in await firm.rows()] == won
    assert len(won) == 1


async def test_jobs_without_a_unique_key_are_all_different(firm: Firm) -> None:
    assert await firm.record() != await firm.record()


async def test_whoever_listens_is_woken(firm: Firm) -> None:
    outbox = firm.outbox
    async with outbox.broadcast.listen(TOPIC) as calls:
        await outbox.wake()

        with anyio.fail_after(5):
            assert await anext(calls) == b""
