"""What a workspace can do about its own prices: set one, end one, look at all of them, and ask
which price applies."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

import attrs

from aragora_server.kernel.clock import Clock, to_milliseconds
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.money import ModelUnpriced
from aragora_server.kernel.paging import Cursor, Page, page_of

from . import store
from .catalogue import Applied, Listed
from .own import (
    OwnDraft,
    OwnPrice,
    PriceInvalid,
    PriceNotFound,
    TooManyPrices,
    Wanted,
    succeed,
)
from .service import PriceBook, PriceService

MOST = 200
"""Prices of a workspace at any one time: whoever reserves reads them all."""


@attrs.frozen(kw_only=True)
class OwnPriceService:
    """`providers` are those that this server knows: a price for another would never apply."""

    db: Database
    prices: PriceService
    providers: Collection[str]
    now: Clock
    new_id: NewId

    async def set(
        self, workspace_id: str, draft: OwnDraft, *, by: str, price_id: str | None = None
    ) -> OwnPrice:
        """One that holds without an end is followed, and ends where this begins.

        With an id that the same request was given before, the price that it set then.
        """
        if draft.provider not in self.providers:
            known = ", ".join(sorted(self.providers))
            raise PriceInvalid(f"there is no provider {draft.provider!r}; known: {known}")
        async with self.db.begin() as tx:
            await store.lock(tx)
            # Its beginning is taken in turn: who waited begins after those who came before.
            price = self._drafted(workspace_id, draft, by, price_id or self.new_id())
            if made := await store.find(tx, workspace_id, price.id):
                return made
            before = await store.namesakes(tx, price)
            price = price if draft.valid_from else price.after(before)
            price.check()
            if followed := succeed(price, before):
                await store.end(tx, followed)
            if await store.count_beside(tx, price) >= MOST:
                raise TooManyPrices(f"a workspace has {MOST} prices at any one time, at most")
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

    async def resolve(
        self, workspace_id: str, *, provider: str, model: str, at: datetime
    ) -> Applied:
        """By the very rule that calls are admitted by."""
        applied = (await self._book(workspace_id, at)).look(provider=provider, model=model, at=at)
        if applied is None:
            raise ModelUnpriced(provider, model)
        return applied

    async def known_to(self, workspace_id: str) -> Callable[[str, str], bool]:
        """Which models of which provider have a price for this workspace, now."""
        now = self.now()
        book = await self._book(workspace_id, now)
        return lambda provider, model: bool(book.look(provider=provider, model=model, at=now))

    def list_for_all(
        self, wanted: Wanted, *, at: datetime, cursor: str | None, limit: int
    ) -> Page[Listed]:
        """What holds for everybody, by provider and model."""
        last = ("", "") if cursor is None else Cursor.decode(cursor, str, str).parts
        found = [
            one
            for one in self.prices.list(at)
            if wanted.takes(one) and (one.provider, one.model.id) > last
        ]
        return page_of(found, limit, lambda one: (one.provider, one.model.id))

    async def find(self, tx: Tx, workspace_id: str, price_id: str) -> OwnPrice:
        found = await store.find(tx, workspace_id, price_id)
        if found is None:
            raise PriceNotFound(f"no price {price_id}")
        return found

    async def _book(self, workspace_id: str, at: datetime) -> PriceBook:
        async with self.db.read() as tx:
            return await self.prices.of_workspace(tx, workspace_id=workspace_id, at=at)

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
