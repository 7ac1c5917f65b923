"""How much one API key may ask for."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network

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


class RateLimit:
    """A token bucket per key: a minute's allowance at most, refilled evenly."""

    def __init__(self, per_minute: int, monotonic: MONOTONIC) -> None:
        self.per_minute = per_minute
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def share(self, parts: int) -> RateLimit:
        """A limit of its own, that many times smaller."""
        return RateLimit(max(1, self.per_minute // parts), self._monotonic)

    def take(self, key: str) -> Mapping[str, str]:
        """Use one request of the allowance; the headers say what is left."""
        bucket = self._refilled(key)
        if bucket.tokens < 1:
            wait_s = math.ceil((1 - bucket.tokens) * 60 / self.per_minute)
            raise RateLimited(
                f"{self.per_minute} such requests a minute are allowed", retry_after_s=wait_s
            )
        bucket.tokens -= 1
        return self.headers(key)

    def headers(self, key: str) -> Mapping[str, str]:
        bucket = self._refilled(key)
        full_in_s = math.ceil((self.per_minute - bucket.tokens) * 60 / self.per_minute)
        return {
            "RateLimit": f'"key";r={int(bucket.tokens)};t={full_in_s}',
            "RateLimit-Policy": f'"key";q={self.per_minute};w=60',
        }

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
