"""The printed receipt, in the words of the contract."""

from __future__ import annotations

import attrs
import pytest
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.model import Claim
from aragora_server.receipts.routes import ReceiptRoutes
from aragora_server.receipts.service import ReceiptService

from tests.placing import place_all

pytestmark = pytest.mark.anyio

ACME = Caller(workspace_id=new_id(), api_key_id=new_id(), scopes=frozenset({"receipts:read"}))
EVERYTHING = {
    "debate_id": None,
    "outcome": None,
    "issued_from": None,
    "issued_to": None,
    "topic": None,
    "participant": None,
    "min_cost_usd": None,
    "cursor": None,
    "limit": 10,
}


async def issue(receipts: ReceiptService, claim: Claim) -> str:
    async with receipts.db.begin() as tx:
        issued = await receipts.issue(tx, workspace_id=ACME.workspace_id, claim=claim)
    return issued.receipt_id


async def test_a_receipt_prints_what_was_decided_and_by_whom(
    receipts: ReceiptService, claim: Claim
) -> None:
    receipt_id = await issue(receipts, claim)

    shown = (await ReceiptRoutes(receipts).get_receipt(ACME, receipt_id)).model_dump()

    verdict = shown["verdict"]
    assert shown["question"] == claim.question
    assert (verdict["option_id"], verdict["margin"]) == ("approve", 12)
    assert verdict["supported_by"] == ["Ada", "Carl"]
    assert verdict["tally"][0] == {"option_id": "approve", "count": 2, "weight": 13}
    assert shown["dissents"] == [
        {
            "agent": "Blaise",
            "round": 0,
            "option_id": "reject",
            "text": "Too dear.",
            "flipped_from": None,
        }
    ]
    assert (shown["usage"]["cost_usd"], shown["usage"]["calls"]) == ("0.003", 6)
    assert shown["usage"]["by_agent"][0]["agent"] == "Ada"


async def test_a_changed_mind_shows_beside_the_dissent(
    receipts: ReceiptService, claim: Claim
) -> None:
    carl = attrs.evolve(claim.dissents[0], participant="Carl", option_id="approve", round=1)
    receipt_id = await issue(receipts, attrs.evolve(claim, dissents=(carl,)))

    shown = await ReceiptRoutes(receipts).get_receipt(ACME, receipt_id)

    assert shown.dissents[0].flipped_from == "reject"


async def test_an_undecided_receipt_supports_nobody(receipts: ReceiptService, claim: Claim) -> None:
    verdict = attrs.evolve(
        claim.verdict, outcome="no_consensus", option_id=None, answer=None, confidence_ppm=None
    )
    receipt_id = await issue(receipts, attrs.evolve(claim, verdict=verdict, dissents=()))

    shown = (await ReceiptRoutes(receipts).get_receipt(ACME, receipt_id)).verdict

    assert (shown.option_id, shown.supported_by, shown.answer) == (None, [], "")


async def test_the_list_the_keys_the_bundle_and_the_verdict_fit_the_contract(
    receipts: ReceiptService, claim: Claim
) -> None:
    routes = ReceiptRoutes(receipts)
    receipt_id = await issue(receipts, claim)
    await place_all(receipts)

    page = await routes.list_receipts(ACME, **EVERYTHING)  # type: ignore[arg-type]
    keys = await routes.get_keys()
    report = await routes.verify_receipt(await routes.get_receipt_bundle(ACME, receipt_id))

    assert [receipt.id for receipt in page.items] == [receipt_id]
    assert page.items[0].key_id == keys.keys[0].key_id
    assert (report.verdict, report.exit_code, report.receipt_id) == ("verified", 0, receipt_id)
