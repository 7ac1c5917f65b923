"""Exports into a file: whole or not there, with both clients, and against a server that lies."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aragora import (
    AsyncAragora,
    DeadlineExceeded,
    ExportFailed,
    export_receipts,
    export_receipts_async,
    receipts,
)
from aragora.receipts.archive import audit_archive
from aragora.testing import FakeServer, Reply, reply
from aragora.types import ReceiptExport

from tests.serving import ENDED

pytestmark = pytest.mark.anyio

ID = "01943f90-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
PARTS = [b"id,answer\n", b"1,yes\n"]
WHOLE = hashlib.sha256(b"".join(PARTS)).hexdigest()


async def test_the_archive_of_a_server_lands_whole_and_is_gone_from_there(
    acme: httpx2.AsyncClient, tmp_path: Path
) -> None:
    key = acme.headers["authorization"].removeprefix("Bearer ")
    client = AsyncAragora(api_key=key, base_url="http://aragora.test", http_client=acme)
    debate = await client.debates.run(question="Ship on Friday?", seed=7, timeout_s=60)
    seen: list[ReceiptExport] = []

    path = await export_receipts_async(
        client,
        tmp_path / "all.ndjson",
        debate_id=debate.id,
        on_progress=seen.append,
    )

    keys = receipts.PinnedKeys.of((await client.receipts.keys()).to_dict())
    with path.open("rb") as file:
        found = audit_archive(file, keys=keys)
    assert debate.status in ENDED
    assert (found.verdict, found.receipts) == ("verified", 1)
    assert seen[-1].state == "done"
    assert [file.name for file in tmp_path.glob("*all*")] == ["all.ndjson"]
    assert (await client.receipt_exports.list()).items == []


def state(state: str, **more: Any) -> Reply:
    told = {
        "id": ID, "format": "csv", "state": state, "done": 1, "total": 2, "parts": 2, "bytes": 16,
        "sha256": WHOLE if state == "done" else None, "last_error": None,
        "created_at": "2026-11-22T09:30:00.000Z", "finished_at": None,
        "expires_at": "2026-11-25T09:30:00.000Z",
    }  # fmt: skip
    return reply(told | more)


def scripted(*states: Reply, parts: list[bytes] = PARTS) -> FakeServer:
    server = FakeServer().on("POST", "/v1/receipt-exports", state("due", total=None))
    server.on("GET", f"/v1/receipt-exports/{ID}", *states)
    for number, content in enumerate(parts):
        path = f"/v1/receipt-exports/{ID}/parts/{number}"
        broken = Reply(200, {"content-type": "application/octet-stream"}, content[:3], "ReadError")
        server.on("GET", path, broken, Reply(200, broken.headers, content))
    return server.on("DELETE", f"/v1/receipt-exports/{ID}", Reply(204))


def test_a_part_that_breaks_off_is_asked_for_again(tmp_path: Path) -> None:
    server, seen = scripted(state("running"), state("done")), list[tuple[str, int | None]]()

    with server.client() as client:
        path = export_receipts(
            client, tmp_path / "all.csv", format="csv", topic="Friday",
            on_progress=lambda export: seen.append((export.state, export.total)),
        )  # fmt: skip

    assert path.read_bytes() == b"".join(PARTS)
    assert server.requests[0].json() == {"format": "csv", "topic": "Friday"}
    assert server.requests[-1].method == "DELETE"
    assert seen == [("due", None), ("running", 2), ("done", 2)]


BAD = {
    "given up": ([state("failed", last_error="the log stands still")], PARTS, "stands still"),
    "withdrawn": ([state("withdrawn")], PARTS, "is withdrawn"),
    "another file": ([state("done")], [PARTS[0], b"2,no\n"], "not the file"),
    "a part less": ([state("done", parts=1)], PARTS, "not the file"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_the_whole_file_replaces_none(tmp_path: Path, name: str) -> None:
    states, parts, reason = BAD[name]
    target = tmp_path / "all.csv"
    target.write_text("before")

    with scripted(*states, parts=parts).client() as client, pytest.raises(ExportFailed) as failed:
        export_receipts(client, target, format="csv")

    assert reason in str(failed.value)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["before"]


def test_whoever_waits_no_longer_is_told_that_it_goes_on(tmp_path: Path) -> None:
    with (
        scripted(state("running")).client() as client,
        pytest.raises(DeadlineExceeded, match="it goes on"),
    ):
        export_receipts(client, tmp_path / "all.csv", format="csv", timeout_s=0.3)

    assert list(tmp_path.iterdir()) == []
