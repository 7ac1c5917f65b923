"""What the client adds to a request: the same GET by bare httpx2 and by the SDK, interleaved."""

from __future__ import annotations

import asyncio
import statistics
import threading
import time
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
from aragora import Aragora, AsyncAragora

ROUNDS, CALLS = 5, 400
BODY = (
    b'{"status":"ok","request":"a body of about two hundred bytes, as a small answer would be: '
    + b"x" * 110
    + b'"}'
)


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def measure() -> dict[str, float]:
    """Microseconds of client CPU a request (median and minimum of the rounds)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        return {**_told("sync", _sync(url)), **_told("async", asyncio.run(_async(url)))}
    finally:
        server.shutdown()
        server.server_close()


def _sync(url: str) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"httpx2": [], "aragora": []}
    with httpx2.Client(base_url=url) as bare, Aragora(api_key="k", base_url=url) as client:
        calls: dict[str, Callable[[], object]] = {
            "httpx2": lambda: bare.get("/healthz").json(),
            "aragora": client.system.health,
        }
        for call in calls.values():
            call()
        for _ in range(ROUNDS):
            for name, call in calls.items():
                start = time.thread_time()
                for _ in range(CALLS):
                    call()
                taken[name].append((time.thread_time() - start) / CALLS * 1e6)
    return taken


async def _async(url: str) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"httpx2": [], "aragora": []}
    async with (
        httpx2.AsyncClient(base_url=url) as bare,
        AsyncAragora(api_key="k", base_url=url) as client,
    ):
        calls: dict[str, Callable[[], Awaitable[object]]] = {
            "httpx2": lambda: bare.get("/healthz"),
            "aragora": client.system.health,
        }
        for call in calls.values():
            await call()
        for _ in range(ROUNDS):
            for name, call in calls.items():
                start = time.thread_time()
                for _ in range(CALLS):
                    await call()
                taken[name].append((time.thread_time() - start) / CALLS * 1e6)
    return taken


def _told(kind: str, taken: dict[str, list[float]]) -> dict[str, float]:
    median = {name: statistics.median(times) for name, times in taken.items()}
    least = {name: min(times) for name, times in taken.items()}
    return {
        f"{kind} httpx2 (us)": round(median["httpx2"], 1),
        f"{kind} aragora (us)": round(median["aragora"], 1),
        f"{kind} added, median (us)": round(median["aragora"] - median["httpx2"], 1),
        f"{kind} added, minimum (us)": round(least["aragora"] - least["httpx2"], 1),
        f"{kind} aragora / httpx2": round(median["aragora"] / median["httpx2"], 3),
    }
