"""What can be done about keeping: hold receipts, release them, erase texts.

A hold wins always: it is looked for in the transaction that would delete, and whoever places one
waits for that transaction, or it for him.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs
from aragora.receipts import Disclosure

from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts import index
from aragora_server.receipts import store as receipts
from aragora_server.receipts.exports import store as exports
from aragora_server.receipts.feedback import store as feedback
from aragora_server.receipts.log import pending
from aragora_server.receipts.log.model import Kind, Leaf
from aragora_server.receipts.model import ReceiptConflict, Sealed

from . import store
from .model import MOST_ERASURES, Chosen, Erasure, LegalHold, LegalHoldNotFound, Wanted

MOST_HOLDS = 1_000
"""Active ones of a workspace: each is looked at before anything is deleted."""


@attrs.frozen(kw_only=True)
class Ended:
    """A debate that is over and of which words are left."""

    id: str
    workspace_id: str
    receipt_id: str | None
    at: datetime


class Memory(Protocol):
    """All that is remembered of a debate beside its receipt."""

    async def forget(self, tx: Tx, *, debate_id: str) -> None:
        """Nothing that anybody wrote for it, or said in it, is left."""
        ...

    async def ended_within(
        self, tx: Tx, until: datetime, *, workspace_id: str | None, after_id: str, limit: int
    ) -> Sequence[Ended]:
        """Of one workspace, or of all; in the order of their ids."""
        ...


@attrs.frozen(kw_only=True)
class KeepingService:
    db: Database
    memory: Memory
    broadcast: Broadcast
    now: Clock
    new_id: NewId

    async def place(
        self, workspace_id: str, wanted: Wanted, *, by: str, hold_id: str | None
    ) -> LegalHold:
        """A hold. With the id of one that the same request made before, that one."""
        wanted.covered.check()
        hold = LegalHold(
            id=hold_id or self.new_id(),
            workspace_id=workspace_id,
            matter=wanted.matter,
            reason=wanted.reason,
            covered=wanted.covered,
            placed_by=by,
            placed_at=self.now(),
        )

        async def work(tx: Tx) -> LegalHold:
            await take_turn(tx, CUSTODY, workspace_id)
            if there := await store.find_hold(tx, workspace_id, hold.id):
                return there
            if await store.count_active_holds(tx, workspace_id) >= MOST_HOLDS:
                raise Invalid(f"a workspace has at most {MOST_HOLDS} legal holds: release some")
            await store.add_hold(tx, hold)
            event_id = self.new_id()
            body = hold.statement(event_id, "place")
            await store.add_hold_event(tx, event_id, hold.id, body)
            await self._state(tx, "legal_hold", event_id, body)
            return hold

        placed = await self.db.run(work)
        await pending.wake(self.broadcast)
        return placed

    async def release(self, workspace_id: str, hold_id: str, *, by: str) -> LegalHold:
        async def work(tx: Tx) -> LegalHold:
            await take_turn(tx, CUSTODY, workspace_id)
            hold = await store.find_hold(tx, workspace_id, hold_id)
            if hold is None:
                raise LegalHoldNotFound(f"no legal hold {hold_id}")
            if hold.released_at is not None:
                return hold
            released = attrs.evolve(hold, released_by=by, released_at=self.now())
            await store.save_release(tx, released)
            event_id = self.new_id()
            body = released.statement(event_id, "release")
            await store.add_hold_event(tx, event_id, hold_id, body)
            await self._state(tx, "legal_hold", event_id, body)
            return released

        done = await self.db.run(work)
        await pending.wake(self.broadcast)
        return done

    async def list_holds(
        self, workspace_id: str, *, cursor: str | None, limit: int
    ) -> Page[LegalHold]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            found = await store.list_holds(tx, workspace_id, before=before, limit=limit + 1)
        return page_of(found, limit, lambda hold: (hold.id,))

    async def erase(
        self, workspace_id: str, receipt_id: str, chosen: Chosen, *, by: str
    ) -> Erasure | None:
        """Delete these texts wherever they are; None when all of them were gone already."""

        async def work(tx: Tx) -> Erasure | None:
            await take_turn(tx, CUSTODY, workspace_id)
            sealed = await receipts.found(tx, workspace_id, receipt_id)
            if hold := (await store.holds_over(tx, workspace_id, [receipt_id])).get(receipt_id):
                raise hold.refusal(receipt_id)
            await store.lock_receipt(tx, receipt_id)
            return await self.erase_in(tx, sealed, chosen, by)

        erased = await self.db.run(work)
        await pending.wake(self.broadcast)
        return erased

    async def erase_in(self, tx: Tx, sealed: Sealed, chosen: Chosen, by: str) -> Erasure | None:
        """In a transaction that has looked for holds and has the receipt to itself."""
        places = {place.digest: place for place in chosen.places(json.loads(sealed.payload))}
        kept = (await receipts.texts_of(tx, [sealed.id])).get(sealed.id, ())
        texts = [Disclosure.parse(encoded) for encoded in kept]
        gone = [text for text in texts if text.digest in places]
        # Also when no text is left: what was said of the receipt since may repeat one.
        await feedback.forget_comments(tx, sealed.id)
        if not gone:
            return None
        if await store.count_erasures(tx, sealed.id) >= MOST_ERASURES:
            raise ReceiptConflict(f"a receipt has at most {MOST_ERASURES} erasures")
        erasure = Erasure(
            id=self.new_id(),
            receipt_id=sealed.id,
            paths=tuple(places[text.digest].pointer for text in gone),
            legal_basis=chosen.legal_basis,
            actor=by,
            at=self.now(),
        )
        await exports.withdraw(tx, sealed.workspace_id, sealed.id, erasure.at)
        await store.delete_texts(tx, sealed.id, [text.encoded for text in gone])
        await index.remove(tx, [sealed.id])
        left = [text for text in texts if text.digest not in places]
        terms = index.terms_of(sealed.payload, left)
        await index.enter(tx, sealed.workspace_id, sealed.id, terms)
        await self.memory.forget(tx, debate_id=sealed.debate_id)
        await store.add_erasure(tx, erasure)
        await self._state(tx, "erasure", erasure.id, erasure.statement())
        return erasure

    async def _state(self, tx: Tx, kind: Kind, leaf_id: str, body: bytes) -> None:
        await pending.append(tx, Leaf.of_body(kind, leaf_id, body), self.now())
