"""What a webhook endpoint is sent: the signatures of openapi/vectors/webhooks, and the events."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aragora import ConfigurationError, UnknownEvent, webhooks
from aragora.types import BudgetExhaustedEvent

VECTORS = Path(__file__).parents[3] / "openapi/vectors/webhooks/signatures.json"
CASES = json.loads(VECTORS.read_text("utf-8"))["signatures"]
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
EXHAUSTED = next(case for case in CASES if case["name"] == "one secret, one signature")


def signed(body: str) -> dict[str, str]:
    now = str(int(time.time()))
    tag = hmac.new(bytes(range(32)), f"msg_1.{now}.{body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": now,
        "webhook-signature": "v1," + base64.b64encode(tag).decode(),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_signature_is_judged_as_the_shared_vectors_say(case: Mapping[str, Any]) -> None:
    asked = {name: case[name] for name in ("headers", "tolerance_s", "now")}
    given = {"body": case["body"].encode(), "secret": case["secrets"], **asked}

    if case["expect"] == "ok":
        webhooks.verify_signature(**given)
    else:
        with pytest.raises(webhooks.WebhookInvalid) as told:
            webhooks.verify_signature(**given)
        assert told.value.reason == case["expect"]


def test_a_true_event_is_a_typed_one() -> None:
    body = EXHAUSTED["body"]

    event = webhooks.unwrap(body, signed(body), SECRET)

    assert isinstance(event, BudgetExhaustedEvent)
    assert event.data.budget.name == "Größe „Team“ 🚀"
    assert event.data.budget.as_micro_usd("spent_usd") == 24_990_000


def test_an_event_of_a_newer_kind_is_kept_whole() -> None:
    body = json.dumps({"type": "budget.renamed", "data": {"a": 1}})

    event = webhooks.unwrap(body.encode(), signed(body), [SECRET])

    assert isinstance(event, UnknownEvent)
    assert event.raw == {"type": "budget.renamed", "data": {"a": 1}}


@pytest.mark.parametrize(
    "body", ["", "[]", '"x"', "{}", '{"type": 1}', '{"type": "budget.exhausted"}', "{"]
)
def test_what_is_signed_and_no_event_is_refused(body: str) -> None:
    with pytest.raises(webhooks.WebhookInvalid) as told:
        webhooks.unwrap(body, signed(body), SECRET)

    assert told.value.reason == "malformed_body"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_%%", [], ["whsec_", SECRET]])
def test_a_secret_that_is_none_is_a_mistake_of_the_caller(secret: Any) -> None:
    with pytest.raises(ConfigurationError):
        webhooks.verify_signature(b"{}", signed("{}"), secret)


def test_to_verify_a_signature_needs_the_standard_library_alone() -> None:
    code = "import sys, aragora.webhooks; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"httpx2", "pydantic", "cryptography"} & set(done.stdout.split())
