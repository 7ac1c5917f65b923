"""The streams that are open in this process: how many there may be, and what ends them early."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import anyio
import attrs

from . import telemetry
from .drain import Drain
from .errors import RateLimited, Unavailable
from .gate import Admitted, Gate

log = logging.getLogger(__name__)

Ending = Literal["over", "failed", "slow", "gone", "restarting", "revoked"]
Transport = Literal["sse", "websocket"]

TICK_S = 1.0
PATIENCE_S = 10.0
"""A write that waits longer than this is to somebody who does not read."""

RECHECK_S = 50.0
"""With what a keyring remembers for a few seconds, a revoked key is cut off within a minute."""


class TooManyStreams(Unavailable):
    code = "too_many_streams"


class TooManyStreamsOfKey(RateLimited):
    code = "too_many_streams_of_key"


@attrs.define(kw_only=True, eq=False)
class Seat:
    """One open stream, as its keeper sees it. `beat` breaks a silence of `beat_s`."""

    admitted: Admitted | None
    transport: Transport
    beat_s: float
    beat: Callable[[], object] = lambda: None
    scope: anyio.CancelScope = attrs.field(factory=anyio.CancelScope)
    spoke_at: float = attrs.field(factory=anyio.current_time)
    busy_since: float | None = None
    ending: Ending | None = None

    def end(self, why: Ending) -> None:
        """The first reason counts."""
        if self.ending is None:
            self.ending = why
            self.scope.cancel()

    @property
    def key(self) -> str:
        return self.admitted.caller.api_key_id if self.admitted else ""


@attrs.define(kw_only=True, eq=False)
class Seats:
    drain: Drain
    gate: Gate
    most: int
    most_a_key: int
    open: set[Seat] = attrs.field(factory=set)
    by_key: Counter[str] = attrs.field(factory=Counter)
    _checked_at: float = float("-inf")

    @contextmanager
    def take(self, seat: Seat) -> Iterator[Seat]:
        """Streams are counted a process and a key."""
        self._check(seat.key)
        self.open.add(seat)
        self.by_key[seat.key] += 1
        telemetry.STREAMS_OPEN.labels(seat.transport).inc()
        try:
            yield seat
        finally:
            telemetry.STREAMS_OPEN.labels(seat.transport).dec()
            self.open.discard(seat)
            self.by_key[seat.key] -= 1
            if not self.by_key[seat.key]:
                del self.by_key[seat.key]

    def _check(self, key: str) -> None:
        if self.drain.is_on:
            raise Unavailable("the server is restarting", retry_after_s=1)
        if len(self.open) >= self.most:
            telemetry.REFUSED.labels("streams").inc()
            raise TooManyStreams("this server carries no more streams now", retry_after_s=5)
        if self.by_key[key] >= self.most_a_key:
            telemetry.REFUSED.labels("streams_of_key").inc()
            raise TooManyStreamsOfKey(
                f"an API key may have {self.most_a_key} streams open: close one first",
                retry_after_s=5,
            )

    async def keep(self) -> None:
        """End streams when it is time, for ever: one clock for all of them."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._end_when_draining)
            while True:
                await anyio.sleep(TICK_S)
                self._tick(anyio.current_time())
                await self._recheck(anyio.current_time())

    async def _end_when_draining(self) -> None:
        await self.drain.wait()
        for seat in tuple(self.open):
            seat.end("restarting")

    def _tick(self, now: float) -> None:
        for seat in tuple(self.open):
            if seat.busy_since is None:
                if now - seat.spoke_at >= seat.beat_s:
                    seat.beat()
            elif now - seat.busy_since > PATIENCE_S:
                seat.end("slow")

    async def _recheck(self, now: float) -> None:
        if now - self._checked_at < RECHECK_S:
            return
        self._checked_at = now
        asked: dict[str, bool] = {}
        for seat in tuple(self.open):
            if seat.admitted is None:
                continue
            try:
                if seat.key not in asked:
                    asked[seat.key] = await self.gate.still_holds(seat.admitted)
            except Exception:
                log.warning("an API key could not be checked again", exc_info=True)
                asked[seat.key] = True
            if not asked[seat.key]:
                seat.end("revoked")
