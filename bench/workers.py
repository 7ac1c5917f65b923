"""Two workers against one: the same debates, on PostgreSQL and Redis of this machine."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2

from bench import databases, services, serving

DEBATES, CALL_S, WITHIN_S = 200, 0.02, 300
STYLES = ("careful", "contrarian", "steady")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [{"model": f"scripted:{style}"} for style in STYLES],
}


def measure() -> dict[str, object]:
    """Calls a second while a queue of debates is worked off, and their ratio."""
    free = max(0.0, (os.cpu_count() or 1) - os.getloadavg()[0])
    rates = {number: _rate(number) for number in (1, 2)}
    return {
        "debates": DEBATES,
        "1 worker (calls/s)": round(rates[1]),
        "2 workers (calls/s)": round(rates[2]),
        "2 workers / 1 worker": round(rates[2] / rates[1], 2),
        "target with 2 free cores": 1.7,
        "free cores before": round(free, 1),
    }


def _rate(workers: int) -> float:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        settings = {
            "ARAGORA_DATABASE_URL": stack.enter_context(databases.postgresql()),
            "ARAGORA_REDIS_URL": stack.enter_context(services.redis(home)),
            "ARAGORA_SCRIPTED_PACE_S": str(CALL_S),
            "ARAGORA_SCRIPTED_LOG": str(home / "calls.log"),
            "ARAGORA_MAX_DEBATES": str(DEBATES // 4),
        }
        url, credentials, _ = stack.enter_context(serving.aragora(home, **settings))
        headers = {"authorization": f"Bearer {credentials['api_key']}"}
        client = stack.enter_context(httpx2.Client(base_url=url, headers=headers, timeout=60))
        opened = [_open(client, no) for no in range(DEBATES)]
        for _ in range(workers):
            stack.enter_context(_worker(home, settings))
        ready_ms = time.time_ns() // 1_000_000
        for debate_id in opened:
            _wait_for_end(client, debate_id)
        return _calls_a_second(home / "calls.log", ready_ms)


def _calls_a_second(log: Path, since_ms: int) -> float:
    """From the moment on when all of them work: nothing is measured while they start."""
    lines = (line.split() for line in log.read_text().splitlines())
    done = [int(line[6]) for line in lines if line[0] == "DONE" and int(line[6]) > since_ms]
    return len(done) * 1000 / (max(done) - since_ms)


def _open(client: httpx2.Client, no: int) -> str:
    answer = client.post("/v1/debates", json={**ASK, "seed": no}).raise_for_status()
    return str(answer.json()["id"])


def _wait_for_end(client: httpx2.Client, debate_id: str) -> None:
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        if client.get(f"/v1/debates/{debate_id}").json()["ended_at"] is not None:
            return
        time.sleep(0.2)
    raise RuntimeError(f"debate {debate_id} did not end within {WITHIN_S} s")


@contextmanager
def _worker(home: Path, settings: dict[str, str]) -> Iterator[None]:
    """It has said that it works when the block begins: nobody is measured while they start."""
    own = {"ARAGORA_DATA_DIR": str(home / "data")}
    command = [sys.executable, "-m", "aragora_server", "worker", "--json"]
    with services.running(command, {**own, **settings}) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        yield
