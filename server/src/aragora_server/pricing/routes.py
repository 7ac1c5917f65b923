"""Prices over HTTP: translation only."""

from __future__ import annotations

from datetime import datetime

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from . import shown
from .keeping import OwnPriceService
from .own import OwnDraft, OwnPrice, Wanted
from .repricing import Asked, RepriceService


@attrs.frozen
class PriceRoutes:
    own: OwnPriceService
    repricing: RepriceService

    async def list_prices(  # noqa: PLR0913 - one argument a filter
        self,
        caller: Caller,  # noqa: ARG002 - they are the same for everybody
        *,
        provider: str | None,
        model: str | None,
        at: datetime | None,
        cursor: str | None,
        limit: int,
    ) -> wire.PricePage:
        wanted = Wanted(provider=provider, model=model)
        page = self.own.list_for_all(wanted, at=at or self.own.now(), cursor=cursor, limit=limit)
        return wire.PricePage(
            items=[shown.listed(one) for one in page.items],
            next_cursor=page.next_cursor,
            snapshot=shown.snapshot(self.own.prices.snapshot),
        )

    async def resolve_price(
        self, caller: Caller, *, provider: str, model: str, at: datetime | None
    ) -> wire.AppliedPrice:
        at = at or self.own.now()
        found = await self.own.resolve(caller.workspace_id, provider=provider, model=model, at=at)
        return shown.applied(found, provider=provider, model=model, at=at)

    async def create_workspace_price(
        self, caller: Caller, body: wire.WorkspacePriceCreate
    ) -> wire.WorkspacePrice:
        asked = body.model_dump()
        terms = shown.terms(asked)
        told = {name: asked.get(name) for name in ("valid_from", "valid_to", "note")}
        draft = OwnDraft(
            provider=body.provider, match=body.match, model=body.model, terms=terms, **told
        )
        made = await self.own.set(
            caller.workspace_id, draft, by=caller.api_key_id, price_id=caller.making
        )
        return self._shown(made)

    async def list_workspace_prices(
        self,
        caller: Caller,
        *,
        provider: str | None,
        model: str | None,
        cursor: str | None,
        limit: int,
    ) -> wire.WorkspacePricePage:
        wanted = Wanted(provider=provider, model=model)
        page = await self.own.list(caller.workspace_id, wanted, cursor=cursor, limit=limit)
        items = [self._shown(price) for price in page.items]
        return wire.WorkspacePricePage(items=items, next_cursor=page.next_cursor)

    async def end_workspace_price(
        self, caller: Caller, workspace_price_id: str
    ) -> wire.WorkspacePrice:
        return self._shown(await self.own.end(caller.workspace_id, workspace_price_id))

    async def reprice_ledger(
        self, caller: Caller, workspace_price_id: str, body: wire.RepricingCreate
    ) -> wire.Repricing:
        asked = Asked(
            starts_at=body.starts_at,
            ends_at=body.model_dump().get("ends_at"),
            is_dry_run=body.dry_run,
        )
        done = await self.repricing.reprice(
            caller.workspace_id, workspace_price_id, asked, by=caller.api_key_id
        )
        return shown.repricing(done)

    def _shown(self, price: OwnPrice) -> wire.WorkspacePrice:
        return shown.own(price, self.own.now())
