"""Both languages make the same of a receipt, whether chance or an attacker made it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from aragora.receipts import digest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parity.receipts import attacks, made
from parity.receipts.judges import Json, Python, TypeScript

PYTHON = Python()
# The same receipts in every run.
RECEIPTS = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def typescript() -> Iterator[TypeScript]:
    node = TypeScript()
    yield node
    node.close()


def judged(typescript: TypeScript, bundle: bytes, keys: Json) -> Json:
    """What both say of it."""
    found = PYTHON.verdict(bundle, keys)
    assert typescript.verdict(bundle, keys) == found
    return found


@RECEIPTS
@given(made.receipts())
def test_a_receipt_has_one_form_one_root_and_one_verdict(
    typescript: TypeScript, receipt: made.Made
) -> None:
    signed = json.loads(receipt.payload)["predicate"]
    leaves = [digest.from_base64url(one["_sd"][0]) for one in signed["transcript"]["messages"]]

    form = {"form": receipt.payload.decode(), "repeated": []}
    assert judged(typescript, receipt.text, made.PINNED)["verdict"] == "verified"
    assert typescript.canonical(receipt.payload) == PYTHON.canonical(receipt.payload) == form
    assert typescript.root(leaves) == PYTHON.root(leaves) == signed["transcript"]["root"]
    shown = (receipt.payload, receipt.bundle["disclosures"])
    assert typescript.revealed(*shown) == PYTHON.revealed(*shown)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4) | st.sampled_from(["__proto__", "constructor", "_sd", "v"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@RECEIPTS
@given(made.receipts(), ANYTHING, st.data())
def test_both_find_the_same_faults_in_a_bundle(
    typescript: TypeScript, receipt: made.Made, value: object, data: Any
) -> None:
    changed = json.dumps(replaced(receipt.bundle, value, data))

    judged(typescript, changed.encode(), made.PINNED)


@RECEIPTS
@given(made.receipts(), ANYTHING, st.data())
def test_both_find_the_same_faults_in_what_the_issuer_signed(
    typescript: TypeScript, receipt: made.Made, value: object, data: Any
) -> None:
    content = replaced(json.loads(receipt.payload), value, data)
    text = json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    bundle = made.signed(text.encode(), receipt.bundle["disclosures"])

    judged(typescript, bundle.text, made.PINNED)


def replaced(content: Json, value: object, data: Any) -> Json:
    """The same with another value in one place."""
    changed = copy.deepcopy(content)
    place = data.draw(st.sampled_from(list(attacks.places(changed))))
    attacks.at(changed, place[:-1])[place[-1]] = value
    return changed


@pytest.mark.parametrize("kind", attacks.KINDS)
def test_no_change_anywhere_passes_in_either_language(typescript: TypeScript, kind: str) -> None:
    count = 0
    for attack in attacks.KINDS[kind]():
        found = judged(typescript, attack.bundle, attack.keys)
        first = next((name for name, result in found["checks"] if result == "fail"), None)
        assert found["exit_code"] == attack.exit_code, (attack.name, found)
        assert first in (attack.checks or {None}), (attack.name, found)
        count += 1
    assert count > 10


def test_the_receipt_that_is_attacked_would_pass(typescript: TypeScript) -> None:
    found = judged(typescript, attacks.plain(attacks.BUNDLE), attacks.FOUND["keys"])
    payload = attacks.written(attacks.STATEMENT).encode()
    ours = judged(typescript, made.signed(payload, attacks.TEXTS).text, made.PINNED)

    assert (found["verdict"], ours["verdict"]) == ("verified", "verified")
