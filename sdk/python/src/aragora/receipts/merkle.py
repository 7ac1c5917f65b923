"""The RFC 9162 Merkle tree (section 2.1): heads, and both kinds of proof.

A last node without a partner rises as it is: the same split as the RFC's largest power of two,
read from below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

Hashes = Sequence[bytes]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The tree head over the leaves, in order."""
    if not leaves:
        return sha256().digest()
    *_, (head,) = _levels(leaves)
    return head


@dataclass(slots=True)
class Edge:
    """The right edge of a growing tree: the perfect trees, left to right, that it is made of."""

    peaks: list[tuple[int, bytes]] = field(default_factory=list)

    def add(self, hashed: bytes, *, leaves: int = 1) -> None:
        """Grow by a perfect tree, which is no larger than the last one."""
        while self.peaks and self.peaks[-1][0] == leaves:
            hashed = node_hash(self.peaks.pop()[1], hashed)
            leaves *= 2
        self.peaks.append((leaves, hashed))

    @property
    def size(self) -> int:
        return sum(leaves for leaves, _ in self.peaks)

    @property
    def root(self) -> bytes:
        if not self.peaks:
            return sha256().digest()
        *rest, (_, head) = self.peaks
        for _, hashed in reversed(rest):
            head = node_hash(hashed, head)
        return head


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that the leaf at this index is in the tree, from its sibling upwards."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    return _beside(list(_levels(leaves)), index)


def includes(head: bytes, proof: Hashes, *, leaf: bytes, index: int, size: int) -> bool:
    """Whether the proof leads from this leaf hash to the head of that size."""
    if not 0 <= index < size or not _are_hashes(head, leaf, *proof):
        return False
    return _climb([leaf], proof, index, size - 1) == [head]


def consistency(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """The proof that the tree of the first leaves is a beginning of the whole tree."""
    if not 1 <= first <= len(leaves):
        raise IndexError(f"no tree of {first} among {len(leaves)} leaves")
    if first == len(leaves):
        return []
    levels, index, depth = list(_levels(leaves)), first - 1, 0
    while index & 1:
        index, depth = index >> 1, depth + 1
    # A perfect first tree is its own root, which the verifier holds already.
    start = [levels[depth][index]] if index else []
    return start + _beside(levels[depth:], index)


def extends(proof: Hashes, *, first: int, old: bytes, second: int, new: bytes) -> bool:
    """Whether the tree with the head `new` begins with the tree with the head `old`."""
    if not 1 <= first <= second or not _are_hashes(old, new, *proof):
        return False
    if first == second:
        return not proof and old == new
    steps = list(proof) if first & (first - 1) else [old, *proof]
    if not steps:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    # Nodes left of the way stand in both trees, nodes right of it only in the new one.
    return _climb([steps[0], steps[0]], steps[1:], node, last) == [new, old]


def _levels(leaves: Sequence[bytes]) -> Iterator[list[bytes]]:
    level = [leaf_hash(leaf) for leaf in leaves]
    yield level
    while len(level) > 1:
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
        yield level


def _beside(levels: Sequence[list[bytes]], index: int) -> list[bytes]:
    """The siblings on the way up, from a node of the first level."""
    found = []
    for level in levels:
        if index ^ 1 < len(level):
            found.append(level[index ^ 1])
        index >>= 1
    return found


def _climb(heads: list[bytes], proof: Hashes, node: int, last: int) -> list[bytes] | None:
    """Fold a proof into the head of the whole tree and, if asked for, that of its beginning."""
    whole, *beginning = heads
    for step in proof:
        if last == 0:
            return None
        if node & 1 or node == last:
            whole, beginning = node_hash(step, whole), [node_hash(step, head) for head in beginning]
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            whole = node_hash(whole, step)
        node, last = node >> 1, last >> 1
    return None if last else [whole, *beginning]


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == 32 for value in values)
