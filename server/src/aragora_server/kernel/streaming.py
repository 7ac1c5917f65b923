"""Server-sent events and WebSocket: two ways to send the same stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import anyio
import attrs
import orjson
from starlette.types import Message, Receive, Send

from .call import Call
from .clock import Clock, wire_time
from .drain import Drain
from .errors import AragoraError, Unavailable
from .feed import Ending, Reader, Wait, follow
from .gate import Admitted, Gate
from .stream import StreamItem

# With what a keyring remembers for a few seconds, a revoked key is cut off within a minute.
RECHECK_S = 50.0
RETRY_MS = 1000
LAST_WORD_S = 1.0
MOST_STREAMS = 5_000
MOST_STREAMS_A_KEY = 200
CLOSE_CODES: Mapping[Ending, int] = {
    "over": 1000,
    "failed": 1011,
    "slow": 4008,
    "gone": 1001,
    "restarting": 1012,
    "revoked": 4401,
}
Sender = Callable[[StreamItem], Awaitable[None]]

TOO_MANY, RESTARTING, OUR_FAULT, REASON_BYTES = 4429, 1012, 1011, 123


class TooManyStreams(Unavailable):
    code = "too_many_streams"


@attrs.frozen(kw_only=True)
class Stage:
    """What every stream of this server shares."""

    gate: Gate
    clock: Clock
    drain: Drain
    open_streams: Counter[str] = attrs.field(factory=Counter)

    @contextmanager
    def seat(self, admitted: Admitted | None) -> Iterator[None]:
        """Streams are counted a process and a key."""
        key = admitted.caller.api_key_id if admitted else ""
        if self.drain.is_on:
            raise Unavailable("the server is restarting", retry_after_s=1)
        if self.open_streams.total() >= MOST_STREAMS or (
            self.open_streams[key] >= MOST_STREAMS_A_KEY
        ):
            raise TooManyStreams("close a stream before you open another", retry_after_s=5)
        self.open_streams[key] += 1
        try:
            yield
        finally:
            self.open_streams[key] -= 1
            if not self.open_streams[key]:
                del self.open_streams[key]

    def beat(self, subject: Mapping[str, Any]) -> StreamItem:
        event = {**subject, "type": "heartbeat", "at": wire_time(self.clock())}
        return StreamItem(seq=None, type="heartbeat", payload=orjson.dumps(event))

    def ends(self, admitted: Admitted | None, gone: Wait) -> Mapping[Ending, Wait]:
        async def revoked() -> None:
            while await self.gate.still_holds(admitted):
                await anyio.sleep(RECHECK_S)

        return {"gone": gone, "restarting": self.drain.wait, "revoked": revoked}


@attrs.frozen(kw_only=True)
class Show:
    """One stream for one reader: what is shown, to whom, over which ASGI channel."""

    call: Call
    stage: Stage
    admitted: Admitted | None
    subject: Mapping[str, str]
    receive: Receive
    send: Send

    async def run(
        self, source: AsyncIterator[StreamItem], open_: Callable[[], Awaitable[Sender]]
    ) -> Ending:
        stream = self.call.operation.stream
        beat_s = stream.heartbeat_s if stream else 15

        async def start() -> Reader:
            return Reader(
                send=self._checked(await open_()),
                beat=lambda: self.stage.beat(self.subject),
                beat_s=beat_s,
                ends=self.stage.ends(self.admitted, self._gone),
            )

        return await follow(source, start)

    async def send_last(self, message: Message) -> None:
        """Whoever does not take even this is left; the connection closes with us."""
        with anyio.move_on_after(LAST_WORD_S):
            await self.send(message)

    def _checked(self, send: Sender) -> Sender:
        async def check(item: StreamItem) -> None:
            self.call.check_event(item.payload)
            await send(item)

        return check

    async def _gone(self) -> None:
        """A send-only stream must listen too, or it never learns that nobody is there."""
        while (await self.receive())["type"] not in ("http.disconnect", "websocket.disconnect"):
            continue


def sse_block(item: StreamItem, *, is_first: bool) -> bytes:
    lines = [b"retry: %d" % RETRY_MS] if is_first else []
    if item.seq is not None:
        lines.append(b"id: %d" % item.seq)
    lines += [b"event: " + item.type.encode(), b"data: " + item.payload, b"", b""]
    return b"\n".join(lines)


async def send_sse(
    show: Show, source: AsyncIterator[StreamItem], headers: Mapping[str, str]
) -> None:
    is_first = True

    async def send_item(item: StreamItem) -> None:
        nonlocal is_first
        await show.send(_chunk(sse_block(item, is_first=is_first), more=True))
        is_first = False

    async def open_() -> Sender:
        await show.send(_sse_start(headers))
        return send_item

    # To a reader that is too slow the end is not sent either: returning cuts the connection.
    if await show.run(source, open_) not in ("gone", "slow"):
        await show.send_last(_chunk(b"", more=False))


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


async def send_websocket(show: Show, source: AsyncIterator[StreamItem]) -> None:
    """The connection was accepted already, because only then close codes reach the client."""

    async def send_item(item: StreamItem) -> None:
        await show.send({"type": "websocket.send", "text": item.payload.decode()})

    async def open_() -> Sender:
        return send_item

    ending = await show.run(source, open_)
    if ending != "gone":
        await show.send_last(close_message(CLOSE_CODES[ending], ending))


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
