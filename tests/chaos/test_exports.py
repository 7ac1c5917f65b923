"""A process dies while it makes an export: nothing of it is given out, and the next one goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import httpx2
import pytest
from aragora import receipts as offline
from aragora.receipts.archive import audit_archive

from tests.chaos import start
from tests.chaos.conftest import COMMON
from tests.serving import Server

ASK = {"question": "Ship on Friday?", "seed": 7}
# The first part is kept; the third is not yet; the whole file is, and its job is not done.
POINTS = ("export:committed", "export:commit#3", "export:committed#5")


@pytest.mark.parametrize("point", POINTS)
def test_an_export_whose_process_died_is_whole_in_the_end(tmp_path: Path, point: str) -> None:
    armed = {**COMMON, start.FAULT_POINT: point, start.LEAST_PART: "1"}
    server = Server(tmp_path, armed, module="tests.chaos.start")
    try:
        client = server.start().client()
        debates = [client.post("/v1/debates", json=ASK).json()["id"] for _ in range(2)]
        until_so(lambda: all(ended(client, debate_id) for debate_id in debates))
        home = made(client)
        assert server.process is not None
        assert server.process.wait(timeout=60) == -9, "the point was not reached"
        del server.settings[start.FAULT_POINT]

        client = server.start().client()
        until_so(lambda: client.get(home).json()["state"] == "done")

        export = client.get(home).json()
        parts = [client.get(f"{home}/parts/{number}").content for number in range(export["parts"])]
        keys = offline.PinnedKeys.of(client.get("/.well-known/aragora-keys.json").json())
        found = audit_archive(BytesIO(b"".join(parts)), keys=keys)
        assert (found.verdict, found.receipts) == ("verified", 2), found.detail
        assert export["parts"] >= 5
        until_so(lambda: not client.get("/v1/jobs?state=running").json()["items"])
        [job] = client.get("/v1/jobs?kind=make_receipt_export").json()["items"]
        assert (job["state"], job["attempts"]) == ("done", 2)
    finally:
        server.stop()


def ended(client: httpx2.Client, debate_id: str) -> bool:
    receipt_id = client.get(f"/v1/debates/{debate_id}").json()["receipt_id"]
    return bool(receipt_id)


def made(client: httpx2.Client) -> str:
    """Where the export is."""
    export = client.post("/v1/receipt-exports", json={"format": "ndjson"}).json()
    return f"/v1/receipt-exports/{export['id']}"


def until_so(is_so: Callable[[], bool], within_s: float = 60) -> None:
    end = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
