"""Events over a WebSocket: the same log, the same resume, the same errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import pytest
from aragora import (
    Aragora,
    AsyncAragora,
    ConfigurationError,
    IdleTimeout,
    NotFound,
    RetryPolicy,
    StreamError,
    Unauthenticated,
)
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.debate_wire import ID, log

pytestmark = pytest.mark.anyio

AT_ONCE = RetryPolicy(base_s=0)


class Script:
    """What the server does, one step a connection."""

    def __init__(self, *steps: Callable[[ServerConnection, int], None]) -> None:
        self.steps = list(steps)
        self.paths: list[str] = []
        self.authorizations: list[str] = []

    def __call__(self, socket: ServerConnection) -> None:
        request = socket.request
        assert request
        self.paths.append(request.path)
        self.authorizations.append(request.headers["authorization"])
        after = int(request.path.partition("after=")[2].partition("&")[0])
        self.steps.pop(0)(socket, after)


def send(*, count: int | None = None, code: int = 1000, reason: str = "") -> Any:
    """Send `count` events after the resume point, then close with `code`."""

    def step(socket: ServerConnection, after: int) -> None:
        for entry in log()[after:][:count]:
            socket.send(json.dumps(entry))
        socket.close(code, reason)

    return step


def vanish(socket: ServerConnection, _: int) -> None:
    """Close the socket below the protocol: the client sees 1006."""
    socket.socket.close()


def silence(socket: ServerConnection, _: int) -> None:
    socket.recv(timeout=3)


@contextmanager
def running(script: Script, **options: Any) -> Iterator[str]:
    with serve(script, "127.0.0.1", 0, **options) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        finally:
            server.shutdown()
            thread.join()


def follow(url: str, **options: Any) -> list[str]:
    with Aragora(api_key="ara_k", base_url=url, retry=AT_ONCE) as client:
        stream = client.debates.events(ID, transport="websocket", request_options=options)  # type: ignore[arg-type]
        return [event.type for event in stream]


async def follow_async(url: str, **options: Any) -> list[str]:
    async with AsyncAragora(api_key="ara_k", base_url=url, retry=AT_ONCE) as client:
        stream = client.debates.events(ID, transport="websocket", request_options=options)  # type: ignore[arg-type]
        return [event.type async for event in stream]


TYPES = [entry["type"] for entry in log()]


def test_the_whole_log_arrives() -> None:
    script = Script(send())
    with running(script) as url:
        assert follow(url) == TYPES

    assert script.authorizations == ["Bearer ara_k"]
    assert script.paths == [f"/v1/debates/{ID}/events/socket?after=0&deltas=false"]


@pytest.mark.parametrize("code", [1001, 1011, 1012, 4008])
def test_a_close_that_is_not_the_end_is_resumed(code: int) -> None:
    script = Script(send(count=4, code=code), vanish, send())
    with running(script) as url:
        assert follow(url) == TYPES

    assert [path.partition("after=")[2].partition("&")[0] for path in script.paths] == [
        "0",
        "4",
        "4",
    ]


async def test_async_the_log_is_resumed_alike() -> None:
    script = Script(send(count=4, code=4008), vanish, send())
    with running(script) as url:
        assert await follow_async(url) == TYPES


@pytest.mark.parametrize(
    ("code", "reason", "error"),
    [(4401, "unauthenticated", Unauthenticated), (4404, "no such debate", NotFound)],
)
async def test_a_refusing_close_is_the_typed_error(
    code: int, reason: str, error: type[Exception]
) -> None:
    script = Script(*[send(count=0, code=code, reason=reason)] * 2)
    with running(script) as url:
        with pytest.raises(error):
            follow(url)
        with pytest.raises(error):
            await follow_async(url)


async def test_a_policy_close_is_a_stream_error() -> None:
    script = Script(*[send(count=0, code=1008)] * 2)
    with running(script) as url:
        with pytest.raises(StreamError, match="1008"):
            follow(url)
        with pytest.raises(StreamError, match="1008"):
            await follow_async(url)


async def test_a_refused_handshake_is_the_typed_error() -> None:
    def refuse(socket: ServerConnection, _: Request) -> Response:
        return socket.respond(HTTPStatus.NOT_FOUND, "no such debate")

    with running(Script(), process_request=refuse) as url:
        with pytest.raises(NotFound, match="no such debate"):
            follow(url)
        with pytest.raises(NotFound):
            await follow_async(url)


async def test_silence_reconnects_and_then_is_an_idle_timeout() -> None:
    with running(Script(*[silence] * 6)) as url:
        with pytest.raises(IdleTimeout):
            follow(url, idle_s=0.1)
        with pytest.raises(IdleTimeout):
            await follow_async(url, idle_s=0.1)


async def test_nobody_listening_is_a_failed_connection() -> None:
    from aragora import ConnectionFailed

    with running(Script()) as url:
        pass

    with pytest.raises(ConnectionFailed):
        follow(url)
    with pytest.raises(ConnectionFailed):
        await follow_async(url)


async def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in ("websockets.sync.client", "websockets.asyncio.client"):
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(ConfigurationError, match=r"aragora\[ws\]"):
        follow("http://127.0.0.1:9")
    with pytest.raises(ConfigurationError, match=r"aragora\[ws\]"):
        await follow_async("http://127.0.0.1:9")
