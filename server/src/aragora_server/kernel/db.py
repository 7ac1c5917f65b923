"""The database: one metadata, one way to open a transaction, two dialects."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from time import perf_counter
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar

import anyio
import orjson
from prometheus_client import Histogram
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Index,
    Insert,
    Integer,
    MetaData,
    Table,
    TextClause,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from . import telemetry
from .clock import to_milliseconds
from .faults import is_transient, meaning

T = TypeVar("T")
P = ParamSpec("P")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PARTIAL = "where"


def partial_index(
    name: str, *columns: Column[Any], where: ColumnElement[bool] | TextClause
) -> Index:
    """Unique among the rows that match.

    PostgreSQL's half is added when tables are made there: to name it is to import its dialect, a
    tenth of a server's start.
    """
    return Index(name, *columns, unique=True, sqlite_where=where, info={PARTIAL: where})


@event.listens_for(metadata, "before_create")
def _complete(target: MetaData, connection: Connection, **_: object) -> None:
    if connection.dialect.name == "postgresql":
        for table in target.tables.values():
            for index in table.indexes:
                if PARTIAL in index.info:
                    index.dialect_kwargs["postgresql_where"] = index.info[PARTIAL]


Big = BigInteger().with_variant(Integer, "sqlite")

ATTEMPTS = 3
CLOSE_WITHIN_S = 5.0
_READS, _WRITES = telemetry.UNITS.labels("read"), telemetry.UNITS.labels("write")


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


CODEC: Mapping[str, Any] = {
    "json_serializer": _dumps,
    "json_deserializer": orjson.loads,
    "hide_parameters": True,  # what people wrote reaches no log by way of an error
}


class Json(TypeDecorator[Any]):
    """A document to search and show. What must keep its exact bytes belongs in a text column."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON(none_as_null=True))
        # Imported only where it is used: the dialect costs a fifth of the server's start.
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB(none_as_null=True))


class Timestamp(TypeDecorator[datetime]):
    """An aware UTC time in whole milliseconds; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        moment = to_milliseconds(value.astimezone(UTC))
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Tx(Protocol):
    """One unit of work, on either database."""

    @property
    def dialect(self) -> Dialect: ...

    async def execute(
        self, statement: Any, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]: ...

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, /
    ) -> CursorResult[*tuple[Any, ...]]: ...

    async def run_sync(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T: ...


class Store(Protocol):
    """One database."""

    def begin(self) -> AbstractAsyncContextManager[Tx]: ...
    def read(self) -> AbstractAsyncContextManager[Tx]: ...
    def search(self) -> AbstractAsyncContextManager[Tx]: ...
    async def close(self) -> None: ...


class Database:
    """Its faults are told as what they mean: `storage_full`, `unavailable`, or our mistake."""

    def __init__(self, url: str, *, pg_pool: int = 10) -> None:
        target = make_url(url)
        self.url = url
        self.dialect: Literal["sqlite", "postgresql"]
        self._store: Store
        if target.get_backend_name() == "sqlite":
            from . import sqlite

            self.dialect, self._store = "sqlite", sqlite.Store(target, **CODEC)
        else:
            from . import postgres

            self.dialect, self._store = "postgresql", postgres.Store(target, pg_pool, **CODEC)
        self._open_units = 0

    def begin(self) -> AbstractAsyncContextManager[Tx]:
        """Commit on a clean exit, roll back on any error. No network wait belongs in here.

        Several units may share a commit, so none may wait inside for what another does after its
        own.
        """
        return self._unit(self._store.begin, _WRITES)

    def read(self) -> AbstractAsyncContextManager[Tx]:
        """A consistent view that changes nothing."""
        return self._unit(self._store.read, _READS)

    def search(self) -> AbstractAsyncContextManager[Tx]:
        """The same for what looks through many rows: on SQLite it holds up nobody else."""
        return self._unit(self._store.search, _READS)

    async def run(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Do a repeatable unit of work; PostgreSQL may ask for it again after a deadlock."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._once(work)
            except SQLAlchemyError as fault:
                if not is_transient(fault):
                    raise
        return await self._once(work)

    async def _once(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        async with self.begin() as tx:
            return await work(tx)

    async def close(self) -> None:
        """Wait for units under way, as long as they may take; then let all connections go.

        A connection that comes back to a pool that is gone would never be closed.
        """
        with anyio.move_on_after(CLOSE_WITHIN_S):
            while self._open_units:
                await anyio.sleep(0.005)
        await self._store.close()

    @asynccontextmanager
    async def _unit(
        self, open_unit: Callable[[], AbstractAsyncContextManager[Tx]], took: Histogram
    ) -> AsyncIterator[Tx]:
        self._open_units += 1
        began = perf_counter()
        try:
            async with open_unit() as tx:
                yield tx
        except (SQLAlchemyError, sqlite3.Error, RuntimeError) as fault:
            if told := meaning(fault):
                raise told from fault
            raise
        finally:
            self._open_units -= 1
            took.observe(perf_counter() - began)


async def add_if_new(tx: Tx, table: Table, row: Mapping[str, object]) -> bool:
    """False, and no change, when a row with one of its unique keys exists."""
    return (await tx.execute(_adding(tx.dialect.name, table), row)).rowcount == 1


@cache
def _adding(dialect: str, table: Table) -> Insert:
    """Without values, so that SQLAlchemy finds what it compiled the last time."""
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    return insert(table).on_conflict_do_nothing()
