"""A legal hold wins: nothing goes that it covers."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.keeping import service
from aragora_server.receipts.model import Claim
from aragora_server.services import Services

pytestmark = pytest.mark.anyio

CASE = {"matter": "Case 7", "reason": "Pending"}
ERASING = {"parts": ["question"], "legal_basis": "gdpr_art_17"}


async def place(client: httpx2.AsyncClient, **covered: Any) -> dict[str, Any]:
    answer = await client.post("/v1/legal-holds", json={**CASE, **covered})
    assert answer.status_code == 201, answer.text
    hold: dict[str, Any] = answer.json()
    return hold


async def erase(client: httpx2.AsyncClient, receipt_id: str) -> httpx2.Response:
    return await client.post(f"/v1/receipts/{receipt_id}/erasures", json=ERASING)


@pytest.mark.parametrize(
    "covered",
    [
        {"receipt_ids": ["<receipt>"]},
        {"debate_id": "<debate>"},
        {"participant": "aDA"},
        {"participant": "scripted:steady"},
        {"issued_from": "2020-01-01T00:00:00Z", "issued_to": "2100-01-01T00:00:00Z"},
        {"receipt_ids": ["<receipt>"], "participant": "Carl"},
    ],
)
async def test_a_hold_blocks_an_erasure_until_it_is_released(
    acme: httpx2.AsyncClient, receipt_id: str, claim: Claim, covered: dict[str, Any]
) -> None:
    real = {"<receipt>": receipt_id, "<debate>": claim.debate_id}
    named = {
        name: [real[one] for one in value] if isinstance(value, list) else real.get(value, value)
        for name, value in covered.items()
    }
    hold = await place(acme, **named)

    blocked = await erase(acme, receipt_id)
    released = [await acme.post(f"/v1/legal-holds/{hold['id']}/release") for _ in range(2)]
    allowed = await erase(acme, receipt_id)

    assert (blocked.status_code, blocked.json()["code"]) == (409, "legal_hold_active")
    assert blocked.json()["legal_hold_id"] == hold["id"]
    assert blocked.json()["matter"] == "Case 7"
    assert released[0].json() == released[1].json()
    assert released[0].json()["released_at"] is not None
    assert (allowed.status_code, allowed.json()["erased"]) == (201, 2)


@pytest.mark.parametrize(
    "covered",
    [
        {"receipt_ids": [new_id()]},
        {"debate_id": new_id()},
        {"participant": "Ad"},
        {"issued_to": "2020-01-01T00:00:00Z"},
        {"issued_from": "2020-01-01T00:00:00Z", "participant": "Nobody"},
    ],
)
async def test_a_hold_on_others_blocks_nothing(
    acme: httpx2.AsyncClient, receipt_id: str, covered: dict[str, Any]
) -> None:
    await place(acme, **covered)

    assert (await erase(acme, receipt_id)).status_code == 201


async def test_the_hold_of_another_workspace_neither_blocks_nor_is_seen(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, receipt_id: str
) -> None:
    foreign = await place(rival, receipt_ids=[receipt_id])

    answer = await acme.post(f"/v1/legal-holds/{foreign['id']}/release")

    assert (answer.status_code, answer.json()["code"]) == (404, "legal_hold_not_found")
    assert (await acme.get("/v1/legal-holds")).json()["items"] == []
    assert (await rival.get("/v1/legal-holds")).json()["items"] == [foreign]
    assert (await erase(acme, receipt_id)).status_code == 201


async def test_a_hold_without_a_criterion_is_refused(acme: httpx2.AsyncClient) -> None:
    backwards = {"issued_from": "2026-02-01T00:00:00Z", "issued_to": "2026-01-01T00:00:00Z"}

    for covered in ({}, backwards):
        answer = await acme.post("/v1/legal-holds", json={**CASE, **covered})
        assert (answer.status_code, answer.json()["code"]) == (422, "legal_hold_empty")


async def test_so_many_holds_are_active_and_no_more(
    acme: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is looked at before anything is deleted, for all workspaces in turn."""
    monkeypatch.setattr(service, "MOST_HOLDS", 2)
    held = [await place(acme, participant=name) for name in ("one", "two")]

    refused = await acme.post("/v1/legal-holds", json={**CASE, "participant": "three"})
    await acme.post(f"/v1/legal-holds/{held[0]['id']}/release")

    assert (refused.status_code, "release some" in refused.json()["detail"]) == (422, True)
    await place(acme, participant="three")


async def test_placing_and_releasing_are_leaves_of_the_log(
    acme: httpx2.AsyncClient, services: Services
) -> None:
    key = {"Idempotency-Key": new_id()}
    asked = {**CASE, "participant": "Ada"}
    first, again = [await acme.post("/v1/legal-holds", json=asked, headers=key) for _ in range(2)]
    await acme.post(f"/v1/legal-holds/{first.json()['id']}/release")

    from aragora_server.receipts.log.tables import entries, log_pending
    from sqlalchemy import func, select

    # In one statement: between two of them a leaf may come into the log, and be in neither count.
    counts = [
        select(func.count()).where(table.c.kind == "legal_hold").scalar_subquery()
        for table in (entries, log_pending)
    ]
    async with services.db.read() as tx:
        (counted,) = await tx.execute(select(*counts))
    assert again.json() == first.json()
    assert sum(counted) == 2
