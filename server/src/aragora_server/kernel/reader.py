"""What one stream has yet to send, and how long a log waits for those that are behind."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection

import anyio
import attrs

from .stream import StreamItem, TooSlow

MOST_ITEMS, MOST_BYTES = 256, 1_048_576
HALF = 0.5
"""Ephemeral items have half of the room; whoever was full must make good half of it."""

ITEMS_A_TURN = 16

PAUSE_S, MOST_STILL, MOST_SLOW = 0.01, 200, 1000
"""So many pauses others wait for a reader that takes nothing, and for one that takes too little:
two and ten seconds of an idle loop. A loop that is busy sending counts fewer of them."""


@attrs.define(eq=False)
class Reader:
    """Bounded, so that nobody's silence costs memory."""

    cursor: int
    wants_ephemeral: bool
    waiting: deque[StreamItem] = attrs.field(factory=deque)
    bytes: int = 0
    taken: int = 0
    is_idle: bool = False
    is_slow: bool = False
    is_over: bool = False
    news: anyio.Event = attrs.field(factory=anyio.Event)

    def put(self, item: StreamItem) -> None:
        if self.is_slow or not self._wants(item):
            return
        if self.is_full(item):
            self.give_up()
            return
        self.waiting.append(item)
        self.bytes += len(item.payload)
        self.news.set()

    def is_full(self, item: StreamItem, share: float = 1) -> bool:
        """Within that share of the room there is none for this. Whoever has nothing takes all."""
        if not self.waiting:
            return False
        items, size = len(self.waiting) + 1, self.bytes + len(item.payload)
        return items > MOST_ITEMS * share or size > MOST_BYTES * share

    def give_up(self) -> None:
        self.is_slow = True
        self.waiting.clear()
        self.news.set()

    def _wants(self, item: StreamItem) -> bool:
        if item.seq is None:
            return self.wants_ephemeral and not self.is_full(item, HALF)
        return item.seq > self.cursor

    def end(self) -> None:
        self.is_over = True
        self.news.set()

    async def next(self) -> StreamItem | None:
        """None at the end of the log."""
        self.taken += 1
        if self.taken % ITEMS_A_TURN == 0:  # a write may take no turn of the loop at all
            await anyio.sleep(0)
        while not self.waiting:
            if self.is_slow:
                raise TooSlow
            if self.is_over:
                return None
            await self._hear()
        item = self.waiting.popleft()
        self.bytes -= len(item.payload)
        self.cursor = item.seq or self.cursor
        return item

    async def _hear(self) -> None:
        self.news = anyio.Event()
        self.is_idle = True
        try:
            await self.news.wait()
        finally:
            self.is_idle = False


async def make_room(readers: Collection[Reader], item: StreamItem) -> None:
    """Wait until nobody is full: as long as all have something to send, and then a little longer.

    Whoever has not made good half of its room by then holds up others, and is given up.
    """
    share, slow = 1.0, 0
    still: Counter[Reader] = Counter()
    while behind := [one for one in readers if one.is_full(item, share)]:
        share = HALF
        taken = [one.taken for one in behind]
        await anyio.sleep(PAUSE_S)
        if not any(one.is_idle for one in readers):
            continue
        slow += 1
        for one, before in zip(behind, taken, strict=True):
            still[one] = still[one] + 1 if one.taken == before else 0
            if still[one] >= MOST_STILL or slow >= MOST_SLOW:
                one.give_up()
