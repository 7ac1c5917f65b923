"""A job is in one pair of hands, is tried again, is given up, and is never lost."""

from __future__ import annotations

from datetime import timedelta

import anyio
import attrs
import pytest
from aragora_server.kernel import jobs
from aragora_server.kernel.db import Database
from aragora_server.kernel.jobs import MOST_ATTEMPTS, Job, retry_after
from aragora_server.kernel.outbox import NewJob

from tests.backlog import KIND, Firm

pytestmark = pytest.mark.anyio


@pytest.fixture
async def firm(database: Database) -> Firm:
    firm = Firm(db=database)
    await firm.live("a")
    await firm.live("b")
    return firm


def ids(claimed: list[Job]) -> list[str]:
    return [job.id for job in claimed]


async def test_the_job_that_has_waited_longest_comes_first(firm: Firm) -> None:
    now = firm.time()
    late = await firm.record(due_at=now)
    early = await firm.record(due_at=now - timedelta(hours=1))

    assert ids([await firm.must_claim("a") for _ in range(2)]) == [early, late]
    assert await firm.claim("a") is None


async def test_no_job_is_claimed_before_it_is_due(firm: Firm) -> None:
    await firm.record(due_at=firm.time() + timedelta(seconds=5))

    early = await firm.claim("a")
    firm.time.pass_by(seconds=5)

    assert early is None
    assert await firm.claim("a") is not None


async def test_a_claim_says_who_has_the_job_and_counts_the_attempt(firm: Firm) -> None:
    job_id = await firm.record(workspace_id="acme", subject="cup", payload={"sugar": 1})

    job = await firm.must_claim("a")

    row = await firm.row(job_id)
    assert (row.state, row.runner_id, row.attempts, row.epoch) == ("running", "a", 1, 1)
    assert (job.workspace_id, job.subject, job.payload) == ("acme", "cup", {"sugar": 1})
    assert (job.attempts, job.epoch) == (1, 1)


async def test_two_claimants_never_hold_the_same_job(firm: Firm) -> None:
    made = [await firm.record() for _ in range(30)]
    other = attrs.evolve(firm, db=Database(firm.db.url))
    claimed: list[Job] = []

    async def take_all(one: Firm, runner_id: str) -> None:
        while job := await one.claim(runner_id):
            claimed.append(job)

    async with anyio.create_task_group() as group:
        for one, runner_id in ((firm, "a"), (other, "b"), (firm, "a"), (other, "b")):
            group.start_soon(take_all, one, runner_id)
    await other.db.close()

    assert sorted(ids(claimed)) == sorted(made)
    assert {row.attempts for row in await firm.rows()} == {1}


async def test_a_claim_under_way_elsewhere_holds_up_nobody(firm: Firm) -> None:
    if firm.db.dialect == "sqlite":
        pytest.skip("one writer at a time")
    first, second = [await firm.record() for _ in range(2)]

    with anyio.fail_after(10):
        async with firm.db.begin() as tx:
            mine = await jobs.claim(tx, firm.who("a"), firm.time())
            theirs = await firm.claim("b")

    assert (mine and mine.id, theirs and theirs.id) == (first, second)


async def test_a_done_job_is_over(firm: Firm) -> None:
    job_id = await firm.record()
    job = await firm.must_claim("a")
    firm.time.pass_by(seconds=3)

    assert await firm.finish(job)

    row = await firm.row(job_id)
    assert (row.state, row.done_at, row.runner_id) == ("done", firm.time(), None)
    firm.time.pass_by(days=1)
    assert await firm.claim("a") is None


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 2), (2, 4), (5, 32), (9, 512), (11, 2048), (12, 3600), (60, 3600)]
)
def test_each_pause_is_twice_the_last_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert retry_after(attempts, 0.5) == timedelta(seconds=seconds)
    assert retry_after(attempts, 0.0) == timedelta(seconds=seconds * 0.8)
    assert retry_after(attempts, 1.0) == timedelta(seconds=seconds * 1.2)


async def test_a_failed_job_waits_for_its_next_attempt(firm: Firm) -> None:
    job_id = await firm.record()
    assert await firm.fail(await firm.must_claim("a"), chance=1.0)

    row = await firm.row(job_id)
    assert (row.state, row.last_error, row.runner_id) == ("due", "no beans", None)
    assert row.due_at == firm.time() + timedelta(seconds=2.4)
    firm.time.pass_by(milliseconds=2399)
    assert await firm.claim("a") is None
    firm.time.pass_by(milliseconds=1)
    assert (await firm.must_claim("a")).attempts == 2


async def test_after_ten_attempts_a_job_is_dead(firm: Firm) -> None:
    job_id = await firm.record()
    states = []

    for _ in range(MOST_ATTEMPTS):
        await firm.fail(await firm.must_claim("a"))
        states.append((await firm.row(job_id)).state)
        firm.time.pass_by(hours=2)

    row = await firm.row(job_id)
    assert states == ["due"] * 9 + ["dead"]
    assert (row.attempts, row.last_error, row.runner_id) == (10, "no beans", None)
    assert await firm.claim("a") is None


async def test_a_job_whose_process_died_is_taken_over(firm: Firm) -> None:
    job_id = await firm.record()
    await firm.must_claim("a")
    await firm.die("a")

    job = await firm.take_over("b")

    row = await firm.row(job_id)
    assert job is not None
    assert (job.id, job.attempts, job.epoch) == (job_id, 2, 2)
    assert (row.state, row.runner_id, row.last_error) == ("running", "b", jobs.LOST)


