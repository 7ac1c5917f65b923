"""The HTTP library: httpx2 by default, or whichever client of httpx2 or httpx is handed in."""

from __future__ import annotations

import dataclasses
import functools
import logging
import os
import random
import re
import ssl
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from aragora._core.retry import Answer, Broke
from aragora.errors import ConfigurationError

log = logging.getLogger("aragora")

_CONNECT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"})
_OURS = frozenset({"UnsupportedProtocol", "InvalidURL", "LocalProtocolError"})
_KEY = re.compile(r"\bara_[A-Za-z0-9_-]+")


class HttpClient(Protocol):
    """The part of `httpx2.Client` and `httpx.Client`, or their async twins, that we use."""

    def build_request(
        self, method: str, url: str, *, content: Any = ..., headers: Any = ..., timeout: Any = ...
    ) -> Any: ...

    def send(self, request: Any, *, stream: bool = ...) -> Any: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Effects:
    """Clock and chance, handed in so that decisions can be repeated."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    sleep: Callable[[float], None] = time.sleep


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One attempt, as middleware sees it."""

    operation_id: str
    method: str
    url: str
    headers: Mapping[str, str] = dataclasses.field(repr=False)
    body: bytes | None = dataclasses.field(repr=False)
    attempt: int


class Broken(Exception):
    """An attempt without a usable answer; never leaves the SDK."""

    def __init__(self, outcome: Answer | Broke) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Library:
    """What must be known about the library of a client: its errors."""

    def __init__(self, client: HttpClient, *, is_async: bool) -> None:
        names = (cls.__module__.partition(".")[0] for cls in type(client).__mro__)
        root = next((name for name in names if name in {"httpx2", "httpx"}), None)
        wanted = "AsyncClient" if is_async else "Client"
        if root is None or not isinstance(client, getattr(sys.modules[root], wanted)):
            raise ConfigurationError(f"http_client must be a {wanted} of httpx2 or httpx")
        module: Any = sys.modules[root]
        self.errors: tuple[type[Exception], ...] = (
            module.HTTPError,
            module.InvalidURL,
            module.StreamError,
        )

    def broken(self, error: Exception, *, is_late: bool) -> Exception:
        """What an exception of the library means."""
        names = {cls.__name__ for cls in type(error).__mro__}
        if names & _OURS:
            return ConfigurationError(str(error))
        if is_late:
            return Broken(Broke("deadline", error))
        if names & _CONNECT:
            return Broken(Broke("connect", error))
        return Broken(Broke("idle" if "TimeoutException" in names else "lost", error))


@functools.cache
def tls_context() -> ssl.SSLContext:
    """One a process: building it costs a hundred times what a client costs."""
    import httpx2

    return httpx2.create_ssl_context()


_PROXY_VARIABLES = frozenset({"http_proxy", "https_proxy", "all_proxy"})


def make_client(*, is_async: bool) -> Any:
    """Our own client: shared TLS context, a wide pool, TCP keep-alive."""
    import socket

    import httpx2

    limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=100)
    make, make_transport = (
        (httpx2.AsyncClient, httpx2.AsyncHTTPTransport)
        if is_async
        else (httpx2.Client, httpx2.HTTPTransport)
    )
    # A transport of our own would make the library ignore the proxies of the environment.
    if any(name.lower() in _PROXY_VARIABLES for name in os.environ):
        return make(verify=tls_context(), limits=limits)
    keep_alive = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    transport: Any = make_transport(verify=tls_context(), limits=limits, socket_options=keep_alive)
    return make(verify=tls_context(), transport=transport)


def send_arguments(request: Request, connect_s: float, idle_s: float) -> dict[str, Any]:
    """Arguments of `build_request`; both libraries take the timeouts as a 4-tuple."""
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "content": request.body,
        "timeout": (connect_s, idle_s, idle_s, idle_s),
    }


def answer_of(response: Any, body: bytes) -> Answer:
    """A library's response as ours; header names are already in lower case."""
    return Answer(response.status_code, dict(response.headers.items()), body)


def redact(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers that may be logged."""
    shown = dict(headers)
    if "authorization" in shown:
        shown["authorization"] = "***"
    if "idempotency-key" in shown:
        shown["idempotency-key"] = shown["idempotency-key"][:6] + "***"
    return shown


def log_attempt(request: Request, answer: Answer | Broke, took_s: float) -> None:
    """One line at info; headers and bodies without secrets at debug."""
    if not log.isEnabledFor(logging.INFO):
        return
    what = str(answer.status) if isinstance(answer, Answer) else f"{answer.how}: {answer.cause}"
    request_id = answer.request_id if isinstance(answer, Answer) else None
    took_ms = round(took_s * 1000)
    line = (request.method, request.url.partition("?")[0], what, took_ms, request.attempt)
    log.info("%s %s -> %s in %d ms (attempt %d) [%s]", *line, request_id)
    if log.isEnabledFor(logging.DEBUG):
        log.debug("sent %s %s", redact(request.headers), _text(request.body or b""))
        if isinstance(answer, Answer):
            log.debug("got %s %s", redact(answer.headers), _text(answer.body))


def _text(body: bytes) -> str:
    return _KEY.sub("ara_***", body[:4096].decode(errors="replace"))


def set_up_logging(level: str | None) -> None:
    """`ARAGORA_LOG=debug|info` shows the log without any further set-up."""
    if level not in {"debug", "info"}:
        return
    log.setLevel(level.upper())
    if not log.handlers and not logging.getLogger().handlers:
        log.addHandler(logging.StreamHandler())


def new_idempotency_key() -> str:
    return "idk_" + os.urandom(16).hex()
