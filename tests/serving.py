"""A real `aragora serve` process: started, killed and started again on what it left."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import attrs
import httpx2

ROOT = Path(__file__).parents[1]
READY_WITHIN_S = 60
ENDED = ("concluded", "cancelled", "failed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@attrs.define(kw_only=True)
class Program:
    """A process of ours as a user would start it: `aragora serve`, or another command.

    `module` may be a start of a test's own; `sources` are put before the installed product.
    """

    home: Path = attrs.field(kw_only=False)
    settings: dict[str, str] = attrs.field(factory=dict, kw_only=False)
    command: tuple[str, ...] = ("serve",)
    module: str = "aragora_server"
    name: str = "server"
    sources: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def calls(self) -> Path:
        """Where scripted agents note every call, outside of any database."""
        return self.home / "calls.log"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def log(self) -> str:
        return (self.home / f"{self.name}.log").read_text()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("ARAGORA_")}
        own = {
            "ARAGORA_DATA_DIR": str(self.home / "data"),
            "ARAGORA_CREDENTIALS": str(self.home / "credentials.json"),
            "ARAGORA_SCRIPTED_LOG": str(self.calls),
        }
        found = (self.sources, ROOT)
        path = os.pathsep.join(str(one) for one in found if one is not None)
        return {**inherited, "PYTHONPATH": path, **own, **self.settings}

    def launch(self) -> None:
        with (self.home / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.command],
                env=self.environment(),
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """As a power cut would: no handler runs, nothing is flushed."""
        self._send(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def pause(self) -> None:
        self._send(signal.SIGSTOP)

    def proceed(self) -> None:
        self._send(signal.SIGCONT)

    def terminate(self, *, within_s: float = 30) -> int:
        """Ask it to stop, and answer its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=within_s)

    def stop(self) -> None:
        """Whatever state it is in; nothing is left behind."""
        if self.is_running:
            self.proceed()
            try:
                self.terminate()
            except subprocess.TimeoutExpired:
                self.kill()
                raise

    def _send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)


@attrs.define(kw_only=True)
class Server(Program):
    port: int = attrs.field(factory=free_port)
    clients: list[httpx2.Client] = attrs.field(factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_key(self) -> str:
        key: str = json.loads((self.home / "credentials.json").read_text())["api_key"]
        return key

    def environment(self) -> dict[str, str]:
        return {"ARAGORA_PORT": str(self.port), **Program.environment(self)}

    def start(self) -> Server:
        self.launch()
        self.wait_until_ready()
        return self

    def stop(self) -> None:
        for client in self.clients:
            client.close()
        Program.stop(self)

    def client(self) -> httpx2.Client:
        headers = {"authorization": f"Bearer {self.api_key}"}
        client = httpx2.Client(base_url=self.url, headers=headers, timeout=60)
        self.clients.append(client)
        return client

    def is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end and self.is_running:
            if self.is_ready():
                return
            time.sleep(0.05)
        raise AssertionError(self.log)


@attrs.define(kw_only=True)
class Installation(Server):
    """Every process that it takes to debate: on PostgreSQL, a worker beside the server."""

    worker: Program | None = None

    def start(self) -> Installation:
        Server.start(self)
        if self.settings.get("ARAGORA_DATABASE_URL", "").startswith("postgresql"):
            self.worker = Program(self.home, self.settings, command=("worker",), name="worker")
            self.worker.launch()
        return self

    def kill(self) -> None:
        Server.kill(self)
        if self.worker is not None:
            self.worker.kill()

    def stop(self) -> None:
        if self.worker is not None:
            self.worker.stop()
        Server.stop(self)


def wait_for_end(client: httpx2.Client, debate_id: str, *, within_s: int = 120) -> dict[str, Any]:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        debate: dict[str, Any] = client.get(f"/v1/debates/{debate_id}").json()
        if debate["status"] in ENDED:
            return debate
        time.sleep(0.1)
    raise AssertionError(f"debate {debate_id} did not end: {debate['status']}")


def wait_for_log(client: httpx2.Client, receipt_id: str, *, within_s: int = 60) -> dict[str, Any]:
    """The receipt, once a checkpoint of the log speaks for it."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        receipt: dict[str, Any] = client.get(f"/v1/receipts/{receipt_id}").json()
        if receipt["log"]["state"] == "included":
            return receipt
        time.sleep(0.02)
    raise AssertionError(f"receipt {receipt_id} did not come into the log")


def everything(client: httpx2.Client, path: str) -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        query = {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = client.get(path, params=query)
        assert page.status_code == 200, page.text
        items += page.json()["items"]
        if (cursor := page.json()["next_cursor"]) is None:
            return items
