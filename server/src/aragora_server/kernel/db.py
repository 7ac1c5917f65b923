"""The database: one metadata, one way to open a transaction, two dialects."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import anyio
import orjson
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

from . import sqlite
from .clock import to_milliseconds

T = TypeVar("T")
Tx = AsyncConnection

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Big = BigInteger().with_variant(Integer, "sqlite")

ATTEMPTS = 3
READERS = 4
CLOSE_WITHIN_S = 5.0
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


CODEC: Mapping[str, Any] = {"json_serializer": _dumps, "json_deserializer": orjson.loads}


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


class Database:
    """SQLite writes one at a time, so that nobody ever meets a locked database."""

    def __init__(self, url: str) -> None:
        target = make_url(url)
        self.url = url
        self.dialect: Literal["sqlite", "postgresql"] = (
            "sqlite" if target.get_backend_name() == "sqlite" else "postgresql"
        )
        if self.dialect == "sqlite":
            self._writer = sqlite.engine(target, is_writer=True, pool_size=1, **CODEC)
            self._reader = sqlite.engine(target, is_writer=False, pool_size=READERS, **CODEC)
            self._lock: anyio.Lock | None = anyio.Lock()
        else:
            self._writer = self._reader = _postgres(url)
            self._lock = None
        self._open_units = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        """Commit on a clean exit, roll back on any error. No network wait belongs in here."""
        async with self._lock or nullcontext(), self._unit(self._writer) as tx:
            yield tx

    def read(self) -> AbstractAsyncContextManager[Tx]:
        """A consistent view that changes nothing."""
        return self._unit(self._reader)

    async def run(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Do a repeatable unit of work; PostgreSQL may ask for it again after a deadlock."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._once(work)
            except DBAPIError as fault:
                if not _is_transient(fault):
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
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def _unit(self, engine: AsyncEngine) -> AsyncIterator[Tx]:
        self._open_units += 1
        try:
            async with _unit(engine) as tx:
                yield tx
        finally:
            self._open_units -= 1


@asynccontextmanager
async def _unit(engine: AsyncEngine) -> AsyncIterator[Tx]:
    """One connection, one transaction.

    Its edges are shielded: a caller that goes away must leave neither a half-finished commit nor
    an open transaction behind.
    """
    with anyio.CancelScope(shield=True):
        tx = await engine.connect()
        await tx.begin()
    try:
        yield tx
    except BaseException:
        with anyio.CancelScope(shield=True):
            await tx.rollback()
        raise
    else:
        with anyio.CancelScope(shield=True):
            await tx.commit()
    finally:
        with anyio.CancelScope(shield=True):
            await tx.close()


async def add_if_new(tx: Tx, table: Table, row: Mapping[str, object]) -> bool:
    """False, and no change, when a row with one of its unique keys exists."""
    if tx.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    adding = insert(table).values(row).on_conflict_do_nothing()
    return (await tx.execute(adding)).rowcount == 1


def _is_transient(fault: DBAPIError) -> bool:
    return getattr(fault.orig, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK)


def _postgres(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=10,
        max_overflow=0,
        pool_pre_ping=True,
        **CODEC,
    )
