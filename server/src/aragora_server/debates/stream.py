"""A debate as it happens. The table is the truth; a wake-up only says that it has grown."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import attrs

from aragora_server.kernel.stream import OPENED, StreamItem

from . import store
from .model import DebateNotFound, Pulse
from .running import journal
from .running.clerk import Clerk
from .telling.events import EPHEMERAL, TERMINAL, WakeUp, topic

PAGE = 200
RECHECK_S = 5.0
"""After so much silence the table is asked: a wake-up may be lost."""

LAST_WORDS = TERMINAL | {"receipt.issued"}


@attrs.frozen(kw_only=True)
class DebateStream:
    clerk: Clerk

    async def follow(
        self, workspace_id: str, debate_id: str, *, after: int, deltas: bool
    ) -> AsyncIterator[StreamItem]:
        """Everything after `after`, without a gap and without a repetition, to the very end."""
        async with self.clerk.broadcast.listen(topic(debate_id)) as wake_ups:
            # Listening first, then reading: what happens in between arrives twice and shows once.
            (await self._pulse(workspace_id, debate_id)).check_after(after)
            yield OPENED
            seq, is_behind = after, True
            while True:
                while is_behind:
                    pulse = await self._pulse(workspace_id, debate_id)
                    is_behind = pulse.last_seq > seq
                    for item in await self._stored(debate_id, seq):
                        seq = item.seq or seq
                        yield item
                    if pulse.is_over and seq >= pulse.last_seq:
                        return
                woken = await _next(wake_ups)
                if woken is None:
                    is_behind = True
                elif woken.seq == EPHEMERAL:
                    if deltas:
                        yield StreamItem(seq=None, type=woken.type, payload=woken.payload)
                elif woken.seq == seq + 1 and woken.type not in LAST_WORDS:
                    seq = woken.seq
                    yield StreamItem(seq=seq, type=woken.type, payload=woken.payload)
                else:
                    is_behind = woken.seq > seq

    async def _pulse(self, workspace_id: str, debate_id: str) -> Pulse:
        async with self.clerk.db.read() as tx:
            pulse = await store.pulse(tx, workspace_id, debate_id)
        if pulse is None:
            raise DebateNotFound(f"no debate {debate_id}")
        return pulse

    async def _stored(self, debate_id: str, after: int) -> list[StreamItem]:
        async with self.clerk.db.read() as tx:
            found = await journal.events_after(tx, debate_id, after, PAGE)
        return [
            StreamItem(seq=event.seq, type=event.type, payload=event.encode()) for event in found
        ]


async def _next(wake_ups: AsyncIterator[bytes]) -> WakeUp | None:
    with anyio.move_on_after(RECHECK_S):
        return WakeUp.decode(await anext(wake_ups))
    return None
