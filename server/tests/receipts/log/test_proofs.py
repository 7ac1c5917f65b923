"""Proofs from tiles against those that the whole list of leaves gives, on both databases."""

from __future__ import annotations

import pytest
from aragora.receipts import merkle
from aragora_server.kernel.db import Database
from aragora_server.receipts.log import proofs
from aragora_server.receipts.log.book import LogBook
from aragora_server.receipts.log.model import CheckpointNotFound, LogInconsistent
from aragora_server.receipts.log.proofs import Proofs
from aragora_server.receipts.log.sequencer import Sequencer
from aragora_server.receipts.signing import LogSigner

from .conftest import SHARD, add, leaf, placed

pytestmark = pytest.mark.anyio

LEAVES = 70


@pytest.fixture
async def leaves(
    database: Database, sequencer: Sequencer, signer: LogSigner, narrow_tiles: None
) -> list[bytes]:
    """A log of three levels of tiles, four hashes wide."""
    await add(database, range(LEAVES))
    await sequencer.advance(signer)
    return await placed(database)


async def test_every_leaf_of_every_size_is_proven(database: Database, leaves: list[bytes]) -> None:
    book = Proofs()

    async with database.read() as tx:
        for size in range(1, LEAVES + 1):
            for index in range(0, size, 1 + size // 9):
                proof = await book.inclusion(tx, SHARD, index, size)
                assert list(proof) == merkle.inclusion(leaves[:size], index), (index, size)


async def test_every_size_is_the_beginning_of_every_later_one(
    database: Database, leaves: list[bytes]
) -> None:
    book = Proofs()

    async with database.read() as tx:
        for size in range(1, LEAVES + 1):
            for first in range(1, size + 1, 1 + size // 9):
                proof = await book.consistency(tx, SHARD, first, size)
                assert list(proof) == merkle.consistency(leaves[:size], first), (first, size)


async def test_tiles_that_were_not_asked_for_lately_are_let_go(
    database: Database, leaves: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofs, "KEPT", 3)
    book = Proofs()

    async with database.read() as tx:
        for index in range(LEAVES):
            proof = await book.inclusion(tx, SHARD, index, LEAVES)
            assert list(proof) == merkle.inclusion(leaves, index)

    assert len(book._kept) == 3


async def test_nothing_is_proven_by_a_tree_with_a_gap(
    database: Database, leaves: list[bytes]
) -> None:
    async with database.read() as tx:
        with pytest.raises(LogInconsistent, match="gap"):
            await Proofs().inclusion(tx, SHARD, 0, LEAVES + 4)


async def test_a_log_that_grew_proves_it_up_to_a_checkpoint(
    database: Database, sequencer: Sequencer, signer: LogSigner, leaves: list[bytes]
) -> None:
    await add(database, range(LEAVES, LEAVES + 7))
    await sequencer.advance(signer)
    entries = await placed(database)

    async with database.read() as tx:
        newest = await LogBook().growth(tx, SHARD, from_size=33, to_size=None)
        named = await LogBook().growth(tx, SHARD, from_size=33, to_size=LEAVES)
        for from_size, to_size in ((78, None), (71, LEAVES), (1, 71)):
            with pytest.raises(CheckpointNotFound):
                await LogBook().growth(tx, SHARD, from_size=from_size, to_size=to_size)
        with pytest.raises(CheckpointNotFound):
            await LogBook().growth(tx, "1999", from_size=1, to_size=None)

    assert (newest.to_size, named.to_size) == (LEAVES + 7, LEAVES)
    for growth in (newest, named):
        old, new = merkle.root(entries[:33]), merkle.root(entries[: growth.to_size])
        assert merkle.extends(growth.proof, first=33, old=old, second=growth.to_size, new=new)
        assert growth.checkpoint.splitlines()[1] == str(growth.to_size)
    assert entries[33] == leaf(33).entry
