"""The two senders: they send, ask `decide`, wait, and know nothing else."""

from __future__ import annotations

import functools
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from aragora._core.call import Call
from aragora._core.options import RetryInfo
from aragora._core.response import decode
from aragora._core.retry import (
    Answer,
    Broke,
    Done,
    ErrorTypes,
    Fail,
    Moment,
    Outcome,
    Retry,
    decide,
)
from aragora._core.wire import (
    Broken,
    Effects,
    HttpClient,
    Library,
    Request,
    answer_of,
    log_attempt,
    make_client,
    send_arguments,
)
from aragora.errors import ConfigurationError

T = TypeVar("T")
Middleware = Callable[[Request, Callable[[Request], Answer]], Answer]
AsyncMiddleware = Callable[[Request, Callable[[Request], Awaitable[Answer]]], Awaitable[Answer]]


class Clocked:
    """A call on its way: what is left of its deadline, and what its outcomes mean."""

    def __init__(self, call: Call[Any], effects: Effects, error_types: ErrorTypes) -> None:
        self.call: Call[Any] = call
        self._effects, self._error_types = effects, error_types
        self._started = effects.monotonic()
        self.attempt: int = 0

    def next_request(self) -> Request:
        self.attempt += 1
        call = self.call
        return Request(call.op.id, call.op.method, call.url, call.headers, call.body, self.attempt)

    def took_s(self) -> float:
        return self._effects.monotonic() - self._started

    def left_s(self) -> float | None:
        deadline_s = self.call.timeouts.deadline_s
        return None if deadline_s is None else max(0.0, deadline_s - self.took_s())

    def is_late(self) -> bool:
        return self.left_s() == 0.0

    def arguments(self, request: Request) -> dict[str, Any]:
        left_s = self.left_s()
        connect_s, idle_s = self.call.timeouts.connect_s, self.call.idle_s
        if left_s is not None:
            # Zero would mean "do not wait at all" to the socket, before it was even asked.
            left_s = max(left_s, 0.001)
            connect_s, idle_s = min(connect_s, left_s), min(idle_s, left_s)
        return send_arguments(request, connect_s, idle_s)

    def judge(self, outcome: Outcome) -> Done | Retry | Fail:
        effects = self._effects
        moment = Moment(self.attempt, self.left_s(), effects.now(), effects.chance())
        step = decide(self.call, moment, outcome, self._error_types)
        policy = self.call.policy
        if isinstance(step, Retry) and policy.on_retry:
            policy.on_retry(RetryInfo(self.call.op.id, self.attempt, step.delay_s, step.error))
        return step


class SyncTransport:
    """Sends calls over a `Client`, its own or the caller's."""

    def __init__(
        self,
        client: HttpClient | None,
        middleware: Sequence[Middleware],
        error_types: ErrorTypes,
        effects: Effects,
    ) -> None:
        self._client: Any = client
        self._library = None if client is None else Library(client, is_async=False)
        self._owner = 0
        self.middleware: Sequence[Middleware] = middleware
        self.error_types: ErrorTypes = error_types
        self.effects: Effects = effects

    def send(self, call: Call[T]) -> T:
        clocked = Clocked(call, self.effects, self.error_types)
        while True:
            step = clocked.judge(self._attempt(clocked))
            if isinstance(step, Done):
                return decode(call, step.answer, clocked.attempt)
            if isinstance(step, Fail):
                raise step.error
            self.effects.sleep(step.delay_s)

    def _attempt(self, clocked: Clocked) -> Outcome:
        request, started_s = clocked.next_request(), clocked.took_s()
        outcome: Outcome
        try:
            outcome = self.through(request, functools.partial(self._exchange, clocked))
        except Broken as broken:
            outcome = broken.outcome
        log_attempt(request, outcome, clocked.took_s() - started_s)
        return outcome

    def through(self, request: Request, last: Callable[[Request], Answer]) -> Answer:
        """`last`, inside the middleware."""
        for layer in reversed(self.middleware):
            last = functools.partial(_under, layer, last)
        return last(request)

    def _exchange(self, clocked: Clocked, request: Request) -> Answer:
        with self.open(clocked, request) as (answer, chunks):
            body = b"".join(chunks)
        return Answer(answer.status, answer.headers, body)

    @contextmanager
    def open(self, clocked: Clocked, request: Request) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """The answer without its body, and the body as it comes."""
        client, library = self._open_client()
        try:
            arguments = clocked.arguments(request)
            response = client.send(client.build_request(**arguments), stream=True)
            try:
                yield answer_of(response, b""), _watched(response.iter_bytes(), clocked)
            finally:
                response.close()
        except library.errors as error:
            raise library.broken(error, is_late=clocked.is_late()) from error

    def _open_client(self) -> tuple[Any, Library]:
        # A connection must not be shared with the process that we were forked from.
        if self._client is None or self._owner not in {0, os.getpid()}:
            self._client = make_client(is_async=False)
            self._library, self._owner = Library(self._client, is_async=False), os.getpid()
        assert self._library is not None  # noqa: S101 - set together with the client
        return self._client, self._library

    @property
    def is_open(self) -> bool:
        return bool(self._owner)

    def close(self) -> None:
        if self._owner:
            self._client.close()
            self._client, self._owner = None, 0


