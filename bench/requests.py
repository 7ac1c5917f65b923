"""An authenticated GET of a debate against bare ASGI on the same uvicorn, interleaved."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from bench import serving

ROUNDS, CONNECTIONS, SECONDS = 5, 100, 2.0


def measure() -> dict[str, float]:
    """Requests a second over 100 keep-alive connections, and their ratio."""
    port = serving.free_port()
    limit = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "bench.bare", str(port)]
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.aragora(Path(folder)) as (url, credentials, _),
        serving.process(command, f"{limit}/"),
    ):
        headers = {"authorization": f"Bearer {credentials['api_key']}"}
        created = httpx2.post(f"{url}/v1/debates", json={"question": "Ship?"}, headers=headers)
        path = f"/v1/debates/{created.json()['id']}"
        time.sleep(3)  # the debate itself must be over before anything is measured
        taken: dict[str, list[float]] = {"bare": [], "debate": []}
        for _ in range(ROUNDS):
            taken["bare"].append(_rate(limit, "/", {}))
            taken["debate"].append(_rate(url, path, headers))
    rates = {name: statistics.median(values) for name, values in taken.items()}
    return {
        "bare ASGI (requests/s)": round(rates["bare"]),
        "GET debate (requests/s)": round(rates["debate"]),
        "GET debate / bare ASGI": round(rates["debate"] / rates["bare"], 3),
    }


def _rate(url: str, path: str, headers: dict[str, str]) -> float:
    return asyncio.run(_load(url, path, headers))


async def _load(url: str, path: str, headers: dict[str, str]) -> float:
    """A closed loop on raw sockets, so that the client costs as little as it can."""
    host, port = url.removeprefix("http://").split(":")
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nhost: {host}\r\n{lines}\r\n".encode()
    end = time.monotonic() + SECONDS
    counts = await asyncio.gather(
        *(_loop(host, int(port), request, end) for _ in range(CONNECTIONS))
    )
    return sum(counts) / SECONDS


async def _loop(host: str, port: int, request: bytes, end: float) -> int:
    reader, writer = await asyncio.open_connection(host, port)
    count = 0
    while time.monotonic() < end:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        count += 1
    writer.close()
    return count
