"""Debates under way in this process: so many at once, the rest wait their turn."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
from anyio.abc import TaskGroup

from aragora_server.kernel import logs

log = logging.getLogger(__name__)


Run = Callable[[str, Callable[[], bool]], Awaitable[None]]


class LocalDispatch:
    """`submit` may be called any number of times: one debate runs once."""

    def __init__(self, *, max_debates: int) -> None:
        self._run: Run = _nobody
        self._limit = anyio.CapacityLimiter(max_debates)
        self._waiting: set[str] = set()
        self._running: set[str] = set()
        self._left: dict[str, anyio.Event] = {}
        self._group: TaskGroup | None = None

    async def submit(self, debate_id: str) -> None:
        """Before the start and after the stop nothing runs: the next start will find it."""
        if self._group is None or debate_id in self._waiting or debate_id in self._running:
            return
        self._waiting.add(debate_id)
        self._left[debate_id] = anyio.Event()
        self._group.start_soon(self._take_turn, debate_id)

    async def take(self, debate_id: str) -> None:
        """Submit it and wait until it is let go of; whoever stops waiting does not stop it."""
        await self.submit(debate_id)
        if left := self._left.get(debate_id):
            await left.wait()

    @asynccontextmanager
    async def open(self, run: Run, *, drain_s: float) -> AsyncIterator[None]:
        """While the block is open debates run; leaving it lets calls under way come home."""
        async with anyio.create_task_group() as group:
            self._run, self._group = run, group
            try:
                yield
            finally:
                self._group = None
                with anyio.CancelScope(shield=True):
                    await self._drain(drain_s)
                group.cancel_scope.cancel()

    def _is_stopping(self) -> bool:
        return self._group is None

    async def _drain(self, drain_s: float) -> None:
        with anyio.move_on_after(drain_s):
            while self._running:
                await anyio.sleep(0.01)

    async def _take_turn(self, debate_id: str) -> None:
        with logs.bound(debate_id=debate_id):
            await self._in_turn(debate_id)

    async def _in_turn(self, debate_id: str) -> None:
        try:
            async with self._limit:
                self._waiting.discard(debate_id)
                if self._is_stopping():
                    return
                self._running.add(debate_id)
                await self._run(debate_id, self._is_stopping)
        except Exception:
            # It stays as the database knows it, and is taken up again at the next start.
            log.exception("debate %s was left", debate_id)
        finally:
            self._waiting.discard(debate_id)
            self._running.discard(debate_id)
            self._left.pop(debate_id).set()


async def _nobody(debate_id: str, _is_stopping: Callable[[], bool]) -> None:
    raise AssertionError(f"debate {debate_id} came before anybody ran debates")
