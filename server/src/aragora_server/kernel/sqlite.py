"""SQLite without a thread for each statement.

A statement takes microseconds, a hop to another thread and back takes many times that. So
statements run where they are called; only what may wait runs in a thread: BEGIN IMMEDIATE, which
may wait for another writer, and COMMIT, which waits for the disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from sqlalchemy import URL, Pool, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only

DRIVER = "inloop"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "fullfsync=1",
    "checkpoint_fullfsync=1",
)


class Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks a cursor of its asyncio side to let go; this one holds nothing."""


class Connection(sqlite3.Connection):
    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)


class InLoopDialect(SQLiteDialect_pysqlite):
    """pysqlite for SQLAlchemy's asyncio side, which insists that each call awaits something."""

    driver = DRIVER
    is_async = True
    supports_statement_cache = True
    supports_server_side_cursors = False

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        cursor.execute(statement, parameters)
        await_only(_moment())

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        cursor.executemany(statement, parameters)
        await_only(_moment())

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute("BEGIN")

    def do_commit(self, dbapi_connection: Any) -> None:
        dbapi_connection.commit()


class WriterDialect(InLoopDialect):
    driver = f"{DRIVER}writer"
    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        _in_thread(lambda: dbapi_connection.execute("BEGIN IMMEDIATE"))

    def do_commit(self, dbapi_connection: Any) -> None:
        _in_thread(dbapi_connection.commit)


for _dialect in (InLoopDialect, WriterDialect):
    registry.register(f"sqlite.{_dialect.driver}", __name__, _dialect.__name__)


def engine(url: URL, *, is_writer: bool, pool_size: int, **options: Any) -> AsyncEngine:
    dialect = WriterDialect if is_writer else InLoopDialect
    made = create_async_engine(
        url.set(drivername=f"sqlite+{dialect.driver}"),
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"check_same_thread": False, "factory": Connection},
        **options,
    )

    @event.listens_for(made.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # Without this the driver begins transactions by itself: late, and not IMMEDIATE.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return made


async def _moment() -> None:
    """Nothing; and it does not even give way to another task."""


def _in_thread(work: Callable[[], object]) -> None:
    await_only(to_thread.run_sync(work))
