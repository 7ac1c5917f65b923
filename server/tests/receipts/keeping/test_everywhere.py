"""Erasing one participant from every receipt: nothing of it is left, and every proof holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from aragora import receipts as offline
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.keeping.service import KeepingService
from aragora_server.receipts.keeping.tables import participant_erasures
from aragora_server.services import Services
from sqlalchemy import select

from tests.serving import ENDED
from tests.stored import back_up, forms, tables_with

pytestmark = pytest.mark.anyio

WORD = "Zyzzyva7"
NAME = f"{WORD} Ada"
OTHERS: list[dict[str, str]] = [
    {"model": "scripted:steady", "name": "two"},
    {"model": "scripted:contrarian", "name": "three"},
]
ASK: dict[str, Any] = {
    "question": "Ship on Friday?",
    "agents": [
        {"model": "scripted:careful", "name": NAME, "persona": f"the aunt of {WORD}"},
        *OTHERS,
    ],
    "seed": 7,
}
PRINTS = ("", "/bundle", "/markdown", "/html", "/odr")


async def concluded(client: httpx2.AsyncClient, **asked: Any) -> str:
    opened = await client.post("/v1/debates", json={**ASK, **asked})
    assert opened.status_code == 202, opened.text
    debate: dict[str, Any] = opened.json()
    with anyio.fail_after(60):
        while debate["status"] not in ENDED or not debate["receipt_id"]:
            await anyio.sleep(0.02)
            debate = (await client.get(f"/v1/debates/{debate['id']}")).json()
    found: str = debate["receipt_id"]
    return found


async def erased(client: httpx2.AsyncClient, name: str, **headers: str) -> dict[str, Any]:
    asked = {"participant": name, "legal_basis": "gdpr_art_17"}
    answer = await client.post("/v1/participant-erasures", json=asked, headers=headers)
    assert answer.status_code == 202, answer.text
    return await over(client, answer.json()["id"])


async def over(client: httpx2.AsyncClient, request_id: str) -> dict[str, Any]:
    with anyio.fail_after(60):
        while True:
            told = (await client.get(f"/v1/participant-erasures/{request_id}")).json()
            if told["done_at"]:
                assert told["waiting"] == 0
                return dict(told)
            await anyio.sleep(0.02)


async def judged(client: httpx2.AsyncClient, receipt_id: str) -> offline.Verification:
    """When the log has signed for all that the bundle holds."""
    keys = offline.PinnedKeys.load((await client.get("/.well-known/aragora-keys.json")).content)
    with anyio.fail_after(30):
        while True:
            raw = (await client.get(f"/v1/receipts/{receipt_id}/bundle")).content
            bundle = json.loads(raw)
            if all(one.get("tlog_proof") for one in [bundle, *bundle.get("erasures", ())]):
                return offline.verify(raw, keys=keys)
            await anyio.sleep(0.02)


async def test_one_participant_is_gone_from_everywhere_and_from_new_backups(
    acme: httpx2.AsyncClient, services: Services, tmp_path: Path
) -> None:
    receipt_ids = [await concluded(acme) for _ in range(2)]
    held_id = await concluded(acme)
    other_id = await concluded(acme, agents=[*OTHERS, {"model": "scripted:careful"}])
    case = {"matter": "m", "reason": "r", "receipt_ids": [held_id]}
    hold = (await acme.post("/v1/legal-holds", json=case)).json()
    await exported(acme, {"format": "ndjson"})
    await exported(acme, {"format": "csv", "participant": NAME})

    first = await erased(acme, NAME.upper())

    assert (first["receipts"], first["erased"]) == (3, 2)
    assert first["held"] == [{"receipt_id": held_id, "legal_hold_id": hold["id"]}]
    assert NAME in (await acme.get(f"/v1/receipts/{held_id}")).text
    await acme.post(f"/v1/legal-holds/{hold['id']}/release")
    second = await erased(acme, NAME)
    assert (second["receipts"], second["erased"], second["held"]) == (1, 1, [])
    assert (await erased(acme, NAME))["receipts"] == 0
    for receipt_id in (*receipt_ids, held_id):
        found = {check.name: check.result for check in (await judged(acme, receipt_id)).checks}
        assert (found["disclosures"], found["inclusion"]) == ("erased", "pass")
        assert (await judged(acme, receipt_id)).is_verified
    assert (await judged(acme, other_id)).is_verified
    await assert_nowhere(acme, services, (*receipt_ids, held_id), tmp_path)


async def exported(client: httpx2.AsyncClient, asked: dict[str, str]) -> None:
    made = (await client.post("/v1/receipt-exports", json=asked)).json()
    with anyio.fail_after(30):
        while made["state"] != "done":
            await anyio.sleep(0.02)
            made = (await client.get(f"/v1/receipt-exports/{made['id']}")).json()


async def assert_nowhere(
    acme: httpx2.AsyncClient, services: Services, receipt_ids: tuple[str, ...], folder: Path
) -> None:
    for word in (WORD, WORD.lower()):
        assert await tables_with(services.db, word) == set()
    async with services.db.read() as tx:
        left = select(participant_erasures.c.salt, participant_erasures.c.name_hmac)
        assert set((await tx.execute(left)).all()) == {(None, None)}
    backup = back_up(services.db, folder)
    files = [path for path in services.settings.data_dir.rglob("*") if path.is_file()]
    assert backup.stat().st_size > 10_000
    for path in (backup, *files):
        content = path.read_bytes()
        assert [form for form in forms(WORD) if form in content] == [], path
    for path in [f"/v1/receipts/{one}{kind}" for one in receipt_ids for kind in PRINTS] + [
        "/v1/receipts",
        "/v1/receipt-exports",
        "/v1/debates",
        "/v1/jobs",
    ]:
        answer = await acme.get(path)
        assert answer.status_code == 200, path
        assert WORD.lower() not in answer.text.lower(), path
    for search in ({"participant": NAME}, {"topic": WORD}):
        assert (await acme.get("/v1/receipts", params=search)).json()["items"] == []


async def test_others_keep_their_texts_and_a_model_is_no_name(acme: httpx2.AsyncClient) -> None:
    receipt_id = await concluded(acme)

    by_model = await erased(acme, "scripted:careful")
    await erased(acme, NAME)

    people = (await acme.get(f"/v1/receipts/{receipt_id}")).json()["participants"]
    assert [person["name"] for person in people] == [None, "two", "three"]
    assert (by_model["receipts"], by_model["erased"]) == (1, 0)


async def test_the_same_request_again_is_one_erasure_and_it_is_its_owners_alone(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    await concluded(acme)
    key = {"Idempotency-Key": new_id()}

    foreign = await erased(rival, NAME)
    first, again = [await erased(acme, NAME, **key) for _ in range(2)]

    assert foreign["receipts"] == 0
    assert (first["id"], first["erased"]) == (again["id"], 1)
    told = await rival.get(f"/v1/participant-erasures/{first['id']}")
    assert (told.status_code, told.json()["code"]) == (404, "participant_erasure_not_found")


async def test_what_cannot_go_holds_up_no_other_and_is_tried_again(
    acme: httpx2.AsyncClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, free = [await concluded(acme) for _ in range(2)]
    erase_in, tried = KeepingService.erase_in, list[str]()

    async def fail_first(own: KeepingService, tx: Any, sealed: Any, *others: Any) -> Any:
        tried.append(sealed.id)
        if len(tried) == 1:
            raise RuntimeError("not this one")
        return await erase_in(own, tx, sealed, *others)

    monkeypatch.setattr(KeepingService, "erase_in", fail_first)
    asked = {"participant": NAME, "legal_basis": "gdpr_art_17"}
    request_id = (await acme.post("/v1/participant-erasures", json=asked)).json()["id"]
    with anyio.fail_after(30):
        while len(tried) < 2:
            await anyio.sleep(0.02)
    done = await over(acme, request_id)

    assert tried == [stuck, free, stuck]
    assert (done["erased"], done["held"]) == (2, [])
    (job,) = (await acme.get("/v1/jobs", params={"kind": "erase_participant"})).json()["items"]
    assert (job["state"], job["last_error"]) == ("done", "receipts that could not be erased: 1")
