"""A receipt as an Open Decision Receipt 0.2, signed by the issuer.

What a receipt of ours does not know is absent with a reason, never invented. The document shows
what is disclosed; the evidence remains the bundle.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from aragora.receipts.readable import Content, Receipt

from aragora_server.kernel.clock import wire_time
from aragora_server.receipts.signing import SigningKey

VERSION = "0.2"
PROFILE = "https://aragora.ai/specs/open-decision-receipt/v0.2"
MEDIA_TYPE = "application/vnd.open-decision-receipt+json"
UNDISCLOSED = "undisclosed"
Document = dict[str, Any]


def of(bundle: bytes, signer: SigningKey, issuer: str, at: datetime) -> bytes:
    """The document of a bundle with one signature over its digest and over who signed, and when."""
    document = unsigned(Receipt.of(bundle))
    protected = {
        "alg": "Ed25519",
        "key_id": f"ed25519-{signer.public.key_id[:16]}",
        "issuer": issuer,
        "role": "emitter",
        "signed_at": wire_time(at),
    }
    message = {
        "odr_digest": sha256(_jcs(document)).hexdigest(),
        "odr_signature_input": VERSION,
        "protected": protected,
    }
    signature = base64.b64encode(signer.sign(_jcs(message))).decode()
    return _jcs(document | {"signatures": [protected | {"signature": signature}]})


def unsigned(receipt: Receipt) -> Document:
    content, verdict = receipt.content, receipt.content["verdict"]
    answer = verdict.get("answer") or _label(receipt, verdict)
    digest = {"status": "present", "alg": "sha-256", "value": content["transcript"]["sha256"]}
    subject = {"identifier": f"debate/{content['debate_id']}", "digest": digest}
    if question := content["question"].get("text"):
        subject["summary"] = question
    return {
        "odr_version": VERSION,
        "profile": PROFILE,
        "receipt_id": content["receipt_id"],
        "issued_at": content["issued_at"],
        "subject": subject,
        "claim": {
            "verdict": verdict["outcome"],
            "statement": answer or _absent("no option was chosen, or its text is not disclosed"),
        },
        "reasoning": _absent("there is no summary; the bundle discloses every message"),
        "quorum": _quorum(receipt),
        "confidence": _confidence(verdict),
        "cruxes": _absent("no cruxes are recorded"),
        "attestation": {"disposition": "autonomous"},
        "routing": {"status": "reserved"},
    }


def _label(receipt: Receipt, verdict: Content) -> str | None:
    option = verdict.get("option")
    return None if option is None else receipt.labels[option]


def _quorum(receipt: Receipt) -> Document:
    content, verdict = receipt.content, receipt.content["verdict"]
    people = content["participants"]
    families = sorted({person["provider"] for person in people if "provider" in person})
    final = {ballot["participant"]: ballot.get("option") for ballot in receipt.in_order()}
    chosen = verdict.get("option")
    supporting = [person for person, option in final.items() if chosen and option == chosen]
    return {
        "status": "present",
        "method": verdict["rule"],
        "reached": verdict["quorum"]["met"],
        "supporting_agents": [receipt.names[person] for person in supporting],
        "participants": [_participant(receipt, person) for person in people],
        "independence": {
            "disclosed": all("provider" in person for person in people),
            "distinct_model_families": len(families),
            "model_families": families,
        },
        "dissent": _dissent(receipt),
    }


def _participant(receipt: Receipt, person: Content) -> Document:
    return {
        "agent": receipt.names[person["id"]],
        "model_family": person.get("provider", UNDISCLOSED),
        "model_id": person.get("model", UNDISCLOSED),
    }


def _dissent(receipt: Receipt) -> Document:
    """A view that is not disclosed is left out; who held it is not."""
    said = receipt.content["dissent"]
    names = dict.fromkeys(receipt.names[view["participant"]] for view in said)
    return {
        "present": bool(said),
        "dissenting_agents": list(names),
        "views": [view["text"] for view in said if "text" in view],
    }


def _confidence(verdict: Content) -> Document:
    ppm = verdict.get("confidence_ppm")
    if ppm is None:
        return _absent("nobody stated a confidence")
    thousandths = (ppm + 500) // 1000
    # Three places and whole numbers at the ends are written alike by every JSON encoder.
    value = thousandths // 1000 if thousandths in (0, 1000) else thousandths / 1000
    return {
        "status": "present",
        "value": value,
        "scale": "unit_interval",
        "calibration": _absent("confidence is what participants stated, without calibration"),
    }


def _absent(reason: str) -> Document:
    return {"status": "absent", "reason": reason}


def _jcs(value: Mapping[str, Any]) -> bytes:
    """RFC 8785: all names are ASCII, and numbers are what `_confidence` leaves of them."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()
