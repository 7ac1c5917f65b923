"""Units of work that share a commit are stored, and fail, as if each were alone."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing

import anyio
import pytest
from aragora_server import tables
from aragora_server.kernel import group_commit, telemetry
from aragora_server.kernel.db import Database, metadata
from aragora_server.kernel.errors import StorageFull, Unavailable
from aragora_server.kernel.group_commit import GroupCommit
from sqlalchemy import ForeignKeyConstraint, text

pytestmark = pytest.mark.anyio

SCHEMA = """
CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE answers (
  id INTEGER PRIMARY KEY,
  note INTEGER REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
);
"""


@pytest.fixture
def path(tmp_path):
    with closing(sqlite3.connect(tmp_path / "notes.db")) as link:
        link.executescript(SCHEMA)
    return tmp_path / "notes.db"


@pytest.fixture
async def db(path):
    db = Database(f"sqlite:///{path}")
    yield db
    await db.close()


def stored(path):
    """What another process sees."""
    with closing(sqlite3.connect(path)) as link:
        return {number for (number,) in link.execute("SELECT id FROM notes")}


async def add(tx, number, body=""):
    await tx.execute(text("INSERT INTO notes VALUES (:id, :body)"), {"id": number, "body": body})


async def answer_to_nothing(tx):
    """SQLite notices only at the commit."""
    await tx.execute(text("INSERT INTO answers VALUES (1, 404)"))


async def outcomes(*units):
    """Run them at once, behind one that holds the turn, so that they end up in one group."""
    told = [None] * len(units)

    async def one(place, unit):
        try:
            told[place] = await unit()
        except Exception as fault:  # noqa: BLE001 - it is what the test looks at
            told[place] = fault

    async with anyio.create_task_group() as group:
        for place, unit in enumerate(units):
            group.start_soon(one, place, unit)
    return told


async def test_whoever_is_answered_is_stored(db, path):
    async def add_and_look(number):
        async with db.begin() as tx:
            await add(tx, number)
        assert number in stored(path)

    async with anyio.create_task_group() as group:
        for number in range(200):
            group.start_soon(add_and_look, number)


def grouped() -> float:
    return telemetry.REGISTRY.get_sample_value("aragora_commit_group_size_sum") or 0


@pytest.fixture
async def watched(path):
    """A writer, and every statement that it asks."""
    asked = []

    class Link:
        def __init__(self):
            self.driver = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self.driver.set_trace_callback(asked.append)

        def close(self):
            self.driver.close()

    writer = GroupCommit(Link)
    yield writer, asked
    await writer.close()


async def test_units_that_wait_share_a_commit(path, watched):
    writer, asked = watched

    async def write():
        async with writer.unit() as link:
            link.driver.execute("INSERT INTO notes (body) VALUES ('')")

    before = grouped()
    await outcomes(*[write] * 150)

    assert len(stored(path)) == 150
    assert 2 <= asked.count("COMMIT") < 50
    assert grouped() - before == 150
    assert telemetry.REGISTRY.get_sample_value("aragora_writer_queue") == 0


async def test_a_group_is_bounded_in_size(path, monkeypatch):
    monkeypatch.setattr(group_commit, "MOST_UNITS", 10)
    monkeypatch.setattr(group_commit, "LONGEST_S", 60)
    db, seen = Database(f"sqlite:///{path}"), []

    async def write(number):
        async with db.begin() as tx:
            await add(tx, number)
            seen.append(number - len(stored(path)))

    await outcomes(*[lambda number=number: write(number) for number in range(45)])
    await db.close()

    assert len(stored(path)) == 45
    assert max(seen) < 11


async def test_a_slow_loop_divides_no_group_that_waits_and_lets_nobody_in_later(
    monkeypatch, watched
):
    monkeypatch.setattr(group_commit, "LONGEST_S", 0)
    writer, asked = watched

    async def write(group):
        async with writer.unit():
            if group is not None:
                group.start_soon(write, None)

    async with anyio.create_task_group() as group:
        for _ in range(41):
            group.start_soon(write, group)

    # The first, which nobody waited with; those who waited for it; those who came meanwhile.
    assert asked.count("COMMIT") == 3


async def test_many_who_read_do_not_keep_one_from_writing(db):
    reads, is_written = 0, False

    async def read():
        nonlocal reads
        while not is_written:
            async with db.read() as tx:
                await tx.execute(text("SELECT 1"))
            reads += 1
            await asyncio.sleep(0)

    async with anyio.create_task_group() as group:
        for _ in range(300):
            group.start_soon(read)
        for number in range(20):
            async with db.begin() as tx:
                await add(tx, number)
        is_written = True

    assert reads < 20 * 300


async def test_a_failing_unit_undoes_no_neighbour(db, path):
    async def unit(number):
        async with db.begin() as tx:
            await add(tx, number)
            await add(tx, number + 1000)
            if number % 3 == 0:
                raise LookupError(number)
            if number % 3 == 1:
                await add(tx, number)

    told = await outcomes(*[lambda number=number: unit(number) for number in range(60)])

    kept = {number for number in range(60) if number % 3 == 2}
    assert stored(path) == kept | {number + 1000 for number in kept}
    assert {number for number, fault in enumerate(told) if fault is None} == kept


async def test_a_unit_sees_its_neighbours_and_its_own_writes(db):
    async def unit(number):
        async with db.begin() as tx:
            await add(tx, number)
            return (await tx.execute(text("SELECT count(*) FROM notes"))).scalar_one()

    counts = await outcomes(*[lambda number=number: unit(number) for number in range(30)])

    assert sorted(counts) == list(range(1, 31))


async def test_a_failed_commit_fails_its_units_and_no_later_one(db, path):
    async def fine(number):
        async with db.begin() as tx:
            await add(tx, number)

    async def spoils():
        async with db.begin() as tx:
            await answer_to_nothing(tx)

    first, *told = await outcomes(lambda: fine(1), lambda: fine(2), spoils, lambda: fine(3))
    await fine(4)

    assert first is None
    assert [type(fault) for fault in told] == [Unavailable] * 3
    assert stored(path) == {1, 4}


async def test_a_refusal_is_told_only_when_what_it_rests_on_is_stored(db):
    async def warm_up():
        async with db.begin():
            pass

    async def spoils():
        async with db.begin() as tx:
            await add(tx, 1)
            await answer_to_nothing(tx)

    async def refuses():
        async with db.begin() as tx:
            if (await tx.execute(text("SELECT 1 FROM notes WHERE id = 1"))).scalar():
                raise LookupError("there is one already")

    told = await outcomes(warm_up, spoils, refuses)

    assert [type(fault) for fault in told[1:]] == [Unavailable] * 2


async def test_a_full_disk_is_told_and_left_behind_without_a_restart(db, path):
    async def fill(number):
        async with db.begin() as tx:
            await add(tx, number, "x" * 100_000)

    async def limit(pages):
        async with db.begin() as tx:
            await tx.execute(text(f"PRAGMA max_page_count = {pages}"))

    await limit(50)
    told = await outcomes(*[lambda number=number: fill(number) for number in range(5)])
    assert StorageFull in {type(fault) for fault in told}
    assert stored(path) == {number for number, fault in enumerate(told) if fault is None}
    async with db.read() as r:
        assert (await r.execute(text("SELECT count(*) FROM notes"))).scalar() == len(stored(path))

    await limit(5000)
    await fill(10)

    assert 10 in stored(path)


async def test_when_sqlite_undoes_everything_every_unit_is_told(db, path):
    async def fine(number):
        async with db.begin() as tx:
            await add(tx, number)

    async def torn():
        async with db.begin() as tx:
            await tx.execute(text("INSERT OR ROLLBACK INTO notes VALUES (1, '')"))

    first, *told = await outcomes(lambda: fine(1), lambda: fine(2), torn, lambda: fine(3))

    assert first is None
    assert type(told[0]) is Unavailable
    assert told[1] is not None
    assert told[2] is None
    assert stored(path) == {1, 3}


async def test_another_process_that_writes_is_waited_for(db, path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with anyio.create_task_group() as group:
            group.start_soon(write_one, db, 1)
            await anyio.sleep(0.1)
            assert stored(path) == set()
            other.execute("COMMIT")

    assert stored(path) == {1}


async def test_another_process_that_never_ends_is_told_as_such(db, path, monkeypatch):
    monkeypatch.setattr(group_commit, "PATIENCE_S", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        told = await outcomes(*[lambda number=number: write_one(db, number) for number in range(9)])
        other.execute("COMMIT")

    assert {type(fault) for fault in told} == {Unavailable}
    await write_one(db, 10)
    assert stored(path) == {10}


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("is_native", [True, False])
async def test_a_caller_that_goes_away_tears_nothing(db, path, seed, is_native):
    chance, answered = random.Random(seed), set()

    async def unit(number):
        with anyio.CancelScope() as scope:
            cancel = asyncio.current_task().cancel if is_native else scope.cancel
            asyncio.get_running_loop().call_later(chance.uniform(0, 0.02), cancel)
            async with db.begin() as tx:
                await add(tx, number)
                await anyio.sleep(chance.uniform(0, 0.0003))
                await add(tx, number + 1000)
            answered.add(number)
            await anyio.sleep(1)
        assert asyncio.current_task().cancelling() == 0

    ends = await asyncio.gather(*[unit(number) for number in range(60)], return_exceptions=True)

    assert {type(end) for end in ends} <= {type(None), asyncio.CancelledError}
    assert stored(path) == answered | {number + 1000 for number in answered}
    await write_one(db, 5000)


async def test_a_turn_given_to_one_who_just_left_is_given_on(db, path):
    async with db.begin():
        leaving = asyncio.create_task(write_one(db, 1))
        await anyio.sleep(0)
        asyncio.get_running_loop().call_soon(leaving.cancel)

    with anyio.fail_after(2):
        await write_one(db, 2)

    assert leaving.cancelled()
    assert stored(path) == {2}


async def write_one(db, number):
    async with db.begin() as tx:
        await add(tx, number)


async def test_a_database_that_cannot_be_opened_is_told_as_such(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/missing/notes.db")

    for unit in (db.begin, db.read):
        with pytest.raises(Unavailable):
            async with unit():
                pass


def test_no_constraint_waits_for_the_commit():
    """There it would undo the units that share the commit."""
    tables.load()
    keys = [
        constraint
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
    ]

    assert keys
    assert not [key for key in keys if key.deferrable or key.initially]


async def test_closing_waits_for_a_commit_whose_callers_are_gone(path):
    under_way, done, closed_in_between = asyncio.Event(), False, None
    loop = asyncio.get_running_loop()

    class Slow(sqlite3.Connection):
        def commit(self):
            nonlocal done
            loop.call_soon_threadsafe(under_way.set)
            time.sleep(0.1)
            super().commit()
            done = True

    class Link:
        def __init__(self):
            self.driver = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, factory=Slow
            )

        def close(self):
            nonlocal closed_in_between
            closed_in_between = not done
            if done:  # SQLite crashes the process when this comes in between
                self.driver.close()

    writer = GroupCommit(Link)

    async def write():
        async with writer.unit() as link:
            link.driver.execute("INSERT INTO notes VALUES (1, '')")
            await asyncio.Event().wait()

    caller = asyncio.create_task(write())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    caller.cancel()
    await under_way.wait()
    await writer.close()

    assert closed_in_between is False
    assert stored(path) == set()
