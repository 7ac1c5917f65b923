"""What answers at a path: its operations, its WebSocket, or a refusal."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import anyio
import attrs
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from .call import Call
from .errors import AragoraError, MethodNotAllowed, NotFound, Unavailable, UpgradeRequired
from .gate import Admitted
from .http import Answers, Exchange
from .streaming import (
    Show,
    Stage,
    accept,
    close_code,
    close_message,
)

log = logging.getLogger("aragora.http")

HANDLER_S = 30.0


@attrs.frozen
class Resource:
    """The operations of one path, by method."""

    calls: Mapping[str, Call]
    answers: Answers
    stage: Stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        exchange = Exchange.open(scope, self.answers.version)
        call = self.calls.get("GET" if request.method == "HEAD" else request.method)
        if call is None:
            response = self._other_method(request, exchange)
        elif call.operation.stream and request.method == "GET":
            await _Streamed(call, self, request, exchange).serve(send)
            return
        else:
            response = await self._answer(call, request, exchange)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _answer(self, call: Call, request: Request, exchange: Exchange) -> Response:
        try:
            admitted = await self.admit(call, request, exchange)
            if call.operation.stream:
                return Response(b"", 200, exchange.headers, "text/event-stream")
            content = await _in_time(call, request, admitted)
        except Exception as fault:  # noqa: BLE001 - every fault becomes a problem document
            error = self.answers.declared(exchange, fault, call.operation.errors)
            return self.answers.problem(exchange, error)
        success = call.operation.success
        return Response(content, success.status, exchange.headers, success.media_type)

    async def admit(
        self, call: Call, connection: HTTPConnection, exchange: Exchange
    ) -> Admitted | None:
        exchange.add(call.fixed_headers)
        authorization = connection.headers.get("authorization")
        return await self.stage.gate.admit(call.operation, authorization, exchange)

    def _other_method(self, request: Request, exchange: Exchange) -> Response:
        allowed = {*self.calls, "OPTIONS", *(["HEAD"] if "GET" in self.calls else [])}
        exchange.add({"Allow": ", ".join(sorted(allowed))})
        if request.method == "OPTIONS":
            return Response(b"", 204, exchange.headers)
        error = MethodNotAllowed(f"{exchange.path} does not answer {request.method}")
        return self.answers.problem(exchange, error)


async def _in_time(call: Call, request: Request, admitted: Admitted | None) -> bytes:
    with anyio.move_on_after(HANDLER_S):
        return await call.answer(request, admitted)
    raise Unavailable(f"no answer within {HANDLER_S:g} seconds", retry_after_s=1)


@attrs.frozen
class _Streamed:
    """A stream over SSE; before its first byte it can still be refused as a problem."""

    call: Call
    resource: Resource
    request: Request
    exchange: Exchange

    async def serve(self, send: Send) -> None:
        began = False

        async def watched(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            await self._stream(watched)
        except Exception as fault:  # noqa: BLE001 - every fault becomes a problem document
            error = self.resource.answers.declared(self.exchange, fault, self.call.operation.errors)
            if not began:
                response = self.resource.answers.problem(self.exchange, error)
                await response(self.request.scope, self.request.receive, send)

    async def _stream(self, send: Send) -> None:
        admitted = await self.resource.admit(self.call, self.request, self.exchange)
        path = self.request.path_params
        values = self.call.params.read(
            path, self.request.scope["query_string"], self.request.headers
        )
        show = Show(
            call=self.call,
            stage=self.resource.stage,
            admitted=admitted,
            subject=path,
            receive=self.request.receive,
            send=send,
        )
        source = self.call.open_stream(admitted, values)
        await show.over_sse(source, self.exchange.headers)


@attrs.frozen
class Socket:
    """The same stream over a WebSocket: refusals are close codes."""

    call: Call
    answers: Answers
    stage: Stage

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange.open(scope, self.answers.version)
        if not await accept(exchange.headers, receive, send):
            return
        try:
            await self._stream(HTTPConnection(scope), exchange, receive, send)
        except Exception as fault:  # noqa: BLE001 - every fault becomes a close code
            error = self.answers.declared(exchange, fault, self.call.operation.errors)
            await send(close_message(close_code(error), error.code))

    async def _stream(
        self, connection: HTTPConnection, exchange: Exchange, receive: Receive, send: Send
    ) -> None:
        authorization = connection.headers.get("authorization")
        admitted = await self.stage.gate.admit(self.call.operation, authorization, exchange)
        path = connection.path_params
        values = self.call.params.read(path, connection.scope["query_string"], connection.headers)
        show = Show(
            call=self.call,
            stage=self.stage,
            admitted=admitted,
            subject=path,
            receive=receive,
            send=send,
        )
        await show.over_websocket(self.call.open_stream(admitted, values))


@attrs.frozen
class Refusal:
    """The same error to everybody."""

    answers: Answers
    error: type[AragoraError]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange.open(scope, self.answers.version)
        error = self.error(REASONS.get(self.error, ""))
        if scope["type"] == "websocket":
            if await accept(exchange.headers, receive, send):
                await send(close_message(close_code(error), error.code))
            return
        if isinstance(error, UpgradeRequired):
            exchange.add({"Upgrade": "websocket", "Connection": "Upgrade"})
        response = self.answers.problem(exchange, error)
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)


REASONS: Mapping[type[AragoraError], str] = {
    NotFound: "there is nothing at this path",
    UpgradeRequired: "connect with a WebSocket client",
}
