"""Proofs, read from tiles: a few tiles each, and those that were asked for last are kept."""

from __future__ import annotations

from collections import OrderedDict

import attrs
from aragora.receipts import merkle

from aragora_server.kernel.db import Tx

from . import store, tree
from .model import LogInconsistent
from .tree import Node, Pyramid

KEPT = 300


@attrs.frozen(kw_only=True)
class Proofs:
    """Tiles never change, and of one that is begun the part that there is does not either."""

    _kept: OrderedDict[tuple[str, int, int, int], Pyramid] = attrs.field(
        factory=OrderedDict, init=False, repr=False, eq=False
    )

    async def inclusion(self, tx: Tx, shard: str, index: int, size: int) -> tuple[bytes, ...]:
        """Of the leaf at this index in the tree of this size."""
        return await self._hashes(tx, shard, tree.beside(index, size), size)

    async def consistency(self, tx: Tx, shard: str, first: int, size: int) -> tuple[bytes, ...]:
        """That the tree of the first leaves is a beginning of the tree of this size."""
        return await self._hashes(tx, shard, tree.between(first, size), size)

    async def _hashes(self, tx: Tx, shard: str, nodes: list[Node], size: int) -> tuple[bytes, ...]:
        found = []
        for node in nodes:
            level, index = node
            if (index + 1) << level <= size:
                found.append(await self._perfect(tx, shard, node, size))
            else:
                found.append(await self._imperfect(tx, shard, node, size))
        return tuple(found)

    async def _imperfect(self, tx: Tx, shard: str, node: Node, size: int) -> bytes:
        """The last of its row: a few perfect trees, joined from the right."""
        parts = [await self._perfect(tx, shard, one, size) for one in tree.perfect(node, size)]
        hashed = parts.pop()
        while parts:
            hashed = merkle.node_hash(parts.pop(), hashed)
        return hashed

    async def _perfect(self, tx: Tx, shard: str, node: Node, size: int) -> bytes:
        level, n, place = tree.home(node)
        width = min(size // tree.WIDTH**level - n * tree.WIDTH, tree.WIDTH)
        key = (shard, level, n, width)
        pyramid = self._kept.get(key)
        if pyramid is None:
            hashes = await store.begun_tile(tx, *key)
            if len(hashes) != width:
                raise LogInconsistent(f"log {shard} has a gap in tile {n} of level {level}")
            pyramid = self._kept[key] = Pyramid.over(hashes)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return pyramid[place]
