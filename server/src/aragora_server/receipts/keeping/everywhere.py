"""Erasing one participant from every receipt of a workspace.

Whose texts are to go is recorded nowhere: only which receipts the index has with that name, and a
salted digest by which the participant of each is known again, until all of them had their turn.
"""

from __future__ import annotations

import hmac
import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Literal, cast

import attrs
from aragora.receipts import Disclosure, reveal

from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import NotFound
from aragora_server.kernel.jobs import JobFailed
from aragora_server.kernel.outbox import NewJob, Outbox
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts import store as receipts
from aragora_server.receipts import words
from aragora_server.receipts.log import pending

from . import asked, store
from .model import Chosen
from .service import KeepingService

log = logging.getLogger(__name__)

ERASE_PARTICIPANT = "erase_participant"
AT_ONCE = 100
SALT_BYTES = 32


class ParticipantErasureNotFound(NotFound):
    code = "participant_erasure_not_found"


@attrs.frozen(kw_only=True)
class Request:
    """Salt and digest of the name are there until it is done."""

    id: str
    workspace_id: str
    legal_basis: str
    actor: str
    asked_at: datetime
    salt: bytes | None = attrs.field(repr=False)
    name_hmac: str | None = attrs.field(repr=False)
    done_at: datetime | None = None

    def is_about(self, name: str) -> bool:
        known = self.name_hmac is not None and self.salt is not None
        return known and hmac.compare_digest(_digest(self.salt or b"", name), self.name_hmac or "")

    def paths(self, statement: Mapping[str, Any], texts: Sequence[Disclosure]) -> tuple[str, ...]:
        """Where the texts of everybody of this name are."""
        people = cast(list[dict[str, Any]], reveal(statement["predicate"]["participants"], texts))
        meant = [person["id"] for person in people if self.is_about(person.get("name", ""))]
        chosen = (Chosen(legal_basis=self.legal_basis, participant=one) for one in meant)
        return tuple(place.pointer for one in chosen for place in one.places(statement))


@attrs.frozen(kw_only=True)
class Outcome:
    """`passed`: nothing of this name was left, or the receipt was deleted meanwhile."""

    state: Literal["waiting", "erased", "held", "passed"]
    texts: int = 0
    legal_hold_id: str | None = None


@attrs.frozen(kw_only=True)
class Progress:
    request: Request
    receipts: int
    waiting: int
    erased: int
    texts: int
    held: Sequence[tuple[str, str]]
    """Receipts and their holds."""


@attrs.frozen(kw_only=True)
class EverywhereService:
    keeping: KeepingService
    outbox: Outbox

    async def ask(
        self, workspace_id: str, name: str, legal_basis: str, *, by: str, request_id: str | None
    ) -> Progress:
        """Record what is to be done, of the receipts there are now. With the id of one that the
        same request asked for before, that one."""
        salt = secrets.token_bytes(SALT_BYTES)
        request = Request(
            id=request_id or self.keeping.new_id(),
            workspace_id=workspace_id,
            legal_basis=legal_basis,
            actor=by,
            asked_at=self.keeping.now(),
            salt=salt,
            name_hmac=_digest(salt, name),
        )

        async def work(tx: Tx) -> None:
            if await asked.find(tx, workspace_id, request.id) is None:
                await asked.add(tx, attrs.asdict(request), name)
                job = NewJob(kind=ERASE_PARTICIPANT, workspace_id=workspace_id, subject=request.id)
                await self.outbox.record(tx, job)

        await self.keeping.db.run(work)
        await self.outbox.wake()
        return await self.progress(workspace_id, request.id)

    async def progress(self, workspace_id: str, request_id: str) -> Progress:
        async with self.keeping.db.read() as tx:
            row = await asked.find(tx, workspace_id, request_id)
            if row is None:
                raise ParticipantErasureNotFound(f"no erasure of a participant {request_id}")
            counts, texts = await asked.counts(tx, request_id)
            held = await asked.held(tx, request_id)
        return Progress(
            request=Request(**row),
            receipts=sum(counts.values()),
            waiting=counts.get("waiting", 0),
            erased=counts.get("erased", 0),
            texts=texts,
            held=held,
        )

    async def run(self, request_id: str) -> None:
        """Each receipt in a transaction of its own; one that cannot go holds up no other."""
        db = self.keeping.db
        async with db.read() as tx:
            row = await asked.find(tx, None, request_id)
        if row is None or row["done_at"] is not None:
            return
        failed = await self._all(Request(**row))
        await pending.wake(self.keeping.broadcast)
        if failed:
            raise JobFailed(f"receipts that could not be erased: {failed}")
        await db.run(partial(asked.finish, request_id=request_id, at=self.keeping.now()))

    async def _all(self, request: Request) -> int:
        failed, last = 0, ""
        while waiting := await self._waiting(request.id, last):
            for receipt_id in waiting:
                try:
                    await self.keeping.db.run(partial(self._one, request, receipt_id))
                except Exception:
                    log.exception("receipt %s could not be erased", receipt_id)
                    failed += 1
            last = waiting[-1]
        return failed

    async def _waiting(self, request_id: str, after_id: str) -> list[str]:
        async with self.keeping.db.read() as tx:
            return await asked.waiting(tx, request_id, after_id=after_id, limit=AT_ONCE)

    async def _one(self, request: Request, receipt_id: str, tx: Tx) -> None:
        await take_turn(tx, CUSTODY, request.workspace_id)
        outcome = await self._outcome(tx, request, receipt_id)
        await asked.settle(tx, request.id, receipt_id, attrs.asdict(outcome))

    async def _outcome(self, tx: Tx, request: Request, receipt_id: str) -> Outcome:
        sealed = await receipts.find(tx, request.workspace_id, receipt_id)
        if sealed is None:
            return Outcome(state="passed")
        held = await store.holds_over(tx, request.workspace_id, [receipt_id])
        if hold := held.get(receipt_id):
            return Outcome(state="held", legal_hold_id=hold.id)
        await store.lock_receipt(tx, receipt_id)
        kept = (await receipts.texts_of(tx, [receipt_id])).get(receipt_id, ())
        texts = [Disclosure.parse(encoded) for encoded in kept]
        paths = request.paths(json.loads(sealed.payload), texts)
        chosen = Chosen(legal_basis=request.legal_basis, paths=paths)
        erased = await self.keeping.erase_in(tx, sealed, chosen, request.actor) if paths else None
        if erased is None:
            return Outcome(state="passed")
        return Outcome(state="erased", texts=len(erased.paths))


def _digest(salt: bytes, name: str) -> str:
    return hmac.digest(salt, words.normal(name).encode(), "sha256").hex()
