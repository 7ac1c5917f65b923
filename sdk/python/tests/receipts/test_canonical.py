"""Profile bytes are RFC 8785 bytes: against another implementation and the public vectors."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from aragora.receipts import Disclosure, DisclosureError, canonical, digest, dsse, merkle
from hypothesis import given, settings
from hypothesis import strategies as st
from public_vectors import shared

_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_keys = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True) | st.sampled_from(["_sd", "predicateType"])
_scalars = _texts | st.booleans() | st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(_values)
def test_the_profile_gives_the_bytes_of_rfc_8785(value: Any) -> None:
    data = canonical.encode(value)

    assert data == rfc8785.dumps(value)
    assert data == canonical.dump_plain(value)
    assert canonical.decode(data) == (value, ())


@pytest.mark.parametrize(
    "value",
    [
        *(1.0, -0.0, 1e-07, None, 2**53, -(2**53), "\ud800", {"ключ": 1}, {"A": 1}, {1: 1}, b"a"),
        {"": 1, "a": 1},
        *((1,), {"a": [{"b": None}]}, float("nan"), {"a": object()}),
    ],
)
def test_what_the_profile_does_not_know_is_refused_when_written(value: Any) -> None:
    with pytest.raises(canonical.ProfileError):
        canonical.encode(value)


def test_a_refusal_names_the_place() -> None:
    with pytest.raises(canonical.ProfileError, match=r"\$\.a\[1\]\.b: float"):
        canonical.encode({"a": [1, {"b": 0.5}]})


def test_seventeen_levels_are_too_deep_to_write() -> None:
    value: Any = []
    for _ in range(15):
        value = [value]

    assert canonical.encode(value) == b"[" * 16 + b"]" * 16
    with pytest.raises(canonical.ProfileError, match="deeper"):
        canonical.encode([value])


def test_without_orjson_the_bytes_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"b": ["\x00\u2028\U0001f600", True, -1], "a": {}}
    fast = canonical.encode(value)

    monkeypatch.setitem(sys.modules, "orjson", None)

    assert canonical.encode(value) == fast


_anything = _values | st.recursive(
    st.none() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)
_CUTS = ["", "", "a", " ", "\\", "[", '"\\ud800"', '"a":1,"a":']


@settings(max_examples=300, deadline=None)
@given(_anything, st.sampled_from([(",", ":"), (", ", ": ")]), st.sampled_from(_CUTS), st.data())
def test_a_text_is_read_alike_with_and_without_orjson(
    value: Any, separators: tuple[str, str], cut: str, data: Any
) -> None:
    text = json.dumps(value, separators=separators, sort_keys=True, ensure_ascii=False).encode()
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + cut.encode() + text[at + len(cut[:1]) :]
    encoded = digest.to_base64url(text)

    quick = _read(text), _parsed(encoded)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "orjson", None)

        assert (_read(text), _parsed(encoded)) == quick


def _read(text: bytes) -> object:
    try:
        return canonical.decode(text)
    except canonical.ProfileError:
        return None


def _parsed(encoded: str) -> object:
    try:
        return Disclosure.parse(encoded)
    except DisclosureError:
        return None


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_the_public_rfc_8785_pairs_lie_outside_the_profile_or_give_their_bytes(name: str) -> None:
    folder = shared("jcs/testdata")
    value = json.loads((folder / "input" / f"{name}.json").read_bytes())
    expected = (folder / "output" / f"{name}.json").read_bytes()

    assert canonical.dump_plain(value) == expected or name in {"structures", "values", "weird"}
    with pytest.raises(canonical.ProfileError):
        canonical.encode(value)


def test_hmac_agrees_with_the_public_adversarial_vectors() -> None:
    import hmac

    path = shared("wycheproof/hmac_sha256_test.json")
    checked = 0
    for group in json.loads(path.read_text())["testGroups"]:
        for case in group["tests"]:
            key, message = bytes.fromhex(case["key"]), bytes.fromhex(case["msg"])
            tag = hmac.new(key, message, sha256).hexdigest()[: group["tagSize"] // 4]
            assert (tag == case["tag"]) == (case["result"] == "valid"), case["tcId"]
            checked += 1

    assert checked > 100


def test_roots_agree_with_the_public_eight_leaves() -> None:
    reference = json.loads(shared("ct_merkle/ct_reference_8_leaves.json").read_text())
    assert reference is not None
    leaves = [bytes.fromhex(leaf) for leaf in _leaves(reference)]

    assert merkle.root(leaves).hex().startswith("5dc9da79")


def _leaves(reference: Any) -> list[str]:
    if isinstance(reference, dict):
        return next(
            item for item in reference.values() if isinstance(item, list) and len(item) == 8
        )
    return list(reference)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_tree_built_from_below_is_the_one_that_the_rfc_defines_from_above(
    leaves: list[bytes],
) -> None:
    assert merkle.root(leaves) == _recursive(leaves)


def _recursive(leaves: list[bytes]) -> bytes:
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + _recursive(leaves[:split]) + _recursive(leaves[split:])).digest()


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_base64_is_read_strictly_and_back(data: bytes) -> None:
    import base64

    assert digest.from_base64(base64.b64encode(data).decode()) == data
    if data:
        assert digest.from_base64url(digest.to_base64url(data)) == data


@pytest.mark.parametrize("text", ["YQ", "YQ=", "YR==", "Y Q==", "YQ==\n", "-_==", "é"])
def test_loose_base64_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"base64|bits"):
        digest.from_base64(text)


def test_a_key_id_tells_nothing_about_its_secret() -> None:
    secret = bytes(range(32))

    assert dsse.hmac_key_id(secret) not in (sha256(secret).hexdigest(), secret.hex())
