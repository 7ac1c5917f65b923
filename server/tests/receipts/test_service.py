"""Issuing, reading and verifying receipts, on both databases."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import attrs
import pytest
from aragora import receipts as offline
from aragora.receipts import dsse, log
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.paging import InvalidCursor
from aragora_server.receipts import store
from aragora_server.receipts.log.model import ReceiptPending
from aragora_server.receipts.log.tables import log_pending
from aragora_server.receipts.model import (
    Amends,
    BundleUnreadable,
    Claim,
    Issued,
    Option,
    ReceiptConflict,
    ReceiptNotFound,
)
from aragora_server.receipts.routes import ReceiptRoutes
from aragora_server.receipts.service import ReceiptService
from aragora_server.receipts.store import Filter
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.placing import place_all

pytestmark = pytest.mark.anyio

ACME, RIVAL = new_id(), new_id()
CALLER = Caller(workspace_id=ACME, api_key_id=new_id(), scopes=frozenset())
MakeClaim = Callable[..., Claim]


async def issue(receipts: ReceiptService, claim: Claim, workspace_id: str = ACME) -> Issued:
    async with receipts.db.begin() as tx:
        return await receipts.issue(tx, workspace_id=workspace_id, claim=claim)


async def judged(receipts: ReceiptService, bundle: bytes) -> offline.Verification:
    """As somebody judges who pins the keys now."""
    return receipts.verify(bundle, await receipts.published.pinned())


async def test_a_fresh_server_signs_with_both_keys_and_verifies_what_it_issued(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)
    await place_all(receipts)

    bundle = await receipts.bundle(ACME, issued.receipt_id)

    result = await judged(receipts, bundle)
    found = {check.name: check.result for check in result.checks}
    assert (result.verdict, result.receipt_id) == ("verified", issued.receipt_id)
    assert (found["signature"], found["hmac"]) == ("pass", "pass")


async def test_a_reader_verifies_offline_with_the_published_keys(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)
    await place_all(receipts)
    keys = offline.PinnedKeys.of(json.loads(json.dumps(await receipts.published.directory())))

    result = offline.verify(await receipts.bundle(ACME, issued.receipt_id), keys=keys)

    assert (result.verdict, result.detail) == ("verified", "every required check passed")


async def test_a_bundle_is_the_same_bytes_on_every_download(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)

    first, second = [await receipts.bundle(ACME, issued.receipt_id) for _ in range(2)]

    assert first == second


async def test_the_signed_bytes_hold_no_free_text(receipts: ReceiptService, claim: Claim) -> None:
    named = attrs.evolve(claim, options=(*claim.options, Option(id="c", label="zebra label")))
    issued = await issue(receipts, named)

    payload = (await receipts.get(ACME, issued.receipt_id)).sealed.payload.decode()

    for words in ("adopt the memo", "Too dear", "Ada", "Doubts", "memo.md", "zebra", ACME):
        assert words not in payload


async def test_every_text_of_the_claim_can_be_read_back(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)

    content = (await receipts.get(ACME, issued.receipt_id)).content

    assert content["question"] == {"text": claim.question, "context": claim.context}
    assert [person["name"] for person in content["participants"]] == ["Ada", "Blaise", "Carl"]
    assert content["dissent"][0]["text"] == "Too dear."
    assert [said["text"] for said in content["transcript"]["messages"]] == [
        message.text for message in claim.messages
    ]


async def test_a_receipt_is_invisible_to_other_workspaces(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)

    with pytest.raises(ReceiptNotFound):
        await receipts.get(RIVAL, issued.receipt_id)
    with pytest.raises(ReceiptNotFound):
        await receipts.bundle(RIVAL, issued.receipt_id)
    assert (await receipts.list(RIVAL, Filter(), cursor=None, limit=10)).items == ()


async def test_a_debate_gets_one_receipt(receipts: ReceiptService, claim: Claim) -> None:
    await issue(receipts, claim)

    with pytest.raises(ReceiptConflict, match="already has a receipt"):
        await issue(receipts, claim)


async def test_a_correction_says_what_it_amends(receipts: ReceiptService, claim: Claim) -> None:
    first = await issue(receipts, claim)
    amends = Amends(receipt_id=first.receipt_id, reason="wrong_total")

    second = await issue(receipts, attrs.evolve(claim, amends=amends))
    await place_all(receipts)

    content = (await receipts.get(ACME, second.receipt_id)).content
    assert content["amends"] == {"receipt_id": first.receipt_id, "reason": "wrong_total"}
    assert (await judged(receipts, await receipts.bundle(ACME, second.receipt_id))).is_verified


async def test_a_receipt_waits_for_its_place_in_the_log_of_its_year(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)

    async with receipts.db.read() as tx:
        waits = select(log_pending).where(log_pending.c.kind == "receipt")
        (waiting,) = (await tx.execute(waits)).all()

    bundle = json.loads(await receipts.bundle(ACME, issued.receipt_id))
    message = dsse.pae(dsse.PAYLOAD_TYPE, base64.b64decode(bundle["dsse"]["payload"]))
    signature = base64.b64decode(bundle["dsse"]["signatures"][0]["sig"])
    assert (waiting.shard, waiting.kind, waiting.leaf_id) == ("2026", "receipt", issued.receipt_id)
    assert waiting.entry == log.entry(issued.receipt_id, message, signature)


async def test_until_the_log_has_signed_for_it_a_receipt_reads_as_pending(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)

    shown = await ReceiptRoutes(receipts).get_receipt(CALLER, issued.receipt_id)

    assert shown.log.model_dump() == {"state": "pending", "shard": None, "index": None}
    assert b"tlog_proof" not in await receipts.bundle(ACME, issued.receipt_id)
    with pytest.raises(ReceiptPending):
        await receipts.proof(ACME, issued.receipt_id)
    with pytest.raises(ReceiptNotFound):
        await receipts.proof(RIVAL, issued.receipt_id)


async def test_no_receipt_is_left_when_the_transaction_fails(
    receipts: ReceiptService, claim: Claim
) -> None:
    async def conclude() -> None:
        async with receipts.db.begin() as tx:
            await receipts.issue(tx, workspace_id=ACME, claim=claim)
            raise RuntimeError("the debate could not be saved")

    with pytest.raises(RuntimeError):
        await conclude()

    assert (await receipts.list(ACME, Filter(), cursor=None, limit=10)).items == ()
    async with receipts.db.read() as tx:
        assert (await tx.execute(select(log_pending))).all() == []


async def test_the_same_receipt_again_changes_nothing_and_another_one_is_refused(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)
    sealed = (await receipts.get(ACME, issued.receipt_id)).sealed
    forged = attrs.evolve(sealed, payload=b"{}")

    async with receipts.db.begin() as tx:
        await store.append(tx, sealed, [])
    with pytest.raises(ReceiptConflict, match="other content"):
        async with receipts.db.begin() as tx:
            await store.append(tx, forged, [])

    assert (await receipts.get(ACME, issued.receipt_id)).sealed == sealed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE receipts SET outcome = 'no_decision'",
        "DELETE FROM receipts",
        "UPDATE disclosures SET encoded = ''",
    ],
)
async def test_the_database_refuses_to_change_a_receipt(
    receipts: ReceiptService, claim: Claim, statement: str
) -> None:
    issued = await issue(receipts, claim)

    with pytest.raises(DBAPIError, match="append-only"):
        async with receipts.db.begin() as tx:
            await tx.execute(text(statement))

    await place_all(receipts)
    assert (await judged(receipts, await receipts.bundle(ACME, issued.receipt_id))).is_verified


async def test_postgresql_refuses_to_empty_the_table(database: Database) -> None:
    if database.dialect == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")

    with pytest.raises(DBAPIError, match="append-only"):
        async with database.begin() as tx:
            await tx.execute(text("TRUNCATE receipts CASCADE"))


async def test_lists_newest_first_in_pages(receipts: ReceiptService, make_claim: MakeClaim) -> None:
    ids = [(await issue(receipts, make_claim())).receipt_id for _ in range(3)]

    first = await receipts.list(ACME, Filter(), cursor=None, limit=2)
    rest = await receipts.list(ACME, Filter(), cursor=first.next_cursor, limit=2)

    found = [receipt.sealed.id for receipt in (*first.items, *rest.items)]
    assert found == ids[::-1]
    assert rest.next_cursor is None


async def test_a_foreign_cursor_is_refused(receipts: ReceiptService) -> None:
    with pytest.raises(InvalidCursor):
        await receipts.list(ACME, Filter(), cursor="WzFd", limit=2)


async def test_lists_by_debate_outcome_and_half_open_time(
    receipts: ReceiptService, make_claim: MakeClaim
) -> None:
    made = [make_claim() for _ in range(3)]
    for claim in made:
        await issue(receipts, claim)
    page = await receipts.list(ACME, Filter(), cursor=None, limit=10)
    times = sorted(receipt.sealed.issued_at for receipt in page.items)

    async def count(**wanted: object) -> int:
        found = await receipts.list(ACME, Filter(**wanted), cursor=None, limit=10)  # type: ignore[arg-type]
        return len(found.items)

    assert await count(debate_id=made[1].debate_id) == 1
    assert await count(outcome="decided") == 3
    assert await count(outcome="no_decision") == 0
    assert await count(issued_from=times[1]) == 2
    assert await count(issued_to=times[1]) == 1
    assert await count(issued_from=times[1], issued_to=times[2]) == 1


async def test_a_tampered_bundle_is_an_answer_and_an_unreadable_one_an_error(
    receipts: ReceiptService, claim: Claim
) -> None:
    issued = await issue(receipts, claim)
    bundle = await receipts.bundle(ACME, issued.receipt_id)
    tag = json.loads(bundle)["hmac"]["tag"].encode()

    tampered = await judged(receipts, bundle.replace(tag, b"0" * 64))

    assert (tampered.verdict, tampered.detail[:5]) == ("failed", "hmac:")
    with pytest.raises(BundleUnreadable):
        await judged(receipts, bundle[:-1])
