"""However a debate is dispatched, somebody soon looks at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import anyio
import attrs
import psycopg
import pytest
from aragora_server.debates.ports import Dispatch
from aragora_server.debates.running.carried import SCHEMA, CarriedDispatch
from aragora_server.debates.running.dispatch import LocalDispatch

from tests.waiting import until

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("dialect", ["postgres"], indirect=True),
]


@attrs.define
class Desk:
    """Where debates arrive; slow ones stay until the gate opens."""

    taken: list[str] = attrs.field(factory=list)
    at_once: int = 0
    most_at_once: int = 0
    gate: anyio.Event = attrs.field(factory=anyio.Event)

    async def take(self, debate_id: str, *_: object) -> None:
        self.taken.append(debate_id)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if debate_id.startswith("broken"):
                raise RuntimeError("a fault of ours")
            if debate_id.startswith("slow"):
                await self.gate.wait()
        finally:
            self.at_once -= 1


@pytest.fixture(params=["local", "carried"])
async def dispatched(request, database_url: str) -> AsyncIterator[tuple[Dispatch, Desk]]:
    desk = Desk()
    if request.param == "local":
        local = LocalDispatch(max_debates=3)
        async with local.open(desk.take, drain_s=0):
            yield local, desk
    else:
        async with worker(database_url, desk) as queue:
            yield queue, desk


@asynccontextmanager
async def worker(database_url: str, desk: Desk) -> AsyncIterator[CarriedDispatch]:
    async with AsyncExitStack() as stack:
        queue = CarriedDispatch(database_url, max_debates=3)
        await stack.enter_async_context(queue.open())
        group = await stack.enter_async_context(anyio.create_task_group())
        stack.callback(group.cancel_scope.cancel)
        group.start_soon(queue.carry, desk.take)
        yield queue


async def rows(database_url: str, status: str = "%") -> int:
    async with await connect(database_url) as link:
        found = await link.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status::text LIKE %s", (status,)
        )
        row = await found.fetchone()
    assert row is not None
    return int(row[0])


async def nothing_is_left(database_url: str) -> None:
    with anyio.fail_after(20):
        while await rows(database_url):
            await anyio.sleep(0.02)


async def change(database_url: str, statement: str) -> None:
    async with await connect(database_url) as link:
        await link.execute(statement)  # type: ignore[arg-type]


async def connect(database_url: str) -> psycopg.AsyncConnection:
    from aragora_server.kernel.libpq import keywords

    options = f"-c search_path={SCHEMA}"
    return await psycopg.AsyncConnection.connect(**keywords(database_url), options=options)  # type: ignore[arg-type]


async def test_a_submitted_debate_is_taken(dispatched):
    dispatch, desk = dispatched

    await dispatch.submit("one")
    await dispatch.submit("two")

    await until(lambda: sorted(desk.taken) == ["one", "two"])


async def test_no_fault_of_the_queue_ends_the_process(database_url, caplog):
    desk, queue = Desk(), CarriedDispatch(database_url, max_debates=3)
    work = queue._app.run_worker_async

    def broken_once(**_how):
        queue._app.run_worker_async = work
        raise RuntimeError("a library's mistake")

    queue._app.run_worker_async = broken_once
    async with queue.open(), anyio.create_task_group() as group:
        group.start_soon(queue.carry, desk.take)
        await queue.submit("one")
        await until(lambda: desk.taken == ["one"])
        group.cancel_scope.cancel()

    assert "a library's mistake" in caplog.text


async def test_a_debate_may_be_submitted_any_number_of_times(dispatched):
    dispatch, desk = dispatched
    for n in range(3):
        await dispatch.submit(f"slow {n}")
    await until(lambda: desk.at_once == 3)

    for _ in range(10):
        await dispatch.submit("waits")
    desk.gate.set()

    await until(lambda: "waits" in desk.taken)
    await anyio.sleep(0.3)
    assert desk.taken.count("waits") == 1


async def test_so_many_run_at_once_and_the_rest_wait(dispatched):
    dispatch, desk = dispatched

    for n in range(8):
        await dispatch.submit(f"slow {n}")
    await until(lambda: desk.at_once == 3)
    await anyio.sleep(0.3)
    assert len(desk.taken) == 3
    desk.gate.set()

    await until(lambda: len(desk.taken) == 8)
    assert desk.most_at_once == 3


async def test_a_debate_that_fails_holds_no_other_up(dispatched):
    dispatch, desk = dispatched

    for n in range(5):
        await dispatch.submit(f"broken {n}")
    await dispatch.submit("fine")

    await until(lambda: "fine" in desk.taken)


async def test_a_debate_that_was_let_go_of_may_come_again(dispatched):
    dispatch, desk = dispatched
    await dispatch.submit("broken")
    await until(lambda: desk.taken == ["broken"] and desk.at_once == 0)

    with anyio.fail_after(20):
        while desk.taken.count("broken") < 2:
            await dispatch.submit("broken")
            await anyio.sleep(0.05)


# Procrastinate and its tables ---------------------------------------------------------------------


@pytest.fixture
async def carrying(database_url: str) -> AsyncIterator[tuple[CarriedDispatch, Desk]]:
    desk = Desk()
    async with worker(database_url, desk) as queue:
        yield queue, desk


async def test_nothing_is_left_of_what_is_over(carrying, database_url):
    queue, desk = carrying
    for name in ("one", "broken", "two"):
        await queue.submit(name)
    await until(lambda: len(desk.taken) == 3)

    await nothing_is_left(database_url)


async def test_a_debate_that_a_dead_worker_left_is_taken_when_it_is_submitted_again(
    carrying, database_url
):
    """A row in `doing` for ever, as a killed worker leaves it."""
    queue, desk = carrying
    await queue.submit("slow 1")
    await until(lambda: desk.at_once == 1)

    await queue.submit("slow 1")

    await until(lambda: desk.at_once == 2)


async def test_emptied_tables_lose_nothing_that_is_submitted_again(carrying, database_url):
    queue, desk = carrying
    await queue.submit("slow 1")
    await until(lambda: desk.at_once == 1)
    await change(database_url, "TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")

    with anyio.fail_after(30):
        while "after" not in desk.taken:
            await queue.submit("after")
            await anyio.sleep(0.1)


async def test_a_dropped_schema_comes_back(carrying, database_url):
    queue, desk = carrying
    await change(database_url, f"DROP SCHEMA {SCHEMA} CASCADE")

    with anyio.fail_after(30):
        while "after" not in desk.taken:
            await queue.submit("after")
            await anyio.sleep(0.1)


async def test_lost_connections_are_made_anew(carrying, database_url):
    queue, desk = carrying
    await queue.submit("before")
    await until(lambda: desk.taken == ["before"])
    # A connection that is cut in the COMMIT of a finished job leaves an error that nobody awaits.
    await nothing_is_left(database_url)
    await change(
        database_url,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )

    with anyio.fail_after(30):
        while "after" not in desk.taken:
            await queue.submit("after")
            await anyio.sleep(0.1)


async def test_a_debate_goes_on_when_its_queue_is_lost(carrying, database_url):
    """Only the wait for it is cut: what was taken runs in tasks of its own."""
    queue, _ = carrying
    cut: list[str] = []

    async def wait_for_ever(debate_id: str) -> None:
        try:
            await anyio.sleep_forever()
        except BaseException:
            cut.append(debate_id)
            raise

    queue._take = wait_for_ever
    await queue.submit("one")
    await anyio.sleep(0.3)
    await change(database_url, f"DROP SCHEMA {SCHEMA} CASCADE")

    await until(lambda: cut == ["one"])


async def test_what_waits_is_submitted_again_without_an_error_in_the_database(database_url):
    """A violated lock is an error in PostgreSQL's log; it would have used up a number."""
    queue = CarriedDispatch(database_url, max_debates=1)
    async with queue.open(), await connect(database_url) as link:
        for _ in range(20):
            await queue.submit("waits")
        last = await link.execute("SELECT last_value FROM procrastinate_jobs_id_seq")

        assert await last.fetchone() == (1,)
    assert await rows(database_url) == 1


