"""What is over goes and leaves a tombstone; what is held, or cannot be told to the log, stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import anyio
import attrs
import httpx2
import pytest
from aragora import receipts as offline
from aragora_server.contract.operations import OPERATIONS
from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.db import Tx
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.keeping import store
from aragora_server.receipts.keeping.expiry import RetentionService
from aragora_server.receipts.keeping.retention import Policy, Span, after, kept_until, spans
from aragora_server.receipts.log import pending
from aragora_server.receipts.log.model import Leaf
from aragora_server.receipts.log.tables import entries, log_pending
from aragora_server.receipts.model import Amends, Claim
from aragora_server.receipts.tables import tombstones
from aragora_server.services import Services
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.stored import tables_with

pytestmark = pytest.mark.anyio

MakeClaim = Callable[..., Claim]
WORD = "Zyzzyva7"
BODIES = {
    "eraseDisclosures": {"parts": ["question"], "legal_basis": "gdpr_art_17"},
    "createShareLink": {"disclose": ["question"]},
    "putFeedback": {"useful": True},
}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "begin", "end"),
    [
        ("P7Y", "2026-11-22", "2033-11-22"),
        ("P1Y", "2028-02-29", "2029-03-01"),
        ("P4Y", "2028-02-29", "2032-02-29"),
        ("P1D", "2026-12-31", "2027-01-01"),
    ],
)
def test_years_are_calendar_years(period: str, begin: str, end: str) -> None:
    assert after(period, day(begin)) == day(end)


def test_a_shorter_period_is_for_what_comes_unless_it_says_otherwise() -> None:
    issued = day("2026-06-01")

    def said(period: str, at: str, *, apply_to_existing: bool = False) -> Policy:
        return Policy(
            id="", workspace_id="", period=period, apply_to_existing=apply_to_existing,
            set_by="", set_at=day(at),
        )  # fmt: skip

    assert kept_until(issued, [], "receipts") == day("2033-06-01")
    assert kept_until(issued, [said("P1Y", "2026-01-01")], "receipts") == day("2027-06-01")
    assert kept_until(issued, [said("P1Y", "2026-07-01")], "receipts") == day("2033-06-01")
    assert kept_until(issued, [said("P10Y", "2026-07-01")], "receipts") == day("2036-06-01")
    shortened = said("P1Y", "2026-07-01", apply_to_existing=True)
    assert kept_until(issued, [said("P10Y", "2026-06-15"), shortened], "receipts") == day(
        "2027-06-01"
    )


def test_only_who_said_less_is_looked_through_for_less() -> None:
    now = day("2033-06-01")
    said = [("a", "P30D", None), ("a", "P1Y", "P2D"), ("b", "P10Y", "P1D"), ("c", "P9Y", None)]

    of_receipts, of_debates = spans(said, "receipts", now), spans(said, "debates", now)

    everywhere = Span(None, day("2026-06-03"))
    assert of_receipts == (everywhere, Span("a", day("2033-05-04")))
    assert of_debates == (everywhere, Span("a", day("2033-05-31")), Span("b", day("2033-05-31")))


@pytest.fixture
async def issue(
    services: Services, acme: httpx2.AsyncClient, make_claim: MakeClaim
) -> Callable[..., object]:
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]

    async def issued(**changes: object) -> str:
        async with services.db.begin() as tx:
            made = await services.receipts.issue(
                tx, workspace_id=workspace_id, claim=make_claim(**changes)
            )
        await pending.wake(services.outside.broadcast)
        with anyio.fail_after(30):
            while True:
                async with services.db.read() as tx:
                    if await services.receipts.log.places(tx, [made.receipt_id]):
                        return made.receipt_id
                await anyio.sleep(0.02)

    return issued


def years_later(services: Services, years: int) -> RetentionService:
    return attrs.evolve(
        services.retention, now=lambda: datetime.now(UTC) + timedelta(days=366 * years)
    )


async def test_what_is_over_goes_and_leaves_a_tombstone_and_a_leaf(
    acme: httpx2.AsyncClient, services: Services, issue: Callable[..., object]
) -> None:
    gone = await issue(question=f"About {WORD}?")  # type: ignore[misc]
    terms = {"disclose": ["question"]}
    link = (await acme.post(f"/v1/receipts/{gone}/share-links", json=terms)).json()
    await acme.get(f"/v1/shared-receipts/{link['token']}")
    said = {"useful": True, "comment": f"{WORD} it was"}
    assert (await acme.put(f"/v1/receipts/{gone}/feedback", json=said)).status_code == 200
    assert await years_later(services, 6).delete_expired() == 0

    assert await years_later(services, 8).delete_expired() == 1

    assert (await acme.get(f"/v1/receipts/{gone}")).status_code == 410
    assert (await acme.get(f"/v1/shared-receipts/{link['token']}")).status_code == 404
    assert (await acme.get("/v1/receipts", params={"topic": WORD})).json()["items"] == []
    assert await tables_with(services.db, WORD) == set()
    assert await tables_with(services.db, WORD.lower()) == set()
    async with services.db.read() as tx:
        stone = (await tx.execute(select(tombstones))).one()
        leaf = (await tx.execute(select(entries).where(entries.c.leaf_id == gone))).one()
        assert (stone.id, stone.idx, stone.entry) == (gone, leaf.idx, leaf.entry)
        assert await retention_leaves(tx) == 1
    assert await years_later(services, 8).delete_expired() == 0


async def test_every_operation_says_of_a_deleted_receipt_when_and_why_to_its_owner_alone(
    acme: httpx2.AsyncClient,
    rival: httpx2.AsyncClient,
    services: Services,
    issue: Callable[..., object],
) -> None:
    gone = await issue()  # type: ignore[misc]
    assert await years_later(services, 8).delete_expired() == 1
    async with services.db.read() as tx:
        deleted_at = wire_time((await tx.execute(select(tombstones.c.deleted_at))).scalar_one())

    walked = [one for one in OPERATIONS.values() if "{receipt_id}" in one.path]
    for operation in walked:
        path = operation.path.format(receipt_id=gone, link_id=new_id())
        body = BODIES.get(operation.id)
        own, foreign = [
            await who.request(operation.method, path, json=body) for who in (acme, rival)
        ]
        told = own.json()
        assert (own.status_code, told["code"]) == (410, "receipt_erased"), operation.id
        assert (told["deleted_at"], told["reason"]) == (deleted_at, "retention")
        assert foreign.status_code == 404, operation.id
        assert foreign.json()["code"].endswith("_not_found")
    assert len(walked) >= 11


async def retention_leaves(tx: object) -> int:
    total = 0
    for table in (entries, log_pending):
        counting = select(func.count()).where(table.c.kind == "retention")
        total += (await tx.execute(counting)).scalar_one()  # type: ignore[attr-defined]
    return total


async def test_what_is_held_stays_whatever_its_age(
    acme: httpx2.AsyncClient, services: Services, issue: Callable[..., object]
) -> None:
    held, free = await issue(), await issue()  # type: ignore[misc]
    case = {"matter": "m", "reason": "r", "receipt_ids": [held]}
    hold = (await acme.post("/v1/legal-holds", json=case)).json()
    keys = offline.PinnedKeys.load((await acme.get("/.well-known/aragora-keys.json")).content)

    assert await years_later(services, 8).delete_expired() == 1

    bundle = (await acme.get(f"/v1/receipts/{held}/bundle")).content
    assert offline.verify(bundle, keys=keys).is_verified
    assert (await acme.get(f"/v1/receipts/{free}")).status_code == 410
    await acme.post(f"/v1/legal-holds/{hold['id']}/release")
    assert await years_later(services, 8).delete_expired() == 1


async def test_nothing_goes_when_the_log_cannot_be_told(
    acme: httpx2.AsyncClient,
    services: Services,
    issue: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receipt_id = await issue()  # type: ignore[misc]
    before = (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).content

    async def fail(*_: object) -> None:
        raise RuntimeError("the log is full")

    with monkeypatch.context() as broken:
        broken.setattr(pending, "append", fail)
        with pytest.raises(RuntimeError, match="full"):
            await years_later(services, 8).delete_expired()

    assert (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).content == before
    async with services.db.read() as tx:
        assert (await tx.execute(select(tombstones))).all() == []


async def test_a_receipt_that_cannot_go_holds_up_no_other(
    services: Services, issue: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, other = [await issue() for _ in range(2)]  # type: ignore[misc]
    told, append = [], pending.append

    async def fail_first(tx: Tx, leaf: Leaf, at: datetime) -> None:
        told.append(leaf)
        if len(told) == 1:
            raise RuntimeError("not this one")
        await append(tx, leaf, at)

    with monkeypatch.context() as broken:
        broken.setattr(pending, "append", fail_first)
        with pytest.raises(RuntimeError, match="not this one"):
            await years_later(services, 8).delete_expired()

    async with services.db.read() as tx:
        assert (await tx.execute(select(tombstones.c.id))).scalars().all() == [other]
    assert await years_later(services, 8).delete_expired() == 1
    assert stuck != other


async def test_a_receipt_is_kept_as_long_as_its_correction(
    services: Services, issue: Callable[..., object], claim: Claim
) -> None:
    first = await issue(debate_id=claim.debate_id)  # type: ignore[misc]
    amends = Amends(receipt_id=first, reason="wrong_total")
    await issue(debate_id=claim.debate_id, amends=amends)  # type: ignore[misc]

    once = await years_later(services, 8).delete_expired()

    assert once + await years_later(services, 8).delete_expired() == 2


async def test_a_workspace_says_how_long_and_the_database_keeps_each_word(
    acme: httpx2.AsyncClient, services: Services, issue: Callable[..., object]
) -> None:
    await issue()  # type: ignore[misc]
    unsaid = (await acme.get("/v1/retention")).json()

    said = (await acme.put("/v1/retention", json={"receipts": "P30D"})).json()
    kept = await years_later(services, 1).delete_expired()
    shorter = {"receipts": "P30D", "apply_to_existing": True}
    await acme.put("/v1/retention", json=shorter)

    assert unsaid == {"receipts": "P7Y", "debates": "P7Y", "set_by": None, "set_at": None}
    assert (await acme.get("/v1/retention")).json()["receipts"] == said["receipts"] == "P30D"
    assert (await acme.put("/v1/retention", json={"receipts": "P0D"})).status_code == 422
    assert (kept, await years_later(services, 1).delete_expired()) == (0, 1)
    with pytest.raises(DBAPIError, match="append-only"):
        async with services.db.begin() as tx:
            await tx.execute(text("UPDATE retention_policies SET period = 'P1D'"))


async def test_what_is_in_force_is_read_without_all_that_was_ever_said(
    acme: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for period in ("P8Y", "P9Y"):
        await acme.put("/v1/retention", json={"receipts": period, "apply_to_existing": False})
    monkeypatch.setattr(store, "policies_of", None)

    assert (await acme.get("/v1/retention")).json()["receipts"] == "P9Y"
