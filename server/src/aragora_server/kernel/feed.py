"""From a handler's event stream to one reader, who may be slow, silent or gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Literal

import anyio
import attrs
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from .stream import OPENED, StreamItem

Ending = Literal["over", "failed", "slow", "gone", "restarting", "revoked"]
Wait = Callable[[], Awaitable[None]]

QUEUE = 256
PATIENCE_S = 10.0
FIRST_WORD_S = 2.0


@attrs.frozen(kw_only=True)
class Reader:
    """The other side: how it is sent to, how it is kept alive, what ends it early."""

    send: Callable[[StreamItem], Awaitable[None]]
    beat: Callable[[], StreamItem]
    beat_s: float
    ends: Mapping[Ending, Wait]


async def follow(
    source: AsyncIterator[StreamItem], start: Callable[[], Awaitable[Reader]]
) -> Ending:
    """Serve `source` to the reader that `start` makes, until either of them ends.

    `start` is called after the source's first word, or when that takes long: an error before is
    raised here, so that it can still become a proper answer.
    """
    put, got = anyio.create_memory_object_stream[StreamItem](QUEUE)
    pump = _Pump(source, put)
    ending: Ending | None = None
    with put, got:
        async with anyio.create_task_group() as group:
            group.start_soon(pump.run)
            with anyio.move_on_after(FIRST_WORD_S):
                await pump.spoke.wait()
            if pump.fault is None:
                ending = await _relay(got, await start())
            group.cancel_scope.cancel()
    if ending is None and pump.fault is not None:
        raise pump.fault
    if ending == "over" and pump.fault is not None:
        return "failed"
    return "slow" if pump.gave_up else ending or "over"


class _Pump:
    """Drives the source in a task of its own, so that it is closed where it was opened."""

    def __init__(
        self, source: AsyncIterator[StreamItem], put: MemoryObjectSendStream[StreamItem]
    ) -> None:
        self._source = source
        self._put = put
        self.spoke = anyio.Event()
        self.fault: Exception | None = None
        self.gave_up = False

    async def run(self) -> None:
        try:
            async for item in self._source:
                self.spoke.set()
                if item is not OPENED and not await self._pass_on(item):
                    break
        except Exception as fault:  # noqa: BLE001 - handed to whoever answers
            self.fault = fault
        finally:
            self.spoke.set()
            self._put.close()
            if close := getattr(self._source, "aclose", None):
                with anyio.CancelScope(shield=True):
                    await close()

    async def _pass_on(self, item: StreamItem) -> bool:
        with anyio.move_on_after(PATIENCE_S) as patience:
            await self._put.send(item)
        self.gave_up = patience.cancelled_caught
        return not self.gave_up


async def _relay(got: MemoryObjectReceiveStream[StreamItem], reader: Reader) -> Ending:
    ending: Ending = "over"
    async with anyio.create_task_group() as group:

        async def end_with(name: Ending, wait: Wait) -> None:
            nonlocal ending
            await wait()
            ending = name
            group.cancel_scope.cancel()

        for name, wait in reader.ends.items():
            group.start_soon(end_with, name, wait)
        ending = await _send_all(got, reader)
        group.cancel_scope.cancel()
    return ending


async def _send_all(got: MemoryObjectReceiveStream[StreamItem], reader: Reader) -> Ending:
    while True:
        item: StreamItem | None = None
        with anyio.move_on_after(reader.beat_s):
            try:
                item = await got.receive()
            except anyio.EndOfStream:
                return "over"
        with anyio.move_on_after(PATIENCE_S) as patience:
            try:
                await reader.send(item or reader.beat())
            except OSError:
                return "gone"
        if patience.cancelled_caught:
            return "slow"
