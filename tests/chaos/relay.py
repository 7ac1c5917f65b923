"""A relay before a server that cuts its connections at random: after some bytes, or some time."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs

PIECE = 4096
MOST_BYTES, MOST_S = 4000, 2.0


@attrs.define(eq=False)
class Relay:
    """It lets everything pass once it has made its cuts."""

    server_port: int
    chance: random.Random
    left: int
    made: int = 0
    port: int = 0
    _open: set[asyncio.Task[None]] = attrs.field(factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, ready: threading.Event, over: asyncio.Event) -> None:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await self._between(source, sink)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            sink.transport.abort()

    async def _between(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        answers, asks = await asyncio.open_connection("127.0.0.1", self.server_port)
        is_cut = self.left > 0
        self.left -= is_cut
        most = self.chance.randint(0, MOST_BYTES) if is_cut else None
        within = asyncio.timeout(self.chance.uniform(0, MOST_S) if is_cut else None)
        asking = asyncio.ensure_future(_pass_on(source, asks, None))
        try:
            with suppress(TimeoutError):
                async with within:
                    await _pass_on(answers, sink, most)
        finally:
            self.made += is_cut
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            asks.transport.abort()


async def _pass_on(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, most: int | None
) -> None:
    """Until the end, or until so many bytes have passed: even in the middle of an event."""
    while most is None or most > 0:
        piece = (await source.read(PIECE))[:most]
        if not piece:
            return
        sink.write(piece)
        await sink.drain()
        most = most if most is None else most - len(piece)


@contextmanager
def cutting(server_port: int, chance: random.Random, cuts: int) -> Iterator[Relay]:
    """In a thread of its own, so that a test may block."""
    relay = Relay(server_port, chance, cuts)
    loop, over, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(relay.serve(ready, over)))
    thread.start()
    try:
        assert ready.wait(10)
        yield relay
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(timeout=10)
        loop.close()
