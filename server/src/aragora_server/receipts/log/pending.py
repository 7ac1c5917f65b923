"""The one door into the log: a leaf is given to it in the transaction that makes it necessary."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.db import Tx

from .model import Leaf, shard_of
from .tables import log_pending

TOPIC = "log"

_ADDING = insert(log_pending)


async def append(tx: Tx, leaf: Leaf, at: datetime) -> None:
    """Let the leaf wait for its place, in the log of the year `at` is in.

    It is in the log when this transaction is committed and the sequencer has been there. The same
    leaf twice is refused.
    """
    row = {"shard": shard_of(at), "kind": leaf.kind, "leaf_id": leaf.id, "entry": leaf.entry}
    await tx.execute(_ADDING, row)


async def wake(broadcast: Broadcast) -> None:
    """Say after the commit that a leaf waits: else it is found within a second."""
    await broadcast.publish(TOPIC, b"")
