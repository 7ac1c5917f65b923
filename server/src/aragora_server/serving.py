"""How HTTP is served: uvicorn's settings, how much may come in, and how it goes."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from types import FrameType
from typing import Any

import anyio
import attrs
import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from .kernel import telemetry
from .kernel.door import MOST_REQUESTS, Door
from .kernel.drain import Drain
from .settings import Settings

log = logging.getLogger(__name__)

LINGER_S = 1
LAST_WORD_S = 0.5
TICKS_A_SECOND = 10
STUCK_S = 15.0
"""So long a connection may take to send a request, or to take what it is sent."""

MOST_LOOSE = 65_536
"""Bytes of a head, as h11 has it too."""

MOST_DESCRIPTORS = 65_536
FOR_THE_REST = 64
"""Files, the database's connections and those to model providers, at the very least."""


@attrs.frozen
class Room:
    """What the limit of open files leaves: connections, and streams among them."""

    connections: int
    streams: int

    @classmethod
    def of(cls, descriptors: int, settings: Settings) -> Room:
        rest = max(FOR_THE_REST, descriptors // 8) + settings.pg_pool
        connections = max(1, descriptors - rest)
        return cls(
            connections=min(connections, settings.max_streams + MOST_REQUESTS),
            streams=min(settings.max_streams, connections * 9 // 10),
        )


def raise_descriptors() -> int:
    """As many open files as this process is allowed to allow itself; how many that are."""
    if sys.platform == "win32":
        return MOST_DESCRIPTORS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MOST_DESCRIPTORS)
    if 0 <= soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):
            return soft
        return wanted
    return MOST_DESCRIPTORS if soft < 0 else min(soft, MOST_DESCRIPTORS)


class Socket(WebSocketsSansIOProtocol):
    """Says its last word even to a reader that takes nothing: it comes after what waits.

    Answers to pings do not: whoever sends them and reads nothing would have them kept without end.
    RFC 6455, section 5.5.3, asks for an answer to the latest ping alone.
    """

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.writable.set()
        await super().send(message)

    def handle_ping(self) -> None:
        if self.writable.is_set():
            super().handle_ping()
        else:
            self.conn.data_to_send()


class Bounded(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """Refuses a head, or trailers, without an end: httptools would keep whatever comes."""

    loose = 0
    """Bytes that were taken since the last head, piece of a body, or end of a request."""

    def data_received(self, data: bytes) -> None:
        self.loose += len(data)
        super().data_received(data)
        if self.loose > MOST_LOOSE and not self.transport.is_closing():
            self.send_400_response("The head of this request is too long.")

    def on_headers_complete(self) -> None:
        self.loose = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.loose = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self.loose = 0
        super().on_message_complete()


def _http(most_connections: int) -> type[asyncio.Protocol]:
    """Beyond what can be answered, a connection is cut: the files that are left are not for it."""

    class Http(Bounded):
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            if len(self.connections) > most_connections:
                telemetry.REFUSED.labels("files").inc()
                log.warning("a connection was cut: %d are open", len(self.connections))
                transport.abort()

    return Http


def config(app: Any, room: Room) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        http=_http(room.connections + FOR_THE_REST // 2),
        ws=Socket,
        ws_per_message_deflate=False,
        ws_max_size=65_536,
        ws_ping_interval=15,
        ws_ping_timeout=15,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=LINGER_S,
    )


class Server(uvicorn.Server):
    """At the first signal it takes leave of everything under way; at the second it is gone."""

    def __init__(self, door: Door, room: Room, drain: Drain, *, drain_s: float) -> None:
        super().__init__(config(door, room))
        door.connections = lambda: len(self.server_state.connections)
        self._door = door
        self._drain = drain
        self._drain_s = drain_s
        self._waiting: dict[Any, float] = {}

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal's
        if self._drain.is_on:
            os._exit(128 + sig)
        self._drain.begin()

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Once told to go, requests are answered until nothing is under way; then it closes."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._leave)
            await super().serve(sockets)
            group.cancel_scope.cancel()

    async def on_tick(self, counter: int) -> bool:
        if counter % TICKS_A_SECOND == 0:
            self._cut_the_stuck(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    async def _leave(self) -> None:
        await self._drain.wait()
        with anyio.move_on_after(self._drain_s + LAST_WORD_S):
            await self._drain.rested.wait()
            while self._door.inside:
                await anyio.sleep(0.02)
        self.should_exit = True

    def _cut_the_stuck(self, now: float) -> None:
        """What waits for a reader or for a sender does not wait for ever."""
        stuck = [one for one in self.server_state.connections if _is_stuck(one)]
        self._waiting = {one: self._waiting.get(one, now) for one in stuck}
        for one, since in self._waiting.items():
            if now - since > STUCK_S:
                one.transport.abort()


def _is_stuck(connection: Any) -> bool:
    """It closes, has sent no whole request, or asks on and takes no answer. Streams have keepers
    of their own, and uvicorn's timer ends a silence between requests until a byte stops it."""
    if connection.transport.is_closing():
        return True
    if isinstance(connection, Socket):
        return False
    cycle = connection.cycle
    if cycle is None:
        return True
    if cycle.response_complete:
        return connection.timeout_keep_alive_task is None
    return bool(connection.flow.write_paused)
