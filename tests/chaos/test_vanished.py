"""Nothing is kept of a watcher that is gone without a word, on whichever streaming route."""

from __future__ import annotations

import os
import socket
import struct
from contextlib import ExitStack
from itertools import product

import attrs
import pytest
from aragora_server.contract.operations import OPERATIONS
from aragora_server.contract.schemas import schemas

from tests.chaos.crowd import UPGRADE, opened
from tests.chaos.run import Run

EACH, WITHIN_S = 5, 20
RESET_AT_CLOSE = struct.pack("ii", 1, 0)


@attrs.frozen
class Route:
    path: str
    is_websocket: bool


ROUTES = [
    Route(path, is_websocket)
    for one in OPERATIONS.values()
    if one.stream is not None
    for path, is_websocket in ((one.path, False), (one.stream.websocket_path, True))
    if path is not None
]
"""Of the generated table: a streaming route that is new is dropped here too."""


@pytest.mark.smoke
def test_the_table_names_every_stream_of_the_contract() -> None:
    spoken = {
        operation["operationId"]
        for methods in schemas().document["paths"].values()
        for operation in methods.values()
        if "text/event-stream" in str(operation.get("responses"))
    }

    assert spoken == {one.id for one in OPERATIONS.values() if one.stream}
    assert spoken == {one.id for one in OPERATIONS.values() if one.success.kind == "stream"}
    assert len(ROUTES) >= 2


def reset(held: socket.socket) -> None:
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
    held.close()


@pytest.mark.smoke
def test_every_stream_ends_when_its_client_is_gone(embedded: Run, open_debate: str) -> None:
    subjects = {"debate_id": open_debate}
    base = opened(embedded)

    for route, leave in product(ROUTES, (reset, socket.socket.close)):
        held = [watch(embedded, route, subjects) for _ in range(EACH)]
        embedded.wait(lambda: opened(embedded) == base + EACH, f"{route} is a stream", within_s=20)
        for one in held:
            leave(one)
        embedded.wait(lambda: opened(embedded) == base, f"{route} ends", within_s=WITHIN_S)


def watch(run: Run, route: Route, subjects: dict[str, str]) -> socket.socket:
    """A stream whose head was read, and nothing after."""
    path = route.path.format(**subjects)
    head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {run.server.api_key}\r\n"
    held = socket.create_connection(("127.0.0.1", run.server.port), timeout=10)
    held.sendall((head + (UPGRADE if route.is_websocket else "") + "\r\n").encode())
    status = held.recv(12)
    assert status.split()[1] == (b"101" if route.is_websocket else b"200"), (route, status)
    return held


HELD, STUCK_WITHIN_S = 30, 45
ASKING = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20
HALF = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nG"


@pytest.mark.parametrize("said", [ASKING, HALF], ids=["takes no answer", "ends no request"])
def test_a_connection_that_stands_still_is_cut(embedded: Run, said: bytes) -> None:
    embedded.server.start()
    base = descriptors(embedded.server.pid)

    with ExitStack() as crowd:
        held = [crowd.enter_context(narrow(embedded.server.port)) for _ in range(HELD)]
        for one in held:
            one.sendall(said)
        embedded.wait(lambda: descriptors(embedded.server.pid) >= base + HELD - 5, "all are in")

        def is_let_go() -> bool:
            return descriptors(embedded.server.pid) < base + HELD // 2

        embedded.wait(is_let_go, "they are cut", within_s=STUCK_WITHIN_S)


def narrow(port: int) -> socket.socket:
    """A connection whose window is soon full."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect(("127.0.0.1", port))
    return made


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))
