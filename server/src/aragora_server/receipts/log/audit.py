"""Before anything is signed: what is stored is read again, and must continue what was signed."""

from __future__ import annotations

import attrs
from aragora.receipts import merkle
from aragora.receipts.note import Note, NoteError
from aragora.receipts.proof import Checkpoint, ProofError

from aragora_server.kernel.db import Tx
from aragora_server.receipts.signing import LogSigner

from . import store, tree
from .model import LogInconsistent


@attrs.frozen(kw_only=True)
class Audit:
    """One look at a shard, in one reading transaction."""

    tx: Tx
    signer: LogSigner

    async def unsigned(self) -> Checkpoint | None:
        """What is to be signed next; None when a checkpoint speaks for every leaf."""
        sizes = await store.sizes(self.tx, self.signer.shard)
        edge = await self._signed(sizes.signed)
        if sizes.placed == sizes.signed:
            return None
        if sizes.placed < sizes.signed:
            self._refuse(f"{sizes.signed} leaves were signed, {sizes.placed} are here")
        await self._grow(edge, sizes)
        await self._look_at_tiles(sizes)
        return Checkpoint(self.signer.origin, sizes.placed, edge.root)

    async def _signed(self, size: int) -> tree.Edge:
        """The tree of the last checkpoint, as it is stored now."""
        edge = await store.edge(self.tx, self.signer.shard, size)
        if size == 0:
            return edge
        said = self._checkpoint(await store.checkpoint(self.tx, self.signer.shard, size) or "")
        if (said.size, said.root) != (size, edge.root) or edge.size != size:
            self._refuse(f"the leaves are not those of the checkpoint of {size}")
        return edge

    def _checkpoint(self, text: str) -> Checkpoint:
        try:
            note = Note.parse(text)
            said = Checkpoint.parse(note.text)
            if not note.signers([self.signer.public]):
                self._refuse("the last checkpoint is not signed with the key of this log")
        except (NoteError, ProofError) as fault:
            raise LogInconsistent(f"{self.signer.origin}: the last checkpoint: {fault}") from fault
        return said

    async def _grow(self, edge: tree.Edge, sizes: store.Sizes) -> None:
        """Hash the bytes of every new leaf again."""
        shard, start = self.signer.shard, sizes.signed
        for row in await store.entries_between(self.tx, shard, start, sizes.placed):
            if merkle.leaf_hash(row.entry) != row.hash:
                self._refuse(f"the hash of leaf {row.idx} is not that of its bytes")
            edge.add(row.hash)
        if edge.size != sizes.placed:
            self._refuse(f"{sizes.placed - edge.size} of {sizes.placed} leaves are missing")

    async def _look_at_tiles(self, sizes: store.Sizes) -> None:
        for level, n in tree.completed(sizes.signed, sizes.placed):
            start = n * tree.WIDTH
            content = await store.hashes(
                self.tx, self.signer.shard, level, start, start + tree.WIDTH
            )
            found = await store.tile(self.tx, self.signer.shard, level, n)
            wanted = (tree.tile_root(content), b"".join(content))
            if found is None or (found.root, found.hashes) != wanted:
                self._refuse(f"tile {n} of level {level} does not follow from what is below it")

    def _refuse(self, reason: str) -> None:
        raise LogInconsistent(f"{self.signer.origin}: {reason}")
