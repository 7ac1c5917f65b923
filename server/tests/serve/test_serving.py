"""How a real server goes, and what it does when more comes than it can carry."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import httpx2
import pytest
from aragora_server.serving import Room
from aragora_server.settings import Settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.serving import Server

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": "scripted:slow"}, {"model": "scripted:careful"}],
    "protocol": "independent_vote",
}
REFUSED = re.compile(r'^aragora_refused_total\{of="(\w+)"\} (\d+)', re.MULTILINE)
TOLD = re.compile(r'"route":"none","status":503')
FILES = 160
"""So few that a test can use them up; the server keeps some of them for itself."""
STREAMS, TOO_MANY = 70, 4429
"""Of so many files for one workspace; the code that a WebSocket beyond them is closed with."""


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


def ask(held: socket.socket, server: Server, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.api_key}\r\n\r\n"
    held.sendall(head.encode())


def answer(held: socket.socket, server: Server, path: str) -> int | None:
    """The status that this connection is given; None when it is cut."""
    try:
        ask(held, server, path)
        with HTTPResponse(held) as response:
            response.begin()
            response.read()
            return response.status
    except (OSError, HTTPException):
        return None


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Narrow]:
    if shutil.which("prlimit") is None:
        pytest.skip("prlimit sets the limit")
    settings = {
        "ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000",
        "ARAGORA_SCRIPTED_SLOW_S": "600",
        "ARAGORA_DRAIN_S": "0.2",
    }
    narrow = Narrow(tmp_path, settings)
    narrow.start()
    yield narrow
    narrow.stop()


class Held:
    """A stream that is open and read only at its end."""

    def __init__(self, server: Server, path: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        ask(self._socket, server, path)
        self._answer = HTTPResponse(self._socket)
        self._answer.begin()
        self.status = self._answer.status

    def rest(self) -> bytes:
        """All that it brought; IncompleteRead or an OSError when it was cut."""
        return self._answer.read()

    def close(self) -> None:
        self._answer.close()
        self._socket.close()


def test_as_many_streams_as_there_are_files_for_and_the_next_one_is_told(narrow: Narrow) -> None:
    client = narrow.client()
    debate = client.post("/v1/debates", json=ASK).json()
    stream = f"/v1/debates/{debate['id']}/events/stream"
    with ExitStack() as crowd:
        held = [crowd.enter_context(closing(Held(narrow, stream))) for _ in range(STREAMS)]
        more = [client.get(stream) for _ in range(5)]
        code = close_code(narrow, debate["id"])
        ordinary = [client.get("/v1/debates?limit=1").status_code for _ in range(20)]
        opened = client.post("/v1/debates", json=ASK)
        for one in held[:10]:
            one.close()
        again = [crowd.enter_context(closing(when_free(narrow, stream))) for _ in range(10)]
        client.post(f"/v1/debates/{debate['id']}/cancel")
        ends = [one.rest() for one in (*held[10:], *again)]

    assert [one.status for one in (*held, *again)] == [200] * (STREAMS + 10)
    assert {(one.status_code, one.json()["code"]) for one in more} == {(503, "too_many_streams")}
    assert {one.headers["content-type"] for one in more} == {"application/problem+json"}
    assert {one.headers["retry-after"] for one in more} == {"5"}
    assert code == TOO_MANY
    assert ordinary == [200] * 20
    assert opened.status_code == 202
    assert all(b"event: debate.cancelled" in end for end in ends)


def close_code(server: Server, debate_id: str) -> int | None:
    """With which code one more WebSocket is closed."""
    url = f"ws://127.0.0.1:{server.port}/v1/debates/{debate_id}/events/socket"
    headers = {"authorization": f"Bearer {server.api_key}"}
    with connect(url, additional_headers=headers) as link, pytest.raises(ConnectionClosed) as end:
        link.recv(timeout=20)
    return end.value.rcvd.code if end.value.rcvd else None


def upgraded(server: Server, debate_id: str) -> socket.socket:
    """A WebSocket in the hands of one who reads what he wants."""
    held = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    head = (
        f"GET /v1/debates/{debate_id}/events/socket HTTP/1.1\r\nhost: x\r\n"
        f"authorization: Bearer {server.api_key}\r\nconnection: upgrade\r\n"
        "upgrade: websocket\r\nsec-websocket-version: 13\r\n"
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    held.sendall(head.encode())
    assert held.recv(12) == b"HTTP/1.1 101"
    return held


def resident_bytes(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE")


def test_answers_to_pings_are_not_kept_for_one_who_reads_nothing(server: Server) -> None:
    server.settings = {"ARAGORA_SCRIPTED_SLOW_S": "60", "ARAGORA_DRAIN_S": "1"}
    client = server.start().client()
    debate = client.post("/v1/debates", json=ASK).json()
    ping = b"\x89\xfd" + bytes(4 + 125)

    with upgraded(server, debate["id"]) as held:
        before = resident_bytes(server.process.pid)
        for _ in range(250):
            held.sendall(ping * 1000)
        grown = resident_bytes(server.process.pid) - before

    assert client.get(f"/v1/debates/{debate['id']}").status_code == 200
    assert grown < 12_000_000, "of 32 MB of pings"


def when_free(server: Server, path: str) -> Held:
    """A server needs a moment to see that somebody left."""
    end = time.monotonic() + 20
    while (held := Held(server, path)).status != 200:
        held.close()
        assert time.monotonic() < end
        time.sleep(0.05)
    return held


def test_a_server_without_a_free_file_refuses_recovers_and_keeps_its_streams(
    narrow: Narrow,
) -> None:
    client = narrow.client()
    debate = client.post("/v1/debates", json=ASK).json()
    stream, path = f"/v1/debates/{debate['id']}/events/stream", "/v1/debates?limit=1"
    with ExitStack() as watching:
        streams = [watching.enter_context(closing(Held(narrow, stream))) for _ in range(20)]
        with ExitStack() as crowd:
            held = [crowd.enter_context(connection(narrow)) for _ in range(2 * FILES)]
            health = [answer(one, narrow, "/healthz") for one in held[:5]]
            answers = [answer(one, narrow, path) for one in held[5:]]
        time.sleep(0.5)
        after = [client.get(path).status_code for _ in range(5)]
        refused = dict(REFUSED.findall(client.get("/metrics").text))
        told = len(TOLD.findall(narrow.log))
        opened = client.post("/v1/debates", json=ASK)
        client.post(f"/v1/debates/{debate['id']}/cancel")
        ends = [one.rest() for one in streams]

    assert int(refused["connections"]) == told == answers.count(503)
    assert (None in answers) == ("files" in refused)
    assert set(answers) <= {200, 503, None}
    assert answers.count(200) >= 20
    assert answers.count(503) >= 10
    assert health == [200] * 5
    assert after == [200] * 5
    assert opened.status_code == 202
    assert all(b"event: debate.cancelled" in end for end in ends)


@pytest.mark.parametrize("framing", ["", "content-length: 0\r\n", "transfer-encoding: chunked\r\n"])
def test_a_post_without_a_body_is_answered_however_that_is_said(
    server: Server, framing: str
) -> None:
    server.start()
    path = f"/v1/receipts/{'0' * 8}-0000-7000-8000-{'0' * 12}/verify"
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {server.api_key}\r\n"
    end = "0\r\n\r\n" if "chunked" in framing else ""
    with connection(server) as held:
        held.sendall(f"{head}{framing}\r\n{end}".encode())
        with HTTPResponse(held) as response:
            response.begin()

            assert response.status == 404


CHUNKED = b"POST /v1/debates HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "begun",
    [b"GET /healthz HTTP/1.1\r\nx: ", b"GET /healthz HTTP/1.1\r\n", CHUNKED + b"0\r\n"],
    ids=["a header", "headers", "trailers"],
)
def test_a_head_without_an_end_is_cut(server: Server, begun: bytes) -> None:
    server.start()
    with connection(server) as endless:
        endless.sendall(begun)
        line = b"x" * 1_000 if begun.endswith(b": ") else b"x: " + b"x" * 995 + b"\r\n"
        try:
            for _ in range(20_000):
                endless.sendall(line)
            pytest.fail("20 MB were taken")
        except OSError:
            pass

    assert httpx2.get(f"{server.url}/healthz").status_code == 200


def test_a_body_in_tiny_chunks_is_taken(server: Server) -> None:
    client = server.start().client()
    content = json.dumps({**ASK, "context": "x" * 20_000}).encode()

    made = client.post(
        "/v1/debates",
        content=(content[n : n + 1] for n in range(len(content))),
        headers={"content-type": "application/json"},
    )

    assert made.status_code == 202


@pytest.mark.parametrize(
    ("files", "connections", "streams"),
    [(1_024, 886, 797), (65_536, 7_000, 5_000), (160, 86, 77), (70, 1, 0)],
)
def test_streams_and_connections_leave_files_for_the_rest(
    files: int, connections: int, streams: int, tmp_path: Path
) -> None:
    settings = Settings.from_env({"HOME": str(tmp_path)})

    assert Room.of(files, settings) == Room(connections=connections, streams=streams)
