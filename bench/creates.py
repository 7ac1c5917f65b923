"""`createDebate` as strangers send it: at random moments, whether the server is ready or not."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import databases, load, services, serving

CONNECTIONS, RATE, RATE_RUN, SECONDS, SYNCS = 100, 200.0, 10.0, 8.0, 200
BODY = {"question": "Ship on Friday?"}
WAITING = {"ARAGORA_SCRIPTED_PACE_S": "600"}
"""The first hundred debates begin and wait for their agents, and all others wait for these."""


def measure() -> dict[str, float]:
    """Milliseconds from the scheduled moment to the answer."""
    with tempfile.TemporaryDirectory() as folder:
        sync_ms = _sync_ms(Path(folder))
        embedded = _create(folder, RATE, WAITING)
        running = _create(f"{folder}/running", RATE_RUN, {})
        closed = _closed(f"{folder}/closed")
        with _outside(Path(folder)) as settings:
            full = _create(f"{folder}/full", RATE, settings)
    return {
        "scheduled (requests/s)": RATE,
        "SQLite: p50 (ms)": embedded[0],
        "SQLite: p99 (ms)": embedded[1],
        "PostgreSQL: p50 (ms)": full[0],
        "PostgreSQL: p99 (ms)": full[1],
        "scheduled while debates run (requests/s)": RATE_RUN,
        "SQLite, while debates run: p50 (ms)": running[0],
        "SQLite, while debates run: p99 (ms)": running[1],
        "median fsync (ms)": round(sync_ms, 3),
        "closed loop, no target (requests/s)": closed,
    }


def _create(folder: str, rate: float, settings: dict[str, str]) -> tuple[float, float]:
    with serving.aragora(Path(folder), **settings) as (url, credentials, _):
        asked = _asked(credentials["api_key"])
        # Open connections and compiled statements are not what a request waits for.
        asyncio.run(load.opened(url, asked, connections=CONNECTIONS, rate=rate, seconds=2))
        ways = load.opened(url, asked, connections=CONNECTIONS, rate=rate, seconds=SECONDS)
        taken = asyncio.run(ways)
    return round(load.percentile(taken, 50), 2), round(load.percentile(taken, 99), 2)


def _closed(folder: str) -> int:
    with serving.aragora(Path(folder), **WAITING) as (url, credentials, _):
        asked = _asked(credentials["api_key"])
        return round(asyncio.run(load.closed(url, asked, connections=CONNECTIONS, seconds=3)))


def _asked(api_key: str) -> bytes:
    return load.request("POST", "/v1/debates", {"authorization": f"Bearer {api_key}"}, BODY)


@contextmanager
def _outside(folder: Path) -> Iterator[dict[str, str]]:
    """No worker runs: there too the debates wait."""
    with databases.postgresql() as database_url, services.redis(folder) as redis_url:
        yield {"ARAGORA_DATABASE_URL": database_url, "ARAGORA_REDIS_URL": redis_url}


def _sync_ms(folder: Path) -> float:
    """What the disk itself takes to make a page of 4 KiB last."""
    taken = []
    with (folder / "synced").open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(b"x" * 4096)
            begin = time.perf_counter()
            os.fsync(file.fileno())
            taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)
