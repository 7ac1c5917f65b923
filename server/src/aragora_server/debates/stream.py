"""A debate as it happens. The table is the truth; a wake-up only says that it has grown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence

import attrs

from aragora_server.kernel.db import Database
from aragora_server.kernel.hub import Height, Hub, stored
from aragora_server.kernel.stream import OPENED, StreamItem

from . import store
from .model import DebateNotFound, Pulse
from .running import minutes
from .telling.events import EPHEMERAL, TERMINAL, Event, WakeUp, topic

PAGE, PAGE_CHARACTERS = 200, 262_144
LAST_WORDS = TERMINAL | {"receipt.issued"}


@attrs.frozen
class DebateLog:
    """The events of every debate, as the hub reads them."""

    db: Database

    def topic(self, key: str) -> str:
        return topic(key)

    def cached(self, wake_up: bytes) -> StreamItem | None:
        """Nothing at the end of a debate: whether it is over stands in the table alone."""
        woken = WakeUp.decode(wake_up)
        if not woken.payload or woken.type in LAST_WORDS:
            return None
        seq = None if woken.seq == EPHEMERAL else woken.seq
        return StreamItem(seq=seq, type=woken.type, payload=woken.payload)

    async def heights(self, keys: Collection[str]) -> Mapping[str, Height]:
        async with self.db.read() as tx:
            pulses = await store.pulses(tx, keys)
        return {key: Height(pulse.last_seq, pulse.is_over) for key, pulse in pulses.items()}

    async def after(self, key: str, seq: int) -> Sequence[StreamItem]:
        async with self.db.read() as tx:
            found = await minutes.events_within(tx, key, seq, PAGE, PAGE_CHARACTERS)
        return [_item(event) for event in found]


@attrs.frozen(kw_only=True)
class DebateStream:
    log: DebateLog
    hub: Hub

    async def follow(
        self, workspace_id: str, debate_id: str, *, after: int, deltas: bool
    ) -> AsyncIterator[StreamItem]:
        """Everything after `after`, without a gap and without a repetition, to the very end."""
        pulse = await self._pulse(workspace_id, debate_id)
        pulse.check_after(after)
        yield OPENED
        if pulse.is_over:  # nothing will happen: nobody needs to listen
            source = stored(self.log, debate_id, after, lambda: pulse.last_seq)
        else:
            source = self.hub.follow(debate_id, after=after, wants_ephemeral=deltas)
        try:
            async for item in source:
                yield item
        finally:
            await source.aclose()

    async def _pulse(self, workspace_id: str, debate_id: str) -> Pulse:
        async with self.log.db.read() as tx:
            pulse = await store.pulse(tx, workspace_id, debate_id)
        if pulse is None:
            raise DebateNotFound(f"no debate {debate_id}")
        return pulse


def _item(event: Event) -> StreamItem:
    return StreamItem(seq=event.seq, type=event.type, payload=event.encode())
