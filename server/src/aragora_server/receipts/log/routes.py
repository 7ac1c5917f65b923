"""The files of the log over HTTP: the only paths that are no operation of the contract, because
they contain slashes where its parameters cannot."""

from __future__ import annotations

import attrs
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from aragora_server.kernel.errors import MethodNotAllowed
from aragora_server.kernel.http import Answers, Exchange

from .files import LogFiles, Wanted

PATH = "/receipts/{file:path}"
GROWS = "public, max-age=5"
NEVER_CHANGES = "public, max-age=31536000, immutable"
ERRORS = frozenset({"not_found", "method_not_allowed"})


@attrs.frozen(kw_only=True)
class LogFile:
    """Any of them: what does not change may be kept by anybody."""

    files: LogFiles
    answers: Answers

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
        wanted = Wanted.parse(request.url.path)
        content = await self.files.read(wanted)
        is_note = wanted.kind == "checkpoint"
        exchange.add({"Cache-Control": GROWS if is_note else NEVER_CHANGES})
        media_type = "text/plain; charset=utf-8" if is_note else "application/octet-stream"
        return Response(content, 200, exchange.headers, media_type)
