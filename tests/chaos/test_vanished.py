"""Nothing is kept of a watcher that is gone without a word, on whichever streaming route."""

from __future__ import annotations

import socket
import struct
from itertools import product

import attrs
import pytest
from aragora_server.contract.operations import OPERATIONS
from aragora_server.contract.schemas import schemas

from tests.chaos.crowd import UPGRADE, opened
from tests.chaos.run import Run

EACH, WITHIN_S = 5, 20
RESET_AT_CLOSE = struct.pack("ii", 1, 0)

pytestmark = pytest.mark.smoke


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
