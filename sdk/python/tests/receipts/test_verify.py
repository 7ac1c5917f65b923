"""Verification under attack: every byte, every cut, every kind of rubbish."""

from __future__ import annotations

import base64
import builtins
import copy
import json
import random
import subprocess
import sys
from typing import Any

import pytest
from aragora.receipts import (
    REQUIRED,
    Disclosure,
    DisclosureError,
    HmacKeys,
    KeyFileError,
    PinnedKeys,
    Policy,
    PublicKey,
    reveal,
    verify,
)
from aragora.receipts.bundle import MAX_BUNDLE_BYTES
from aragora.receipts.disclosure import MAX_BYTES
from example import HMAC_KEY, PINNED, Json, payload_of, seal, sealed, text_of, with_payload
from hypothesis import given, settings
from hypothesis import strategies as st

KEYS = PinnedKeys.of(PINNED)
BUNDLE = sealed()


def test_every_flipped_byte_of_the_payload_is_found_and_named() -> None:
    payload = payload_of(BUNDLE)

    for at in range(len(payload)):
        flipped = payload[:at] + bytes([payload[at] ^ 0x01]) + payload[at + 1 :]
        result = verify(text_of(with_payload(BUNDLE, flipped)), keys=KEYS)
        assert (result.exit_code, result.detail.split(":")[0]) == (1, "signature"), at


@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_every_flipped_byte_of_the_signature_is_found_and_named(bit: int) -> None:
    line = BUNDLE["dsse"]["signatures"][0]
    signature = base64.b64decode(line["sig"])

    for at in range(len(signature)):
        flipped = signature[:at] + bytes([signature[at] ^ bit]) + signature[at + 1 :]
        changed = copy.deepcopy(BUNDLE)
        changed["dsse"]["signatures"][0]["sig"] = base64.b64encode(flipped).decode()
        result = verify(text_of(changed), keys=KEYS)
        assert (result.exit_code, result.detail.split(":")[0]) == (1, "signature"), at


@pytest.mark.parametrize("place", ["keyid", "key_id", "hmac_key_id"])
def test_every_changed_character_of_a_key_id_is_found_and_named(place: str) -> None:
    for at in range(64):
        changed = _with_key_id(place, at)
        result = verify(text_of(changed), keys=KEYS)
        expected = "signature" if place == "key_id" else "issuer"
        assert (result.exit_code, result.detail.split(":")[0]) == (1, expected), at


def _with_key_id(place: str, at: int) -> Json:
    changed = copy.deepcopy(BUNDLE)
    if place == "key_id":
        content = json.loads(payload_of(BUNDLE))
        issuer = content["predicate"]["issuer"]
        old = issuer["key_id"]
        payload = payload_of(BUNDLE).replace(old.encode(), _swap(old, at).encode())
        return with_payload(BUNDLE, payload)
    home = changed["dsse"]["signatures"][0] if place == "keyid" else changed["hmac"]
    name = "keyid" if place == "keyid" else "key_id"
    home[name] = _swap(home[name], at)
    return changed


def _swap(text: str, at: int) -> str:
    return text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :]


def test_every_changed_character_of_a_disclosure_is_found() -> None:
    texts = BUNDLE["disclosures"]

    for at in range(len(texts[0])):
        other = "A" if texts[0][at] != "A" else "B"
        changed = texts[0][:at] + other + texts[0][at + 1 :]
        result = verify(text_of({**BUNDLE, "disclosures": [changed, *texts[1:]]}), keys=KEYS)
        assert (result.exit_code, result.detail.split(":")[0]) == (1, "disclosures"), at


def test_no_single_flipped_bit_of_the_file_makes_another_receipt_pass() -> None:
    """Bits outside the evidence (member names of the wrapper, the HMAC tag) may only remove it."""
    data = text_of(BUNDLE).encode()
    chance = random.Random(0)

    for at in chance.sample(range(len(data)), 1500):
        flipped = bytearray(data)
        flipped[at] ^= 1 << chance.randrange(8)
        result = verify(bytes(flipped), keys=KEYS)
        if result.is_verified:
            assert result.statement == verify(data, keys=KEYS).statement


def test_every_truncation_is_unreadable() -> None:
    data = text_of(BUNDLE).encode()

    codes = {verify(data[:length], keys=KEYS).exit_code for length in range(0, len(data), 7)}

    assert codes == {2}


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_rubbish_never_raises_and_never_verifies(data: bytes | str) -> None:
    assert verify(data, keys=KEYS).exit_code == 2


_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=120, deadline=None)
@given(_any_json, st.data())
def test_any_value_in_any_place_never_raises_and_never_verifies(value: object, data: Any) -> None:
    changed = copy.deepcopy(BUNDLE)
    members = [changed, changed["dsse"], changed["dsse"]["signatures"][0]]
    home = data.draw(st.sampled_from(members))
    names = sorted(set(home) - {"hmac", "disclosures"})
    home[data.draw(st.sampled_from(names))] = value

    assert not verify(json.dumps(changed), keys=KEYS).is_verified


@settings(max_examples=120, deadline=None)
@given(_any_json, st.data())
def test_any_value_in_the_signed_content_never_raises(value: object, data: Any) -> None:
    content = json.loads(payload_of(BUNDLE))
    home = content["predicate"]
    for _ in range(data.draw(st.integers(0, 3))):
        inner = [item for item in _members(home) if isinstance(item, dict | list) and item]
        home = data.draw(st.sampled_from(inner)) if inner else home
    place = data.draw(st.sampled_from(sorted(home) if isinstance(home, dict) else range(len(home))))
    home[place] = value
    payload = json.dumps(content, separators=(",", ":"), sort_keys=True).encode()

    verify(text_of(seal(payload, BUNDLE["disclosures"])), keys=KEYS)


