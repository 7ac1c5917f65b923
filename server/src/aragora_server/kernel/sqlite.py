"""SQLite without a thread for each statement.

A statement takes microseconds, a hop to another thread and back takes many times that. So
statements run where they are called, and only COMMIT, which waits for the disk, runs in a thread;
with it what looks through many rows, beside the loop.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from sqlite3 import Connection as DriverConnection
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import anyio
from anyio import to_thread
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.base import SQLiteExecutionContext
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.cursor import CursorResult, FullyBufferedCursorFetchStrategy
from sqlalchemy.exc import ResourceClosedError

from .group_commit import GroupCommit

T = TypeVar("T")
P = ParamSpec("P")

DRIVER = "inloop"
READERS, SEARCHERS = 8, 2
OVER = "this unit of work is over"
STATEMENTS = 512
PRAGMAS = (
    "busy_timeout=5000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # Elsewhere fsync itself reaches the disk; there it only reaches the drive's cache.
    *(("fullfsync=1", "checkpoint_fullfsync=1") if sys.platform == "darwin" else ()),
)
# The writer is patient by itself: SQLite would hold up the whole process.
# What is deleted is overwritten: an erased text must not live on in a free page, or a copy of it.
WRITER = ("busy_timeout=0", "secure_delete=ON")
READER = ("query_only=ON",)


class Store:
    """One file: a writer whose commits are shared, and readers that change nothing."""

    def __init__(self, url: URL, **codec: Any) -> None:
        self._engine = create_engine(
            url.set(drivername=f"sqlite+{DRIVER}"),
            poolclass=NullPool,
            connect_args={"check_same_thread": False, "cached_statements": STATEMENTS},
            **codec,
        )
        self._writer = GroupCommit(lambda: Link(self._engine, WRITER))
        self._idle: list[Link] = []
        self._seats = anyio.Semaphore(READERS, fast_acquire=True)
        self._aside = anyio.Semaphore(SEARCHERS, fast_acquire=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[InLoopTx]:
        async with self._writer.unit() as link:
            with link.tx() as tx:
                yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[InLoopTx]:
        async with self._seats:
            if self._writer.is_at_work:
                # A write takes many rounds of the loop and a read one: let none be long.
                await asyncio.sleep(0)
            with self._reading() as tx:
                yield tx

    @asynccontextmanager
    async def search(self) -> AsyncIterator[AsideTx]:
        async with self._aside:
            with self._reading() as tx:
                yield AsideTx(tx)

    @contextmanager
    def _reading(self) -> Iterator[InLoopTx]:
        link = self._idle.pop() if self._idle else Link(self._engine, READER)
        try:
            link.driver.execute("BEGIN")
            with link.tx() as tx:
                yield tx
        finally:
            link.rollback()
            self._idle.append(link)

    async def close(self) -> None:
        await self._writer.close()
        while self._idle:
            self._idle.pop().close()


class Link:
    """One connection. Its transactions are ours: SQLAlchemy believes to be in one, always."""

    def __init__(self, engine: Engine, pragmas: tuple[str, ...]) -> None:
        self._connection = engine.connect()
        self.driver = cast(DriverConnection, self._connection.connection.dbapi_connection)
        # Without this the driver begins transactions by itself: late, and not IMMEDIATE.
        self.driver.isolation_level = None
        for pragma in (*PRAGMAS, *pragmas):
            self.driver.execute(f"PRAGMA {pragma}")
        self._connection.begin()

    def tx(self) -> InLoopTx:
        return InLoopTx(self._connection, self.driver)

    def rollback(self) -> None:
        if self.driver.in_transaction:
            self.driver.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.invalidate()
        self._connection.close()


class InLoopTx:
    """A unit of work whose statements never wait. After its end it can do nothing."""

    def __init__(self, connection: Connection, driver: DriverConnection) -> None:
        self._open: Connection | None = connection
        self._driver = driver
        self.dialect: Dialect = connection.dialect

    def __enter__(self) -> InLoopTx:
        return self

    def __exit__(self, *_: object) -> None:
        self._open = None

    @property
    def connection(self) -> Connection:
        if self._open is None:
            raise ResourceClosedError(OVER)
        return self._open

    @property
    def driver(self) -> DriverConnection:
        """For statements that are compiled already; it obeys the same transaction."""
        if self._open is None:
            raise ResourceClosedError(OVER)
        return self._driver

    async def execute(
        self, statement: Any, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        return self.connection.execute(statement, parameters)

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        return self.connection.exec_driver_sql(statement, parameters)

    async def run_sync(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return fn(self.connection, *args, **kwargs)


class AsideTx:
    """A unit of work whose statements run in a thread, one after the other.

    A caller that is cancelled waits for its statement: the connection is not free before.
    """

    def __init__(self, tx: InLoopTx) -> None:
        self._tx = tx
        self.dialect: Dialect = tx.dialect

    async def execute(
        self, statement: Any, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        return await self.run_sync(lambda link: link.execute(statement, parameters))

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]:
        return await self.run_sync(lambda link: link.exec_driver_sql(statement, parameters))

    async def run_sync(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await to_thread.run_sync(lambda: fn(self._tx.connection, *args, **kwargs))


class Buffered(SQLiteExecutionContext):
    """All rows are fetched at once: a statement left half read would outlive its transaction."""

    def post_exec(self) -> None:
        if self.cursor.description is not None:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, self.cursor.description, self.cursor.fetchall()
            )


class InLoopDialect(SQLiteDialect_pysqlite):
    driver = DRIVER
    execution_ctx_cls = Buffered
    supports_statement_cache = True


registry.register(f"sqlite.{DRIVER}", __name__, InLoopDialect.__name__)
