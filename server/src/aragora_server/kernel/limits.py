"""How much one API key may ask for."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network
from typing import Protocol

import attrs

from .errors import RateLimited

MONOTONIC = Callable[[], float]
MOST_KEYS = 10_000


@attrs.define
class _Bucket:
    tokens: float
    at: float


def network(host: str) -> str:
    """Whose address it is: with IPv6 one host has 2^64 of them."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ip_network((host, 64), strict=False))


@attrs.frozen(kw_only=True)
class Taken:
    """One request's part of an allowance of which so many tokens are left."""

    tokens: float
    per_minute: int
    is_granted: bool

    @property
    def headers(self) -> Mapping[str, str]:
        full_in_s = math.ceil((self.per_minute - self.tokens) * 60 / self.per_minute)
        return {
            "RateLimit": f'"key";r={int(self.tokens)};t={full_in_s}',
            "RateLimit-Policy": f'"key";q={self.per_minute};w=60',
        }

    def check(self) -> None:
        if not self.is_granted:
            wait_s = math.ceil((1 - self.tokens) * 60 / self.per_minute)
            raise RateLimited(
                f"{self.per_minute} such requests a minute are allowed", retry_after_s=wait_s
            )


class Allowances(Protocol):
    async def take(self, key: str) -> Taken:
        """Use one request of the key's allowance, if one is left."""
        ...

    def share(self, parts: int) -> Allowances:
        """A limit of its own, that many times smaller."""
        ...


class RateLimit:
    """A token bucket per key: a minute's allowance at most, refilled evenly."""

    def __init__(self, per_minute: int, monotonic: MONOTONIC) -> None:
        self.per_minute = per_minute
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def share(self, parts: int) -> RateLimit:
        return RateLimit(max(1, self.per_minute // parts), self._monotonic)

    async def take(self, key: str) -> Taken:
        bucket = self._refilled(key)
        is_granted = bucket.tokens >= 1
        if is_granted:
            bucket.tokens -= 1
        return Taken(tokens=bucket.tokens, per_minute=self.per_minute, is_granted=is_granted)

    def _refilled(self, key: str) -> _Bucket:
        now = self._monotonic()
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(float(self.per_minute), now)
            if len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
        earned = (now - bucket.at) * self.per_minute / 60
        bucket.tokens = min(float(self.per_minute), bucket.tokens + earned)
        bucket.at = now
        self._buckets.move_to_end(key)
        return bucket
