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

FOR_OTHERS = 10
"""One part in so many of all streams is out of reach of any single workspace."""


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

    @property
    def workspace(self) -> str:
        return self.admitted.caller.workspace_id if self.admitted else ""


@attrs.define(kw_only=True, eq=False)
class Seats:
    drain: Drain
    gate: Gate
    most: int
    most_a_key: int
    open: set[Seat] = attrs.field(factory=set)
    by_key: Counter[str] = attrs.field(factory=Counter)
    by_workspace: Counter[str] = attrs.field(factory=Counter)

    @contextmanager
    def take(self, seat: Seat) -> Iterator[Seat]:
        """Streams are counted a process, a workspace and a key."""
        self._check(seat)
        self.open.add(seat)
        self.by_key[seat.key] += 1
        self.by_workspace[seat.workspace] += 1
        telemetry.STREAMS_OPEN.labels(seat.transport).inc()
        try:
            yield seat
        finally:
            telemetry.STREAMS_OPEN.labels(seat.transport).dec()
            self.open.discard(seat)
            _one_less(self.by_key, seat.key)
            _one_less(self.by_workspace, seat.workspace)

    def _check(self, seat: Seat) -> None:
        if self.drain.is_on:
            raise Unavailable("the server is restarting", retry_after_s=1)
        if len(self.open) >= self.most or self._leaves_others_none(seat):
            telemetry.REFUSED.labels("streams").inc()
            raise TooManyStreams("this server carries no more streams now", retry_after_s=5)
        if self.by_key[seat.key] >= self.most_a_key:
            telemetry.REFUSED.labels("streams_of_key").inc()
            raise TooManyStreamsOfKey(
                f"an API key may have {self.most_a_key} streams open: close one first",
                retry_after_s=5,
            )

    def _leaves_others_none(self, seat: Seat) -> bool:
        kept = self.most // FOR_OTHERS
        return self.by_workspace[seat.workspace] >= self.most - kept

    async def keep(self) -> None:
        """End streams when it is time, for ever: one clock for all of them."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._end_when_draining)
            group.start_soon(self._recheck)
            while True:
                await anyio.sleep(TICK_S)
                self._tick(anyio.current_time())

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

    async def _recheck(self) -> None:
        """Beside the clock: a database that does not answer must not hold that up."""
        while True:
            await anyio.sleep(RECHECK_S)
            await self._end_of_revoked()

    async def _end_of_revoked(self) -> None:
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


def _one_less(counted: Counter[str], of: str) -> None:
    counted[of] -= 1
    if not counted[of]:
        del counted[of]
