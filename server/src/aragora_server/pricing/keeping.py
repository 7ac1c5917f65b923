"""What a workspace can do about its own prices: set one, end one, look at all of them."""

from __future__ import annotations

from datetime import datetime

import attrs

from aragora_server.kernel.clock import Clock, to_milliseconds
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of

from . import store
from .own import OwnDraft, OwnPrice, PriceNotFound, Wanted, succeed


@attrs.frozen(kw_only=True)
class OwnPriceService:
    db: Database
    now: Clock
    new_id: NewId

    async def set(
        self, workspace_id: str, draft: OwnDraft, *, by: str, price_id: str | None = None
    ) -> OwnPrice:
        """One that holds without an end is followed, and ends where this begins.

        With an id that the same request was given before, the price that it set then.
        """
        price = self._drafted(workspace_id, draft, by, price_id or self.new_id())
        price.check()
        async with self.db.begin() as tx:
            await store.lock(tx)
            if made := await store.find(tx, workspace_id, price.id):
                return made
            if followed := succeed(price, await store.namesakes(tx, price)):
                await store.end(tx, followed)
            await store.add(tx, price)
        return price

    async def end(self, workspace_id: str, price_id: str) -> OwnPrice:
        """It holds no longer. Repeating it changes nothing."""
        async with self.db.begin() as tx:
            await store.lock(tx)
            found = await self.find(tx, workspace_id, price_id)
            ended = found.ended(self._moment(None))
            if ended != found:
                await store.end(tx, ended)
        return ended

    async def list(
        self, workspace_id: str, wanted: Wanted, *, cursor: str | None, limit: int
    ) -> Page[OwnPrice]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            found = await store.list_page(tx, workspace_id, wanted, before=before, limit=limit + 1)
        return page_of(found, limit, lambda price: (price.id,))

    async def find(self, tx: Tx, workspace_id: str, price_id: str) -> OwnPrice:
        found = await store.find(tx, workspace_id, price_id)
        if found is None:
            raise PriceNotFound(f"no price {price_id}")
        return found

    def _drafted(self, workspace_id: str, draft: OwnDraft, by: str, price_id: str) -> OwnPrice:
        return OwnPrice(
            id=price_id,
            workspace_id=workspace_id,
            provider=draft.provider,
            match=draft.match,
            model=draft.model.lower(),  # the case of a model's name means nothing
            valid_from=self._moment(draft.valid_from),
            valid_to=None if draft.valid_to is None else self._moment(draft.valid_to),
            terms=draft.terms,
            note=draft.note,
            created_by=by,
            created_at=self._moment(None),
        )

    def _moment(self, at: datetime | None) -> datetime:
        """As the database keeps it, so that what is answered is what is read later."""
        return to_milliseconds(self.now() if at is None else at)
