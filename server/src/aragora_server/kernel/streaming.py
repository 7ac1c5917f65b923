"""Server-sent events and WebSocket: two ways to send the same stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import anyio
import attrs
import orjson
from starlette.types import Message, Receive, Send

from . import telemetry
from .call import Call
from .clock import Clock, wire_time
from .errors import AragoraError, Unavailable
from .feed import Feed
from .feed import Send as SendItem
from .gate import Admitted, Gate
from .seats import Ending, Seat, Seats, TooManyStreams, Transport
from .stream import StreamItem

RETRY_MS = 1000
LAST_WORD_S = 1.0
CLOSE_CODES: Mapping[Ending, int] = {
    "over": 1000,
    "failed": 1011,
    "slow": 4008,
    "gone": 1001,
    "restarting": 1012,
    "revoked": 4401,
}
TOO_MANY, RESTARTING, OUR_FAULT, REASON_BYTES = 4429, 1012, 1011, 123


@attrs.frozen(kw_only=True)
class Stage:
    """What every stream of this server shares."""

    clock: Clock
    seats: Seats

    @property
    def gate(self) -> Gate:
        return self.seats.gate

    def beat(self, subject: Mapping[str, Any]) -> StreamItem:
        event = {**subject, "type": "heartbeat", "at": wire_time(self.clock())}
        return StreamItem(seq=None, type="heartbeat", payload=orjson.dumps(event))


@attrs.frozen(kw_only=True)
class Show:
    """One stream for one reader: what is shown, to whom, over which ASGI channel."""

    call: Call
    stage: Stage
    admitted: Admitted | None
    subject: Mapping[str, str]
    receive: Receive
    send: Send

    async def over_sse(self, source: AsyncIterator[StreamItem], headers: Mapping[str, str]) -> None:
        is_first = True

        async def send_item(item: StreamItem) -> None:
            nonlocal is_first
            self.call.check_event(item.payload)
            block = b"retry: %d\n%s" % (RETRY_MS, item.block) if is_first else item.block
            is_first = False
            await self.send(_chunk(block, more=True))

        async def open_() -> SendItem:
            await self.send(_sse_start(headers))
            return send_item

        ending = await self._run("sse", source, open_)
        # To a reader that is too slow the end is not sent either: returning cuts the connection.
        if ending not in ("gone", "slow"):
            await self._send_last(_chunk(b"", more=False))

    async def over_websocket(self, source: AsyncIterator[StreamItem]) -> None:
        """The connection was accepted already, because only then close codes reach the client."""

        async def send_item(item: StreamItem) -> None:
            self.call.check_event(item.payload)
            await self.send({"type": "websocket.send", "text": item.text})

        async def open_() -> SendItem:
            return send_item

        ending = await self._run("websocket", source, open_)
        if ending != "gone":
            await self._send_last(close_message(CLOSE_CODES[ending], ending))

    async def _run(
        self,
        transport: Transport,
        source: AsyncIterator[StreamItem],
        open_: Callable[[], Awaitable[SendItem]],
    ) -> Ending:
        stream = self.call.operation.stream
        seat = Seat(
            admitted=self.admitted,
            transport=transport,
            beat_s=stream.heartbeat_s if stream else 15,
        )
        with self.stage.seats.take(seat):
            feed = Feed(
                seat=seat,
                source=source,
                open=open_,
                until_gone=self._until_gone,
                beat=lambda: self.stage.beat(self.subject),
            )
            ending = await feed.run()
        if ending not in ("over", "gone"):
            telemetry.STREAMS_CUT.labels(str(CLOSE_CODES[ending])).inc()
        return ending

    async def _send_last(self, message: Message) -> None:
        """Whoever does not take even this is left; the connection closes with us."""
        with anyio.move_on_after(LAST_WORD_S):
            await self.send(message)

    async def _until_gone(self) -> None:
        while (await self.receive())["type"] not in ("http.disconnect", "websocket.disconnect"):
            continue


def _sse_start(headers: Mapping[str, str]) -> Message:
    every = {
        **headers,
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
    }
    return {"type": "http.response.start", "status": 200, "headers": _raw(every)}


def _chunk(body: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


def close_message(code: int, reason: str) -> Message:
    return {"type": "websocket.close", "code": code, "reason": reason[:REASON_BYTES]}


def close_code(error: AragoraError) -> int:
    """4401 for a 401, and so on."""
    if isinstance(error, TooManyStreams):
        return TOO_MANY
    if error.status >= 500:
        return RESTARTING if isinstance(error, Unavailable) else OUR_FAULT
    return 4000 + error.status


async def accept(headers: Mapping[str, str], receive: Receive, send: Send) -> bool:
    """False when the client left before it was answered."""
    if (await receive())["type"] != "websocket.connect":
        return False
    await send({"type": "websocket.accept", "headers": _raw(headers)})
    return True


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
