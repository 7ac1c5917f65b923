"""From a handler's event stream to one reader, who may be slow, silent or gone."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
import attrs

from .errors import Unavailable
from .seats import Ending, Seat
from .stream import OPENED, StreamItem, TooSlow

log = logging.getLogger(__name__)

FIRST_WORD_S = 30.0

Send = Callable[[StreamItem], Awaitable[None]]


async def _nowhere(_item: StreamItem) -> None:
    raise RuntimeError("this stream is not open")


@attrs.define(kw_only=True, eq=False)
class Feed:
    """One stream to one reader.

    `open` makes the reader ready for events: an error before that is raised, so that it can still
    become a proper answer. `until_gone` returns when nobody is there any more. `beat` is what
    breaks a silence.
    """

    seat: Seat
    source: AsyncIterator[StreamItem]
    open: Callable[[], Awaitable[Send]]
    until_gone: Callable[[], Awaitable[None]]
    beat: Callable[[], StreamItem]
    _send: Send = _nowhere
    _beaten: anyio.Event | None = None

    async def run(self) -> Ending:
        """Serve until the source, the reader or the server ends it."""
        ending: Ending = "over"
        with self.seat.scope:
            async with _closed_at_last(self.source):
                first = await self._first_word()
                self._send = await self.open()
                ending = await self._serve(first)
        if self._send is _nowhere:
            raise Unavailable("the server is restarting", retry_after_s=1)
        return self.seat.ending or ending

    async def _serve(self, first: StreamItem | None) -> Ending:
        async with anyio.create_task_group() as group:
            group.start_soon(self._watch)
            self.seat.beat = lambda: group.start_soon(self._break_silence)
            ending = await self._relay(first)
            group.cancel_scope.cancel()
        return ending

    async def _first_word(self) -> StreamItem | None:
        with anyio.move_on_after(FIRST_WORD_S):
            return await anext(self.source, None)
        raise Unavailable(f"no event within {FIRST_WORD_S:g} seconds", retry_after_s=1)

    async def _watch(self) -> None:
        """A send-only stream must listen too, or it never learns that nobody is there."""
        await self.until_gone()
        self.seat.end("gone")

    async def _relay(self, item: StreamItem | None) -> Ending:
        while item is not None:
            if item is not OPENED:
                if self._beaten is not None:
                    await self._beaten.wait()
                try:
                    await self._say(item)
                except OSError:
                    return "gone"
            try:
                item = await anext(self.source, None)
            except TooSlow:
                return "slow"
            except Exception:
                log.exception("a stream broke")
                return "failed"
        return "over"

    async def _say(self, item: StreamItem) -> None:
        seat = self.seat
        seat.busy_since = seat.spoke_at = anyio.current_time()
        await self._send(item)
        seat.busy_since = None

    async def _break_silence(self) -> None:
        """Never two writes at once: whatever comes meanwhile waits for the beat."""
        if self.seat.busy_since is not None:
            return
        self._beaten = anyio.Event()
        try:
            await self._say(self.beat())
        except OSError:
            self.seat.end("gone")
        finally:
            self._beaten.set()
            self._beaten = None


@asynccontextmanager
async def _closed_at_last(source: AsyncIterator[StreamItem]) -> AsyncIterator[None]:
    try:
        yield
    finally:
        if close := getattr(source, "aclose", None):
            with anyio.CancelScope(shield=True):
                await close()
