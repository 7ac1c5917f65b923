"""What the original takes for a receipt; run by its own interpreter (`peers.original`).

It signs with HMAC alone, of which only key holders are convinced, and has no log.
"""

from __future__ import annotations

import json
import statistics
import time

from aragora.gauntlet.receipt_models import AgentResponseRecord, DecisionReceipt
from aragora.storage.receipt_signing import HMACSigner, ReceiptSigner

MESSAGES, TIMES = 70, 200
SIGNER = ReceiptSigner(HMACSigner(bytes(32), "bench"))


def made() -> DecisionReceipt:
    return DecisionReceipt(
        receipt_id="bench",
        gauntlet_id="bench",
        timestamp="2026-11-22T12:00:00Z",
        input_summary="Should we adopt the memo?",
        input_hash="a" * 64,
        risk_summary={"critical": 0, "high": 0, "medium": 0, "low": 0},
        attacks_attempted=0,
        attacks_successful=0,
        probes_run=0,
        vulnerabilities_found=0,
        verdict="PASS",
        confidence=0.9,
        robustness_score=0.9,
        agent_responses=[
            AgentResponseRecord(agent=f"agent {n % 3}", response="I approve. " * 12)
            for n in range(MESSAGES)
        ],
    )


def work() -> None:
    receipt = made().sign(SIGNER)
    if not (receipt.verify_signature(SIGNER) and receipt.verify_integrity()):
        raise SystemExit("the original rejects its own receipt")


took = []
for _ in range(TIMES):
    begin = time.perf_counter()
    work()
    took.append(time.perf_counter() - begin)
print(json.dumps(round(statistics.median(took) * 1_000_000, 1)))
