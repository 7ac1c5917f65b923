"""Real server processes on loopback, for the benchmarks."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    command: list[str], ready_url: str, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until it answers 200 at `ready_url`; end it afterwards."""
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(
        command, env={**_compiled(), **environment}, stdout=quiet, stderr=quiet
    )
    try:
        _wait(ready_url, running)
        yield running
    finally:
        running.terminate()
        running.wait(timeout=15)


def _compiled() -> dict[str, str]:
    """Modules are kept compiled, as pip leaves them, whatever this shell prefers."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise RuntimeError(f"{running.args} ended with {running.returncode}")
        try:
            if httpx2.get(url).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.005)
    raise RuntimeError(f"{url} did not answer")


@contextmanager
def aragora(
    folder: Path, **settings: str
) -> Iterator[tuple[str, dict[str, Any], subprocess.Popen[bytes]]]:
    """`aragora serve` on a data directory: (base URL, credentials, process)."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    credentials = folder / "credentials.json"
    environment = {
        "ARAGORA_DATA_DIR": str(folder / "data"),
        "ARAGORA_CREDENTIALS": str(credentials),
        "ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000000",
        **settings,
    }
    command = [sys.executable, "-m", "aragora_server", "serve", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with process(command, f"{url}/readyz", **environment) as running:
        yield url, json.loads(credentials.read_text()), running


def rss_mib(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")
