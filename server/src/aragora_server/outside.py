"""What a process shares with its peers: the database, wake-ups, allowances."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import attrs

from .kernel.broadcast import Broadcast, LocalBroadcast
from .kernel.db import Database
from .kernel.errors import Unavailable
from .kernel.extras import needed
from .kernel.limits import Allowances, RateLimit
from .kernel.requirements import check_server
from .settings import Settings

log = logging.getLogger("aragora")

REACH_WITHIN_S, ASK_EVERY_S = 60.0, 1.0
ALONE = (
    "ARAGORA_REDIS_URL is not set: processes learn of each other's news by asking the database,"
    " and each counts its own allowances"
)


@attrs.frozen(kw_only=True)
class Outside:
    db: Database
    broadcast: Broadcast
    allowances: Allowances

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Connected, or refused by a database that cannot keep our promises; closed at the end."""
        try:
            await reached(self.db)
            async with self.broadcast.open():
                yield
        finally:
            await self.db.close()


async def reached(db: Database) -> None:
    """Services start in any order: an absent database is waited for, an unfit one is not."""
    gives_up_at = anyio.current_time() + REACH_WITHIN_S
    while True:
        try:
            return await check_server(db)
        except Unavailable as fault:
            if anyio.current_time() > gives_up_at:
                raise
            log.warning("waiting for the database: %s", fault)
        await anyio.sleep(ASK_EVERY_S)


def database(settings: Settings) -> Database:
    if not settings.is_embedded:
        needed("asyncpg", extra="full", by="PostgreSQL")
    return Database(settings.database_url, pg_pool=settings.pg_pool)


def reach_out(settings: Settings) -> Outside:
    """Nothing is connected yet. ExtraMissing when the drivers of what is configured are absent."""
    db = database(settings)
    here = RateLimit(settings.rate_limit_per_minute, time.monotonic)
    broadcast: Broadcast
    allowances: Allowances
    if settings.redis_url is None:
        broadcast, allowances = LocalBroadcast(is_connected=settings.is_embedded), here
        if not settings.is_embedded:
            log.warning(ALONE)
    else:
        from .kernel.redis_broadcast import RedisBroadcast
        from .kernel.redis_client import connect
        from .kernel.redis_limits import SharedRateLimit

        client = connect(settings.redis_url)
        broadcast = RedisBroadcast(client)
        allowances = SharedRateLimit(client, here, time.monotonic)
    return Outside(
        db=db,
        broadcast=broadcast,
        allowances=allowances,
    )
