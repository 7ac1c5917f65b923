"""The arithmetic of tiles (c2sp.org/tlog-tiles), and of a tree that grows at its right edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

import attrs
from aragora.receipts import merkle

WIDTH = 256
HASH_BYTES = 32


@attrs.define
class Edge:
    """The perfect trees, from left to right, that a tree of some size is made of."""

    _peaks: list[tuple[int, bytes]] = attrs.field(factory=list)

    @classmethod
    def of(cls, levels: Sequence[Sequence[bytes]]) -> Edge:
        """From the hashes of the tile that is begun on each level, lowest level first."""
        edge = cls()
        for level in reversed(range(len(levels))):
            for hashed in levels[level]:
                edge.add(hashed, leaves=WIDTH**level)
        return edge

    def add(self, hashed: bytes, *, leaves: int = 1) -> None:
        """Grow by a perfect tree, which is no larger than the last one."""
        while self._peaks and self._peaks[-1][0] == leaves:
            hashed = merkle.node_hash(self._peaks.pop()[1], hashed)
            leaves *= 2
        self._peaks.append((leaves, hashed))

    @property
    def size(self) -> int:
        return sum(leaves for leaves, _ in self._peaks)

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return sha256().digest()
        *rest, (_, root) = self._peaks
        for _, hashed in reversed(rest):
            root = merkle.node_hash(hashed, root)
        return root


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
