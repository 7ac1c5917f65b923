"""The log through the real application: proofs that every reader can check, and what fails."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import anyio
import httpx2
import pytest
from aragora import receipts as offline
from aragora.receipts import merkle
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint, Proof
from aragora_server.receipts import service
from aragora_server.receipts.log import pending
from aragora_server.receipts.log.tables import log_pending
from aragora_server.receipts.model import Claim
from aragora_server.services import Services
from sqlalchemy import delete

pytestmark = pytest.mark.anyio

MakeClaim = Callable[..., Claim]
Issue = Callable[[], Awaitable[str]]
LOG_CHECKS = ("leaf", "inclusion", "checkpoint")


@pytest.fixture
async def issue(services: Services, acme: httpx2.AsyncClient, make_claim: MakeClaim) -> Issue:
    """Issues a receipt and waits until the log has signed for it."""
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]

    async def issue() -> str:
        async with services.db.begin() as tx:
            issued = await services.receipts.issue(
                tx, workspace_id=workspace_id, claim=make_claim()
            )
        await pending.wake(services.outside.broadcast)
        with anyio.fail_after(30):
            while (await shown(acme, issued.receipt_id))["log"]["state"] == "pending":
                await anyio.sleep(0.01)
        return issued.receipt_id

    return issue


async def shown(acme: httpx2.AsyncClient, receipt_id: str) -> dict:
    return (await acme.get(f"/v1/receipts/{receipt_id}")).json()


async def bundle_of(acme: httpx2.AsyncClient, receipt_id: str) -> dict:
    return (await acme.get(f"/v1/receipts/{receipt_id}/bundle")).json()


async def keys_of(client: httpx2.AsyncClient) -> offline.PinnedKeys:
    return offline.PinnedKeys.load((await client.get("/.well-known/aragora-keys.json")).content)


def results(bundle: dict, keys: offline.PinnedKeys) -> dict[str, str]:
    found = offline.verify(json.dumps(bundle), keys=keys)
    return {"verdict": found.verdict} | {c.name: c.result for c in found.checks}


async def test_a_receipt_in_the_log_is_proven_offline_by_the_same_bytes_for_ever(
    acme: httpx2.AsyncClient, issue: Issue
) -> None:
    first = await issue()
    downloaded = (await acme.get(f"/v1/receipts/{first}/bundle")).content
    await issue()

    again = (await acme.get(f"/v1/receipts/{first}/bundle")).content
    listed = (await acme.get("/v1/receipts")).json()["items"]

    found = results(json.loads(downloaded), await keys_of(acme))
    assert found["verdict"] == "verified"
    assert [found[name] for name in LOG_CHECKS] == ["pass"] * 3
    assert again == downloaded
    # The first leaf says that the key was added.
    assert [one["log"]["index"] for one in listed] == [2, 1]
    assert listed[1]["log"] == (await shown(acme, first))["log"]


async def test_a_download_waits_for_the_log(
    services: Services,
    acme: httpx2.AsyncClient,
    claim: Claim,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Nobody wakes the log, which looks by itself once a second.
    monkeypatch.setattr(service, "LOG_WITHIN", timedelta(seconds=30))
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    async with services.db.begin() as tx:
        issued = await services.receipts.issue(tx, workspace_id=workspace_id, claim=claim)

    found = results(await bundle_of(acme, issued.receipt_id), await keys_of(acme))

    assert [found[name] for name in LOG_CHECKS] == ["pass"] * 3


async def test_nobody_waits_for_a_log_that_stands_still(
    services: Services, acme: httpx2.AsyncClient, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LOG_WITHIN", timedelta(0))
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    async with services.db.begin() as tx:
        issued = await services.receipts.issue(tx, workspace_id=workspace_id, claim=claim)
        # In one group with the receipt: nothing can be placed in between.
        await tx.execute(delete(log_pending))

    bundle = await bundle_of(acme, issued.receipt_id)

    assert "tlog_proof" not in bundle
    assert results(bundle, await keys_of(acme))["inclusion"] == "absent"


async def test_the_newest_checkpoint_proves_an_old_receipt_and_that_the_log_only_grew(
    acme: httpx2.AsyncClient, issue: Issue
) -> None:
    first = await issue()
    old = Proof.parse((await bundle_of(acme, first))["tlog_proof"])
    await issue()

    proof = (await acme.get(f"/v1/receipts/{first}/proof")).json()
    new = Proof.parse(proof["tlog_proof"])
    before, after = (Checkpoint.parse(Note.parse(one.note).text) for one in (old, new))
    sizes = {"from_size": before.size}
    growth = (await acme.get("/v1/log/consistency", params=sizes)).json()

    leaf = merkle.leaf_hash(base64.b64decode(proof["leaf"]))
    steps = [base64.b64decode(step) for step in growth["proof"]]
    assert growth["checkpoint"] == new.note
    assert merkle.includes(after.root, new.steps, leaf=leaf, index=new.index, size=after.size)
    assert merkle.extends(
        steps, first=before.size, old=before.root, second=after.size, new=after.root
    )
    # Another history of the same length: no proof leads to it.
    forked = merkle.root([b"forged"] * before.size)
    assert not merkle.extends(
        steps, first=before.size, old=forked, second=after.size, new=after.root
    )


async def test_a_true_proof_of_another_leaf_fails(acme: httpx2.AsyncClient, issue: Issue) -> None:
    one, other = [await bundle_of(acme, await issue()) for _ in range(2)]
    keys = await keys_of(acme)

    found = results(one | {"tlog_proof": other["tlog_proof"]}, keys)

    assert (found["verdict"], found["inclusion"]) == ("failed", "fail")
    assert results(one | {"leaf": other["leaf"]}, keys)["leaf"] == "fail"


async def test_a_true_proof_up_to_a_root_that_nobody_signed_fails(
    acme: httpx2.AsyncClient, issue: Issue
) -> None:
    bundle = await bundle_of(acme, await issue())
    keys = await keys_of(acme)
    name, signature = bundle["tlog_proof"].splitlines()[-1].removeprefix("— ").split()
    forged = bytearray(base64.b64decode(signature))
    forged[-1] ^= 1
    for line in (
        base64.b64encode(forged).decode(),
        base64.b64encode(b"none" + forged[4:]).decode(),
    ):
        proof = bundle["tlog_proof"].replace(f"{name} {signature}", f"{name} {line}")

        found = results(bundle | {"tlog_proof": proof}, keys)

        assert (found["verdict"], found["checkpoint"]) == ("failed", "fail")
        assert found["inclusion"] == "pass"


async def test_a_log_of_which_there_is_no_checkpoint_is_not_found(
    acme: httpx2.AsyncClient,
) -> None:
    for params in ({"from_size": 1}, {"from_size": 1, "to_size": 9, "shard": "1999"}):
        answer = await acme.get("/v1/log/consistency", params=params)

        assert (answer.status_code, answer.json()["code"]) == (404, "checkpoint_not_found")
