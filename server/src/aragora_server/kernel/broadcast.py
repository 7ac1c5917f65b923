"""Wake-ups between tasks. The truth is always in the database; a message may be lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Protocol

import anyio
from anyio.streams.memory import MemoryObjectSendStream

QUEUE = 256


class Broadcast(Protocol):
    @property
    def is_connected(self) -> bool:
        """False: nothing arrives from other processes, so whoever waits should ask more often."""
        ...

    async def publish(self, topic: str, message: bytes) -> None:
        """Wake everybody who listens. Call after commit; best effort."""
        ...

    def listen(self, topic: str) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Subscribed from the moment the block is entered."""
        ...

    def open(self) -> AbstractAsyncContextManager[None]:
        """While the block is open it works; before and after, nothing is heard."""
        ...


class LocalBroadcast:
    """Within one process; `is_connected` says whether that is all there are."""

    def __init__(self, *, is_connected: bool = True) -> None:
        self.is_connected = is_connected
        self._listeners: dict[str, set[MemoryObjectSendStream[bytes]]] = defaultdict(set)

    async def publish(self, topic: str, message: bytes) -> None:
        for listener in tuple(self._listeners.get(topic, ())):
            try:
                listener.send_nowait(message)
            except anyio.WouldBlock:
                # A full queue will wake its reader anyway, and the reader then asks the database.
                continue

    @asynccontextmanager
    async def listen(self, topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        sender, receiver = anyio.create_memory_object_stream[bytes](QUEUE)
        self._listeners[topic].add(sender)
        try:
            with sender, receiver:
                yield receiver
        finally:
            self._listeners[topic].discard(sender)
            if not self._listeners[topic]:
                del self._listeners[topic]

    def open(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()