def _members(home: Any) -> list[Any]:
    return list(home.values()) if isinstance(home, dict) else list(home)


def test_a_text_that_is_no_utf8_is_unreadable() -> None:
    assert verify("\ud800", keys=KEYS).exit_code == 2


def test_deep_nesting_is_refused_before_it_is_parsed() -> None:
    for text in ("[" * 1_000_000, '{"v":' * 1_000_000, '"' + '\\"' * 1_000_000):
        assert verify(text, keys=KEYS).exit_code in (1, 2)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: {**b, "hint": "x" * MAX_BUNDLE_BYTES}, "the bundle is larger"),
        (lambda b: {**b, "disclosures": ["A" * (MAX_BYTES * 2)]}, "a disclosure is too large"),
        (lambda _: seal(b'"' + b"a" * (1024 * 1024) + b'"', []), "the payload exceeds"),
    ],
)
def test_what_is_too_large_fails_by_its_size(change: Any, said: str) -> None:
    result = verify(text_of(change(BUNDLE)), keys=KEYS)

    assert result.exit_code == 1
    assert result.detail.startswith(f"size: {said}")


def test_the_checks_stand_in_their_fixed_order() -> None:
    names = [check.name for check in verify(text_of(BUNDLE), keys=KEYS).checks]

    assert names == [
        *("size", "duplicate_keys", "signature", "canonical", "schema", "issuer", "disclosures"),
        *("transcript", "tally", "leaf", "inclusion", "checkpoint", "witnesses", "key_status"),
        *("time", "hmac"),
    ]


def test_a_policy_can_ask_for_more_and_what_is_absent_does_not_pass() -> None:
    policy = Policy(required=REQUIRED | {"inclusion"})

    result = verify(text_of(BUNDLE), keys=KEYS, policy=policy)

    assert (result.exit_code, result.detail) == (3, "inclusion: the bundle has no log")


def test_the_issuer_can_check_the_tag_too() -> None:
    forged = {**BUNDLE, "hmac": BUNDLE["hmac"] | {"tag": "0" * 64}}
    mine, foreign = HmacKeys.of([HMAC_KEY]), HmacKeys.of([bytes(32)])

    assert _hmac(BUNDLE, mine) == "pass"
    assert _hmac(forged, mine) == "fail"
    assert _hmac({**BUNDLE, "hmac": BUNDLE["hmac"] | {"tag": "é"}}, mine) == "fail"
    assert _hmac(BUNDLE, foreign) == "absent"
    assert verify(text_of(forged), keys=KEYS, hmac_keys=mine).exit_code == 1


def _hmac(bundle: Json, keys: HmacKeys) -> str:
    return verify(text_of(bundle), keys=KEYS, hmac_keys=keys).checks[-1].result


def test_the_statement_is_handed_out_only_when_it_is_verified() -> None:
    assert verify(text_of(BUNDLE)).statement is None
    assert verify(text_of(BUNDLE), keys=KEYS).statement is not None


def test_the_result_prints_as_the_answer_of_the_service() -> None:
    printed = verify(text_of(BUNDLE), keys=KEYS).to_dict()

    assert list(printed) == ["verdict", "exit_code", "receipt_id", "checks"]
    assert printed["checks"][0] == {"name": "size", "result": "pass", "detail": "within the limits"}


def test_without_the_extra_the_check_is_absent_and_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)

    result = verify(text_of(BUNDLE), keys=KEYS)

    assert result.exit_code == 3
    assert "aragora[verify]" in result.detail


def test_verifying_loads_nothing_else_of_the_sdk() -> None:
    script = (
        "import sys; from aragora import receipts; "
        "receipts.verify(sys.stdin.buffer.read(), keys=receipts.PinnedKeys()); "
        "print([n for n in sys.modules if n.split('.')[0] in ('httpx2','pydantic','asyncio','ssl')"
        " or n.startswith('aragora.') and not n.startswith('aragora.receipts')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        input=text_of(BUNDLE).encode(),
        capture_output=True,
        check=True,
    )

    assert done.stdout.strip() == b"[]"


def test_a_revealed_statement_shows_what_was_disclosed_and_only_that() -> None:
    statement = verify(text_of(BUNDLE), keys=KEYS).statement
    texts = [Disclosure.parse(encoded) for encoded in BUNDLE["disclosures"]]
    assert statement is not None

    shown: Any = reveal(statement, texts[:1])

    assert shown["predicate"]["transcript"]["messages"][0]["text"] == texts[0].value
    assert "text" not in shown["predicate"]["transcript"]["messages"][1]


@pytest.mark.parametrize(("salt", "value"), [(b"short", "text"), (bytes(16), "x" * MAX_BYTES)])
def test_a_disclosure_needs_a_whole_salt_and_a_text_within_the_limit(
    salt: bytes, value: str
) -> None:
    with pytest.raises(DisclosureError):
        Disclosure.make("text", value, salt=salt)


@pytest.mark.parametrize("data", [b"", b"{", b'{"keys":[],"keys":[]}', b"\xff"])
def test_a_key_file_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(KeyFileError):
        PinnedKeys.load(data)


def test_a_public_key_has_32_bytes() -> None:
    with pytest.raises(KeyFileError):
        PublicKey.of(bytes(33))
