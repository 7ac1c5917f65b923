"""Budgets over HTTP: translation only."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.clock import to_milliseconds
from aragora_server.kernel.money import parse_signed_usd, parse_usd

from . import shown
from .adjusting import Adjustment
from .adjustments import AdjustmentService
from .model import Draft, Notify
from .overrides import OverrideService
from .overriding import Grant, Override
from .service import BudgetService

MOST_DIFFERENCES = 100


@attrs.frozen
class BudgetRoutes:
    budgets: BudgetService
    overrides: OverrideService
    adjustments: AdjustmentService

    async def create_budget(self, caller: Caller, body: wire.BudgetCreate) -> wire.Budget:
        asked = shown.fields(body.model_dump())
        draft = Draft(notify=Notify(**asked.pop("notify", {})), **asked)
        made = await self.budgets.open(caller.workspace_id, draft, budget_id=caller.making)
        return shown.budget(made)

    async def list_budgets(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.BudgetPage:
        page = await self.budgets.list(caller.workspace_id, cursor=cursor, limit=limit)
        items = [shown.budget(state) for state in page.items]
        return wire.BudgetPage(items=items, next_cursor=page.next_cursor)

    async def get_budget(self, caller: Caller, budget_id: str) -> wire.Budget:
        return shown.budget(await self.budgets.get(caller.workspace_id, budget_id))

    async def update_budget(
        self, caller: Caller, budget_id: str, body: wire.BudgetUpdate
    ) -> wire.Budget:
        asked = shown.fields(body.model_dump())
        return shown.budget(await self.budgets.change(caller.workspace_id, budget_id, **asked))

    async def delete_budget(self, caller: Caller, budget_id: str) -> None:
        await self.budgets.close(caller.workspace_id, budget_id)

    async def list_ledger_entries(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.LedgerEntryPage:
        page = await self.budgets.ledger(caller.workspace_id, budget_id, cursor=cursor, limit=limit)
        items = [shown.entry(entry) for entry in page.items]
        return wire.LedgerEntryPage(items=items, next_cursor=page.next_cursor)

    async def adjust_ledger(
        self, caller: Caller, body: wire.LedgerAdjustmentCreate
    ) -> wire.LedgerEntry:
        asked = body.model_dump()
        wanted = Adjustment(amount_micro_usd=parse_signed_usd(asked.pop("amount_usd")), **asked)
        made = await self.adjustments.adjust(
            caller.workspace_id, wanted, by=caller.api_key_id, entry_id=caller.making
        )
        return shown.entry(made)

    async def list_budget_alerts(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.BudgetAlertPage:
        page = await self.budgets.alerts(caller.workspace_id, budget_id, cursor=cursor, limit=limit)
        items = [shown.alert(one) for one in page.items]
        return wire.BudgetAlertPage(items=items, next_cursor=page.next_cursor)

    async def list_budget_periods(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.BudgetPeriodPage:
        page = await self.budgets.periods(
            caller.workspace_id, budget_id, cursor=cursor, limit=limit
        )
        items = [shown.period(period) for period in page.items]
        return wire.BudgetPeriodPage(items=items, next_cursor=page.next_cursor)

    async def create_budget_override(
        self, caller: Caller, budget_id: str, body: wire.BudgetOverrideCreate
    ) -> wire.BudgetOverride:
        asked = body.model_dump()
        grant = Grant(
            amount_micro_usd=parse_usd(asked["amount_usd"]),
            expires_at=to_milliseconds(asked["expires_at"]),
            reason=asked["reason"],
        )
        made = await self.overrides.grant(
            caller.workspace_id,
            budget_id,
            grant,
            by=caller.api_key_id,
            override_id=caller.making,
        )
        return self._override(made)

    async def list_budget_overrides(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.BudgetOverridePage:
        page = await self.overrides.list(caller.workspace_id, budget_id, cursor=cursor, limit=limit)
        items = [self._override(one) for one in page.items]
        return wire.BudgetOverridePage(items=items, next_cursor=page.next_cursor)

    async def revoke_budget_override(
        self, caller: Caller, budget_id: str, override_id: str
    ) -> None:
        await self.overrides.revoke(
            caller.workspace_id, budget_id, override_id, by=caller.api_key_id
        )

    def _override(self, override: Override) -> wire.BudgetOverride:
        return shown.override(override, override.status(self.overrides.now()))

    async def check_budget(self, caller: Caller, body: wire.BudgetCheckRequest) -> wire.BudgetCheck:
        asked = body.model_dump()
        found = await self.budgets.advise(
            caller.workspace_id,
            caller.api_key_id,
            parse_usd(asked["amount_usd"]),
            tags=tuple(dict.fromkeys(asked.get("tags", ()))),
        )
        return shown.check(found)

    async def audit_budgets(self, caller: Caller) -> wire.BudgetAudit:
        found = await self.budgets.audit(caller.workspace_id)
        return wire.BudgetAudit(
            agrees=not found.differences,
            periods=found.periods,
            receipts=found.receipts,
            differences=len(found.differences),
            first=[shown.difference(one) for one in found.differences[:MOST_DIFFERENCES]],
        )
