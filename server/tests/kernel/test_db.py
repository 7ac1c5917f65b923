"""Units of work hold on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import anyio
import pytest
from aragora_server.kernel.db import Big, Database, Json, Timestamp
from sqlalchemy import Column, MetaData, String, Table, func, insert, select, text, update
from sqlalchemy.exc import OperationalError, ResourceClosedError

pytestmark = pytest.mark.anyio

local = MetaData()
notes = Table(
    "notes",
    local,
    Column("id", String, primary_key=True),
    Column("at", Timestamp),
    Column("body", Json),
    Column("size", Big, nullable=False, server_default="0"),
)


@pytest.fixture
async def db(empty_database_url):
    db = Database(empty_database_url)
    async with db.begin() as tx:
        await tx.run_sync(local.create_all)
    yield db
    await db.close()


async def test_what_is_stored_comes_back_equal(db):
    at = datetime(2026, 3, 1, 12, 30, 15, 123_000, UTC)
    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="a", at=at, body={"é": [1, None]}, size=2**53))

    async with db.read() as r:
        row = (await r.execute(select(notes))).one()

    assert row == ("a", at, {"é": [1, None]}, 2**53)
    assert row.at.tzinfo is UTC


async def test_times_are_kept_in_utc_and_whole_milliseconds(db):
    eastern = timezone(timedelta(hours=-5))
    async with db.begin() as tx:
        await tx.execute(
            insert(notes).values(id="a", at=datetime(2026, 1, 1, 0, 0, 0, 123_999, eastern))
        )

    async with db.read() as r:
        stored = (await r.execute(select(notes.c.at))).scalar_one()

    assert stored == datetime(2026, 1, 1, 5, 0, 0, 123_000, UTC)


async def test_a_time_without_a_zone_is_refused(db):
    with pytest.raises(Exception, match="without a zone"):
        async with db.begin() as tx:
            await tx.execute(insert(notes).values(id="a", at=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_an_error_undoes_the_whole_unit(db):
    async def fail_half_way() -> None:
        async with db.begin() as tx:
            await tx.execute(insert(notes).values(id="a"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_half_way()

    assert await count(db) == 0


async def test_a_cancelled_unit_leaves_nothing_and_blocks_nobody(db):
    with anyio.move_on_after(0.05):
        async with db.begin() as tx:
            await tx.execute(insert(notes).values(id="a"))
            await anyio.sleep(5)

    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="b"))
    assert await count(db) == 1


async def test_many_writers_at_once_all_get_their_turn(db):
    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="sum", size=0))

    async def add_one() -> None:
        async with db.begin() as tx:
            await tx.execute(update(notes).values(size=notes.c.size + 1))

    async with anyio.create_task_group() as group:
        for _ in range(60):
            group.start_soon(add_one)

    async with db.read() as r:
        assert (await r.execute(select(notes.c.size))).scalar_one() == 60


async def test_a_reader_sees_only_what_is_committed(db):
    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="a"))
        assert await count(db) == 0

    assert await count(db) == 1


async def test_a_deadlocked_unit_is_done_again(db):
    if db.dialect == "sqlite":
        pytest.skip("one writer at a time cannot deadlock")
    async with db.begin() as tx:
        await tx.execute(insert(notes).values([{"id": "a"}, {"id": "b"}]))
    both_hold_one = anyio.Event()
    holders = 0

    async def lock(first: str, second: str) -> None:
        async def work(tx):
            nonlocal holders
            await tx.execute(update(notes).where(notes.c.id == first).values(size=1))
            holders += 1
            if holders == 2:
                both_hold_one.set()
            await both_hold_one.wait()
            await tx.execute(update(notes).where(notes.c.id == second).values(size=1))

        await db.run(work)

    async with anyio.create_task_group() as group:
        group.start_soon(lock, "a", "b")
        group.start_soon(lock, "b", "a")

    assert holders > 2


async def test_waiting_for_a_foreign_writer_holds_up_nobody_else(db):
    if db.dialect != "sqlite":
        pytest.skip("about SQLite")
    other = Database(db.url)
    order = []

    async def write_elsewhere() -> None:
        async with other.begin() as tx:
            order.append("elsewhere")
            await tx.execute(insert(notes).values(id="b"))

    async with anyio.create_task_group() as group, db.begin() as tx:
        await tx.execute(insert(notes).values(id="a"))
        group.start_soon(write_elsewhere)
        await anyio.sleep(0.1)
        order.append("here")

    assert order == ["here", "elsewhere"]
    assert await count(db) == 2
    await other.close()


async def test_connections_that_the_server_has_closed_are_not_used_again(db):
    if db.dialect == "sqlite":
        pytest.skip("there is no server")
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with db.read() as one, db.read() as two, db.read():
        assert await scalar(one, "SELECT 1") == await scalar(two, "SELECT 1")

    async with db.read() as tx:
        await tx.exec_driver_sql(others)
    await anyio.sleep(0.2)  # their ends have arrived by then

    async with db.read() as one, db.read() as two, db.read() as three:
        assert [await scalar(tx, "SELECT 1") for tx in (one, two, three)] == [1, 1, 1]


async def scalar(tx, statement):
    return (await tx.exec_driver_sql(statement)).scalar_one()


async def test_closing_waits_for_units_under_way(db):
    at_work, order = anyio.Event(), []

    async def work() -> None:
        async with db.begin() as tx:
            await tx.execute(insert(notes).values(id="a"))
            at_work.set()
            await anyio.sleep(0.05)
        order.append("committed")

    async with anyio.create_task_group() as group:
        group.start_soon(work)
        await at_work.wait()
        await db.close()
        order.append("closed")

    assert order == ["committed", "closed"]


async def test_sqlite_syncs_fully_and_checks_foreign_keys(db):
    if db.dialect != "sqlite":
        pytest.skip("about SQLite")
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}

    for unit in (db.begin, db.read):
        async with unit() as tx:
            found = {
                name: (await tx.exec_driver_sql(f"PRAGMA {name}")).scalar_one() for name in expected
            }
        assert found == expected


async def test_reading_changes_nothing(db):
    if db.dialect != "sqlite":
        pytest.skip("about SQLite")

    with pytest.raises(OperationalError, match="readonly"):
        async with db.read() as r:
            await r.execute(insert(notes).values(id="a"))


async def test_a_long_search_holds_up_nobody_else(db):
    count_far = text(
        "WITH RECURSIVE far(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM far WHERE n < 1000000)"
        " SELECT count(*) FROM far"
    )
    found, turns = [], 0

    async def search() -> None:
        async with db.search() as r:
            found.append((await r.execute(count_far)).scalar_one())

    async with anyio.create_task_group() as group:
        group.start_soon(search)
        while not found:
            turns += 1
            await anyio.sleep(0)

    assert found == [1_000_000]
    assert turns > 20


async def test_a_search_sees_what_is_committed(db):
    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="a"))

    async with db.search() as r:
        assert (await r.execute(select(notes.c.id))).scalars().all() == ["a"]


async def test_a_search_that_is_over_can_do_nothing(db):
    if db.dialect != "sqlite":
        pytest.skip("about SQLite")
    async with db.search() as r:
        pass

    with pytest.raises(ResourceClosedError):
        await r.execute(select(notes.c.id))


async def test_a_unit_that_is_over_can_do_nothing(db):
    async with db.begin() as tx:
        pass

    with pytest.raises(ResourceClosedError):
        await tx.execute(insert(notes).values(id="a"))


async def count(db: Database) -> int:
    async with db.read() as r:
        return (await r.execute(select(func.count()).select_from(notes))).scalar_one()
