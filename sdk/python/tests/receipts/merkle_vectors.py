"""Proofs that hold and proofs that must not, over the public leaves and over huge trees."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from aragora.receipts import merkle
from example import Json
from part_vectors import case

# Those of the public tests of certificate transparency.
CT_LEAVES = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
LEAVES = [bytes.fromhex(leaf) for leaf in CT_LEAVES]
HEADS = [merkle.root(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
LARGEST = 2**53 - 1
Head = tuple[int, bytes]
OTHER = sha256(b"other").digest()


def files() -> Iterator[tuple[str, list[Json]]]:
    yield "merkle/roots.json", list(_roots())
    yield "merkle/inclusion.json", [*_included(), *_far_out(), *_not_included()]
    yield "merkle/consistency.json", [*_extended(), *_not_extended()]


def _roots() -> Iterator[Json]:
    for size in range(len(LEAVES) + 1):
        yield case(
            f"{size} leaves",
            {"leaves_hex": list(CT_LEAVES[:size])},
            {"root_hex": HEADS[size].hex()},
        )


def head_of(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The head that a proof leads to, by the recursion of RFC 9162."""
    if size == 1:
        return leaf
    split = 1 << (size - 1).bit_length() - 1
    *below, last = proof
    if index < split:
        return _node(head_of(leaf, index, split, below), last)
    return _node(last, head_of(leaf, index - split, size - split, below))


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def inclusion(
    name: str, head: bytes, proof: list[bytes], leaf: bytes, at: tuple[int, int], *, holds: bool
) -> Json:
    given = {
        "head_hex": head.hex(),
        "proof_hex": [step.hex() for step in proof],
        "leaf_hash_hex": leaf.hex(),
        "index": at[0],
        "size": at[1],
    }
    return case(name, given, {"holds": holds})


def _included() -> Iterator[Json]:
    for size in range(1, len(LEAVES) + 1):
        for index in range(size):
            proof, leaf = merkle.inclusion(LEAVES[:size], index), merkle.leaf_hash(LEAVES[index])
            name = f"leaf {index} of {size}"
            yield inclusion(name, HEADS[size], proof, leaf, (index, size), holds=True)


def _far_out() -> Iterator[Json]:
    """Where 32 bits, and shifts on them, no longer reach."""
    for index, size in ((2**32 + 5, 2**40 + 3), (2**52 + 2**31, LARGEST), (LARGEST - 1, LARGEST)):
        steps = _depth(index, size)
        proof = [sha256(b"step %d" % step).digest() for step in range(steps)]
        head = head_of(OTHER, index, size, proof)
        yield inclusion(f"leaf {index} of {size}", head, proof, OTHER, (index, size), holds=True)
        low = index & 0xFFFFFFFF
        yield inclusion(f"leaf {low} for {index}", head, proof, OTHER, (low, size), holds=False)


def _depth(index: int, size: int) -> int:
    if size == 1:
        return 0
    split = 1 << (size - 1).bit_length() - 1
    return 1 + (_depth(index, split) if index < split else _depth(index - split, size - split))


def _not_included() -> Iterator[Json]:
    proof, leaf, head = merkle.inclusion(LEAVES[:7], 5), merkle.leaf_hash(LEAVES[5]), HEADS[7]
    for name, steps in _spoilt(proof).items():
        yield inclusion(name, head, steps, leaf, (5, 7), holds=False)
    for name, (index, size) in {
        "the leaf before": (4, 7),
        "the leaf after": (6, 7),
        "a leaf beyond the tree": (7, 7),
        "a negative index": (-1, 7),
        "a smaller tree": (5, 6),
        "a larger tree": (5, 9),
        "an empty tree": (0, 0),
        "a negative size": (0, -7),
        "a size beyond 2^53": (5, 2**53 + 7),
    }.items():
        yield inclusion(name, head, proof, leaf, (index, size), holds=False)
    yield inclusion("another leaf", head, proof, OTHER, (5, 7), holds=False)
    yield inclusion("another head", OTHER, proof, leaf, (5, 7), holds=False)
    yield inclusion("no leaf hash", head, proof, b"", (5, 7), holds=False)
    yield inclusion("the entry in place of its hash", head, proof, LEAVES[5], (5, 7), holds=False)
    yield inclusion("a head of no bytes", b"", [], b"", (0, 1), holds=False)
    yield inclusion("the empty head", HEADS[0], [], HEADS[0], (0, 0), holds=False)


def _spoilt(proof: list[bytes]) -> dict[str, list[bytes]]:
    spoilt = {
        "no proof": [],
        "first step missing": proof[1:],
        "last step missing": proof[:-1],
        "a step more": [*proof, OTHER],
        "a step before": [OTHER, *proof],
        "a step of no bytes": [*proof, b""],
        "a step of 31 bytes": [proof[0][:31], *proof[1:]],
    }
    if len(proof) > 1:
        spoilt["steps turned round"] = proof[::-1]
    for at in range(len(proof)):
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        spoilt[f"a bit of step {at}"] = [*proof[:at], flipped, *proof[at + 1 :]]
    return spoilt


def consistency(name: str, proof: list[bytes], old: Head, new: Head, *, holds: bool) -> Json:
    given = {
        "proof_hex": [step.hex() for step in proof],
        "first": old[0],
        "old_hex": old[1].hex(),
        "second": new[0],
        "new_hex": new[1].hex(),
    }
    return case(name, given, {"holds": holds})


def _extended() -> Iterator[Json]:
    for second in range(1, len(LEAVES) + 1):
        for first in range(1, second + 1):
            proof = merkle.consistency(LEAVES[:second], first)
            name, old, new = f"{first} to {second}", HEADS[first], HEADS[second]
            yield consistency(name, proof, (first, old), (second, new), holds=True)


def _not_extended() -> Iterator[Json]:
    for first, second in ((4, 7), (6, 8)):
        proof, old, new = merkle.consistency(LEAVES[:second], first), HEADS[first], HEADS[second]
        for name, steps in _spoilt(proof).items():
            told = f"{name}, {first} to {second}"
            yield consistency(told, steps, (first, old), (second, new), holds=False)
    proof, old, new = merkle.consistency(LEAVES[:8], 6), HEADS[6], HEADS[8]
    yield consistency("another past", proof, (6, OTHER), (8, new), holds=False)
    yield consistency("another present", proof, (6, old), (8, OTHER), holds=False)
    yield consistency("heads turned round", proof, (6, new), (8, old), holds=False)
    yield consistency("shrunk", proof, (8, new), (6, old), holds=False)
    yield consistency("a smaller past", proof, (5, old), (8, new), holds=False)
    yield consistency("a larger present", proof, (6, old), (17, new), holds=False)
    yield consistency("nothing to nothing", [], (0, HEADS[0]), (0, HEADS[0]), holds=False)
    yield consistency("nothing to something", [], (0, HEADS[0]), (8, new), holds=False)
    yield consistency("as it was, with a proof", [OTHER], (8, new), (8, new), holds=False)
    yield consistency("as it was, with another head", [], (8, new), (8, OTHER), holds=False)
    yield consistency("heads of no bytes", [], (1, b""), (1, b""), holds=False)
