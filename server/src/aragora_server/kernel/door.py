"""Refuses at once what could not be carried, so that what is inside is served well."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from starlette.types import ASGIApp, Receive, Scope, Send

from . import telemetry
from .errors import Unavailable
from .http import Answers, Exchange
from .seats import Seats
from .watch import Watched

# Whoever looks after the server must see it most when it is full.
ALWAYS_OPEN = frozenset({"/healthz", "/readyz", "/metrics"})
MOST_REQUESTS = 2_000
RETRY_AFTER_S = 1


@attrs.define(kw_only=True, eq=False)
class Door:
    """In front of the whole application. Streams are counted by `seats`, not here."""

    app: ASGIApp
    answers: Answers
    seats: Seats
    most_requests: int = MOST_REQUESTS
    most_connections: int
    connections: Callable[[], int] = lambda: 0
    inside: int = 0
    _refusal: ASGIApp = attrs.field(
        init=False, default=attrs.Factory(lambda self: Watched(self._refuse), takes_self=True)
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or scope["path"] in ALWAYS_OPEN:
            await self.app(scope, receive, send)
        elif too_many := self._too_many:
            telemetry.REFUSED.labels(too_many).inc()
            await self._refusal(scope, receive, send)
        else:
            self.inside += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.inside -= 1

    @property
    def requests(self) -> int:
        """Under way now, streams excepted."""
        return self.inside - len(self.seats.open)

    @property
    def _too_many(self) -> str | None:
        if self.requests >= self.most_requests:
            return "requests"
        return "connections" if self.connections() > self.most_connections else None

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange.open(scope, self.answers.version)
        exchange.add({"Connection": "close"})
        error = Unavailable("too much is asked of this server now", retry_after_s=RETRY_AFTER_S)
        # Before a WebSocket is accepted, this is its answer too.
        await self.answers.problem(exchange, error)(scope, receive, send)
