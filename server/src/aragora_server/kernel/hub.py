"""From one growing log to many readers: it is read and encoded once a process.

The table is the truth; a wake-up only says that it has grown, and may carry the event as a cache.
What keeps a stream complete and in order is one invariant: whoever has joined a channel was given
everything up to the channel's `tail`. A reader catches up from the table and joins without
suspending in between. Whoever has joined has bounded room: what is behind waits in the table.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import Literal, Protocol

import anyio
import attrs
from anyio.abc import TaskGroup

from . import telemetry
from .broadcast import Broadcast
from .reader import Reader, make_room
from .stream import StreamItem

log = logging.getLogger(__name__)

POLL_S, POLL_ALONE_S = 5.0, 1.0
"""Wake-ups may be lost: so often the table is asked, and more often where none arrive."""


@attrs.frozen
class Height:
    """How far a log has grown, and whether it ever will again."""

    last_seq: int
    is_over: bool


class Log(Protocol):
    """Logs by key, in a table that other processes write too."""

    def topic(self, key: str) -> str: ...

    def cached(self, wake_up: bytes) -> StreamItem | None:
        """What a wake-up carries; None when the table must be asked."""
        ...

    async def heights(self, keys: Collection[str]) -> Mapping[str, Height]: ...

    async def after(self, key: str, seq: int) -> Sequence[StreamItem]:
        """The next page. A log has no gaps."""
        ...


async def stored(
    log_: Log, key: str, after: int, last: Callable[[], int]
) -> AsyncGenerator[StreamItem]:
    """What the table holds after `after`, up to what is the last one by then."""
    while after < last():
        page = await log_.after(key, after)
        for item in page:
            after = item.seq or after
            yield item
        if not page:  # promised, and not there yet
            await anyio.sleep(POLL_ALONE_S)


@attrs.define(eq=False)
class _Channel:
    """One log that this process watches."""

    key: str
    log: Log
    tail: int = -1
    is_over: bool = False
    watchers: int = 0
    readers: set[Reader] = attrs.field(factory=set)
    ready: anyio.Event = attrs.field(factory=anyio.Event)
    fault: Exception | None = None
    scope: anyio.CancelScope = attrs.field(factory=anyio.CancelScope)
    turn: anyio.Lock = attrs.field(factory=anyio.Lock)
    is_due: bool = False

    async def run(self, broadcast: Broadcast) -> None:
        with self.scope:
            try:
                await self._run(broadcast)
            except Exception as fault:
                if self.ready.is_set():
                    log.exception("wake-ups of %s are not heard any more", self.key)
                else:
                    self.fault = fault  # raised by whoever waits
            finally:
                self.ready.set()

    async def _run(self, broadcast: Broadcast) -> None:
        async with broadcast.listen(self.log.topic(self.key)) as wake_ups:
            # Listening first, then reading: what happens in between arrives twice, shows once.
            height = (await self.log.heights([self.key]))[self.key]
            self.tail = height.last_seq
            self._note(height)
            self.ready.set()
            async for wake_up in wake_ups:
                await self._hear(wake_up)

    async def _hear(self, wake_up: bytes) -> None:
        item = self.log.cached(wake_up)
        async with self.turn:
            if item is not None and item.seq is None:
                self._show(item)
            elif item is not None and item.seq == self.tail + 1:
                await self._give(item, "used")
            elif item is None or (item.seq or 0) > self.tail:
                await self._catch_up("used")

    async def look(self, height: Height) -> None:
        """The table was asked; what is there and was not heard of is fetched."""
        async with self.turn:
            self.is_due = False
            if height.last_seq > self.tail or height.is_over:
                await self._catch_up("polled")

    async def _catch_up(self, how: Literal["used", "polled"]) -> None:
        try:
            height = (await self.log.heights([self.key]))[self.key]
            while self.tail < height.last_seq and (
                page := await self.log.after(self.key, self.tail)
            ):
                for item in page:
                    await self._give(item, how)
            self._note(height)
        except Exception:
            # Readers keep what they have; the next look at the table goes on from there.
            log.warning("the log %s could not be read", self.key, exc_info=True)

    async def _give(self, item: StreamItem, how: Literal["used", "polled"]) -> None:
        await make_room(self.readers, item)
        telemetry.WAKE_UPS.labels(how).inc()
        self.tail = item.seq or self.tail
        self._show(item)

    def _show(self, item: StreamItem) -> None:
        for reader in self.readers:
            reader.put(item)

    def _note(self, height: Height) -> None:
        if height.is_over and self.tail >= height.last_seq:
            self.is_over = True
            for reader in self.readers:
                reader.end()


class Hub:
    """All logs that somebody in this process watches."""

    def __init__(self, log_: Log, broadcast: Broadcast) -> None:
        self._log = log_
        self._broadcast = broadcast
        self._channels: dict[str, _Channel] = {}
        self._group: TaskGroup | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """While the block is open logs can be followed."""
        async with anyio.create_task_group() as group:
            self._group = group
            group.start_soon(self._poll, group)
            try:
                yield
            finally:
                self._group = None
                group.cancel_scope.cancel()

    async def follow(
        self, key: str, *, after: int, wants_ephemeral: bool = False
    ) -> AsyncGenerator[StreamItem]:
        """Everything after `after`, without gap or repetition, to the end. TooSlow cuts it."""
        async with self._watched(key) as channel:
            cursor = after
            async with aclosing(stored(self._log, key, after, lambda: channel.tail)) as missed:
                async for item in missed:
                    cursor = item.seq or cursor
                    yield item
            reader = Reader(cursor, wants_ephemeral, is_over=channel.is_over)
            channel.readers.add(reader)
            try:
                while (next_ := await reader.next()) is not None:
                    yield next_
            finally:
                channel.readers.discard(reader)

    @asynccontextmanager
    async def _watched(self, key: str) -> AsyncIterator[_Channel]:
        channel = self._channels.get(key)
        if channel is None:
            if self._group is None:
                raise RuntimeError("this hub is not open")
            channel = self._channels[key] = _Channel(key, self._log)
            self._group.start_soon(channel.run, self._broadcast)
        channel.watchers += 1
        try:
            await channel.ready.wait()
            if channel.fault is not None:
                raise channel.fault
            yield channel
        finally:
            channel.watchers -= 1
            if not channel.watchers:
                del self._channels[key]
                channel.scope.cancel()

    async def _poll(self, group: TaskGroup) -> None:
        """One query for everything that is watched."""
        waited = alone = 0.0
        while True:
            await anyio.sleep(POLL_ALONE_S)
            waited += POLL_ALONE_S
            # Whoever publishes may be connected again later than we are.
            alone = alone - POLL_ALONE_S if self._broadcast.is_connected else POLL_S
            if self._channels and (waited >= POLL_S or alone > 0):
                waited = 0.0
                try:
                    await self._look(group)
                except Exception:
                    log.warning("the watched logs could not be asked for", exc_info=True)

    async def _look(self, group: TaskGroup) -> None:
        heights = await self._log.heights(tuple(self._channels))
        for key, channel in tuple(self._channels.items()):
            if channel.ready.is_set() and key in heights and not channel.is_due:
                # A log whose readers are waited for must not hold up the others.
                channel.is_due = True
                group.start_soon(channel.look, heights[key])
