"""Around everything that answers: how long it took, what came of it, and one line that says so.

The line names the route, never the path or its query: those may hold what is nobody's business.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import attrs
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import logs, telemetry
from .operation import Operation

log = logging.getLogger("aragora.access")

NOBODYS = "none"
# The client has left before there was an answer; as nginx counts it.
LEFT = 499


@attrs.frozen
class Watched:
    """`operations` are those of the route, by method."""

    app: ASGIApp
    route: str = NOBODYS
    operations: Mapping[str, Operation] = attrs.field(factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent = _Sent(send)
        started = perf_counter()
        with logs.bound():
            try:
                await self.app(scope, receive, sent)
            except Exception:
                sent.status = sent.status or 500
                raise
            finally:
                self._tell(scope, sent, perf_counter() - started)

    def _tell(self, scope: Scope, sent: _Sent, took_s: float) -> None:
        method = scope["method"] if scope["type"] == "http" else "WEBSOCKET"
        operation = self.operations.get("GET" if method == "HEAD" else method)
        status = sent.status or LEFT
        is_stream = operation and operation.stream and status < 400
        if scope["type"] == "http" and not is_stream:
            name = operation.id if operation else NOBODYS
            telemetry.REQUESTS.labels(name, f"{status // 100}xx").observe(took_s)
        level = logging.DEBUG if _is_about_us(operation) and status < 400 else logging.INFO
        if log.isEnabledFor(level):
            fields: dict[str, Any] = {
                "method": method,
                "route": self.route,
                "status": status,
                "duration_ms": round(took_s * 1000, 3),
                "bytes": sent.bytes,
            }
            logs.tell(log, level, f"{method} {self.route} {status}", fields)


class _Sent:
    """Passes on what is sent, and remembers the little that is told of it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.bytes = 0

    async def __call__(self, message: Message) -> None:
        match message["type"]:
            case "http.response.start" | "websocket.http.response.start":
                self.status = message["status"]
            case "http.response.body":
                self.bytes += len(message.get("body", b""))
            case "websocket.send":
                self.bytes += len(message.get("text") or message.get("bytes") or b"")
            case "websocket.close":
                self.status = message.get("code", 1000)
        await self._send(message)


def _is_about_us(operation: Operation | None) -> bool:
    """Load balancers and scrapers ask every few seconds."""
    return operation is not None and operation.is_public and operation.tag == "system"
