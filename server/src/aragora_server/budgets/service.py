"""What can be done with budgets."""

from __future__ import annotations

from typing import Protocol

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of

from . import alerts, audit, books, override_rows, room, store
from .applying import applicable
from .audit import Audit, ReceiptCosts
from .model import (
    Advice,
    Budget,
    BudgetConflict,
    BudgetNotFound,
    BudgetScopeInvalid,
    BudgetState,
    Draft,
    LedgerEntry,
    PeriodState,
)


class ApiKeys(Protocol):
    async def exists(self, tx: Tx, *, workspace_id: str, api_key_id: str) -> bool: ...


@attrs.frozen(kw_only=True)
class BudgetService:
    db: Database
    api_keys: ApiKeys
    receipts: ReceiptCosts
    now: Clock
    new_id: NewId

    async def open(
        self, workspace_id: str, draft: Draft, *, budget_id: str | None = None
    ) -> BudgetState:
        """With an id that the same request was given before, the budget that it opened then."""
        budget = Budget.drafted(
            draft, budget_id=budget_id or self.new_id(), workspace_id=workspace_id, at=self.now()
        )
        budget.check()
        async with self.db.begin() as tx:
            await room.take_turn_in(tx, workspace_id)
            if found := await store.find(tx, workspace_id, budget.id):
                return await self._state(tx, found)
            await self._check_scope(tx, budget)
            await room.check_place(tx, budget)
            if not await store.add(tx, budget):
                raise BudgetConflict(f"this scope has a {draft.period} budget: change it")
            return await self._state(tx, budget)

    async def get(self, workspace_id: str, budget_id: str) -> BudgetState:
        async with self.db.read() as tx:
            return await self._state(tx, await self._find(tx, workspace_id, budget_id))

    async def list(self, workspace_id: str, *, cursor: str | None, limit: int) -> Page[BudgetState]:
        async with self.db.read() as tx:
            found = await store.list_page(tx, workspace_id, before=_before(cursor), limit=limit + 1)
            states = await store.states(tx, found, self.now())
        return page_of(states, limit, lambda state: (state.budget.id,))

    async def change(
        self, workspace_id: str, budget_id: str, *, paused: bool | None = None, **asked: object
    ) -> BudgetState:
        """`asked` are fields of a budget and what they become; the others stay."""
        now = self.now()
        async with self.db.begin() as tx:
            if "notify" in asked:
                await room.take_turn_in(tx, workspace_id)
            budget = await self._find(tx, workspace_id, budget_id, lock=True)
            if paused is not None:
                asked["paused_at"] = (budget.paused_at or now) if paused else None
            budget, window = budget.changed(asked, at=now), budget.window(now)
            granted = await override_rows.most_granted(tx, budget_id, window.starts_at)
            budget.check(granted_micro_usd=granted)
            if "notify" in asked:
                await room.check_addresses(tx, budget)
            await store.save(tx, budget)
            await store.set_terms(tx, budget, window)
            return await self._state(tx, budget)

    async def close(self, workspace_id: str, budget_id: str) -> None:
        """It limits nothing from now on; holds under way still settle, the books stay."""
        async with self.db.begin() as tx:
            if not await store.close(tx, workspace_id, budget_id, self.now()):
                raise BudgetNotFound(f"no budget {budget_id}")

    async def advise(
        self, workspace_id: str, api_key_id: str, micro_usd: int, *, tags: tuple[str, ...]
    ) -> Advice:
        """What a debate of this key would hear. Nothing is held, so it may hear something else."""
        async with self.db.read() as tx:
            found, _ = await applicable(
                tx, workspace_id=workspace_id, api_key_id=api_key_id, debate_id="", tags=tags
            )
            states = await store.states(tx, found, self.now())
        lefts = (state.counters.remaining_micro_usd for state in states)
        return Advice(
            remaining_micro_usd=min((left for left in lefts if left is not None), default=None),
            refusing=tuple(state for state in states if state.would_refuse(micro_usd)),
        )

    async def ledger(
        self, workspace_id: str, budget_id: str, *, cursor: str | None, limit: int
    ) -> Page[LedgerEntry]:
        async with self.db.search() as tx:
            await self._find(tx, workspace_id, budget_id)
            found = await books.list_page(
                tx, workspace_id, budget_id, before=_before(cursor), limit=limit + 1
            )
        return page_of(found, limit, lambda entry: (entry.id,))

    async def alerts(
        self, workspace_id: str, budget_id: str, *, cursor: str | None, limit: int
    ) -> Page[alerts.Shown]:
        async with self.db.read() as tx:
            await self._find(tx, workspace_id, budget_id)
            found = await alerts.list_page(tx, budget_id, before=_before(cursor), limit=limit + 1)
        return page_of(found, limit, lambda shown: (shown.alert.id,))

    async def periods(
        self, workspace_id: str, budget_id: str, *, cursor: str | None, limit: int
    ) -> Page[PeriodState]:
        async with self.db.read() as tx:
            await self._find(tx, workspace_id, budget_id)
            found = await store.list_periods(tx, budget_id, before=_before(cursor), limit=limit + 1)
        return page_of(found, limit, lambda period: (period.id,))

    async def audit(self, workspace_id: str) -> Audit:
        """Compare everything that is told of this workspace's money with the ledger."""
        async with self.db.search() as tx:
            counted, differing = await audit.of_periods(tx, workspace_id)
            told = await self.receipts.of_workspace(tx, workspace_id=workspace_id)
            differing += await audit.of_receipts(tx, told)
        return Audit(periods=counted, receipts=len(told), differences=tuple(differing))

    async def _check_scope(self, tx: Tx, budget: Budget) -> None:
        if budget.scope_id is None:
            if budget.scope != "workspace":
                raise BudgetScopeInvalid(f"say with scope_id which {budget.scope} is meant")
            return
        if budget.scope == "workspace":
            raise BudgetScopeInvalid("a budget of the whole workspace has no scope_id")
        if budget.scope == "api_key" and not await self.api_keys.exists(
            tx, workspace_id=budget.workspace_id, api_key_id=budget.scope_id
        ):
            raise BudgetScopeInvalid(f"this workspace has no API key {budget.scope_id}")

    async def _find(
        self, tx: Tx, workspace_id: str, budget_id: str, *, lock: bool = False
    ) -> Budget:
        budget = await store.find(tx, workspace_id, budget_id, lock=lock)
        if budget is None:
            raise BudgetNotFound(f"no budget {budget_id}")
        return budget

    async def _state(self, tx: Tx, budget: Budget) -> BudgetState:
        (state,) = await store.states(tx, [budget], self.now())
        return state


def _before(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    (last,) = Cursor.decode(cursor, str).parts
    return str(last)
