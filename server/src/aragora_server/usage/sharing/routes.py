"""Links to reports over HTTP: contract types in, contract types out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel import shares
from aragora_server.kernel.auth import Caller
from aragora_server.usage import shapes

from .model import Terms, UsageLink
from .service import UsageLinkService


@attrs.frozen
class UsageLinkRoutes:
    links: UsageLinkService

    async def create_usage_link(
        self, caller: Caller, body: wire.UsageLinkCreate
    ) -> wire.UsageLinkCreated:
        link, token = await self.links.create(
            caller.workspace_id,
            Terms(**body.model_dump()),
            by=caller.api_key_id,
            link_id=caller.making,
        )
        return wire.UsageLinkCreated(
            usage_link=_shown(link), token=token, url=self.links.url(token)
        )

    async def list_usage_links(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.UsageLinkPage:
        page = await self.links.list(caller.workspace_id, cursor=cursor, limit=limit)
        return wire.UsageLinkPage(
            items=[_shown(link) for link in page.items], next_cursor=page.next_cursor
        )

    async def revoke_usage_link(self, caller: Caller, link_id: str) -> None:
        await self.links.revoke(caller.workspace_id, link_id)

    async def get_shared_usage_page(self) -> str:
        return _page()

    async def open_shared_usage(self, token: str) -> wire.SharedUsage:
        link, told = await self.links.open(token)
        return shapes.shared(told, title=link.title, expires_at=link.expires_at)


def headers() -> dict[str, dict[str, str]]:
    """What the answers of each operation carry, refusals too."""
    return {
        "openSharedUsage": dict(shares.PRIVATE),
        "getSharedUsagePage": shares.headers(_page()),
        "createUsageLink": {"Cache-Control": "no-store"},
    }


@cache
def _page() -> str:
    return files(__package__).joinpath("page.html").read_text("utf-8")


def _shown(link: UsageLink) -> wire.UsageLink:
    names = {field.alias or name for name, field in wire.UsageLink.model_fields.items()}
    told = {name: value for name, value in attrs.asdict(link).items() if name in names}
    return wire.UsageLink.model_validate(told)
