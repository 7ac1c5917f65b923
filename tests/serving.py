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

READY_WITHIN_S = 60
ENDED = ("concluded", "cancelled", "failed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@attrs.define
class Server:
    home: Path
    settings: dict[str, str] = attrs.field(factory=dict)
    port: int = attrs.field(factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    clients: list[httpx2.Client] = attrs.field(factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def calls(self) -> Path:
        """Where scripted agents note every call, outside of any database."""
        return self.home / "calls.log"

    def start(self) -> Server:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("ARAGORA_")}
        own = {
            "ARAGORA_DATA_DIR": str(self.home / "data"),
            "ARAGORA_CREDENTIALS": str(self.home / "credentials.json"),
            "ARAGORA_PORT": str(self.port),
            "ARAGORA_SCRIPTED_LOG": str(self.calls),
        }
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "aragora_server", "serve"],
                env={**inherited, **own, **self.settings},
                stdout=log,
                stderr=log,
            )
        self._wait_until_ready()
        return self

    def kill(self) -> None:
        """As a power cut would: no handler runs, nothing is flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        for client in self.clients:
            client.close()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def client(self) -> httpx2.Client:
        key = json.loads((self.home / "credentials.json").read_text())["api_key"]
        headers = {"authorization": f"Bearer {key}"}
        client = httpx2.Client(base_url=self.url, headers=headers, timeout=60)
        self.clients.append(client)
        return client

    def _wait_until_ready(self) -> None:
        assert self.process is not None
        end = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                if httpx2.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.05)
        raise AssertionError((self.home / "server.log").read_text())


def wait_for_end(client: httpx2.Client, debate_id: str, *, within_s: int = 120) -> dict[str, Any]:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        debate: dict[str, Any] = client.get(f"/v1/debates/{debate_id}").json()
        if debate["status"] in ENDED:
            return debate
        time.sleep(0.1)
    raise AssertionError(f"debate {debate_id} did not end: {debate['status']}")


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
