"""Tiles and edges against the tree that the RFC defines."""

from __future__ import annotations

import pytest
from aragora.receipts import merkle
from aragora_server.receipts.log import tree

LEAVES = [bytes([number]) for number in range(70)]


def test_an_edge_has_the_root_of_the_whole_tree() -> None:
    edge = tree.Edge()

    for size, leaf in enumerate(LEAVES):
        assert (edge.size, edge.root) == (size, merkle.root(LEAVES[:size]))
        edge.add(merkle.leaf_hash(leaf))


@pytest.mark.parametrize("width", [2, 4])
def test_an_edge_is_read_from_what_is_begun_on_each_level(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(tree, "WIDTH", width)
    hashes = {0: [merkle.leaf_hash(leaf) for leaf in LEAVES]}

    for size in range(1, len(LEAVES) + 1):
        for level, n in tree.completed(size - 1, size):
            below = hashes[level][n * width : (n + 1) * width]
            hashes.setdefault(level + 1, []).append(tree.tile_root(below))
        begun = [hashes[level][start:stop] for level, start, stop in tree.begun(size)]
        edge = tree.edge_of(begun)
        assert (edge.size, edge.root) == (size, merkle.root(LEAVES[:size]))
