"""Deleting what its time is over: a receipt leaves a tombstone and a leaf, or stays."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import attrs

from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts import store as receipts
from aragora_server.receipts.exports import store as exports
from aragora_server.receipts.feedback import store as feedback
from aragora_server.receipts.log import pending
from aragora_server.receipts.log import store as logged
from aragora_server.receipts.log.model import Leaf
from aragora_server.receipts.sharing import store as links

from . import store
from .retention import Aged, Kind, Policy, Span, Tombstone, kept_until, spans
from .service import Ended, Memory

log = logging.getLogger(__name__)

AT_ONCE = 500
# All that were set are read for each receipt that may be over.
MOST_POLICIES = 1_000

One = TypeVar("One", Aged, Ended)


@attrs.define
class Swept:
    """How many went, and what kept others from it."""

    total: int = 0
    faults: list[Exception] = attrs.field(factory=list)

    def total_or_fault(self) -> int:
        if self.faults:
            raise self.faults[0]
        return self.total


@attrs.frozen(kw_only=True)
class RetentionService:
    db: Database
    memory: Memory
    broadcast: Broadcast
    now: Clock
    new_id: NewId

    async def in_force(self, workspace_id: str) -> Policy | None:
        """None where nobody said anything: then the default is."""
        async with self.db.read() as tx:
            return await store.policy_in_force(tx, workspace_id)

    async def set(
        self,
        workspace_id: str,
        period: str,
        *,
        debates: str | None = None,
        apply_to_existing: bool,
        by: str,
    ) -> Policy:
        policy = Policy(
            id=self.new_id(),
            workspace_id=workspace_id,
            period=period,
            debates=debates,
            apply_to_existing=apply_to_existing,
            set_by=by,
            set_at=self.now(),
        )
        async with self.db.begin() as tx:
            if await store.count_policies(tx, workspace_id) >= MOST_POLICIES:
                raise Invalid(f"retention was set {MOST_POLICIES} times: it stays as it is now")
            await store.add_policy(tx, policy)
        return policy

    async def delete_expired(self) -> int:
        """How many receipts went. One that cannot go holds up no other, and is told at the end."""
        swept = await self._sweep("receipts", self._candidates, self._delete_if_over)
        if swept.total:
            await pending.wake(self.broadcast)
        return swept.total_or_fault()

    async def forget_debates(self) -> int:
        """How many debates lost their words. One that cannot be forgotten holds up no other."""
        swept = await self._sweep("debates", self._ended, self._forget_if_over)
        return swept.total_or_fault()

    async def _sweep(
        self,
        kind: Kind,
        page: Callable[[Span, str], Awaitable[Sequence[One]]],
        end: Callable[[One], Awaitable[bool]],
    ) -> Swept:
        """Look at all that may be over, page by page, each in a transaction of its own."""
        swept = Swept()
        for span in await self._spans(kind):
            last = ""
            while found := await page(span, last):
                for one in found:
                    try:
                        swept.total += await end(one)
                    except Exception as fault:
                        log.exception("%s: %s could not go", kind, one.id)
                        swept.faults.append(fault)
                last = found[-1].id
        return swept

    async def _spans(self, kind: Kind) -> tuple[Span, ...]:
        async with self.db.read() as tx:
            periods = await store.periods(tx)
        return spans(periods, kind, self.now())

    async def _candidates(self, span: Span, last: str) -> Sequence[Aged]:
        async with self.db.search() as tx:
            return await store.receipts_within(tx, span, after_id=last, limit=AT_ONCE)

    async def _delete_if_over(self, aged: Aged) -> bool:
        workspace_id, receipt_id = aged.workspace_id, aged.id

        async def work(tx: Tx) -> bool:
            await take_turn(tx, CUSTODY, workspace_id)
            await store.lock_receipt(tx, receipt_id)
            sealed = await receipts.find(tx, workspace_id, receipt_id)
            if sealed is None or await store.is_amended(tx, receipt_id):
                return False
            policies = await store.policies_of(tx, workspace_id)
            until = kept_until(sealed.issued_at, policies, "receipts")
            if until > self.now() or await store.holds_over(tx, workspace_id, [receipt_id]):
                return False
            return await self._delete(tx, workspace_id, receipt_id, sealed.debate_id)

        return await self.db.run(work)

    async def _delete(self, tx: Tx, workspace_id: str, receipt_id: str, debate_id: str) -> bool:
        place = (await logged.places(tx, [receipt_id])).get(receipt_id)
        if place is None:  # what no checkpoint speaks for has nothing to leave behind
            return False
        tombstone = Tombstone(
            id=receipt_id,
            workspace_id=workspace_id,
            shard=place.shard,
            idx=place.index,
            entry=place.entry,
            leaf_id=self.new_id(),
            reason="retention",
            operator="server",
            deleted_at=self.now(),
        )
        await store.add_tombstone(tx, tombstone)
        leaf = Leaf.of_body("retention", tombstone.leaf_id, tombstone.statement())
        await pending.append(tx, leaf, tombstone.deleted_at)
        await exports.withdraw(tx, workspace_id, receipt_id, tombstone.deleted_at)
        await links.remove(tx, [receipt_id])
        await feedback.remove(tx, [receipt_id])
        await store.delete_receipt(tx, receipt_id)
        await self.memory.forget(tx, debate_id=debate_id)
        return True

    async def _ended(self, span: Span, last: str) -> Sequence[Ended]:
        async with self.db.search() as tx:
            return await self.memory.ended_within(
                tx, span.until, workspace_id=span.workspace_id, after_id=last, limit=AT_ONCE
            )

    async def _forget_if_over(self, ended: Ended) -> bool:
        async def work(tx: Tx) -> bool:
            await take_turn(tx, CUSTODY, ended.workspace_id)
            policies = await store.policies_of(tx, ended.workspace_id)
            until = kept_until(ended.at, policies, "debates")
            if until > self.now() or await self._is_held(tx, ended):
                return False
            await self.memory.forget(tx, debate_id=ended.id)
            return True

        return await self.db.run(work)

    async def _is_held(self, tx: Tx, ended: Ended) -> bool:
        if ended.receipt_id is None:
            return await store.hold_on_debate(tx, ended.workspace_id, ended.id, ended.at)
        return bool(await store.holds_over(tx, ended.workspace_id, [ended.receipt_id]))
