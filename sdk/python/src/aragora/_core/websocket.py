"""Events over a WebSocket: the same events, one a message. Needs the extra `ws`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from aragora._core.follow import meaning_of_close
from aragora._core.retry import Answer, Broke
from aragora._core.sse import MAX_EVENT_BYTES, ServerSent
from aragora._core.transport import Clocked
from aragora._core.wire import Broken, Request
from aragora.errors import ConfigurationError

_HANDSHAKE_HEADERS = frozenset({"authorization", "user-agent", "last-event-id"})
_MISSING = "transport='websocket' needs the package websockets: pip install 'aragora[ws]'"


def _options(clocked: Clocked, request: Request) -> dict[str, Any]:
    url = request.url
    left_s = clocked.left_s()
    wait_s = clocked.call.timeouts.connect_s
    return {
        "uri": "ws" + url.removeprefix("http"),
        "additional_headers": {
            name: value for name, value in request.headers.items() if name in _HANDSHAKE_HEADERS
        },
        "user_agent_header": None,
        "open_timeout": wait_s if left_s is None else min(wait_s, left_s),
        "close_timeout": 1,
        "max_size": MAX_EVENT_BYTES,
        "compression": None,
    }


def _idle_s(clocked: Clocked) -> float:
    left_s = clocked.left_s()
    return clocked.call.idle_s if left_s is None else min(clocked.call.idle_s, left_s)


def _quiet(clocked: Clocked, error: BaseException) -> Broken:
    return Broken(Broke("deadline" if clocked.is_late() else "idle", error))


def _refused(error: Exception) -> Broken:
    response = getattr(error, "response", None)
    if response is None:
        return Broken(Broke("connect", error))
    headers = {name.lower(): value for name, value in response.headers.raw_items()}
    return Broken(Answer(response.status_code, headers, bytes(response.body or b"")))


def _closed(error: Any) -> None:
    close = error.rcvd
    outcome = meaning_of_close(close.code if close else 1006, close.reason if close else "")
    if outcome is not None:
        raise Broken(outcome) from error


def _sent(message: str | bytes) -> ServerSent:
    return ServerSent("message", message if isinstance(message, str) else message.decode())


@contextmanager
def connect(clocked: Clocked, request: Request) -> Iterator[Iterator[ServerSent]]:
    """The events of one connection."""
    try:
        from websockets.exceptions import ConnectionClosed, WebSocketException
        from websockets.sync.client import connect as connect_socket
    except ImportError as error:
        raise ConfigurationError(_MISSING) from error

    def messages(socket: Any) -> Iterator[ServerSent]:
        while True:
            try:
                yield _sent(socket.recv(timeout=_idle_s(clocked)))
            except ConnectionClosed as error:
                return _closed(error)
            except TimeoutError as error:
                raise _quiet(clocked, error) from error

    try:
        socket = connect_socket(**_options(clocked, request))
    except (OSError, WebSocketException) as error:
        raise _refused(error) from error
    with socket:
        yield messages(socket)


@asynccontextmanager
async def connect_async(
    clocked: Clocked, request: Request
) -> AsyncIterator[AsyncIterator[ServerSent]]:
    """The events of one connection."""
    try:
        from websockets.asyncio.client import connect as connect_socket
        from websockets.exceptions import ConnectionClosed, WebSocketException
    except ImportError as error:
        raise ConfigurationError(_MISSING) from error
    import asyncio

    async def messages(socket: Any) -> AsyncIterator[ServerSent]:
        while True:
            try:
                async with asyncio.timeout(_idle_s(clocked)):
                    message = await socket.recv()
            except ConnectionClosed as error:
                _closed(error)
                return
            except TimeoutError as error:
                raise _quiet(clocked, error) from error
            yield _sent(message)

    try:
        socket = await connect_socket(**_options(clocked, request))
    except (OSError, WebSocketException) as error:
        raise _refused(error) from error
    async with socket:
        yield messages(socket)
