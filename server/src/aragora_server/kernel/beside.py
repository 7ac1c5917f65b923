"""Paths that stand beside the contract and are only read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import attrs
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .errors import MethodNotAllowed
from .http import Answers, Exchange

ERRORS = frozenset({"not_found", "method_not_allowed"})


@attrs.frozen(kw_only=True)
class Beside:
    """GET and HEAD; every fault becomes a problem document."""

    answers: Answers
    read: Callable[[Request, Exchange], Awaitable[Response]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange.open(scope, self.answers.version)
        try:
            response = await self._answer(Request(scope), exchange)
        except Exception as fault:  # noqa: BLE001 - every fault becomes a problem document
            error = self.answers.declared(exchange, fault, ERRORS)
            response = self.answers.problem(exchange, error)
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _answer(self, request: Request, exchange: Exchange) -> Response:
        if request.method not in ("GET", "HEAD"):
            exchange.add({"Allow": "GET, HEAD"})
            raise MethodNotAllowed(f"{exchange.path} does not answer {request.method}")
        return await self.read(request, exchange)
