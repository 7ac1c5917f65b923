"""One allowance per key for all processes, kept in Redis; without Redis, one per process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .limits import MONOTONIC, RateLimit, Taken
from .redis_client import faults, prefix

if TYPE_CHECKING:
    from redis.asyncio import Redis

PAUSE_S = 1.0
"""After a failure Redis is not asked for so long: not every request should wait for it."""
BUCKET = """
local per_minute, time = tonumber(ARGV[1]), redis.call('TIME')
local now = time[1] + time[2] / 1000000
local found = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens, at = tonumber(found[1]) or per_minute, tonumber(found[2]) or now
tokens = math.min(per_minute, tokens + math.max(0, now - at) * per_minute / 60)
local granted = tokens >= 1
if granted then tokens = tokens - 1 end
local left = string.format('%.6f', tokens)
redis.call('HSET', KEYS[1], 'tokens', left, 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 61)
return {granted and 1 or 0, left}
"""


class SharedRateLimit:
    """Never a refusal because Redis is away: the bucket of this process answers then."""

    def __init__(self, client: Redis, here: RateLimit, monotonic: MONOTONIC) -> None:
        self._client = client
        self._here = here
        self._monotonic = monotonic
        self._script = client.register_script(BUCKET)
        self._prefix = f"{prefix(client)}rate:{here.per_minute}:"
        self._asked_again_at = 0.0

    def share(self, parts: int) -> SharedRateLimit:
        return SharedRateLimit(self._client, self._here.share(parts), self._monotonic)

    async def take(self, key: str) -> Taken:
        if self._monotonic() < self._asked_again_at:
            return await self._here.take(key)
        per_minute = self._here.per_minute
        try:
            granted, left = await self._script(keys=[self._prefix + key], args=[per_minute])
        except faults():
            self._asked_again_at = self._monotonic() + PAUSE_S
            return await self._here.take(key)
        return Taken(tokens=float(left), per_minute=per_minute, is_granted=granted == 1)
