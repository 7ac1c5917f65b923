"""Verification is open to everybody; whoever abuses it holds up nobody else."""

from __future__ import annotations

import time

import anyio
import httpx2
import pytest

pytestmark = pytest.mark.anyio

SEND = {"content-type": "application/vnd.aragora.receipt-bundle+json"}
HEAD = (
    b'{"v":1,"dsse":{"payloadType":"x","payload":"","signatures":[{"keyid":"a","sig":""}]},'
    b'"disclosures":[]'
)


async def test_a_bundle_that_takes_long_holds_up_no_other_request(
    stranger: httpx2.AsyncClient,
) -> None:
    slow = HEAD + b',"a":[' + b"[]," * 300_000 + b"[]]}"
    waits: list[float] = []
    is_done = anyio.Event()

    async def look() -> None:
        while not is_done.is_set():
            asked = time.perf_counter()
            await stranger.get("/healthz")
            waits.append(time.perf_counter() - asked)
            await anyio.sleep(0.001)

    async with anyio.create_task_group() as group:
        group.start_soon(look)
        began = time.perf_counter()
        answer = await stranger.post("/v1/receipts/verify", content=slow, headers=SEND)
        took = time.perf_counter() - began
        is_done.set()

    assert answer.status_code == 200, answer.text
    assert len(waits) > 3
    # Beside the loop it takes as long as before, and nobody waits for most of that.
    assert max(waits) < took / 2


async def test_megabytes_of_small_values_are_not_even_read(stranger: httpx2.AsyncClient) -> None:
    soup = HEAD + b',"a":[' + b"[]," * 600_000 + b"[]]}"

    answer = await stranger.post("/v1/receipts/verify", content=soup, headers=SEND)

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
