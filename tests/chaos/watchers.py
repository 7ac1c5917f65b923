"""Those who watch: two of each debate, through the SDK, on both transports, however often cut."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import Future
from datetime import datetime
from typing import Any, Literal

import attrs
from aragora import AsyncAragora, RetryPolicy
from aragora.errors import AragoraError, StreamError

from tests.chaos.oracle import Told
from tests.chaos.tables import canonical

TRANSPORTS: tuple[Literal["sse", "websocket"], ...] = ("sse", "websocket")
PATIENT = RetryPolicy(max_retries=10_000, base_s=0.1, cap_s=0.5)
AGAIN_S = 0.1


@attrs.define
class Watcher:
    """What one of them received so far, and when; of deltas only the times are kept."""

    debate_id: str
    transport: Literal["sse", "websocket"]
    told: list[Told] = attrs.field(factory=list)
    delays_s: list[tuple[float, float]] = attrs.field(factory=list)
    deltas_at: list[float] = attrs.field(factory=list)
    last: int = 0
    is_over: bool = False

    def receive(self, event: Any) -> None:
        now = time.time()
        if getattr(event, "seq", None) is None:
            self.deltas_at.append(now)
            return
        raw = event.to_dict()
        self.told.append(Told(event.seq, event.type, canonical(raw["data"])))
        self.delays_s.append((now, now - datetime.fromisoformat(raw["at"]).timestamp()))
        self.last = event.seq


class Watchers:
    """A loop of its own in a thread of its own, so that a test may block."""

    def __init__(self, url: str, api_key: str, *, deltas: bool = False) -> None:
        self._url, self._api_key, self._deltas = url, api_key, deltas
        self.watchers: list[Watcher] = []
        self._ends: list[Future[None]] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._client = self._await(self._open())

    def watch(self, debate_id: str) -> None:
        for transport in TRANSPORTS:
            watcher = Watcher(debate_id, transport)
            self.watchers.append(watcher)
            self._ends.append(asyncio.run_coroutine_threadsafe(self._follow(watcher), self._loop))

    def finish(self, within_s: float) -> None:
        """Wait until each was told the end; who was not is found by the oracle."""
        end = time.monotonic() + within_s
        for one in self._ends:
            try:
                one.result(timeout=max(0.0, end - time.monotonic()))
            except TimeoutError:
                continue

    def streams(self) -> dict[str, list[list[Told]]]:
        found: dict[str, list[list[Told]]] = {}
        for watcher in self.watchers:
            found.setdefault(watcher.debate_id, []).append(list(watcher.told))
        return found

    def delays_s(self, *, since: float = 0.0) -> list[float]:
        """From an event's own time to its arrival."""
        return [d for one in self.watchers for at, d in one.delays_s if at >= since]

    def deltas_at(self) -> list[float]:
        return sorted(at for one in self.watchers for at in one.deltas_at)

    def close(self) -> None:
        self._await(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _open(self) -> AsyncAragora:
        return AsyncAragora(api_key=self._api_key, base_url=self._url, retry=PATIENT)

    async def _stop(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.close()

    async def _follow(self, watcher: Watcher) -> None:
        while not watcher.is_over:
            try:
                await self._read(watcher)
            except StreamError as fault:
                watcher.told.append(Told(-1, type(fault).__name__, str(fault)))
                return
            except AragoraError:
                await asyncio.sleep(AGAIN_S)

    async def _read(self, watcher: Watcher) -> None:
        stream = self._client.debates.events(
            watcher.debate_id,
            after=watcher.last,
            deltas=self._deltas,
            transport=watcher.transport,
        )
        async with stream:
            async for event in stream:
                watcher.receive(event)
        watcher.is_over = True

    def _await(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)
