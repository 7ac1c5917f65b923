"""Writes down what happens in a debate: one transaction a fact, told after it is committed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import attrs

from aragora_server.agents.model import Usage
from aragora_server.debates import store
from aragora_server.debates.model import Call, Debate, DebateNotFound
from aragora_server.debates.ports import Budgets, Costs
from aragora_server.debates.telling import shapes
from aragora_server.debates.telling.events import Draft, Event, publish
from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx

from . import journal

T = TypeVar("T")
Told = tuple[Event, ...]


@attrs.frozen(kw_only=True)
class Clerk:
    """Every transaction locks the debate first and budgets after it: none wait in a ring."""

    db: Database
    budgets: Budgets
    costs: Costs
    broadcast: Broadcast
    now: Clock

    async def commit(self, work: Callable[[Tx], Awaitable[tuple[T, Told]]]) -> T:
        result, told = await self.db.run(work)
        await publish(self.broadcast, told)
        return result

    async def append(self, tx: Tx, debate: Debate, *drafts: Draft) -> Told:
        return await journal.append(tx, debate.id, drafts, at=self.now())

    async def fence(self, tx: Tx, debate: Debate) -> None:
        """Lock the debate and make sure that it is not over."""
        await journal.append(tx, debate.id, (), at=self.now())

    async def lock(self, tx: Tx, debate_id: str) -> Debate:
        return await self.get(tx, debate_id, lock=True)

    async def get(self, tx: Tx, debate_id: str, *, lock: bool = False) -> Debate:
        debate = await store.find(tx, debate_id, lock=lock)
        if debate is None:
            raise DebateNotFound(f"no debate {debate_id}")
        return debate

    async def settle(self, tx: Tx, call: Call, usage: Usage | None) -> None:
        """Book what a call used; without usage it surely was not billed."""
        if call.hold_id is None:
            return
        if usage is None:
            await self.budgets.release(tx, hold_id=call.hold_id)
        else:
            await self.budgets.settle(tx, hold_id=call.hold_id, usage=usage)

    async def standing(self, tx: Tx, debate: Debate) -> Draft:
        known = await self.costs.standing(
            tx,
            workspace_id=debate.workspace_id,
            api_key_id=debate.created_by,
            debate_id=debate.id,
        )
        return Draft("budget.updated", shapes.standing(known))
