"""What the generated methods call: one line each, sync and async."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from aragora._core.call import Call, Defaults, Op, plan
from aragora._core.follow import Follow
from aragora._core.options import RequestOptions
from aragora._core.wire import new_idempotency_key
from aragora.errors import ConfigurationError

if TYPE_CHECKING:
    from aragora._core.follow import StreamOp
    from aragora._core.page import AsyncPage, Page, PageModel
    from aragora._core.stream import AsyncEventStream, EventStream, OnReconnect, Transport
    from aragora._core.transport import AsyncTransport, SyncTransport

T = TypeVar("T")
E = TypeVar("E")


class Sender:
    """A client's defaults and its transport; what resources are made of."""

    def __init__(self, defaults: Defaults, transport: SyncTransport) -> None:
        self.defaults: Defaults = defaults
        self.transport: SyncTransport = transport

    def call(self, op: Op[T], args: Mapping[str, Any], options: RequestOptions | None) -> T:
        return self.transport.send(plan(op, args, options, self.defaults, new_idempotency_key))

    def page(
        self, op: Op[PageModel[T]], args: Mapping[str, Any], options: RequestOptions | None
    ) -> Page[T]:
        from aragora._core.page import Page

        def fetch(cursor: str) -> PageModel[T]:
            return self.call(op, {**args, "cursor": cursor}, options)

        return Page(self.call(op, args, options), fetch)

    def stream(
        self,
        stream: StreamOp[E],
        args: Mapping[str, Any],
        options: RequestOptions | None,
        *,
        transport: Transport,
        on_reconnect: OnReconnect | None,
    ) -> EventStream[E]:
        from aragora._core.stream import EventStream, Journey

        call = _stream_call(stream, args, options, self.defaults, transport)
        follow = Follow(stream, call, args["after"], self.transport.error_types)
        return EventStream(self.transport, Journey(follow, self.transport, transport, on_reconnect))


class AsyncSender:
    """A client's defaults and its transport; what async resources are made of."""

    def __init__(self, defaults: Defaults, transport: AsyncTransport) -> None:
        self.defaults: Defaults = defaults
        self.transport: AsyncTransport = transport

    async def call(self, op: Op[T], args: Mapping[str, Any], options: RequestOptions | None) -> T:
        call = plan(op, args, options, self.defaults, new_idempotency_key)
        return await self.transport.send(call)

    async def page(
        self, op: Op[PageModel[T]], args: Mapping[str, Any], options: RequestOptions | None
    ) -> AsyncPage[T]:
        from aragora._core.page import AsyncPage

        async def fetch(cursor: str) -> PageModel[T]:
            return await self.call(op, {**args, "cursor": cursor}, options)

        return AsyncPage(await self.call(op, args, options), fetch)

    def stream(
        self,
        stream: StreamOp[E],
        args: Mapping[str, Any],
        options: RequestOptions | None,
        *,
        transport: Transport,
        on_reconnect: OnReconnect | None,
    ) -> AsyncEventStream[E]:
        from aragora._core.stream import AsyncEventStream, Journey

        call = _stream_call(stream, args, options, self.defaults, transport)
        follow = Follow(stream, call, args["after"], self.transport.error_types)
        journey = Journey(follow, self.transport, transport, on_reconnect)
        return AsyncEventStream(self.transport, journey)


def _stream_call(
    stream: StreamOp[Any],
    args: Mapping[str, Any],
    options: RequestOptions | None,
    defaults: Defaults,
    transport: Transport,
) -> Call[None]:
    op = stream.op
    if transport == "websocket":
        if stream.websocket_path is None:
            raise ConfigurationError(f"{op.id} has no WebSocket")
        op = dataclasses.replace(op, path=stream.websocket_path)
    return plan(op, args, options, defaults, new_idempotency_key)


class Resource:
    """The operations of one tag."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._call = sender.call
        self._page = sender.page


class AsyncResource:
    """The operations of one tag, to be awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender
        self._call = sender.call
        self._page = sender.page
