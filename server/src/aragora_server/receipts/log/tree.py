"""The arithmetic of tiles (c2sp.org/tlog-tiles), and of a tree that grows at its right edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs
from aragora.receipts import merkle

WIDTH = 256
HASH_BYTES = 32
Edge = merkle.Edge


def edge_of(levels: Sequence[Sequence[bytes]]) -> Edge:
    """From the hashes of the tile that is begun on each level, lowest level first."""
    edge = Edge()
    for level in reversed(range(len(levels))):
        for hashed in levels[level]:
            edge.add(hashed, leaves=WIDTH**level)
    return edge


def begun(size: int) -> Iterator[tuple[int, int, int]]:
    """`(level, start, stop)`: which hashes of each level are in the tile that is begun there."""
    level, count = 0, size
    while count:
        yield level, count - count % WIDTH, count
        level, count = level + 1, count // WIDTH


def completed(before: int, after: int) -> Iterator[tuple[int, int]]:
    """`(level, n)`: the tiles that become whole when a tree grows; lower ones first."""
    level = 0
    while after := after // WIDTH:
        before //= WIDTH
        yield from ((level, n) for n in range(before, after))
        level += 1


def tile_root(hashes: Iterable[bytes]) -> bytes:
    edge = Edge()
    for hashed in hashes:
        edge.add(hashed)
    return edge.root


Node = tuple[int, int]
"""`(level, index)` of a node, as the tree is drawn in rows, leaves being level 0."""


def beside(index: int, size: int, level: int = 0) -> list[Node]:
    """What stands beside the way up from this node, lowest first."""
    found, last = [], (size - 1) >> level
    while last:
        if index ^ 1 <= last:
            found.append((level, index ^ 1))
        level, index, last = level + 1, index >> 1, last >> 1
    return found


def between(first: int, size: int) -> list[Node]:
    """The nodes of the proof that a tree of `first` leaves is the beginning of one of `size`."""
    if first == size:
        return []
    level, index = 0, first - 1
    while index & 1:
        level, index = level + 1, index >> 1
    # A perfect first tree is its own root, which the verifier holds already.
    start = [(level, index)] if index else []
    return start + beside(index, size, level)


def perfect(node: Node, size: int) -> list[Node]:
    """The perfect trees that the node stands for: itself, but for the last of its row."""
    level, index = node
    start, stop = index << level, min((index + 1) << level, size)
    found = []
    while start < stop:
        while (start + (1 << level)) > stop:
            level -= 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def home(node: Node) -> tuple[int, int, Node]:
    """`(level, n)` of the tile that has this perfect tree in it, and its place in there."""
    level, index = node
    height = WIDTH.bit_length() - 1
    inner = level % height
    n = (index << inner) // WIDTH
    return level // height, n, (inner, index - (n * WIDTH >> inner))


@attrs.frozen
class Pyramid:
    """All perfect trees over the hashes of one tile, row by row."""

    rows: tuple[bytes, ...]

    @classmethod
    def over(cls, hashes: Sequence[bytes]) -> Pyramid:
        row, rows = list(hashes), []
        while row:
            rows.append(b"".join(row))
            pairs = range(0, len(row) - 1, 2)
            row = [merkle.node_hash(row[i], row[i + 1]) for i in pairs]
        return cls(tuple(rows))

    def __getitem__(self, place: Node) -> bytes:
        row, index = place
        return self.rows[row][index * HASH_BYTES : (index + 1) * HASH_BYTES]


def split(hashes: bytes) -> list[bytes]:
    return [hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)]
