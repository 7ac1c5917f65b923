"""The log as it is read: where a receipt stands in it, and what proves that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from aragora.receipts.proof import Proof

from aragora_server.kernel.db import Tx

from . import store
from .model import CheckpointNotFound, Growth, Inclusion, Kind, LogPlace
from .proofs import Proofs


@attrs.frozen(kw_only=True)
class LogBook:
    """Receipts that no checkpoint speaks for yet are not in it."""

    proofs: Proofs = attrs.field(factory=Proofs)

    async def places(self, tx: Tx, receipt_ids: Iterable[str]) -> Mapping[str, LogPlace]:
        return await store.places(tx, receipt_ids)

    async def first_proof(self, tx: Tx, leaf_id: str, kind: Kind = "receipt") -> Inclusion | None:
        """By the first checkpoint that there was: the same for ever."""
        place = (await store.places(tx, [leaf_id], kind)).get(leaf_id)
        return None if place is None else await self.proof_at(tx, place)

    async def proof_at(self, tx: Tx, place: LogPlace) -> Inclusion | None:
        """The same of a leaf whose place is known."""
        return await self._proof(
            tx, place, await store.checkpoint_over(tx, place.shard, place.index)
        )

    async def newest_proof(self, tx: Tx, leaf_id: str, kind: Kind = "receipt") -> Inclusion | None:
        """By the newest checkpoint: that it still is in the log."""
        place = (await store.places(tx, [leaf_id], kind)).get(leaf_id)
        if place is None:
            return None
        return await self._proof(tx, place, await store.newest_checkpoint(tx, place.shard))

    async def growth(self, tx: Tx, shard: str, *, from_size: int, to_size: int | None) -> Growth:
        if to_size is None:
            found = await store.newest_checkpoint(tx, shard)
        else:
            note = await store.checkpoint(tx, shard, to_size)
            found = None if note is None else (to_size, note)
        if found is None or found[0] < from_size:
            raise CheckpointNotFound(f"log {shard} has no such checkpoint over {from_size} leaves")
        size, note = found
        proof = await self.proofs.consistency(tx, shard, from_size, size)
        return Growth(shard=shard, from_size=from_size, to_size=size, proof=proof, checkpoint=note)

    async def _proof(
        self, tx: Tx, place: LogPlace, checkpoint: tuple[int, str] | None
    ) -> Inclusion | None:
        if checkpoint is None:
            return None
        size, note = checkpoint
        steps = await self.proofs.inclusion(tx, place.shard, place.index, size)
        return Inclusion(place=place, tlog_proof=Proof(place.index, steps, note).text)