async def test_nobody_takes_the_job_of_a_living_process(firm: Firm) -> None:
    await firm.record()
    await firm.must_claim("a")

    assert await firm.take_over("b") is None
    assert await firm.claim("b") is None


async def test_who_may_not_judge_takes_nobody_for_dead(firm: Firm) -> None:
    await firm.record()
    await firm.must_claim("a")
    await firm.die("a")

    assert await firm.take_over("b", may_judge=False) is None


async def test_a_process_takes_up_what_it_does_not_know_to_be_its_own(firm: Firm) -> None:
    """A claim was committed, but the answer to the commit never came."""
    job_id = await firm.record()
    await firm.must_claim("a")

    in_hand = await firm.take_over("a", in_hand=frozenset({job_id}), may_judge=False)
    dropped = await firm.take_over("a", may_judge=False)

    assert in_hand is None
    assert dropped is not None
    assert dropped.epoch == 2


async def test_who_was_taken_for_dead_changes_nothing_any_more(firm: Firm) -> None:
    job_id = await firm.record()
    stale = await firm.must_claim("a")
    await firm.die("a")
    fresh = await firm.take_over("b")
    before = await firm.row(job_id)

    late = [
        await firm.finish(stale),
        await firm.fail(stale),
        await firm.db.run(lambda tx: jobs.release(tx, stale, firm.time())),
    ]

    assert late == [False, False, False]
    assert await firm.row(job_id) == before
    assert fresh is not None
    assert await firm.finish(fresh)
    assert not await firm.finish(fresh)


async def test_a_job_that_takes_its_process_along_each_time_is_dead_in_the_end(
    firm: Firm,
) -> None:
    job_id = await firm.record()
    job: Job | None = await firm.must_claim("a")
    await firm.die("a")
    for attempt in range(2, MOST_ATTEMPTS + 1):
        runner_id = f"r{attempt}"
        job = await firm.take_over(runner_id)
        assert job is not None
        assert job.attempts == attempt

    assert await firm.take_over("b") is None

    row = await firm.row(job_id)
    assert (row.state, row.attempts, row.last_error) == ("dead", 10, jobs.LOST)
    assert job is not None
    assert not await firm.finish(job)


async def test_an_attempt_that_was_broken_off_counts_as_none(firm: Firm) -> None:
    job_id = await firm.record()
    job = await firm.must_claim("a")

    assert await firm.db.run(lambda tx: jobs.release(tx, job, firm.time()))

    row = await firm.row(job_id)
    assert (row.state, row.attempts, row.runner_id) == ("due", 0, None)
    assert (await firm.must_claim("b")).id == job_id


async def test_a_kind_that_a_process_does_not_know_is_left_to_others(firm: Firm) -> None:
    await firm.record(kind="bring_tea")
    await firm.record(kind="bring_tea")
    async with firm.db.read() as r:
        strange = await jobs.unknown_kinds(r, firm.who("a"), firm.time())

    assert strange == {"bring_tea"}
    assert await firm.claim("a") is None
    assert await firm.claim("b", kinds=frozenset({"bring_tea"})) is not None
    await firm.die("b")
    assert await firm.take_over("a") is None
    assert await firm.take_over("a", kinds=frozenset({KIND, "bring_tea"})) is not None


async def test_jobs_written_under_a_clock_ahead_wait_as_long_as_was_meant(firm: Firm) -> None:
    firm.time.pass_by(hours=1)
    at_once = await firm.record()
    in_a_day = await firm.record(due_at=firm.time() + timedelta(days=1))
    firm.time.pass_by(hours=-1)
    ordinary = await firm.record(due_at=firm.time() + timedelta(hours=2))
    now = firm.time()

    async with firm.db.begin() as tx:
        assert await jobs.set_right(tx, now) == 2
        assert await jobs.set_right(tx, now) == 0

    assert (await firm.row(at_once)).due_at == now
    assert (await firm.row(in_a_day)).due_at == now + timedelta(days=1)
    assert (await firm.row(ordinary)).due_at == now + timedelta(hours=2)


async def test_what_was_done_is_forgotten_after_a_day_and_what_is_dead_is_not(
    firm: Firm,
) -> None:
    for _ in range(3):
        await firm.record(unique_key=None)
        await firm.finish(await firm.must_claim("a"))
    dead = await firm.record()
    for _ in range(MOST_ATTEMPTS):
        await firm.fail(await firm.must_claim("a"))
        firm.time.pass_by(hours=2)
    due = await firm.record()

    assert await jobs.forget_done(firm.db, firm.time()) == 0
    firm.time.pass_by(hours=4, milliseconds=1)
    assert await jobs.forget_done(firm.db, firm.time()) == 3
    assert {row.id for row in await firm.rows()} == {dead, due}


async def test_a_forgotten_jobs_unique_key_is_free_again(firm: Firm) -> None:
    await firm.record(unique_key="coffee:monday")
    await firm.finish(await firm.must_claim("a"))
    firm.time.pass_by(days=1, seconds=1)
    await jobs.forget_done(firm.db, firm.time())

    async with firm.db.begin() as tx:
        assert await firm.outbox.record(tx, NewJob(kind=KIND, unique_key="coffee:monday"))