async def test_a_submission_that_fails_is_no_error(database_url, monkeypatch):
    queue = CarriedDispatch(database_url, max_debates=1)
    async with queue.open():
        await change(database_url, f"DROP SCHEMA {SCHEMA} CASCADE")

        await queue.submit("one")


async def test_rows_of_workers_that_are_gone_are_swept(carrying, database_url):
    queue, desk = carrying
    await queue.submit("slow mine")
    await until(lambda: desk.at_once == 1)
    await change(
        database_url,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " VALUES ('debates', 'debates.take', 'doing')",
    )
    await change(
        database_url,
        "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - interval '1 hour') RETURNING id)"
        " INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
        " SELECT 'debates', 'debates.take', 'doing', id FROM dead",
    )
    before = await rows(database_url, "doing")

    await queue.sweep()

    assert (before, await rows(database_url, "doing")) == (3, 1)


async def test_many_processes_make_one_schema(database_url):
    await change(database_url, f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    queues = [CarriedDispatch(database_url, max_debates=1) for _ in range(4)]

    async def open_and_close(queue: CarriedDispatch) -> None:
        async with queue.open():
            await queue.submit("one")

    async with anyio.create_task_group() as group:
        for queue in queues:
            group.start_soon(open_and_close, queue)

    assert await rows(database_url) == 1


async def test_our_migrations_do_not_see_its_tables(database, database_url):
    from sqlalchemy import inspect

    async with CarriedDispatch(database_url, max_debates=1).open(), database.read() as r:
        seen = await r.run_sync(lambda link: inspect(link).get_table_names())

    assert not [name for name in seen if name.startswith("procrastinate")]
