"""The two drivers of an event stream: they connect, read, wait and reconnect as `Follow` says."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import Generic, Literal, TypeVar

from aragora._core.follow import Follow, ReconnectInfo
from aragora._core.retry import Answer, Fail, Moment, Outcome, Retry
from aragora._core.sse import ServerSent, SseDecoder
from aragora._core.transport import AsyncTransport, Clocked, SyncTransport
from aragora._core.wire import Broken, Effects, Request
from aragora.errors import StreamError

E = TypeVar("E")
Transport = Literal["sse", "websocket"]
OnReconnect = Callable[[ReconnectInfo], None]


class Journey(Generic[E]):
    """What both drivers share: the position, the clock and the next request."""

    def __init__(
        self,
        follow: Follow[E],
        transport: SyncTransport | AsyncTransport,
        how: Transport,
        on_reconnect: OnReconnect | None,
    ) -> None:
        self.follow: Follow[E] = follow
        self._effects: Effects = transport.effects
        self.clocked: Clocked = Clocked(follow.call, transport.effects, transport.error_types)
        self.on_reconnect: OnReconnect | None = on_reconnect
        self.how: Transport = how

    def depart(self) -> Request:
        self.clocked.call = self.follow.next_call()
        return self.clocked.next_request()

    def receive(self, sent: ServerSent) -> E | None:
        return self.follow.receive(sent, self._effects.now())

    def arrive(self, outcome: Outcome | None) -> Retry | None:
        moment = Moment(0, self.clocked.left_s(), self._effects.now(), self._effects.chance())
        step = self.follow.ended(outcome, moment)
        if isinstance(step, Fail):
            raise step.error
        if step is not None and self.on_reconnect:
            self.on_reconnect(self.follow.told(step))
        return step


def _check(answer: Answer) -> None:
    media_type = answer.headers.get("content-type", "")
    if "event-stream" not in media_type:
        raise StreamError(f"expected text/event-stream, the server sent {media_type or 'nothing'}")


class EventStream(Generic[E]):
    """An iterator of events that survives broken connections; close it or use `with`."""

    def __init__(self, transport: SyncTransport, journey: Journey[E]) -> None:
        self._transport, self._journey = transport, journey
        self._events = self._run()

    def __iter__(self) -> Iterator[E]:
        return self

    def __next__(self) -> E:
        return next(self._events)

    def __enter__(self) -> EventStream[E]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection. The debate goes on."""
        self._events.close()

    @property
    def last_seq(self) -> int:
        """Number of the last event delivered: what to pass as `after` to go on from here."""
        return self._journey.follow.last

    def _run(self) -> Generator[E]:
        journey = self._journey
        while True:
            outcome: Outcome | None = None
            try:
                with self._connect(journey.depart()) as messages:
                    for sent in messages:
                        if (event := journey.receive(sent)) is not None:
                            yield event
            except Broken as broken:
                outcome = broken.outcome
            if (step := journey.arrive(outcome)) is None:
                return
            self._transport.effects.sleep(step.delay_s)

    @contextmanager
    def _connect(self, request: Request) -> Iterator[Iterator[ServerSent]]:
        clocked = self._journey.clocked
        if self._journey.how == "websocket":
            from aragora._core import websocket

            with websocket.connect(clocked, request) as messages:
                yield messages
            return
        with self._transport.open(clocked, request) as (answer, chunks):
            if not 200 <= answer.status < 300:
                raise Broken(Answer(answer.status, answer.headers, b"".join(chunks)))
            _check(answer)
            decoder = SseDecoder()
            yield (sent for chunk in chunks for sent in decoder.feed(chunk))


class AsyncEventStream(Generic[E]):
    """An async iterator of events that survives broken connections."""

    def __init__(self, transport: AsyncTransport, journey: Journey[E]) -> None:
        self._transport, self._journey = transport, journey
        self._events = self._run()

    def __aiter__(self) -> AsyncIterator[E]:
        return self

    async def __anext__(self) -> E:
        return await anext(self._events)

    async def __aenter__(self) -> AsyncEventStream[E]:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection. The debate goes on."""
        await self._events.aclose()

    @property
    def last_seq(self) -> int:
        """Number of the last event delivered: what to pass as `after` to go on from here."""
        return self._journey.follow.last

    async def _run(self) -> AsyncGenerator[E]:
        journey = self._journey
        while True:
            outcome: Outcome | None = None
            try:
                async with self._connect(journey.depart()) as messages:
                    async for sent in messages:
                        if (event := journey.receive(sent)) is not None:
                            yield event
            except Broken as broken:
                outcome = broken.outcome
            if (step := journey.arrive(outcome)) is None:
                return
            await self._transport.sleep(step.delay_s)

    @asynccontextmanager
    async def _connect(self, request: Request) -> AsyncIterator[AsyncIterator[ServerSent]]:
        clocked = self._journey.clocked
        if self._journey.how == "websocket":
            from aragora._core import websocket

            async with websocket.connect_async(clocked, request) as messages:
                yield messages
            return
        async with self._transport.open(clocked, request) as (answer, chunks):
            if not 200 <= answer.status < 300:
                body = b"".join([chunk async for chunk in chunks])
                raise Broken(Answer(answer.status, answer.headers, body))
            _check(answer)
            decoder = SseDecoder()
            yield (sent async for chunk in chunks for sent in decoder.feed(chunk))