def _under(layer: Middleware, call_next: Callable[[Request], Answer], request: Request) -> Answer:
    return layer(request, call_next)


def _watched(chunks: Iterator[bytes], clocked: Clocked) -> Iterator[bytes]:
    for chunk in chunks:
        if clocked.is_late():
            raise Broken(Broke("deadline", TimeoutError("deadline")))
        yield chunk


class AsyncTransport:
    """Sends calls over an `AsyncClient`, its own or the caller's."""

    def __init__(
        self,
        client: HttpClient | None,
        middleware: Sequence[AsyncMiddleware],
        error_types: ErrorTypes,
        effects: Effects,
    ) -> None:
        self._client: Any = client
        self._library = None if client is None else Library(client, is_async=True)
        self._owner: object = None
        self.middleware: Sequence[AsyncMiddleware] = middleware
        self.error_types: ErrorTypes = error_types
        self.effects: Effects = effects

    async def send(self, call: Call[T]) -> T:
        clocked = Clocked(call, self.effects, self.error_types)
        while True:
            step = clocked.judge(await self._attempt(clocked))
            if isinstance(step, Done):
                return decode(call, step.answer, clocked.attempt)
            if isinstance(step, Fail):
                raise step.error
            await self.sleep(step.delay_s)

    async def sleep(self, delay_s: float) -> None:
        import anyio

        await anyio.sleep(delay_s)

    async def _attempt(self, clocked: Clocked) -> Outcome:
        request, started_s = clocked.next_request(), clocked.took_s()
        outcome: Outcome
        try:
            outcome = await self.through(request, functools.partial(self._exchange, clocked))
        except Broken as broken:
            outcome = broken.outcome
        log_attempt(request, outcome, clocked.took_s() - started_s)
        return outcome

    async def through(
        self, request: Request, last: Callable[[Request], Awaitable[Answer]]
    ) -> Answer:
        """`last`, inside the middleware."""
        for layer in reversed(self.middleware):
            last = functools.partial(_async_under, layer, last)
        return await last(request)

    async def _exchange(self, clocked: Clocked, request: Request) -> Answer:
        if (left_s := clocked.left_s()) is None:
            return await self._read(clocked, request)
        import anyio

        with anyio.move_on_after(left_s):
            return await self._read(clocked, request)
        raise Broken(Broke("deadline", TimeoutError("deadline")))

    async def _read(self, clocked: Clocked, request: Request) -> Answer:
        async with self.open(clocked, request) as (answer, chunks):
            body = b"".join([chunk async for chunk in chunks])
        return Answer(answer.status, answer.headers, body)

    @asynccontextmanager
    async def open(
        self, clocked: Clocked, request: Request
    ) -> AsyncIterator[tuple[Answer, AsyncIterator[bytes]]]:
        """The answer without its body, and the body as it comes."""
        client, library = self._open_client()
        try:
            arguments = clocked.arguments(request)
            response = await client.send(client.build_request(**arguments), stream=True)
            try:
                yield answer_of(response, b""), _async_watched(response.aiter_bytes(), clocked)
            finally:
                await response.aclose()
        except library.errors as error:
            raise library.broken(error, is_late=clocked.is_late()) from error

    def _open_client(self) -> tuple[Any, Library]:
        loop = running_loop()
        if self._client is None:
            self._client = make_client(is_async=True)
            self._library, self._owner = Library(self._client, is_async=True), loop
        elif self._owner is not None and self._owner is not loop:
            raise ConfigurationError(
                "this AsyncAragora belongs to another event loop: make one client a loop"
            )
        assert self._library is not None  # noqa: S101 - set together with the client
        return self._client, self._library

    @property
    def is_open(self) -> bool:
        return self._owner is not None

    async def close(self) -> None:
        if self._owner is not None:
            client, self._client, self._owner = self._client, None, None
            await client.aclose()


async def _async_under(
    layer: AsyncMiddleware, call_next: Callable[[Request], Awaitable[Answer]], request: Request
) -> Answer:
    return await layer(request, call_next)


async def _async_watched(chunks: AsyncIterator[bytes], clocked: Clocked) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        if clocked.is_late():
            raise Broken(Broke("deadline", TimeoutError("deadline")))
        yield chunk


def running_loop() -> object:
    """The loop of this task; the thread's own marker where there is no asyncio loop."""
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return "no asyncio loop"
