"""Debates over HTTP: contract types in, contract types out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Literal

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.encoded import Encoded
from aragora_server.kernel.money import parse_usd
from aragora_server.kernel.stream import StreamItem

from .documents import Source
from .opening import Wanted
from .ports import SeatWanted
from .rules.transcript import Option
from .service import DebateService, Known
from .store import Filter
from .stream import DebateStream
from .telling import shapes


@attrs.frozen(kw_only=True)
class DebateRoutes:
    debates: DebateService
    stream: DebateStream

    async def create_debate(self, caller: Caller, body: wire.DebateCreate) -> Encoded:
        wanted, agents = _wanted(body)
        known = await self.debates.open(
            caller.workspace_id, caller.api_key_id, wanted, agents, debate_id=caller.making
        )
        return _debate(known)

    async def estimate_debate(self, caller: Caller, body: wire.DebateCreate) -> wire.DebateEstimate:
        wanted, agents = _wanted(body)
        debate, estimate = await self.debates.estimate(
            caller.workspace_id, caller.api_key_id, wanted, agents
        )
        return wire.DebateEstimate.model_validate(shapes.estimate(debate, estimate))

    async def list_debates(  # noqa: PLR0913 - one argument a query parameter
        self,
        caller: Caller,
        *,
        status: Literal["queued", "running", "concluded", "cancelled", "failed"] | None,
        protocol: str | None,
        tag: str | None,
        created_from: datetime | None,
        created_to: datetime | None,
        question: str | None,
        cursor: str | None,
        limit: int,
    ) -> Encoded:
        wanted = Filter(
            status=status,
            protocol=protocol,
            tag=tag,
            created_from=created_from,
            created_to=created_to,
            question=question,
        )
        page = await self.debates.list(caller.workspace_id, wanted, cursor=cursor, limit=limit)
        items = [shapes.debate(known.debate, known.cost) for known in page.items]
        return Encoded(shapes.encode({"items": items, "next_cursor": page.next_cursor}))

    async def get_debate(self, caller: Caller, debate_id: str) -> Encoded:
        return _debate(await self.debates.get(caller.workspace_id, debate_id))

    async def cancel_debate(self, caller: Caller, debate_id: str) -> Encoded:
        known = await self.debates.cancel(caller.workspace_id, debate_id, caller.api_key_id)
        return _debate(known)

    async def get_transcript(self, caller: Caller, debate_id: str) -> Encoded:
        said = await self.debates.transcript(caller.workspace_id, debate_id)
        shape = shapes.transcript(said.debate, said.rounds, said.transcript)
        return Encoded(shapes.encode(shape))

    async def list_events(
        self, caller: Caller, debate_id: str, *, after: int, cursor: str | None, limit: int
    ) -> Encoded:
        page = await self.debates.events(
            caller.workspace_id, debate_id, after=after, cursor=cursor, limit=limit
        )
        items = b",".join(event.encode() for event in page.items)
        cursor_ = shapes.encode({"next_cursor": page.next_cursor})
        return Encoded(b'{"items":[%b],%b' % (items, cursor_[1:]))

    def stream_events(
        self, caller: Caller, debate_id: str, *, after: int, deltas: bool
    ) -> AsyncIterator[StreamItem]:
        return self.stream.follow(caller.workspace_id, debate_id, after=after, deltas=deltas)


def _debate(known: Known) -> Encoded:
    return Encoded(shapes.encode(shapes.debate(known.debate, known.cost)))


def _wanted(body: wire.DebateCreate) -> tuple[Wanted, list[SeatWanted]]:
    asked = body.model_dump()
    agents = [SeatWanted(**agent) for agent in asked.pop("agents", [])]
    if "max_cost_usd" in asked:
        asked["max_cost_micro_usd"] = parse_usd(asked.pop("max_cost_usd"))
    asked["options"] = tuple(Option(**option) for option in asked.get("options", ()))
    asked["tags"] = tuple(asked.get("tags", ()))
    asked["documents"] = tuple(Source(**document) for document in asked.get("documents", ()))
    return Wanted(**asked), agents
