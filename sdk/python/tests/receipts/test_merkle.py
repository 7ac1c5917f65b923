"""The tree against its own definition and against the public vectors."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import Any

import pytest
from aragora.receipts import merkle
from hypothesis import given, settings
from hypothesis import strategies as st
from public_vectors import shared

_trees = st.lists(st.binary(max_size=4), min_size=1, max_size=70, unique=True)


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word by word."""
    if len(leaves) == 0:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = _split(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(first: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    if first == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = _split(len(leaves))
    if first <= split:
        left = naive_subproof(first, leaves[:split], whole=whole)
        return [*left, naive_root(leaves[split:])]
    right = naive_subproof(first - split, leaves[split:], whole=False)
    return [*right, naive_root(leaves[:split])]


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


@settings(max_examples=60, deadline=None)
@given(_trees, st.data())
def test_roots_and_proofs_are_those_of_the_definition(leaves: list[bytes], data: Any) -> None:
    size = len(leaves)
    index, first = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))

    assert merkle.root(leaves) == naive_root(leaves)
    assert merkle.inclusion(leaves, index) == naive_path(index, leaves)
    assert merkle.consistency(leaves, first) == naive_subproof(first, leaves, whole=True)


@settings(max_examples=60, deadline=None)
@given(_trees, st.data())
def test_a_proof_of_inclusion_holds_for_its_leaf_and_place_alone(
    leaves: list[bytes], data: Any
) -> None:
    size = len(leaves)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    head, proof = merkle.root(leaves), merkle.inclusion(leaves, index)

    def holds(leaf: bytes, place: int) -> bool:
        return merkle.includes(
            head, proof, leaf=merkle.leaf_hash(leaf), index=place, size=len(leaves)
        )

    assert holds(leaves[index], index)
    assert holds(leaves[index], other) is (other == index)
    assert not holds(leaves[index] + b"x", index)


@settings(max_examples=60, deadline=None)
@given(_trees, st.data())
def test_a_proof_of_consistency_holds_for_a_true_past_alone(leaves: list[bytes], data: Any) -> None:
    first = data.draw(st.integers(1, len(leaves)))
    proof, new = merkle.consistency(leaves, first), merkle.root(leaves)

    def holds(past: list[bytes]) -> bool:
        old = merkle.root(past)
        return merkle.extends(proof, first=first, old=old, second=len(leaves), new=new)

    assert holds(leaves[:first])
    assert not holds([*leaves[: first - 1], leaves[first - 1] + b"x"])


def test_there_is_no_proof_of_what_is_not_there() -> None:
    for index in (-1, 3):
        with pytest.raises(IndexError):
            merkle.inclusion([b"a", b"b", b"c"], index)
    for first in (0, 4):
        with pytest.raises(IndexError):
            merkle.consistency([b"a", b"b", b"c"], first)


def test_the_public_proofs_hold_or_not_as_they_state() -> None:
    judged = [_judge(json.loads(path.read_text())) for path in _public("inclusion", "consistency")]

    assert sum(stated for stated, _ in judged) == 6
    assert [held for _, held in judged] == [stated for stated, _ in judged]


def _public(*folders: str) -> list[Any]:
    return [p for name in folders for p in sorted(shared(f"ct_merkle/{name}").rglob("*.json"))]


def _judge(case: dict[str, Any]) -> tuple[bool, bool]:
    proof = [_bytes(step) for step in case["proof"] or ()]
    if "leafIdx" in case:
        leaf, index, size = _bytes(case["leafHash"]), case["leafIdx"], case["treeSize"]
        held = merkle.includes(_bytes(case["root"]), proof, leaf=leaf, index=index, size=size)
    else:
        old, new = _bytes(case["root1"]), _bytes(case["root2"])
        first, second = case["size1"], case["size2"]
        held = merkle.extends(proof, first=first, old=old, second=second, new=new)
    return not case["wantErr"], held


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")
