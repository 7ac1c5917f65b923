"""How a real server goes, and what it does when more comes than it can carry."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import httpx2
import pytest
from aragora_server.serving import Room
from aragora_server.settings import Settings

from tests.serving import Server

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": "scripted:slow"}, {"model": "scripted:careful"}],
    "protocol": "independent_vote",
}
FILES = 160
"""So few that a test can use them up; the server keeps some of them for itself."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


def test_a_stopping_server_answers_until_its_calls_are_home(server: Server) -> None:
    server.settings = {"ARAGORA_SCRIPTED_SLOW_S": "3"}
    client = server.start().client()
    debate = client.post("/v1/debates", json=ASK).json()
    time.sleep(0.5)

    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.3)
    ready = httpx2.get(f"{server.url}/readyz")
    alive = httpx2.get(f"{server.url}/healthz")
    read = client.get(f"/v1/debates/{debate['id']}")
    stream = client.get(f"/v1/debates/{debate['id']}/events/stream")
    code = server.process.wait(timeout=20)

    assert (ready.status_code, ready.json()["code"]) == (503, "not_ready")
    assert alive.status_code == 200
    assert read.status_code == 200
    assert (stream.status_code, stream.headers["retry-after"]) == (503, "1")
    assert code == 0


def test_a_server_does_not_wait_for_a_call_longer_than_it_was_told(server: Server) -> None:
    server.settings = {"ARAGORA_SCRIPTED_SLOW_S": "60", "ARAGORA_DRAIN_S": "1"}
    client = server.start().client()
    client.post("/v1/debates", json=ASK)
    time.sleep(0.5)

    began = time.monotonic()

    assert server.terminate() == 0
    assert time.monotonic() - began < 10


class Narrow(Server):
    """Its limit of open files is low, and it cannot raise it."""

    def launch(self) -> None:
        with (self.home / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    "prlimit",
                    f"--nofile={FILES}:{FILES}",
                    sys.executable,
                    "-m",
                    self.module,
                    "serve",
                ],
                env=self.environment(),
                stdout=log,
                stderr=log,
            )


@contextmanager
def connection(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as made:
        yield made


def answer(held: socket.socket, server: Server, path: str) -> int | None:
    """The status that this connection is given; None when it is cut."""
    head = f"GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.api_key}\r\n\r\n"
    try:
        held.sendall(head.encode())
        with HTTPResponse(held) as response:
            response.begin()
            response.read()
            return response.status
    except (OSError, HTTPException):
        return None


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit sets the limit")
def test_a_server_without_a_free_file_refuses_and_recovers(tmp_path: Path) -> None:
    server = Narrow(tmp_path, {"ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000"})
    server.start()
    path = "/v1/debates?limit=1"
    try:
        client = server.client()
        with ExitStack() as crowd:
            held = [crowd.enter_context(connection(server)) for _ in range(2 * FILES)]
            health = [answer(one, server, "/healthz") for one in held[:5]]
            answers = [answer(one, server, path) for one in held[5:]]
        time.sleep(0.5)
        after = [client.get(path).status_code for _ in range(5)]
        opened = client.post("/v1/debates", json={"question": "Still there?"})
    finally:
        server.stop()

    assert set(answers) <= {200, 503, None}
    assert answers.count(200) >= 40
    assert answers.count(503) >= 10
    assert health == [200] * 5
    assert after == [200] * 5
    assert opened.status_code == 202


@pytest.mark.parametrize(
    ("files", "connections", "streams"),
    [(1_024, 886, 797), (65_536, 7_000, 5_000), (160, 86, 77), (70, 1, 0)],
)
def test_streams_and_connections_leave_files_for_the_rest(
    files: int, connections: int, streams: int, tmp_path: Path
) -> None:
    settings = Settings.from_env({"HOME": str(tmp_path)})

    assert Room.of(files, settings) == Room(connections=connections, streams=streams)
