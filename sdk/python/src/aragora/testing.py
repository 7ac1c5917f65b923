"""A server in memory, for tests of programs that use this SDK.

server = FakeServer()
server.on("GET", "/v1/account", reply({"workspace": ..., "api_key": ...}))
with server.client() as client:
    client.account.get()
assert server.requests[0].method == "GET"
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpx2

from aragora._core.options import RetryPolicy
from aragora.client import Aragora, AsyncAragora

BASE_URL = "http://aragora.test"
API_KEY = "ara_test"
AT_ONCE = RetryPolicy(base_s=0)


@dataclasses.dataclass(frozen=True, slots=True)
class Reply:
    """One answer; `fault` is a name of an httpx2 error that is raised instead, or after `body`."""

    status: int = 200
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    body: bytes = b""
    fault: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A request that arrived."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def reply(
    value: Any = None, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Reply:
    """A JSON answer; without a value an empty one."""
    if value is None:
        return Reply(status, headers or {})
    found = {"content-type": "application/json", **(headers or {})}
    return Reply(status, found, json.dumps(value).encode())


def problem(
    code: str, status: int, *, headers: Mapping[str, str] | None = None, **members: Any
) -> Reply:
    """A problem document as the server sends it."""
    document = {
        "type": f"urn:aragora:error:{code}",
        "title": code.replace("_", " "),
        "status": status,
        "code": code,
        "detail": f"the {code} problem",
        "request_id": "req_00000000000000000000000000000001",
        "errors": [],
        **members,
    }
    found = {"content-type": "application/problem+json", **(headers or {})}
    return Reply(status, found, json.dumps(document).encode())


def events(*values: Mapping[str, Any], fault: str | None = None) -> Reply:
    """A stream of server-sent events that ends, or breaks with `fault`."""
    body = "".join(_event(value) for value in values)
    return Reply(200, {"content-type": "text/event-stream"}, body.encode(), fault)


def _event(value: Mapping[str, Any]) -> str:
    head = f"id: {value['seq']}\n" if "seq" in value else ""
    return f"{head}event: {value['type']}\ndata: {json.dumps(value)}\n\n"


def refused() -> Reply:
    """The connection cannot be made."""
    return Reply(fault="ConnectError")


def lost() -> Reply:
    """The connection breaks after the request was sent."""
    return Reply(0, fault="ReadError")


def silent() -> Reply:
    """No byte arrives in time."""
    return Reply(0, fault="ReadTimeout")


class FakeServer:
    """Answers from a script and remembers what it was asked. The last answer repeats."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self._script: dict[tuple[str, str], list[Reply]] = {}

    def on(self, method: str, path: str, *replies: Reply) -> FakeServer:
        """Answer `method path` with these replies, one after the other."""
        self._script[method, path] = list(replies)
        return self

    def client(self, **options: Any) -> Aragora:
        """A client of this server that never waits between attempts."""
        http = httpx2.Client(transport=httpx2.MockTransport(self._answer))
        return Aragora(http_client=http, **_defaults(options))

    def async_client(self, **options: Any) -> AsyncAragora:
        """A client of this server that never waits between attempts."""
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(self._async_answer))
        return AsyncAragora(http_client=http, **_defaults(options))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        found = self._next(request)
        return httpx2.Response(found.status, headers=found.headers, stream=_Body(found))

    async def _async_answer(self, request: httpx2.Request) -> httpx2.Response:
        found = self._next(request)
        return httpx2.Response(found.status, headers=found.headers, stream=_AsyncBody(found))

    def _next(self, request: httpx2.Request) -> Reply:
        parts = urlsplit(str(request.url))
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Asked(request.method, parts.path, parts.query, headers, request.content)
        self.requests.append(asked)
        script = self._script.get((asked.method, asked.path))
        if script is None:
            return problem("not_found", 404)
        found = script.pop(0) if len(script) > 1 else script[0]
        if found.fault and found.status in {0, 200} and not found.body and not found.headers:
            raise _fault(found.fault)
        return found


def _fault(name: str) -> Exception:
    make: Callable[[str], Exception] = getattr(httpx2, name)
    return make(f"{name} on purpose")


class _Body(httpx2.SyncByteStream):
    def __init__(self, found: Reply) -> None:
        self._reply = found

    def __iter__(self) -> Iterator[bytes]:
        yield from _pieces(self._reply.body)
        if self._reply.fault:
            raise _fault(self._reply.fault)


class _AsyncBody(httpx2.AsyncByteStream):
    def __init__(self, found: Reply) -> None:
        self._reply = found

    async def __aiter__(self) -> Any:
        for piece in _pieces(self._reply.body):
            yield piece
        if self._reply.fault:
            raise _fault(self._reply.fault)


def _pieces(body: bytes) -> Sequence[bytes]:
    return [body] if body else []


def _defaults(options: dict[str, Any]) -> dict[str, Any]:
    return {"api_key": API_KEY, "base_url": BASE_URL, "retry": AT_ONCE, **options}
