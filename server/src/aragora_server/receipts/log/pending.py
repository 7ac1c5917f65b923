"""The one door into the log: a leaf is given to it in the transaction that makes it necessary."""

from __future__ import annotations

from datetime import datetime

from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.db import Tx
from aragora_server.kernel.prepared import Handwritten

from .model import Leaf, shard_of

TOPIC = "log"

_ROW = "INSERT INTO log_pending (shard, kind, leaf_id, entry) VALUES (:shard, :kind, :id, :entry)"
_ADDING = Handwritten(sqlite=_ROW, postgresql=_ROW)


async def append(tx: Tx, leaf: Leaf, at: datetime) -> None:
    """Let the leaf wait for its place, in the log of the year `at` is in.

    It is in the log when this transaction is committed and the sequencer has been there. The same
    leaf twice is refused.
    """
    await _ADDING.run(tx, shard=shard_of(at), kind=leaf.kind, id=leaf.id, entry=leaf.entry)


async def wake(broadcast: Broadcast) -> None:
    """Say after the commit that a leaf waits: else it is found within a second."""
    await broadcast.publish(TOPIC, b"")
