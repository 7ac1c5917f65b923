"""Links over HTTP: contract types in, contract types out."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel import shares
from aragora_server.kernel.auth import Caller

from .model import ShareLink, Terms
from .service import SharingService


@attrs.frozen
class SharingRoutes:
    links: SharingService

    async def list_share_links(
        self, caller: Caller, receipt_id: str, *, cursor: str | None, limit: int
    ) -> wire.ShareLinkPage:
        page = await self.links.list(caller.workspace_id, receipt_id, cursor=cursor, limit=limit)
        return wire.ShareLinkPage(
            items=[_shown(link) for link in page.items], next_cursor=page.next_cursor
        )

    async def create_share_link(
        self, caller: Caller, receipt_id: str, body: wire.ShareLinkCreate
    ) -> wire.ShareLinkCreated:
        terms = Terms(**body.model_dump())
        link, token = await self.links.create(
            caller.workspace_id, receipt_id, terms, by=caller.api_key_id, link_id=caller.making
        )
        return wire.ShareLinkCreated(
            share_link=_shown(link), token=token, url=self.links.url(token)
        )

    async def revoke_share_link(self, caller: Caller, receipt_id: str, link_id: str) -> None:
        await self.links.revoke(caller.workspace_id, receipt_id, link_id)

    async def get_shared_receipt_page(self) -> str:
        return _page()

    async def open_shared_receipt(self, token: str) -> bytes:
        return await self.links.open(token)


def headers() -> dict[str, dict[str, str]]:
    """What the answers of each operation carry, refusals too."""
    return {
        "openSharedReceipt": dict(shares.PRIVATE),
        "getSharedReceiptPage": shares.headers(_page()),
        "createShareLink": {"Cache-Control": "no-store"},
    }


@cache
def _page() -> str:
    return files(__package__).joinpath("page.html").read_text("utf-8")


def _shown(link: ShareLink) -> wire.ShareLink:
    names = {field.alias or name for name, field in wire.ShareLink.model_fields.items()}
    told = {name: value for name, value in attrs.asdict(link).items() if name in names}
    return wire.ShareLink.model_validate(told | {"disclose": list(link.disclose)})
