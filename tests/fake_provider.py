"""A provider on loopback: real HTTP, and any trouble a provider can make, chosen by model name."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import attrs
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

REPLY = '{"answer": "approve", "confidence": 70, "reasoning": "Größe zählt: 日本語."}'
USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 40,
    "total_tokens": 140,
    "prompt_tokens_details": {"cached_tokens": 30},
    "completion_tokens_details": {"reasoning_tokens": 12},
}


@attrs.define
class FakeProvider:
    """`bodies` are the requests that came, `hung_up` those whose client went away."""

    url: str = ""
    bodies: list[dict[str, Any]] = attrs.field(factory=list)
    headers: list[dict[str, str]] = attrs.field(factory=list)
    hung_up: int = 0

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> Response:
        body = json.loads(await request.body() or b"{}")
        self.bodies.append(body)
        self.headers.append(dict(request.headers))
        model = str(body.get("model") or request.url.path.rpartition("/")[2].partition(":")[0])
        trouble = TROUBLES.get(model)
        if trouble is not None:
            status, content, headers = trouble
            return Response(content, status, headers, media_type="application/json")
        if model == "endless":
            await self._wait_for_hang_up(request)
        if body.get("stream"):
            return StreamingResponse(self._stream(model), media_type="text/event-stream")
        return JSONResponse(completion(model))

    async def _wait_for_hang_up(self, request: Request) -> None:
        for _ in range(500):
            if await request.is_disconnected():
                self.hung_up += 1
                return
            await asyncio.sleep(0.01)

    async def _stream(self, model: str) -> AsyncIterator[bytes]:
        pieces = [REPLY[at : at + 7] for at in range(0, len(REPLY), 7)]
        for no, piece in enumerate(pieces):
            if model == "torn" and no == 3:
                return
            yield _event(chunk(model, {"content": piece}))
        yield _event(chunk(model, {}, finish="stop"))
        if model != "silent":
            yield _event(chunk(model, {}) | {"choices": [], "usage": USAGE})
        yield b"data: [DONE]\n\n"


TROUBLES: dict[str, tuple[int, str, dict[str, str]]] = {
    "down": (503, '{"error": {"message": "overloaded"}}', {"retry-after": "7"}),
    "busy": (429, '{"error": {"message": "slow down"}}', {"retry-after": "3"}),
    "unpaid": (401, '{"error": {"message": "bad key sk-secret-key-of-the-test"}}', {}),
    "broken": (200, '{"id": "x", "choices": [', {}),
    "odd": (200, '{"hello": "world"}', {}),
    "overflow": (
        400,
        '{"error": {"message": "longer than 10 tokens", "code": "context_length_exceeded"}}',
        {},
    ),
}


def completion(model: str) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": REPLY}
    finish = "stop"
    if model == "withheld":
        message["content"], finish = None, "content_filter"
    answer = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": f"{model}-2026-01",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    return answer if model == "silent" else answer | {"usage": USAGE}


def chunk(model: str, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": f"{model}-2026-01",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def _event(content: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(content)}\n\n".encode()


@contextmanager
def running() -> Iterator[FakeProvider]:
    fake = FakeProvider()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        fake.url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        server = uvicorn.Server(
            uvicorn.Config(fake.app(), log_level="error", lifespan="off", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.005)
            yield fake
        finally:
            server.should_exit = True
            thread.join(5)
