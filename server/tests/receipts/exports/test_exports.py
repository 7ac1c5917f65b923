"""Exports: whole or not given out, what an auditor needs or a table, and gone when a receipt is."""

from __future__ import annotations

import csv
import hashlib
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora import receipts as offline
from aragora.receipts.archive import ArchiveAudit, audit_archive
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.jobs import Job, JobFailed
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts.exports import archive, making, store
from aragora_server.receipts.exports.making import ExportMaker
from aragora_server.receipts.exports.model import Export
from aragora_server.receipts.log import pending
from aragora_server.receipts.model import Claim
from aragora_server.receipts.service import ReceiptService
from aragora_server.services import Services
from sqlalchemy import text

from tests.placing import place_all
from tests.stored import tables_with

pytestmark = pytest.mark.anyio

WORD = "Zyzzyva7"
Issue = Callable[..., Awaitable[str]]


@pytest.fixture
async def issue(
    services: Services, acme: httpx2.AsyncClient, make_claim: Callable[..., Claim]
) -> Issue:
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]

    async def issued(*, of: str = workspace_id, **changes: object) -> str:
        async with services.db.begin() as tx:
            claim = make_claim(**changes)
            made = await services.receipts.issue(tx, workspace_id=of, claim=claim)
        await pending.wake(services.outside.broadcast)
        return made.receipt_id

    return issued


async def ended(client: httpx2.AsyncClient, export: dict[str, Any]) -> dict[str, Any]:
    with anyio.fail_after(60):
        while export["state"] in ("due", "running"):
            await anyio.sleep(0.02)
            export = (await client.get(f"/v1/receipt-exports/{export['id']}")).json()
    return export


async def exported(client: httpx2.AsyncClient, **asked: Any) -> tuple[dict[str, Any], bytes]:
    """An export and its file."""
    answer = await client.post("/v1/receipt-exports", json={"format": "ndjson", **asked})
    assert answer.status_code == 202, answer.text
    export = await ended(client, answer.json())
    assert export["state"] == "done", export
    return export, await downloaded(client, export)


async def downloaded(client: httpx2.AsyncClient, export: dict[str, Any]) -> bytes:
    home = f"/v1/receipt-exports/{export['id']}/parts"
    return b"".join([(await client.get(f"{home}/{n}")).content for n in range(export["parts"])])


async def audited(client: httpx2.AsyncClient, content: bytes) -> ArchiveAudit:
    keys = (await client.get("/.well-known/aragora-keys.json")).content
    return audit_archive(BytesIO(content), keys=offline.PinnedKeys.load(keys))


async def test_an_auditor_rebuilds_the_log_and_verifies_each_receipt_out_of_the_archive(
    services: Services, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, issue: Issue
) -> None:
    rivals = (await rival.get("/v1/account")).json()["workspace"]["id"]
    ids = [await issue() for _ in range(3)]
    await issue(of=rivals, question=f"About {WORD}?")

    export, content = await exported(acme, format="ndjson")

    found = await audited(acme, content)
    assert (found.verdict, found.detail) == ("verified", "every required check passed")
    assert (found.receipts, found.deleted, found.elsewhere) == (len(ids), 0, 1)
    assert {log.size for log in found.logs} == {5}  # the key of the receipts is a leaf too
    assert export["done"] == export["total"] == len(content.splitlines()) - 3
    assert (export["bytes"], export["sha256"]) == (
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert receipts_in(content) == set(ids)
    for receipt_id in ids:
        bundle = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).content
        assert b'{"bundle":%b}' % bundle in content.splitlines()


def receipts_in(content: bytes) -> set[str]:
    """Whose bundles they are."""
    bundles = [json.loads(line).get("bundle") for line in content.splitlines()]
    payloads = [b64decode(bundle["dsse"]["payload"]) for bundle in bundles if bundle]
    return {json.loads(payload)["predicate"]["receipt_id"] for payload in payloads}


async def test_the_same_filters_as_those_of_the_list_choose_what_is_exported(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, issue: Issue, make_claim: Any
) -> None:
    verdict = attrs.evolve(make_claim().verdict, answer='=HYPERLINK("x"),\n"y"')
    ids = [await issue(verdict=verdict) for _ in range(3)]
    about = await issue(question=f"About {WORD}?")

    _, rows = await exported(acme, format="csv")
    _, one = await exported(acme, format="csv", topic=WORD, min_cost_usd="0.001")
    _, none = await exported(acme, format="csv", issued_to="2026-01-01T00:00:00Z")
    _, theirs = await exported(rival, format="csv")
    _, archived = await exported(acme, format="ndjson", topic=WORD)

    told = list(csv.DictReader(StringIO(rows.decode(), newline="")))
    assert [row["id"] for row in told] == [about, *ids[::-1]]
    assert told[1]["answer"] == '\'=HYPERLINK("x"),\n"y"'
    assert (told[0]["cost_usd"], told[0]["input_tokens"]) == ("0.003", "2700")
    assert [row["id"] for row in csv.DictReader(StringIO(one.decode()))] == [about]
    assert len(none.splitlines()) == len(theirs.splitlines()) == 1
    found = await audited(acme, archived)
    assert (found.verdict, found.receipts, found.elsewhere) == ("verified", 1, 3)


