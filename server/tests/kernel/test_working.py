"""A process at work on jobs."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import anyio
import anyio.to_thread
import attrs
import pytest
from aragora_server.kernel import telemetry
from aragora_server.kernel.attempt import Attempt, Kind, Workshop
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.jobs import LOST, Job
from aragora_server.kernel.outbox import NewJob
from aragora_server.kernel.working import JobLoop

from tests.backlog import KIND, Firm, Pulse, Severed
from tests.coffee_house import open_for_business
from tests.waiting import until

pytestmark = pytest.mark.anyio

NEVER_S = 600.0
ROOT = Path(__file__).parents[3]


@attrs.define
class Waiter:
    """Brings coffee, and knows what it brought."""

    brought: list[str] = attrs.field(factory=list)
    busy: int = 0
    takes_s: float = 0.0

    async def bring(self, job: Job) -> None:
        self.busy += 1
        await anyio.sleep(self.takes_s)
        self.busy -= 1
        self.brought.append(job.id)

    def kind(self, **more: float) -> Kind:
        return Kind(run=self.bring, **more)  # type: ignore[arg-type]


@pytest.fixture
async def firm(database: Database) -> Firm:
    """Its clock runs by itself: a process at work sleeps for real."""
    firm = Firm(db=database, time=system_clock)  # type: ignore[arg-type]
    await firm.live("a")
    return firm


@asynccontextmanager
async def working(
    shop: Workshop, *, drain_s: float = 0, poll_s: float = 0.05, at_once: int = 8
) -> AsyncIterator[JobLoop]:
    loop = JobLoop(shop, poll_s=poll_s, at_once=at_once)
    async with loop.open(drain_s=drain_s):
        yield loop


async def state_of(firm: Firm, job_id: str) -> str:
    state: str = (await firm.row(job_id)).state
    return state


async def until_state(firm: Firm, job_id: str, state: str) -> None:
    with anyio.fail_after(20):
        while await state_of(firm, job_id) != state:
            await anyio.sleep(0.005)


async def test_who_is_woken_does_what_is_there(firm: Firm) -> None:
    waiter = Waiter()
    async with working(firm.shop("a", **{KIND: waiter.kind()}), poll_s=NEVER_S):
        await anyio.sleep(0.1)
        job_id = await firm.record()
        with anyio.fail_after(20):
            while await state_of(firm, job_id) != "done":
                await firm.outbox.wake()
                await anyio.sleep(0.02)

    assert waiter.brought == [job_id]


async def test_a_lost_wake_up_costs_time_and_nothing_else(firm: Firm) -> None:
    waiter = Waiter()
    async with working(firm.shop("a", **{KIND: waiter.kind()})):
        await anyio.sleep(0.1)
        job_id = await firm.record()

        await until_state(firm, job_id, "done")


async def test_it_sleeps_until_the_next_job_is_due(firm: Firm) -> None:
    waiter = Waiter()
    due_at = firm.time() + timedelta(seconds=0.3)
    job_id = await firm.record(due_at=due_at)
    async with working(firm.shop("a", **{KIND: waiter.kind()}), poll_s=NEVER_S):
        await until_state(firm, job_id, "done")

    assert (await firm.row(job_id)).done_at >= due_at


async def test_a_failed_job_is_tried_again_by_itself(firm: Firm) -> None:
    seen: list[int] = []

    async def bring(job: Job) -> None:
        seen.append(job.attempts)
        if len(seen) < 2:
            raise RuntimeError

    job_id = await firm.record()
    # At the lowest chance the first pause is 1.6 seconds.
    shop = attrs.evolve(firm.shop("a", **{KIND: Kind(run=bring)}), chance=lambda: 0.0)
    async with working(shop, poll_s=NEVER_S):
        await until_state(firm, job_id, "done")

    assert seen == [1, 2]


async def test_an_end_that_comes_too_late_is_counted(firm: Firm) -> None:
    fenced = telemetry.FENCED._value.get()
    await firm.live("b")

    async def lose_it(job: Job) -> None:
        await firm.die("a")
        await firm.take_over("b")

    await firm.record()
    job = await firm.must_claim("a")
    await Attempt(firm.shop("a", **{KIND: Kind(run=lose_it)}), job).run()

    assert telemetry.FENCED._value.get() == fenced + 1


async def test_so_many_at_once_and_no_more(firm: Firm) -> None:
    waiter, ready = Waiter(), anyio.Event()

    async def bring(job: Job) -> None:
        await waiter.bring(job)
        await ready.wait()

    made = [await firm.record() for _ in range(6)]
    shop = firm.shop("a", **{KIND: Kind(run=bring)})
    async with working(shop, poll_s=NEVER_S, at_once=3, drain_s=20):
        await until(lambda: len(waiter.brought) == 3)
        await anyio.sleep(0.3)
        at_once = list(waiter.brought)
        ready.set()
        await until(lambda: len(waiter.brought) == 6)

    assert at_once == made[:3]
    assert sorted(waiter.brought) == made


@attrs.define
class Kitchen:
    """Whose orders are being made, at most at a time; all wait until `ready`."""

    ready: anyio.Event = attrs.field(factory=anyio.Event)
    busy: Counter[str] = attrs.field(factory=Counter)
    most: Counter[str] = attrs.field(factory=Counter)
    done: list[str] = attrs.field(factory=list)

    async def make(self, job: Job) -> None:
        whose = job.workspace_id or "the house"
        self.busy[whose] += 1
        self.most |= self.busy
        if whose not in ("the house", "quick"):
            await self.ready.wait()
        self.busy[whose] -= 1
        self.done.append(whose)


async def test_a_workspace_whose_jobs_hang_makes_nobody_wait(firm: Firm) -> None:
    kitchen = Kitchen()
    for _ in range(12):
        await firm.record(workspace_id="slow")
    await firm.record(workspace_id="quick")
    await firm.record()
    async with working(firm.shop("a", **{KIND: Kind(run=kitchen.make)}), drain_s=20):
        await until(lambda: sorted(kitchen.done) == ["quick", "the house"])
        kitchen.ready.set()
        await until(lambda: len(kitchen.done) == 14)

    assert kitchen.most["slow"] == 2


async def test_places_are_kept_for_the_servers_own_jobs(firm: Firm) -> None:
    kitchen = Kitchen()
    for name in "abcdefgh":
        await firm.record(workspace_id=name)
    own = firm.shop("a", **{KIND: Kind(run=kitchen.make)})
    async with working(own, drain_s=20):
        await until(lambda: kitchen.busy.total() == 6)
        await firm.record()
        await until(lambda: kitchen.done == ["the house"])
        assert kitchen.busy.total() == 6
        kitchen.ready.set()
        await until(lambda: len(kitchen.done) == 9)


async def test_a_single_place_is_for_everybody(firm: Firm) -> None:
    waiter = Waiter()
    made = [await firm.record(workspace_id="w"), await firm.record()]
    async with working(firm.shop("a", **{KIND: waiter.kind()}), at_once=1):
        await until(lambda: waiter.brought == made)


async def test_what_the_dead_left_of_a_workspace_is_taken_over_two_at_a_time(firm: Firm) -> None:
    kitchen = Kitchen()
    await firm.live("dead")
    for _ in range(5):
        await firm.record(workspace_id="slow")
        await firm.must_claim("dead")
    await firm.die("dead")
    async with working(firm.shop("a", **{KIND: Kind(run=kitchen.make)}), drain_s=20):
        await until(lambda: kitchen.busy["slow"] == 2)
        await firm.record(workspace_id="quick")
        await until(lambda: kitchen.done == ["quick"])
        kitchen.ready.set()
        await until(lambda: len(kitchen.done) == 6)

    assert kitchen.most["slow"] == 2


async def test_two_processes_share_the_work(firm: Firm) -> None:
    other = attrs.evolve(firm, db=Database(firm.db.url))
    await firm.live("b")
    waiters = Waiter(takes_s=0.01), Waiter(takes_s=0.01)
    made = [await firm.record() for _ in range(40)]
    shops = (
        firm.shop("a", **{KIND: waiters[0].kind()}),
        other.shop("b", **{KIND: waiters[1].kind()}),
    )
    async with working(shops[0], at_once=2, drain_s=20), working(shops[1], at_once=2, drain_s=20):
        await until(lambda: sum(len(waiter.brought) for waiter in waiters) >= len(made))
    await other.db.close()

    assert sorted(waiters[0].brought + waiters[1].brought) == sorted(made)


async def test_what_a_dead_process_left_is_done(firm: Firm) -> None:
    waiter = Waiter()
    job_id = await firm.record()
    await firm.live("dead")
    await firm.must_claim("dead")
    async with working(firm.shop("a", **{KIND: waiter.kind()})):
        await anyio.sleep(0.2)
        assert waiter.brought == []
        await firm.die("dead")

        await until_state(firm, job_id, "done")

    assert (await firm.row(job_id)).attempts == 2


async def test_a_claim_whose_commit_was_never_answered_is_done(firm: Firm) -> None:
    waiter = Waiter()
    job_id = await firm.record()
    await firm.must_claim("a")
    async with working(firm.shop("a", **{KIND: waiter.kind()})):
        await until_state(firm, job_id, "done")


async def test_what_is_under_way_is_not_begun_twice(firm: Firm) -> None:
    waiter = Waiter(takes_s=0.3)
    job_id = await firm.record()
    async with working(firm.shop("a", **{KIND: waiter.kind()})):
        await until_state(firm, job_id, "done")

    assert waiter.brought == [job_id]
    assert (await firm.row(job_id)).attempts == 1


async def test_who_may_be_taken_for_dead_begins_nothing(firm: Firm) -> None:
    waiter = Waiter()
    await firm.record()
    pulse = Pulse(runner_id="a", sure=False)
    shop = attrs.evolve(firm.shop("a", **{KIND: waiter.kind()}), pulse=pulse)
    async with working(shop):
        await anyio.sleep(0.3)
        assert waiter.brought == []
        pulse.sure = True

        await until(lambda: len(waiter.brought) == 1)


async def test_an_unknown_kind_is_left_alone_and_mentioned_once(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    waiter = Waiter()
    strange = [await firm.record(kind="bring_tea") for _ in range(2)]
    shop = firm.shop("a", **{KIND: waiter.kind()})
    async with working(shop) as loop:
        await until(lambda: "bring_tea" in caplog.text)
        loop._next_census = firm.time()
        await until(lambda: loop._next_census > firm.time())

    assert [await state_of(firm, job_id) for job_id in strange] == ["due", "due"]
    assert caplog.text.count("bring_tea") == 1


async def test_periodic_work_comes_up_by_itself(firm: Firm) -> None:
    waiter = Waiter()
    async with working(firm.shop("a", **{KIND: waiter.kind(every_s=1)})):
        await until(lambda: len(waiter.brought) >= 2)

    keys = [row.unique_key for row in await firm.rows()]
    assert len(keys) == len(set(keys))
    assert all(key.startswith(f"{KIND}@") for key in keys)


async def test_a_draining_process_begins_nothing_and_ends_what_it_began(firm: Firm) -> None:
    waiter = Waiter(takes_s=0.3)
    shop = firm.shop("a", **{KIND: waiter.kind()})
    begun = await firm.record()
    async with working(shop, drain_s=20):
        await until(lambda: waiter.busy == 1)
        shop.drain.begin()
        late = await firm.record()
        await shop.outbox.wake()
        await anyio.sleep(0.1)

    assert await state_of(firm, begun) == "done"
    assert await state_of(firm, late) == "due"


async def test_what_does_not_end_in_time_is_given_back_for_another(firm: Firm) -> None:
    slow, quick = Waiter(takes_s=60), Waiter()
    job_id = await firm.record()
    with anyio.fail_after(20):
        async with working(firm.shop("a", **{KIND: slow.kind()}), drain_s=0.1):
            await until(lambda: slow.busy == 1)
    left = await firm.row(job_id)

    await firm.live("b")
    async with working(firm.shop("b", **{KIND: quick.kind()})):
        await until_state(firm, job_id, "done")

    assert (left.state, left.attempts, left.runner_id) == ("due", 0, None)
    assert quick.brought == [job_id]


async def test_the_time_to_end_counts_from_the_drains_beginning(firm: Firm) -> None:
    slow = Waiter(takes_s=60)
    await firm.record()
    shop = firm.shop("a", **{KIND: slow.kind()})
    async with working(shop, drain_s=30) as loop:
        await until(lambda: slow.busy == 1)
        shop.drain.begin()
        await until(lambda: loop._stopped_at is not None)
        # As if the streams had taken that long to close.
        loop._stopped_at = left_at = anyio.current_time() - 30

    assert anyio.current_time() - left_at < 55


async def test_a_database_that_is_away_does_not_end_the_work(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    waiter, db = Waiter(), Severed(firm.db.url)
    job_id = await firm.record()
    db.away_for = 3
    async with working(attrs.evolve(firm, db=db).shop("a", **{KIND: waiter.kind()})):
        await until_state(firm, job_id, "done")
    await db.close()

    assert caplog.text.count("could not look for jobs") == 1


async def test_without_wake_ups_it_looks_by_itself(
    firm: Firm, caplog: pytest.LogCaptureFixture
) -> None:
    class Deaf(LocalBroadcast):
        """Nobody can listen to it."""

        def listen(self, topic: str) -> object:  # type: ignore[override]
            raise ConnectionError("connection lost")

    waiter = Waiter()
    deaf = attrs.evolve(firm, broadcast=Deaf())
    async with working(deaf.shop("a", **{KIND: waiter.kind()})):
        job_id = await firm.record()
        await until_state(firm, job_id, "done")

    assert "it looks by itself" in caplog.text


async def test_a_clock_that_was_put_back_puts_nothing_off(firm: Firm) -> None:
    waiter = Waiter()
    async with firm.db.begin() as tx:
        ahead = attrs.evolve(firm.outbox, now=lambda: system_clock() + timedelta(hours=1))
        job_id = await ahead.record(tx, NewJob(kind=KIND))
    async with working(firm.shop("a", **{KIND: waiter.kind()})):
        await until(lambda: waiter.brought == [job_id])


async def test_what_a_killed_process_had_begun_is_done_by_the_next(
    firm: Firm, database_url: str
) -> None:
    job_id = await firm.record()
    command = [sys.executable, "-m", "tests.coffee_house", database_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        begun = await anyio.to_thread.run_sync(process.stdout.readline)
        process.kill()
    waiter = Waiter()

    async with open_for_business(firm.db, waiter.bring):
        await until_state(firm, job_id, "done")

    row = await firm.row(job_id)
    assert begun.strip() == job_id
    assert waiter.brought == [job_id]
    assert (row.attempts, row.last_error) == (2, LOST)
