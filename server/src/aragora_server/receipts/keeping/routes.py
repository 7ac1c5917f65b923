"""Keeping over HTTP: contract types in, contract types out."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .everywhere import EverywhereService, Progress
from .expiry import RetentionService
from .model import Chosen, Covered, LegalHold, Wanted
from .retention import DEFAULT, Policy
from .service import KeepingService


@attrs.frozen
class KeepingRoutes:
    keeping: KeepingService
    retention: RetentionService
    everywhere: EverywhereService

    async def get_retention(self, caller: Caller) -> wire.Retention:
        return _retention(await self.retention.in_force(caller.workspace_id))

    async def set_retention(self, caller: Caller, body: wire.RetentionSet) -> wire.Retention:
        policy = await self.retention.set(
            caller.workspace_id,
            body.receipts,
            debates=body.debates if isinstance(body.debates, str) else None,
            apply_to_existing=body.apply_to_existing,
            by=caller.api_key_id,
        )
        return _retention(policy)

    async def erase_disclosures(
        self, caller: Caller, receipt_id: str, body: wire.ErasureCreate
    ) -> wire.ErasureResult:
        asked = body.model_dump()
        for name in ("parts", "paths"):
            asked[name] = tuple(asked.get(name, ()))
        erased = await self.keeping.erase(
            caller.workspace_id, receipt_id, Chosen(**asked), by=caller.api_key_id
        )
        if erased is None:
            return wire.ErasureResult(erased=0, erasure=None)
        shown = wire.Erasure.model_validate(attrs.asdict(erased) | {"paths": list(erased.paths)})
        return wire.ErasureResult(erased=len(erased.paths), erasure=shown)

    async def erase_participant(
        self, caller: Caller, body: wire.ParticipantErasureCreate
    ) -> wire.ParticipantErasure:
        begun = await self.everywhere.ask(
            caller.workspace_id,
            body.participant,
            body.legal_basis,
            by=caller.api_key_id,
            request_id=caller.making,
        )
        return _progress(begun)

    async def get_participant_erasure(
        self, caller: Caller, participant_erasure_id: str
    ) -> wire.ParticipantErasure:
        found = await self.everywhere.progress(caller.workspace_id, participant_erasure_id)
        return _progress(found)

    async def create_legal_hold(self, caller: Caller, body: wire.LegalHoldCreate) -> wire.LegalHold:
        asked = body.model_dump()
        matter, reason = asked.pop("matter"), asked.pop("reason")
        if "receipt_ids" in asked:
            asked["receipt_ids"] = tuple(asked["receipt_ids"])
        wanted = Wanted(covered=Covered(**asked), matter=matter, reason=reason)
        hold = await self.keeping.place(
            caller.workspace_id, wanted, by=caller.api_key_id, hold_id=caller.making
        )
        return _shown(hold)

    async def list_legal_holds(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.LegalHoldPage:
        page = await self.keeping.list_holds(caller.workspace_id, cursor=cursor, limit=limit)
        items = [_shown(hold) for hold in page.items]
        return wire.LegalHoldPage(items=items, next_cursor=page.next_cursor)

    async def release_legal_hold(self, caller: Caller, legal_hold_id: str) -> wire.LegalHold:
        hold = await self.keeping.release(caller.workspace_id, legal_hold_id, by=caller.api_key_id)
        return _shown(hold)


def _retention(policy: Policy | None) -> wire.Retention:
    if policy is None:
        return wire.Retention(receipts=DEFAULT, debates=DEFAULT, set_by=None, set_at=None)
    return wire.Retention(
        receipts=policy.of("receipts"),
        debates=policy.of("debates"),
        set_by=policy.set_by,
        set_at=policy.set_at,
    )


def _shown(hold: LegalHold) -> wire.LegalHold:
    told = attrs.asdict(hold)
    covered = told.pop("covered")
    del told["workspace_id"]
    ids = covered["receipt_ids"]
    covered["receipt_ids"] = None if ids is None else list(ids)
    return wire.LegalHold.model_validate(told | covered)


def _progress(found: Progress) -> wire.ParticipantErasure:
    held = [wire.HeldReceipt(receipt_id=one, legal_hold_id=hold) for one, hold in found.held]
    request = found.request
    return wire.ParticipantErasure(
        id=request.id,
        legal_basis=request.legal_basis,
        actor=request.actor,
        asked_at=request.asked_at,
        done_at=request.done_at,
        receipts=found.receipts,
        waiting=found.waiting,
        erased=found.erased,
        texts=found.texts,
        held=held,
    )
