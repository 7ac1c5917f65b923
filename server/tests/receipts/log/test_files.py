"""The log as files: whoever reads them all has the log, and nothing else is at these paths."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
from aragora.receipts import merkle
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint
from aragora_server.contract.operations import OPERATIONS
from aragora_server.receipts.log import tree
from aragora_server.services import Services
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from .conftest import SHARD, add, leaf

pytestmark = pytest.mark.anyio

LEAVES = 70
HOME = f"/receipts/{SHARD}"


@pytest.fixture
async def stranger(
    services: Services, stranger: httpx2.AsyncClient, narrow_tiles: None
) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody without a key, when the log has three levels of tiles, four hashes wide."""
    await add(services.db, range(LEAVES))
    await services.sequencer.advance(services.receipts.seal.log_signer(SHARD))
    return stranger


def entries(content: bytes) -> list[bytes]:
    found = []
    while content:
        size = int.from_bytes(content[:2], "big")
        found.append(content[2 : 2 + size])
        content = content[2 + size :]
    return found


async def test_an_auditor_rebuilds_the_root_from_entries_and_tiles(
    services: Services, stranger: httpx2.AsyncClient
) -> None:
    note = Note.parse((await stranger.get(f"{HOME}/checkpoint")).text)
    head = Checkpoint.parse(note.text)
    leaves: list[bytes] = []
    for n in range(LEAVES // 4):
        leaves += entries((await stranger.get(f"{HOME}/tile/entries/{n:03}")).content)
    leaves += entries((await stranger.get(f"{HOME}/tile/entries/017.p/2")).content)

    assert head.size == LEAVES
    assert note.signers([services.receipts.seal.log_signer(SHARD).public])
    assert merkle.root(leaves) == head.root
    assert set(leaves) == {leaf(number).entry for number in range(LEAVES)}
    rows = [merkle.leaf_hash(one) for one in leaves]
    for level in range(3):
        for n in range(0, len(rows), 4):
            part = rows[n : n + 4]
            partial = "" if len(part) == 4 else f".p/{len(part)}"
            tile = await stranger.get(f"{HOME}/tile/{level}/{n // 4:03}{partial}")
            assert tile.content == b"".join(part)
            assert tile.headers["cache-control"] == "public, max-age=31536000, immutable"
        rows = [tree.tile_root(rows[n : n + 4]) for n in range(0, len(rows) - 3, 4)]


async def test_numbers_are_written_in_groups_of_three(
    services: Services, stranger: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "WIDTH", 1)

    last = await stranger.get(f"{HOME}/tile/entries/069")
    beyond = await stranger.get(f"{HOME}/tile/entries/x001/069")

    assert entries(last.content) == [leaf(69).entry]
    assert beyond.status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        "",
        "checkpoint/",
        "tile/0/018",
        "tile/0/017",
        "tile/0/017.p/3",
        "tile/0/017.p/0",
        "tile/0/000.p/5",
        "tile/0/x000/017.p/2",
        "tile/0/17.p/2",
        "tile/00/001",
        "tile/64/000",
        "tile/4/000",
        "tile/4/000.p/1",
        "tile/entries/018.p/1",
        "tile/data/000",
        "tile/0/" + "x999/" * 1500 + "999",
    ],
)
async def test_what_the_log_does_not_have_is_not_found(
    stranger: httpx2.AsyncClient, file: str
) -> None:
    answer = await stranger.get(f"{HOME}/{file}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_only_reading_is_answered(stranger: httpx2.AsyncClient) -> None:
    head = await stranger.head(f"{HOME}/checkpoint")
    post = await stranger.post(f"{HOME}/checkpoint")

    assert (head.status_code, head.content, head.headers["cache-control"]) == (
        200,
        b"",
        "public, max-age=5",
    )
    assert (post.status_code, post.headers["allow"]) == (405, "GET, HEAD")
    assert (await stranger.get("/receipts/1999/checkpoint")).status_code == 404


async def test_nothing_else_is_served_beside_the_contract(app: Starlette) -> None:
    contract = {operation.path for operation in OPERATIONS.values()}
    sockets = {o.stream.websocket_path for o in OPERATIONS.values() if o.stream}

    served = {route.path for route in app.routes if isinstance(route, Route | WebSocketRoute)}

    assert served - contract - sockets == {"/receipts/{file:path}", "/v/{receipt_id}"}
