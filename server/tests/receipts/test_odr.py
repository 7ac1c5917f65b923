"""A receipt as Open Decision Receipt: what is known, what is absent, and a signature over both."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import attrs
import pytest
import rfc8785
from aragora_server.receipts.model import Claim
from aragora_server.receipts.prints import odr
from aragora_server.receipts.service import ReceiptService

pytestmark = pytest.mark.anyio

ACME = "01943f6e-7c1a-7b3d-9e55-000000000001"
Document = dict[str, Any]


async def issued(receipts: ReceiptService, claim: Claim) -> str:
    async with receipts.db.begin() as tx:
        return (await receipts.issue(tx, workspace_id=ACME, claim=claim)).receipt_id


async def document_of(receipts: ReceiptService, claim: Claim) -> Document:
    made: Document = json.loads(await receipts.odr(ACME, await issued(receipts, claim)))
    return made


async def test_it_says_what_was_decided_by_whom_and_who_was_of_another_mind(
    receipts: ReceiptService, claim: Claim
) -> None:
    made = await document_of(receipts, claim)

    quorum = made["quorum"]
    assert list(made) == sorted(made)
    assert (made["odr_version"], made["claim"]["verdict"]) == ("0.2", "decided")
    assert made["claim"]["statement"] == "Approve"
    assert made["subject"]["summary"] == claim.question
    assert quorum["supporting_agents"] == ["Ada", "Carl"]
    assert quorum["dissent"] == {
        "present": True,
        "dissenting_agents": ["Blaise"],
        "views": ["Too dear."],
    }
    assert [person["agent"] for person in quorum["participants"]] == ["Ada", "Blaise", "Carl"]
    assert quorum["independence"]["model_families"] == ["scripted"]
    assert made["confidence"]["value"] == 0.85


async def test_the_signature_covers_the_content_and_who_signed(
    receipts: ReceiptService, claim: Claim
) -> None:
    receipt_id = await issued(receipts, claim)

    made = json.loads(content := await receipts.odr(ACME, receipt_id))

    assert content == rfc8785.dumps(made)
    (line,) = made.pop("signatures")
    signature = base64.b64decode(line.pop("signature"))
    message = {
        "odr_digest": sha256(rfc8785.dumps(made)).hexdigest(),
        "odr_signature_input": "0.2",
        "protected": line,
    }
    signer = receipts.seal.custody.loaded[0]
    assert signer.public.verifies(signature, rfc8785.dumps(message))
    assert line["key_id"] == f"ed25519-{signer.public.key_id[:16]}"
    assert (line["issuer"], line["role"]) == (receipts.seal.origin, "emitter")


@pytest.mark.parametrize(
    ("ppm", "value"), [(0, 0), (1_000_000, 1), (333_333, 0.333), (499, 0), (999_500, 1)]
)
async def test_a_confidence_is_written_alike_everywhere(
    receipts: ReceiptService, claim: Claim, ppm: int, value: float
) -> None:
    made = await document_of(
        receipts, attrs.evolve(claim, verdict=attrs.evolve(claim.verdict, confidence_ppm=ppm))
    )

    shown = made["confidence"]["value"]
    assert (shown, type(shown)) == (value, type(value))


async def test_what_is_not_known_is_absent_with_a_reason(
    receipts: ReceiptService, claim: Claim
) -> None:
    verdict = attrs.evolve(
        claim.verdict, outcome="no_consensus", option_id=None, answer=None, confidence_ppm=None
    )
    receipt_id = await issued(receipts, attrs.evolve(claim, verdict=verdict, dissents=()))
    bundle = json.loads(await receipts.bundle(ACME, receipt_id)) | {"disclosures": []}

    signer, at = receipts.seal.custody.loaded[0], datetime(2026, 11, 22, tzinfo=UTC)
    made = json.loads(odr.of(json.dumps(bundle).encode(), signer, "https://x.example", at))

    for part in (made["claim"]["statement"], *(made[m] for m in ("reasoning", "confidence"))):
        assert part["status"] == "absent"
        assert part["reason"]
    assert "summary" not in made["subject"]
    assert [person["agent"] for person in made["quorum"]["participants"]] == ["p1", "p2", "p3"]
