"""The log's part of a server, by hand: for tests that run no background work."""

from __future__ import annotations

from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.receipts.log.model import shard_of
from aragora_server.receipts.log.sequencer import Sequencer
from aragora_server.receipts.service import ReceiptService


async def place_all(receipts: ReceiptService) -> None:
    """Give every leaf that waits its place, and sign for it."""
    seal = receipts.seal
    sequencer = Sequencer.of(seal, db=receipts.db, broadcast=LocalBroadcast())
    while await sequencer.advance(seal.log_signer(shard_of(receipts.now()))):
        pass
