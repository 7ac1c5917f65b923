"""What can be done with links: make, list, revoke, open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import attrs

from aragora_server.kernel import shares
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.shares import ShareLinkNotFound, new_token, token_hash
from aragora_server.receipts import store as receipts
from aragora_server.receipts.model import ReceiptErased, ReceiptNotFound

from . import store
from .model import ShareLink, Terms

MOST_LINKS = 1_000
"""Open ones of a receipt."""


class Bundles(Protocol):
    async def bundle(
        self, workspace_id: str, receipt_id: str, *, parts: Collection[str] | None = None
    ) -> bytes:
        """The evidence, with the texts of these parts alone."""
        ...

    async def until_included(self, workspace_id: str, receipt_id: str) -> None:
        """Wait a moment for the log."""
        ...


@attrs.frozen(kw_only=True)
class SharingService:
    db: Database
    bundles: Bundles
    public_url: str
    now: Clock
    new_id: NewId

    async def create(
        self, workspace_id: str, receipt_id: str, terms: Terms, *, by: str, link_id: str | None
    ) -> tuple[ShareLink, str]:
        """A link and its token. With an id that the same request was given before, the link that
        it made then gets another token: nobody was told the first one."""
        now, token = self.now(), new_token()
        link = ShareLink(
            id=link_id or self.new_id(),
            workspace_id=workspace_id,
            receipt_id=receipt_id,
            disclose=tuple(dict.fromkeys(terms.disclose)),
            max_uses=terms.max_uses,
            uses=0,
            created_by=by,
            created_at=now,
            expires_at=terms.end(now),
        )
        async with self.db.begin() as tx:
            await receipts.found(tx, workspace_id, receipt_id)
            if await store.count_open(tx, receipt_id, now) >= MOST_LINKS:
                raise Invalid(f"a receipt has at most {MOST_LINKS} open links: revoke some")
            await store.put(tx, link, token_hash(token))
        return link, token

    def url(self, token: str) -> str:
        return shares.url(self.public_url, "/v1/shared-receipts", token)

    async def list(
        self, workspace_id: str, receipt_id: str, *, cursor: str | None, limit: int
    ) -> Page[ShareLink]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            await receipts.found(tx, workspace_id, receipt_id)
            found = await store.list_page(
                tx, workspace_id, receipt_id, before=before, limit=limit + 1
            )
        return page_of(found, limit, lambda link: (link.id,))

    async def revoke(self, workspace_id: str, receipt_id: str, link_id: str) -> None:
        async with self.db.begin() as tx:
            if await store.find(tx, workspace_id, receipt_id, link_id) is None:
                await receipts.refuse_erased(tx, workspace_id, receipt_id)
                raise ShareLinkNotFound(f"no share link {link_id}")
            await store.revoke(tx, link_id, self.now())

    async def open(self, token: str) -> bytes:
        """One use of a link: the receipt with the texts that it discloses."""
        hashed, now = token_hash(token), self.now()
        async with self.db.read() as tx:
            may_open = await store.is_open(tx, hashed, now)
        link = await self.db.run(lambda tx: store.use(tx, hashed, now)) if may_open else None
        if link is None:
            raise ShareLinkNotFound("this link opens nothing")
        try:
            await self.bundles.until_included(link.workspace_id, link.receipt_id)
            return await self.bundles.bundle(
                link.workspace_id, link.receipt_id, parts=link.disclose
            )
        except (ReceiptNotFound, ReceiptErased):
            raise ShareLinkNotFound("this link opens nothing") from None
