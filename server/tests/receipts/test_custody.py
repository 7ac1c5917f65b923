"""Which key signs, and what the log says of it: positions decide what counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import attrs
import pytest
from aragora import receipts as offline
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.custody import KeyUnknown, key_events
from aragora_server.receipts.model import Claim
from aragora_server.receipts.seal import Seal
from aragora_server.receipts.service import ReceiptService
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.placing import place_all

pytestmark = pytest.mark.anyio

ACME = new_id()
MakeClaim = Callable[..., Claim]
Issue = Callable[..., Awaitable[str]]


@pytest.fixture
def issue(receipts: ReceiptService, make_claim: MakeClaim) -> Issue:
    async def issue(by: ReceiptService = receipts) -> str:
        async with by.db.begin() as tx:
            return (await by.issue(tx, workspace_id=ACME, claim=make_claim())).receipt_id

    return issue


def beside(receipts: ReceiptService) -> ReceiptService:
    """Another process, on the same keys and the same database."""
    seal = receipts.seal
    return attrs.evolve(
        receipts, seal=Seal(origin=seal.origin, keys=seal.keys, new_salt=seal.new_salt)
    )


async def judged(receipts: ReceiptService, receipt_id: str) -> tuple[str, str, str]:
    """As a reader sees it who takes the keys now: verdict, key_status, and who signed."""
    keys = await receipts.published.pinned()
    result = offline.verify(await receipts.bundle(ACME, receipt_id), keys=keys)
    found = {check.name: check for check in result.checks}
    return result.verdict, found["key_status"].result, found["issuer"].detail.split()[-1]


async def rotate(receipts: ReceiptService) -> str:
    async with receipts.db.begin() as tx:
        return await receipts.seal.custody.rotate(tx, receipts.now())


async def revoke(receipts: ReceiptService, key_id: str, *, since: str | None = None) -> None:
    async with receipts.db.begin() as tx:
        place = (await receipts.log.places(tx, [since])).get(since) if since else None
        origin = receipts.seal.log_signer("2026").origin
        await receipts.seal.custody.revoke(
            tx,
            key_id,
            receipts.now(),
            reason="key_leaked",
            since=place and {"origin": origin, "index": place.index},
        )


async def statuses(receipts: ReceiptService) -> list[str]:
    listed = (await receipts.published.directory())["keys"]
    return sorted(key["status"] for key in listed if key["kind"] == "receipt")


async def test_a_key_is_in_the_log_before_its_first_receipt(
    receipts: ReceiptService, issue: Issue
) -> None:
    receipt_id = await issue()
    assert (await judged(receipts, receipt_id))[:2] == ("not_verified", "absent")

    await place_all(receipts)

    assert (await judged(receipts, receipt_id))[:2] == ("verified", "pass")


async def test_processes_that_begin_together_add_their_key_once(
    receipts: ReceiptService, issue: Issue
) -> None:
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(issue, beside(receipts))

    async with receipts.db.read() as tx:
        assert len((await tx.execute(select(key_events))).all()) == 1


async def test_after_a_rotation_every_process_signs_with_the_new_key(
    receipts: ReceiptService, issue: Issue
) -> None:
    other = beside(receipts)
    before = await issue(other)

    made = await rotate(receipts)
    after = [await issue(other), await issue(receipts), await issue(beside(receipts))]

    await place_all(receipts)
    assert [(await judged(receipts, one))[2] for one in after] == [made[:16]] * 3
    assert {(await judged(receipts, one))[:2] for one in (before, *after)} == {("verified", "pass")}
    assert (await judged(other, before))[:2] == ("verified", "pass")
    assert await statuses(receipts) == ["active", "retired"]


async def test_a_rotation_waits_for_whoever_signs_with_the_old_key(
    receipts: ReceiptService, make_claim: MakeClaim, issue: Issue
) -> None:
    """Else a receipt could stand behind the retirement of its own key."""
    await issue()
    signed, rotated = anyio.Event(), anyio.Event()

    async def rotate_meanwhile() -> None:
        await signed.wait()
        await rotate(beside(receipts))
        rotated.set()

    async with anyio.create_task_group() as group:
        group.start_soon(rotate_meanwhile)
        async with receipts.db.begin() as tx:
            slow = await receipts.issue(tx, workspace_id=ACME, claim=make_claim())
            signed.set()
            await anyio.sleep(0.3)
            assert not rotated.is_set()

    await place_all(receipts)
    assert (await judged(receipts, slow.receipt_id))[:2] == ("verified", "pass")


async def test_a_revocation_takes_back_what_came_after_the_compromise_alone(
    receipts: ReceiptService, issue: Issue
) -> None:
    older, first_false, newer = [await issue() for _ in range(3)]
    await place_all(receipts)
    key_id = receipts.seal.custody.loaded[0].public.key_id

    await revoke(receipts, key_id, since=first_false)
    after = await issue()

    await place_all(receipts)
    found = [(await judged(receipts, one))[:2] for one in (older, first_false, newer, after)]
    assert found == [("verified", "pass"), *[("failed", "fail")] * 2, ("verified", "pass")]
    assert await statuses(receipts) == ["active", "revoked"]


async def test_a_revocation_without_a_place_takes_back_all(
    receipts: ReceiptService, issue: Issue
) -> None:
    receipt_id = await issue()
    await place_all(receipts)

    await revoke(receipts, receipts.seal.custody.loaded[0].public.key_id)

    assert (await judged(receipts, receipt_id))[:2] == ("failed", "fail")


async def test_what_cannot_be_revoked_is_refused(receipts: ReceiptService, issue: Issue) -> None:
    await issue()
    key_id = receipts.seal.custody.loaded[0].public.key_id
    await revoke(receipts, key_id)

    for one in (key_id, "0" * 64):
        with pytest.raises(KeyUnknown):
            await revoke(receipts, one)


async def test_the_database_refuses_to_change_what_became_of_a_key(
    receipts: ReceiptService, issue: Issue
) -> None:
    await issue()

    for statement in ("UPDATE key_events SET key_id = ''", "DELETE FROM key_events"):
        with pytest.raises(DBAPIError, match="append-only"):
            async with receipts.db.begin() as tx:
                await tx.execute(text(statement))
