"""CPU time of `import X` in fresh processes, less that of an empty process."""

from __future__ import annotations

import statistics
import subprocess
import sys

from bench import peers

ROUNDS = 7
CLOCK = "import time, resource; {}; print(time.process_time() * 1000)"


def measure() -> dict[str, float]:
    """Milliseconds, the median of seven fresh processes each, and the ratio to the peers."""
    subjects = {
        "empty": (sys.executable, "pass"),
        "aragora": (sys.executable, "import aragora"),
        "aragora + client": (
            sys.executable,
            "from aragora import Aragora; Aragora(api_key='k').close()",
        ),
        "httpx2 + pydantic": (
            sys.executable,
            "import httpx2, pydantic; httpx2.Client(verify=False).close()",
        ),
        "openai": (peers.python(), "import openai"),
        "aragora-sdk 2.11": (peers.python(), "import aragora_sdk"),
    }
    taken: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(ROUNDS):
        for name, (python, statement) in subjects.items():
            taken[name].append(_cpu_ms(python, statement))
    floor = statistics.median(taken["empty"])
    ms = {
        name: round(statistics.median(t) - floor, 2) for name, t in taken.items() if name != "empty"
    }
    return {
        **{f"{name} (ms)": value for name, value in ms.items()},
        "aragora / openai": round(ms["aragora"] / ms["openai"], 4),
        "aragora / aragora-sdk 2.11": round(ms["aragora"] / ms["aragora-sdk 2.11"], 4),
        "with client / httpx2 + pydantic": round(
            ms["aragora + client"] / ms["httpx2 + pydantic"], 3
        ),
    }


def _cpu_ms(python: str, statement: str) -> float:
    command = [python, "-c", CLOCK.format(statement)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])
