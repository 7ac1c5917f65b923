"""A prepared statement answers as SQLAlchemy itself would."""

from datetime import UTC, datetime

import pytest
from aragora_server.kernel import fault_points
from aragora_server.kernel.db import Big, Database, Json, Timestamp
from aragora_server.kernel.errors import Unavailable
from aragora_server.kernel.prepared import Handwritten, Prepared
from sqlalchemy import Boolean, Column, MetaData, String, Table, bindparam, insert, or_, select
from sqlalchemy.exc import ResourceClosedError, StatementError

pytestmark = pytest.mark.anyio

local = MetaData()
notes = Table(
    "notes",
    local,
    Column("id", String, primary_key=True),
    Column("at", Timestamp),
    Column("body", Json),
    Column("size", Big),
    Column("is_open", Boolean),
)
AT = datetime(2026, 3, 1, 12, 30, 15, 123_000, UTC)
ROWS = [
    {"id": "a", "at": AT, "body": {"é": [1, None]}, "size": 2**53, "is_open": True},
    {"id": "b", "at": None, "body": None, "size": None, "is_open": False},
    {"id": "c", "at": AT, "body": [], "size": 0, "is_open": None},
]
ALL = Prepared(select(notes).order_by(notes.c.id))
_ROW = "INSERT INTO notes (id) VALUES (:id)"
ADDING = Handwritten(sqlite=_ROW, postgresql=_ROW)
SINCE = Prepared(
    select(notes.c.id, notes.c.at.label("then"))
    .where(notes.c.at >= bindparam("at"), or_(notes.c.id == "a", notes.c.id == bindparam("id")))
    .order_by(notes.c.id)
)


@pytest.fixture
async def db(empty_database_url):
    db = Database(empty_database_url)
    async with db.begin() as tx:
        await tx.run_sync(local.create_all)
        await tx.execute(insert(notes), ROWS)
    yield db
    await db.close()


async def test_every_type_comes_back_as_it_was_stored(db):
    async with db.read() as r:
        assert [row._asdict() for row in await ALL.rows(r)] == ROWS


async def test_values_are_given_by_name_each_time(db):
    async with db.read() as r:
        assert [tuple(row) for row in await SINCE.rows(r, at=AT, id="c")] == [("a", AT), ("c", AT)]
        assert [row.then for row in await SINCE.rows(r, at=AT, id="b")] == [AT]
        assert await SINCE.row(r, at=datetime(2027, 1, 1, tzinfo=UTC), id="c") is None


async def test_a_value_that_is_not_given_is_refused(db):
    async with db.read() as r:
        with pytest.raises((KeyError, StatementError)):
            await SINCE.rows(r, at=AT)


async def test_it_sees_the_writes_of_its_own_unit(db):
    async with db.begin() as tx:
        await tx.execute(insert(notes).values(id="d"))
        assert len(await ALL.rows(tx)) == 4


async def test_it_ends_with_its_unit(db):
    async with db.read() as r:
        pass

    with pytest.raises(ResourceClosedError):
        await ALL.rows(r)


async def test_a_statement_by_hand_takes_its_values_by_name_and_ends_with_its_unit(db):
    async with db.begin() as tx:
        await ADDING.run(tx, id="e")
        assert [row.id for row in await ALL.rows(tx)] == ["a", "b", "c", "e"]

    with pytest.raises(ResourceClosedError):
        await ADDING.run(tx, id="f")


async def test_a_unit_that_is_watched_takes_the_statement_of_its_own_database(db):
    each = {"sqlite": "no statement", "postgresql": "no statement", db.dialect: _ROW}
    adding = Handwritten(**each)
    fault_points.arm("never")
    try:
        async with db.begin() as tx:
            await adding.run(fault_points.watched("unit", tx), id="z")
    finally:
        fault_points.arm(None)

    async with db.read() as tx:
        assert "z" in [row.id for row in await ALL.rows(tx)]


async def test_a_file_that_cannot_be_opened_is_told_as_such(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/missing/notes.db")

    with pytest.raises(Unavailable):
        async with db.read() as r:
            await ALL.rows(r)
