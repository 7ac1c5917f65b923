"""PostgreSQL. Imported only where it is configured: the asyncio side alone costs a fifth of a
server's start."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
from sqlalchemy import URL, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from .errors import Unavailable

IDLE_MS = 2_500
"""A unit never waits for anything but the database. One that does has lost its process, and the
server takes its locks away: without this a frozen process would stop all the others."""

WAIT_S = 30


class Store:
    """One pool for readers and writers; the server itself keeps them apart.

    Whoever came first is served first. The pool alone would give a connection that comes back to
    the next who asks, before those who wait for it.
    """

    def __init__(self, url: URL, pool: int, **codec: Any) -> None:
        self._places = anyio.Semaphore(pool, fast_acquire=True)
        # Who looks through many rows leaves half of the connections to all others.
        self._searchers = anyio.Semaphore(max(1, pool // 2), fast_acquire=True)
        self._engine = create_async_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            connect_args={"server_settings": {"idle_in_transaction_session_timeout": str(IDLE_MS)}},
            **codec,
        )
        event.listen(self._engine.sync_engine, "checkout", _refuse_closed)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One connection, one transaction.

        Its edges are shielded: a caller that goes away must leave neither a half-finished commit
        nor an open transaction behind.
        """
        async with _place(self._places), self._begun() as tx:
            yield tx

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[AsyncConnection]:
        with anyio.CancelScope(shield=True):
            tx = await self._connect()
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

    read = begin

    @asynccontextmanager
    async def search(self) -> AsyncIterator[AsyncConnection]:
        async with _place(self._searchers), self.begin() as tx:
            yield tx

    async def close(self) -> None:
        await self._engine.dispose()

    async def _connect(self) -> AsyncConnection:
        try:
            tx = await self._engine.connect()
        except OSError as fault:
            raise Unavailable("the database does not answer now", retry_after_s=1) from fault
        await tx.begin()
        return tx


@asynccontextmanager
async def _place(places: anyio.Semaphore) -> AsyncIterator[None]:
    try:
        with anyio.fail_after(WAIT_S):
            await places.acquire()
    except TimeoutError:
        raise Unavailable("the database is too busy now", retry_after_s=1) from None
    try:
        yield
    finally:
        places.release()


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """The pool then connects anew. To ask the server each time would cost three round trips, and a
    server that went away has closed its end."""
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError
