"""What comes up by itself comes up once, however many processes there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import attrs
import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.periodic import Periodic, slot

from tests.backlog import KIND, Firm

pytestmark = pytest.mark.anyio

EVERY_S = 30


@pytest.fixture
async def firm(database: Database) -> Firm:
    firm = Firm(db=database)
    await firm.live("a")
    return firm


def periodic(firm: Firm) -> Periodic:
    return Periodic(firm.db, firm.outbox, {KIND: EVERY_S})


async def do_what_is_due(firm: Firm) -> int:
    done = 0
    while job := await firm.claim("a"):
        await firm.finish(job)
        done += 1
    return done


@pytest.mark.parametrize(
    ("second", "start"), [(0, 0), (29.999, 0), (30, 30), (59.999, 30), (60, 60)]
)
def test_a_period_begins_at_the_same_moment_for_everybody(second: float, start: int) -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert slot(noon + timedelta(seconds=second), EVERY_S) == noon + timedelta(seconds=start)


async def test_two_processes_make_one_job_a_period(firm: Firm) -> None:
    other = attrs.evolve(firm, db=Database(firm.db.url))
    processes = [periodic(firm), periodic(other), periodic(firm), periodic(other)]

    async with anyio.create_task_group() as group:
        for process in processes:
            group.start_soon(process.record_due, firm.time())
    await other.db.close()

    assert [row.unique_key for row in await firm.rows()] == [f"{KIND}@2026-11-22T12:00:00.000Z"]


async def test_a_process_that_starts_again_does_not_do_it_again(firm: Firm) -> None:
    await periodic(firm).record_due(firm.time())
    await do_what_is_due(firm)
    firm.time.pass_by(seconds=29)

    await periodic(firm).record_due(firm.time())

    assert await do_what_is_due(firm) == 0


async def test_each_period_has_its_job(firm: Firm) -> None:
    one, done = periodic(firm), 0
    for _ in range(4):
        await one.record_due(firm.time())
        done += await do_what_is_due(firm)
        firm.time.pass_by(seconds=15)

    assert done == 2


async def test_what_is_behind_gets_no_second_job(firm: Firm) -> None:
    one = periodic(firm)
    await one.record_due(firm.time())
    firm.time.pass_by(seconds=30)
    await one.record_due(firm.time())
    job = await firm.must_claim("a")
    firm.time.pass_by(seconds=30)
    await one.record_due(firm.time())

    assert [row.id for row in await firm.rows()] == [job.id]
    await firm.finish(job)
    firm.time.pass_by(seconds=30)
    await one.record_due(firm.time())
    assert len(await firm.rows()) == 2


async def test_a_clock_that_is_put_back_stops_nothing(firm: Firm) -> None:
    one = periodic(firm)
    firm.time.pass_by(hours=1)
    await one.record_due(firm.time())
    await do_what_is_due(firm)
    firm.time.pass_by(hours=-1)

    await one.record_due(firm.time())

    assert await do_what_is_due(firm) == 1
