"""The connection to Redis: short timeouts, no retries. Whoever asks can do without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .extras import needed

if TYPE_CHECKING:
    from redis.asyncio import Redis

WITHIN_S = 0.5
MOST_CONNECTIONS = 20


def connect(url: str) -> Redis:
    """Nothing is sent yet; ExtraMissing where the client library is not installed."""
    redis = needed("redis.asyncio", extra="full", by="ARAGORA_REDIS_URL")
    from redis.asyncio.retry import Retry
    from redis.backoff import NoBackoff

    pool = redis.BlockingConnectionPool.from_url(
        url,
        protocol=2,
        max_connections=MOST_CONNECTIONS,
        timeout=WITHIN_S,
        socket_timeout=WITHIN_S,
        socket_connect_timeout=WITHIN_S,
        retry=Retry(NoBackoff(), 0),
    )
    client: Redis = redis.Redis.from_pool(pool)
    return client


def faults() -> tuple[type[Exception], ...]:
    """What may be raised because Redis is away; uvloop says RuntimeError where a connection was
    closed a moment before something is written to it."""
    from redis.exceptions import RedisError

    return (RedisError, OSError, RuntimeError)


def prefix(client: Redis) -> str:
    """Redis keeps keys of its numbered databases apart, but not their channels: so do we."""
    return f"aragora:{client.connection_pool.connection_kwargs.get('db') or 0}:"
