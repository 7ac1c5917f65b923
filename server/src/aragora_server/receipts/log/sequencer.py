"""Gives leaves their places, and signs for them.

Any number of processes may run one. Places are given by one at a time, in one transaction with the
tiles that become whole. What a checkpoint says is read again from what was committed, so whoever
dies in between leaves nothing that the next one could not go on with: a leaf without a place still
waits, and places without a checkpoint are signed for as they are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

import anyio
import attrs
from aragora.receipts import merkle
from aragora.receipts.proof import Checkpoint

from aragora_server.kernel import fault_points
from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.turns import LOG, take_turn
from aragora_server.receipts.seal import Seal
from aragora_server.receipts.signing import LogSigner

from . import store, tree
from .audit import Audit
from .model import LogInconsistent
from .pending import TOPIC

log = logging.getLogger(__name__)

MOST = 100
GATHER_S = 0.005
POLL_S = 1.0


@attrs.frozen(kw_only=True)
class Standing:
    """How many leaves wait for a place, and why nothing is signed, if so."""

    waiting: int
    fault: str


@attrs.define(kw_only=True, eq=False)
class Sequencer:
    """`signers` are those of all shards that there are, `signer` makes one for a new shard."""

    db: Database
    broadcast: Broadcast
    signers: Callable[[], Iterable[LogSigner]]
    signer: Callable[[str], LogSigner]

    @classmethod
    def of(cls, seal: Seal, *, db: Database, broadcast: Broadcast) -> Sequencer:
        """That of all logs whose checkpoints this seal signs."""
        return cls(db=db, broadcast=broadcast, signers=seal.keys.log_keys, signer=seal.log_signer)

    _bell: anyio.Event = attrs.field(factory=anyio.Event)
    _sound: dict[str, int] = attrs.field(factory=dict)
    _trouble: str = ""

    async def run(self) -> None:
        """For ever. A leaf that comes to an idle log waits for nobody, others gather for 5 ms."""
        async with anyio.create_task_group() as group:
            group.start_soon(self._listen)
            while True:
                self._bell = anyio.Event()
                placed = await self._round()
                if placed:
                    await anyio.sleep(0 if placed >= MOST else GATHER_S)
                    continue
                with anyio.move_on_after(POLL_S):
                    await self._bell.wait()

    async def advance(self, signer: LogSigner) -> int:
        """Place what waits in this shard, and sign; how many leaves were placed."""
        # First of all: nothing is added to what does not hold.
        await self.sign(signer)
        if placed := await self.place(signer.shard):
            await self.sign(signer)
        return placed

    async def place(self, shard: str) -> int:
        """How many leaves were given their places."""

        async def work(tx: Tx) -> int:
            tx = fault_points.watched("place", tx)
            await take_turn(tx, LOG)
            waiting = await store.waiting(tx, shard, MOST)
            if waiting:
                await _place(tx, shard, waiting)
            fault_points.reach("place:commit")
            return len(waiting)

        placed = await self.db.run(work)
        fault_points.reach("place:committed")
        return placed

    async def sign(self, signer: LogSigner) -> None:
        """Sign for all leaves that have a place, if what is stored bears it."""
        async with self.db.read() as tx:
            sizes = await store.sizes(tx, signer.shard)
            if sizes.placed == sizes.signed == self._sound.get(signer.shard, 0):
                return
            unsigned = await Audit(tx=tx, signer=signer).unsigned()
        if unsigned is not None:
            await self._keep(signer, unsigned)
        self._sound[signer.shard] = unsigned.size if unsigned else sizes.signed

    async def standing(self) -> Standing:
        """What every process sees, whether it runs a sequencer or not."""
        async with self.db.read() as tx:
            waiting = await store.count_waiting(tx)
            try:
                for signer in self.signers():
                    await Audit(tx=tx, signer=signer).unsigned()
            except LogInconsistent as fault:
                return Standing(waiting=waiting, fault=str(fault))
        return Standing(waiting=waiting, fault="")

    async def _keep(self, signer: LogSigner, checkpoint: Checkpoint) -> None:
        note = signer.sign(checkpoint.text)

        async def work(tx: Tx) -> None:
            tx = fault_points.watched("sign", tx)
            await store.add_checkpoint(tx, signer.shard, checkpoint.size, note)
            fault_points.reach("sign:commit")

        await self.db.run(work)
        fault_points.reach("sign:committed")

    async def _round(self) -> int:
        """All shards. One that stands still, or a database that is away, is found again."""
        placed, trouble = 0, ""
        try:
            async with self.db.read() as tx:
                waiting = await store.shards_that_wait(tx)
            known = {signer.shard: signer for signer in self.signers()}
            for shard in sorted(waiting | known.keys()):
                try:
                    placed += await self.advance(known.get(shard) or self.signer(shard))
                except LogInconsistent as fault:
                    trouble = f"the log stands still: {fault}"
        except Exception as fault:  # noqa: BLE001 - whatever it is, the next round may succeed
            trouble = f"the log cannot go on now: {type(fault).__name__}: {fault}"
        if trouble and trouble != self._trouble:
            log.error(trouble)
        self._trouble = trouble
        return 0 if trouble else placed

    async def _listen(self) -> None:
        while True:
            try:
                async with self.broadcast.listen(TOPIC) as calls:
                    async for _ in calls:
                        self._bell.set()
            except Exception:
                log.exception("nobody wakes the log; it looks by itself")
            await anyio.sleep(POLL_S)


async def _place(tx: Tx, shard: str, waiting: list[store.Waiting]) -> None:
    start = (await store.sizes(tx, shard)).placed
    hashed = [(leaf, merkle.leaf_hash(leaf.entry)) for leaf in waiting]
    await store.place(tx, shard, start, hashed)
    for level, n in tree.completed(start, start + len(waiting)):
        first = n * tree.WIDTH
        content = await store.hashes(tx, shard, level, first, first + tree.WIDTH)
        await store.add_tile(tx, shard, level, n, content)
