"""A process that runs debates: it takes what is submitted, finds what nobody has, and hears of
what others want from its own. The heartbeat that it stands on is somebody else's."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
import attrs

from aragora_server.debates.ports import Dispatch
from aragora_server.kernel.drain import Drain

from . import minutes
from .dispatch import LocalDispatch
from .runner import Runner

log = logging.getLogger(__name__)

POLL_S = 1.0


@attrs.frozen(kw_only=True)
class DebateProcess:
    """`here` runs debates; `dispatch` is where they are submitted: to this process, or to all."""

    runner: Runner
    here: LocalDispatch
    dispatch: Dispatch
    drain: Drain
    beat_s: float

    @asynccontextmanager
    async def open(self, *, drain_s: float) -> AsyncIterator[None]:
        """While the block is open debates run; leaving it lets calls under way come home."""
        async with anyio.create_task_group() as chores:
            async with self.here.open(self._run, drain_s=drain_s):
                chores.start_soon(self._reconcile_for_ever)
                chores.start_soon(_every, POLL_S, self.poll)
                yield
            chores.cancel_scope.cancel()

    async def reconcile(self, seen: frozenset[str] | None = frozenset()) -> frozenset[str]:
        """Submit the debates that nobody runs.

        Those of the dead at once; those that nobody has had yet when they were `seen` a beat ago
        (None: at once), for somebody may be about to take them. Returns what to compare with next.
        """
        clerk, mine = self.runner.proceedings.clerk, self.runner.sittings.debate_ids
        async with clerk.db.read() as tx:
            found = await clerk.journal.orphans(tx, clerk.pulse, mine)
        for debate_id, runner_id in found.items():
            is_dead = runner_id not in (None, clerk.pulse.runner_id)
            if is_dead or seen is None or debate_id in seen:
                await self.dispatch.submit(debate_id)
        return frozenset(found)

    async def poll(self) -> None:
        """For when a wake-up got lost: does somebody want one of ours to end, or have it?"""
        if mine := self.runner.sittings.debate_ids:
            async with self.runner.proceedings.clerk.db.read() as tx:
                self.runner.sittings.hear_of(await minutes.standings(tx, mine))

    async def _run(self, debate_id: str, is_stopping: Callable[[], bool]) -> None:
        try:
            await self.runner.run(debate_id, lambda: is_stopping() or self.drain.is_on)
        finally:
            if debate_id in self.runner.sittings.let_go:
                self.runner.sittings.let_go.discard(debate_id)
                with anyio.CancelScope(shield=True):
                    await self.dispatch.submit(debate_id)

    async def _reconcile_for_ever(self) -> None:
        seen: frozenset[str] | None = None

        async def once() -> None:
            nonlocal seen
            if not self.drain.is_on:
                seen = await self.reconcile(seen)

        await _every(self.beat_s, once)


async def _every(seconds: float, look: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await look()
        except Exception:
            log.exception("could not look after debates")
        await anyio.sleep(seconds)
