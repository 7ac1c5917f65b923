"""The operations of the tag `agents`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.paging import Cursor, InvalidCursor, Page, page_of

from .service import AgentRegistry, IsPriced


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


class Prices(Protocol):
    async def known_to(self, workspace_id: str) -> IsPriced: ...


@attrs.frozen
class AgentRoutes:
    agents: AgentRegistry
    prices: Prices

    async def list_agents(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.AgentPresetPage:
        presets = self.agents.presets(await self.prices.known_to(caller.workspace_id))
        page = _page(presets, cursor, limit)
        items = [wire.AgentPreset(**attrs.asdict(preset)) for preset in page.items]
        return wire.AgentPresetPage(items=items, next_cursor=page.next_cursor)

    async def list_providers(
        self,
        caller: Caller,  # noqa: ARG002 - everybody may know
        *,
        cursor: str | None,
        limit: int,
    ) -> wire.ProviderPage:
        page = _page(self.agents.providers(), cursor, limit)
        items = [wire.Provider(**attrs.asdict(provider)) for provider in page.items]
        return wire.ProviderPage(items=items, next_cursor=page.next_cursor)


def _page(known: Sequence[N], cursor: str | None, limit: int) -> Page[N]:
    """A page of a list that has its own order: the cursor names the last entry seen."""
    start = 0
    if cursor is not None:
        (last,) = Cursor.decode(cursor, str).parts
        places = [place for place, entry in enumerate(known) if entry.id == last]
        if not places:
            raise InvalidCursor("this cursor names nothing of this list")
        start = places[0] + 1
    return page_of(known[start : start + limit + 1], limit, lambda entry: (entry.id,))
