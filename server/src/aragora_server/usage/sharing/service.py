"""What can be done with links to reports: make, list, revoke, open."""

from __future__ import annotations

from typing import Protocol

import attrs

from aragora_server.kernel import shares
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.shares import ShareLinkNotFound
from aragora_server.kernel.turns import USAGE_LINKS, take_turn
from aragora_server.usage.report import Asked, Report

from . import store
from .model import Terms, UsageLink

MOST_LINKS = 1_000
"""Open ones of a workspace."""


class Reports(Protocol):
    async def report(self, workspace_id: str, asked: Asked) -> Report: ...


@attrs.frozen(kw_only=True)
class UsageLinkService:
    db: Database
    reports: Reports
    public_url: str
    now: Clock
    new_id: NewId

    async def create(
        self, workspace_id: str, terms: Terms, *, by: str, link_id: str | None
    ) -> tuple[UsageLink, str]:
        """A link and its token. With an id that the same request was given before, the link that
        it made then gets another token: nobody was told the first one."""
        now, token = self.now(), shares.new_token()
        days = terms.days(now)
        link = UsageLink(
            id=link_id or self.new_id(),
            workspace_id=workspace_id,
            title=terms.title,
            first_day=days.first.isoformat(),
            last_day=days.last.isoformat(),
            timezone=days.timezone,
            group_by=terms.group_by,
            top=terms.top,
            uses=0,
            created_by=by,
            created_at=now,
            expires_at=terms.end(now),
        )
        async with self.db.begin() as tx:
            await take_turn(tx, USAGE_LINKS, workspace_id)
            if await store.count_open(tx, workspace_id, now) >= MOST_LINKS:
                raise Invalid(f"a workspace has at most {MOST_LINKS} open links: revoke some")
            await store.put(tx, link, shares.token_hash(token))
        return link, token

    def url(self, token: str) -> str:
        return shares.url(self.public_url, "/v1/shared-usage", token)

    async def list(self, workspace_id: str, *, cursor: str | None, limit: int) -> Page[UsageLink]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            found = await store.list_page(tx, workspace_id, before=before, limit=limit + 1)
        return page_of(found, limit, lambda link: (link.id,))

    async def revoke(self, workspace_id: str, link_id: str) -> None:
        async with self.db.begin() as tx:
            if not await store.revoke(tx, workspace_id, link_id, self.now()):
                raise ShareLinkNotFound(f"no share link {link_id}")

    async def open(self, token: str) -> tuple[UsageLink, Report]:
        """One use of a link. A stranger without a token never reaches the writer."""
        hashed, now = shares.token_hash(token), self.now()
        async with self.db.read() as tx:
            may_open = await store.is_open(tx, hashed, now)
        link = await self.db.run(lambda tx: store.use(tx, hashed, now)) if may_open else None
        if link is None:
            raise ShareLinkNotFound("this link opens nothing")
        return link, await self.reports.report(link.workspace_id, link.asked)
