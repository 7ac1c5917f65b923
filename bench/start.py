"""How long `aragora serve` takes until it is ready, and what it weighs then."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bench import serving

ROUNDS = 5


def measure() -> dict[str, float]:
    """Seconds from start to the first 200 of /readyz, on a fresh and on a used data directory."""
    fresh, again, rss = [], [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            for taken in (fresh, again):
                begin = time.monotonic()
                with serving.aragora(Path(folder)) as (_, _, running):
                    taken.append(time.monotonic() - begin)
                    rss.append(serving.rss_mib(running.pid))
    return {
        "first start to ready (s)": round(statistics.median(fresh), 3),
        "second start to ready (s)": round(statistics.median(again), 3),
        "resident memory when ready (MiB)": round(statistics.median(rss), 1),
    }
