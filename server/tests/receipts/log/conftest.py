from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.db import Database
from aragora_server.receipts.log import pending, tree
from aragora_server.receipts.log.model import Leaf
from aragora_server.receipts.log.sequencer import Sequencer
from aragora_server.receipts.log.tables import checkpoints, entries
from aragora_server.receipts.signing import KeyStore, LogSigner
from sqlalchemy import select

SHARD = "2026"
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def signer(keys: KeyStore) -> LogSigner:
    return keys.log_key(SHARD, "a.example/receipts/2026")


@pytest.fixture
def new_sequencer(keys: KeyStore, signer: LogSigner) -> Callable[[Database], Sequencer]:
    def new(database: Database) -> Sequencer:
        return Sequencer(
            db=database,
            broadcast=LocalBroadcast(),
            signers=keys.log_keys,
            signer=lambda shard: keys.log_key(shard, f"a.example/receipts/{shard}"),
        )

    return new


@pytest.fixture
def sequencer(database: Database, new_sequencer: Callable[[Database], Sequencer]) -> Sequencer:
    return new_sequencer(database)


@pytest.fixture
def narrow_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four hashes wide, so that few leaves make a tree of several levels of tiles."""
    monkeypatch.setattr(tree, "WIDTH", 4)


def leaf(number: int) -> Leaf:
    return Leaf.of_body("anchor", f"leaf-{number}", str(number).encode())


async def add(database: Database, numbers: Sequence[int]) -> None:
    async with database.begin() as tx:
        for number in numbers:
            await pending.append(tx, leaf(number), AT)


async def placed(database: Database) -> list[bytes]:
    """The entries, in their order and without a gap."""
    async with database.read() as tx:
        query = select(entries.c.idx, entries.c.entry).where(entries.c.shard == SHARD)
        rows = (await tx.execute(query.order_by(entries.c.idx))).all()
    assert [row.idx for row in rows] == list(range(len(rows)))
    return [row.entry for row in rows]


async def notes(database: Database) -> list[str]:
    async with database.read() as tx:
        found = await tx.execute(select(checkpoints.c.note).order_by(checkpoints.c.size))
    return list(found.scalars())
