"""`createDebate` as strangers send it: at random moments, whether the server is ready or not."""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

from bench import load, serving

CONNECTIONS, RATE, SECONDS, SYNCS = 100, 200.0, 8.0, 200
BODY = {"question": "Ship on Friday?"}


def measure() -> dict[str, float]:
    """Milliseconds from the scheduled moment to the answer; the debates themselves wait."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving.aragora(Path(folder), ARAGORA_SCRIPTED_PACE_S="600") as (url, credentials, _),
    ):
        headers = {"authorization": f"Bearer {credentials['api_key']}"}
        asked = load.request("POST", "/v1/debates", headers, BODY)
        asyncio.run(load.opened(url, asked, connections=4, rate=50, seconds=1))
        taken = asyncio.run(
            load.opened(url, asked, connections=CONNECTIONS, rate=RATE, seconds=SECONDS)
        )
        closed = asyncio.run(load.closed(url, asked, connections=CONNECTIONS, seconds=3))
        sync_ms = _sync_ms(Path(folder))
    return {
        "scheduled (requests/s)": RATE,
        "p50 (ms)": round(load.percentile(taken, 50), 2),
        "p99 (ms)": round(load.percentile(taken, 99), 2),
        "median fsync (ms)": round(sync_ms, 3),
        "closed loop, no target (requests/s)": round(closed),
    }


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