async def test_an_attempt_goes_on_where_the_one_before_was_cut_off(
    services: Services, acme: httpx2.AsyncClient, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LEAST_PART", 1)
    monkeypatch.setattr(archive, "BUNDLES", 1)
    for _ in range(3):
        await issue()
    export = await left_alone(services, acme)
    job = job_of(export)
    whole = ExportMaker.of(services.receipts)

    for pieces in (2, 1):
        cut_off = attrs.evolve(whole, sources={"ndjson": Cut(whole.sources["ndjson"], pieces)})
        with pytest.raises(Lost):
            await cut_off.make(job)
        early = await acme.get(f"/v1/receipt-exports/{export}/parts/0")
        assert (early.status_code, early.json()["code"]) == (409, "export_not_ready")
    # What is issued meanwhile is of a log that is longer than the one that is exported.
    await acme.get(f"/v1/receipts/{await issue()}/bundle")
    shown = (await acme.get(f"/v1/receipt-exports/{export}")).json()
    assert (shown["state"], shown["sha256"]) == ("running", None)
    assert 0 < shown["done"] < shown["total"]
    await whole.make(job)
    await whole.make(job)

    shown = (await acme.get(f"/v1/receipt-exports/{export}")).json()
    content = await downloaded(acme, shown)
    found = await audited(acme, content)
    assert (shown["state"], shown["done"]) == ("done", shown["total"])
    assert shown["sha256"] == hashlib.sha256(content).hexdigest()
    assert (found.verdict, found.receipts) == ("verified", 3)


class Lost(Exception):
    """As if the process had died."""


@attrs.define
class Cut:
    """A source that gives so many pieces."""

    source: Any
    left: int

    async def survey(self, export: Any) -> Any:
        return await self.source.survey(export)

    async def piece(self, export: Any, cursor: Any) -> Any:
        if self.left == 0:
            raise Lost
        self.left -= 1
        return await self.source.piece(export, cursor)


def job_of(export_id: str) -> Job:
    return Job(
        id="", kind="", workspace_id=None, subject=None, payload={"export_id": export_id},
        attempts=1, epoch=1,
    )  # fmt: skip


async def left_alone(services: Services, client: httpx2.AsyncClient) -> str:
    """An export that no job will make."""
    account = (await client.get("/v1/account")).json()
    now = datetime.now(UTC)
    made = Export(
        id=new_id(), workspace_id=account["workspace"]["id"], format="ndjson", wanted={},
        created_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    async with services.db.begin() as tx:
        await store.add(tx, made)
    return made.id


async def test_whoever_finds_that_another_went_on_changes_nothing_and_tries_again_later(
    services: Services, acme: httpx2.AsyncClient, issue: Issue
) -> None:
    await issue()
    export_id = await left_alone(services, acme)
    maker = ExportMaker.of(services.receipts)
    async with services.db.read() as tx:
        export = await store.under_way(tx, export_id)
    assert export is not None
    survey = await maker.sources["ndjson"].survey(export)
    async with services.db.begin() as tx:
        assert await store.begin(tx, export, survey)
        assert not await store.begin(tx, export, survey)
        grown = await store.append(tx, export, [b"a"], {"entry": 1}, ["entries", 0, 1])

        again = await store.append(tx, export, [b"b"], {"entry": 1}, ["entries", 0, 1])

    assert grown is not None
    assert again is None
    async with services.db.read() as tx:
        assert await store.part(tx, export_id, 0) == b"a"


@pytest.mark.parametrize("asked", [{"format": "ndjson"}, {"format": "csv", "topic": WORD}])
async def test_a_file_with_an_erased_text_is_gone_with_the_text(
    services: Services, acme: httpx2.AsyncClient, issue: Issue, asked: dict[str, str]
) -> None:
    receipt_id = await issue(question=f"About {WORD}?")
    other, _ = await exported(acme, format="csv", issued_to="2026-01-01T00:00:00Z")
    export, _ = await exported(acme, **asked)
    begun = await left_alone(services, acme)

    erased = await acme.post(
        f"/v1/receipts/{receipt_id}/erasures",
        json={"parts": ["question"], "legal_basis": "gdpr_art_17"},
    )

    assert erased.status_code == 201, erased.text
    assert await tables_with(services.db, WORD) == set()
    assert await tables_with(services.db, WORD.lower()) == set()
    shown = (await acme.get(f"/v1/receipt-exports/{export['id']}")).json()
    part = await acme.get(f"/v1/receipt-exports/{export['id']}/parts/0")
    assert (shown["state"], shown["sha256"]) == ("withdrawn", None)
    assert (part.status_code, part.json()["code"]) == (409, "export_withdrawn")
    assert (await acme.get(f"/v1/receipt-exports/{begun}")).json()["state"] == "withdrawn"
    assert (await acme.get(f"/v1/receipt-exports/{other['id']}/parts/0")).status_code == 200
    found = await audited(acme, (await exported(acme, format="ndjson"))[1])
    assert (found.verdict, found.receipts) == ("verified", 1)


async def test_an_export_begins_before_an_erasure_or_after_it(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    if services.db.dialect == "sqlite":
        pytest.skip("SQLite writes one at a time")
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")

    async with anyio.create_task_group() as group, services.db.begin() as tx:
        await take_turn(tx, CUSTODY, workspace_id)
        group.start_soon(exported, acme)
        with anyio.fail_after(20):
            while not (await tx.execute(waits)).scalar_one():
                await anyio.sleep(0.02)

    assert (await acme.get("/v1/receipt-exports")).json()["items"]


async def test_a_deleted_receipt_takes_files_with_it_and_is_a_tombstone_in_the_next(
    services: Services, acme: httpx2.AsyncClient, issue: Issue
) -> None:
    await issue()
    before, _ = await exported(acme, format="ndjson")
    later = attrs.evolve(
        services.retention, now=lambda: datetime.now(UTC) + timedelta(days=366 * 8)
    )

    assert await later.delete_expired() == 1

    shown = (await acme.get(f"/v1/receipt-exports/{before['id']}")).json()
    assert shown["state"] == "withdrawn"
    await issue()
    _, content = await exported(acme, format="ndjson")
    found = await audited(acme, content)
    assert (found.verdict, found.detail) == ("verified", "every required check passed")
    assert (found.receipts, found.deleted, found.elsewhere) == (1, 1, 0)


async def test_exports_expire_are_deleted_and_are_not_without_number(
    services: Services, acme: httpx2.AsyncClient, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    await issue()
    first, _ = await exported(acme, format="csv")
    second, _ = await exported(acme, format="csv")
    monkeypatch.setattr("aragora_server.receipts.exports.service.MOST_EXPORTS", 2)

    refused = await acme.post("/v1/receipt-exports", json={"format": "csv"})
    monkeypatch.setattr("aragora_server.receipts.exports.service.MOST_EXPORTS", 100)
    monkeypatch.setattr("aragora_server.receipts.exports.service.MOST_BYTES", 1)
    too_large = await acme.post("/v1/receipt-exports", json={"format": "csv"})
    gone = await acme.delete(f"/v1/receipt-exports/{first['id']}")

    for one in (refused, too_large):
        assert (one.status_code, one.json()["code"]) == (409, "too_many_exports")
    assert gone.status_code == 204
    assert (await acme.get(f"/v1/receipt-exports/{first['id']}")).status_code == 404
    assert (await acme.get("/v1/receipt-exports")).json()["items"] == [second]
    assert await store.delete_expired(services.db, datetime.now(UTC)) == 0
    assert await store.delete_expired(services.db, datetime.now(UTC) + timedelta(days=4)) == 1
    assert (await acme.get("/v1/receipt-exports")).json()["items"] == []
    assert "receipt_export_parts" not in await tables_with(services.db, "issued_at")


async def test_nothing_is_made_before_the_log_has_taken_what_waits_for_it(
    receipts: ReceiptService, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SETTLED_WITHIN_S", 0.1)
    now = datetime.now(UTC)
    asked = Export(
        id=new_id(), workspace_id="w", format="ndjson", wanted={}, created_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    async with receipts.db.begin() as tx:
        await store.add(tx, asked)
        await receipts.issue(tx, workspace_id="w", claim=claim)
    maker = ExportMaker.of(receipts)

    with pytest.raises(JobFailed, match="has not taken yet"):
        await maker.make(job_of(asked.id))
    await place_all(receipts)
    await maker.make(job_of(asked.id))

    async with receipts.db.read() as tx:
        content = await store.part(tx, asked.id, 0)
    keys = offline.PinnedKeys.of(await receipts.published.directory())
    assert audit_archive(BytesIO(content or b""), keys=keys).receipts == 1


async def test_two_of_a_workspace_are_made_at_once_and_no_more(
    acme: httpx2.AsyncClient,
    rival: httpx2.AsyncClient,
    issue: Issue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await issue()
    may_begin, survey = anyio.Event(), archive.Archive.survey

    async def later(self: archive.Archive, export: Export) -> Any:
        await may_begin.wait()
        return await survey(self, export)

    monkeypatch.setattr(archive.Archive, "survey", later)
    ask = {"format": "ndjson"}
    begun = [await acme.post("/v1/receipt-exports", json=ask) for _ in range(3)]
    others, _ = await exported(rival, format="csv")
    may_begin.set()

    assert [answer.status_code for answer in begun] == [202, 202, 409]
    assert begun[-1].json()["code"] == "too_many_exports"
    assert others["state"] == "done"
    for answer in begun[:2]:
        assert (await ended(acme, answer.json()))["state"] == "done"
    assert (await acme.post("/v1/receipt-exports", json=ask)).status_code == 202
