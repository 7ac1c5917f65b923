"""An authenticated GET of a debate against bare ASGI on the same uvicorn, interleaved."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx2

from bench import load, serving

ROUNDS, CONNECTIONS, SECONDS = 5, 100, 2.0
ORIGINAL = 381
"""Requests a second of the original's list of receipts (aragora 2.11.1), as it was recorded: run
beside ours it answers 429 after some sixty of them, whatever its settings say."""


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
        asked = load.request("GET", f"/v1/debates/{created.json()['id']}", headers)
        time.sleep(3)  # the debate itself must be over before anything is measured
        taken: dict[str, list[float]] = {"bare": [], "debate": []}
        for _ in range(ROUNDS):
            taken["bare"].append(_rate(limit, load.request("GET", "/", {})))
            taken["debate"].append(_rate(url, asked))
    rates = {name: statistics.median(values) for name, values in taken.items()}
    return {
        "bare ASGI (requests/s)": round(rates["bare"]),
        "GET debate (requests/s)": round(rates["debate"]),
        "GET debate / bare ASGI": round(rates["debate"] / rates["bare"], 3),
        "GET debate / the original's list, recorded": round(rates["debate"] / ORIGINAL, 1),
    }


def _rate(url: str, asked: bytes) -> float:
    return asyncio.run(load.closed(url, asked, connections=CONNECTIONS, seconds=SECONDS))
