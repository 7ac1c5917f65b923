"""One attempt at one job, and how it is written down."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import anyio
import attrs
import pytest
from aragora_server.kernel import attempt
from aragora_server.kernel.attempt import Attempt, Kind
from aragora_server.kernel.db import Database
from aragora_server.kernel.jobs import Job, JobFailed, JobHopeless
from aragora_server.kernel.logs import Line
from aragora_server.kernel.outbox import NewJob
from aragora_server.kernel.redaction import Redactor

from tests.backlog import KIND, Firm, Severed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def firm(database: Database) -> Firm:
    firm = Firm(db=database)
    await firm.live("a")
    return firm


def attempt_at(firm: Firm, job: Job, kind: Kind) -> Attempt:
    return Attempt(firm.shop("a", **{KIND: kind}), job)


async def begun(firm: Firm, kind: Kind, **job: object) -> Attempt:
    """A new job, claimed."""
    await firm.record(**job)
    return attempt_at(firm, await firm.must_claim("a"), kind)


async def test_what_is_done_is_done(firm: Firm) -> None:
    given: list[Job] = []

    async def bring(job: Job) -> None:
        given.append(job)

    one = await begun(firm, Kind(run=bring), payload={"sugar": 1}, subject="cup")
    await one.run()

    assert [(job.id, job.payload, job.subject) for job in given] == [
        (one.job.id, {"sugar": 1}, "cup")
    ]
    assert (await firm.row(one.job.id)).state == "done"


async def test_a_handler_that_fails_in_its_transaction_leaves_only_that_it_failed(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    async def bring(job: Job) -> None:
        async with firm.db.begin() as tx:
            await firm.outbox.record(tx, NewJob(kind="wash_cup"))
            raise RuntimeError("the password is 1234")

    one = await begun(firm, Kind(run=bring))
    await one.run()

    (row,) = await firm.rows()
    assert (row.id, row.state, row.runner_id) == (one.job.id, "due", None)
    assert row.due_at == firm.time() + timedelta(seconds=2)
    assert row.last_error == "internal_error (RuntimeError)"
    assert "the password is 1234" in caplog.text


async def test_every_line_about_a_job_names_it(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    lines: list[str] = []
    formatter = Line("json", Redactor())

    async def bring(job: Job) -> None:
        logging.getLogger("library").warning("hot")
        lines.extend(formatter.format(record) for record in caplog.records)

    one = await begun(firm, Kind(run=bring), workspace_id="acme")
    await one.run()

    told = json.loads(lines[-1])
    assert (told["message"], told["job_id"], told["workspace_id"]) == ("hot", one.job.id, "acme")


async def test_a_handler_may_say_why_it_failed(firm: Firm) -> None:
    async def bring(job: Job) -> None:
        raise JobFailed("no beans\0 left" + "!" * 1000)

    one = await begun(firm, Kind(run=bring))
    await one.run()

    told = (await firm.row(one.job.id)).last_error
    assert told.startswith("no beans left!")
    assert len(told) == attempt.LONGEST_REASON


async def test_what_would_fail_each_time_is_dead_at_once(firm: Firm) -> None:
    async def bring(_: Job) -> None:
        raise JobHopeless("the machine is sold")

    one = await begun(firm, Kind(run=bring))
    await one.run()

    row = await firm.row(one.job.id)
    assert (row.state, row.attempts, row.last_error) == ("dead", 1, "the machine is sold")


async def test_a_handler_that_hangs_is_ended(firm: Firm) -> None:
    one = await begun(firm, Kind(run=lambda _: anyio.sleep_forever(), limit_s=0.05))
    with anyio.fail_after(10):
        await one.run()

    row = await firm.row(one.job.id)
    assert (row.state, row.last_error) == ("due", "not done within 0.05 seconds")


async def test_a_job_that_is_cut_off_is_given_back_at_once(firm: Firm) -> None:
    one = await begun(firm, Kind(run=lambda _: anyio.sleep_forever()))
    with anyio.move_on_after(0.05):
        await one.run()

    row = await firm.row(one.job.id)
    assert (row.state, row.attempts, row.due_at) == ("due", 0, firm.time())


async def test_an_end_that_cannot_be_written_is_held(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    times: list[str] = []

    async def bring(job: Job) -> None:
        times.append(job.id)

    db = Severed(firm.db.url)
    one = await begun(attrs.evolve(firm, db=db), Kind(run=bring))
    db.away_for = 2
    with anyio.fail_after(30):
        await one.run()
    await db.close()

    assert (await firm.row(one.job.id)).state == "done"
    assert times == [one.job.id]
    assert caplog.text.count("could not be written") == 2


async def test_who_comes_too_late_says_so_and_changes_nothing(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    await firm.live("b")

    async def bring(job: Job) -> None:
        await firm.die("a")
        await firm.take_over("b")

    one = await begun(firm, Kind(run=bring))
    await one.run()

    row = await firm.row(one.job.id)
    assert (row.state, row.runner_id, row.epoch) == ("running", "b", 2)
    assert "somebody else's" in caplog.text
