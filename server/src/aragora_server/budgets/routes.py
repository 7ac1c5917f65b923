"""Budgets over HTTP: translation only."""

from __future__ import annotations

from typing import Any

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.money import format_signed_usd, format_usd, parse_usd

from .alerts import Shown
from .audit import Difference
from .costs import totals
from .model import BudgetState, Counters, Draft, LedgerEntry, Notify, PeriodState
from .service import BudgetService

MOST_DIFFERENCES = 100


@attrs.frozen
class BudgetRoutes:
    budgets: BudgetService

    async def create_budget(self, caller: Caller, body: wire.BudgetCreate) -> wire.Budget:
        asked = body.model_dump()
        draft = Draft(**_fields(asked))
        return _budget(await self.budgets.open(caller.workspace_id, draft, budget_id=caller.making))

    async def list_budgets(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.BudgetPage:
        page = await self.budgets.list(caller.workspace_id, cursor=cursor, limit=limit)
        items = [_budget(state) for state in page.items]
        return wire.BudgetPage(items=items, next_cursor=page.next_cursor)

    async def get_budget(self, caller: Caller, budget_id: str) -> wire.Budget:
        return _budget(await self.budgets.get(caller.workspace_id, budget_id))

    async def update_budget(
        self, caller: Caller, budget_id: str, body: wire.BudgetUpdate
    ) -> wire.Budget:
        asked = _fields(body.model_dump())
        return _budget(await self.budgets.change(caller.workspace_id, budget_id, **asked))

    async def delete_budget(self, caller: Caller, budget_id: str) -> None:
        await self.budgets.close(caller.workspace_id, budget_id)

    async def list_ledger_entries(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.LedgerEntryPage:
        page = await self.budgets.ledger(caller.workspace_id, budget_id, cursor=cursor, limit=limit)
        items = [_entry(entry) for entry in page.items]
        return wire.LedgerEntryPage(items=items, next_cursor=page.next_cursor)

    async def list_budget_alerts(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.BudgetAlertPage:
        page = await self.budgets.alerts(caller.workspace_id, budget_id, cursor=cursor, limit=limit)
        items = [_alert(shown) for shown in page.items]
        return wire.BudgetAlertPage(items=items, next_cursor=page.next_cursor)

    async def list_budget_periods(
        self, caller: Caller, budget_id: str, *, cursor: str | None, limit: int
    ) -> wire.BudgetPeriodPage:
        page = await self.budgets.periods(
            caller.workspace_id, budget_id, cursor=cursor, limit=limit
        )
        items = [_period(period) for period in page.items]
        return wire.BudgetPeriodPage(items=items, next_cursor=page.next_cursor)

    async def audit_budgets(self, caller: Caller) -> wire.BudgetAudit:
        found = await self.budgets.audit(caller.workspace_id)
        return wire.BudgetAudit(
            agrees=not found.differences,
            periods=found.periods,
            receipts=found.receipts,
            differences=len(found.differences),
            first=[_difference(one) for one in found.differences[:MOST_DIFFERENCES]],
        )


def _difference(found: Difference) -> wire.BudgetDifference:
    return wire.BudgetDifference(
        of=found.of,
        id=found.id,
        amount=found.amount,
        told_usd=format_usd(found.told_micro_usd),
        ledger_usd=format_signed_usd(found.ledger_micro_usd),
    )


def _budget(state: BudgetState) -> wire.Budget:
    budget, counters = state.budget, state.counters
    return wire.Budget(
        id=budget.id,
        name=budget.name,
        scope=budget.scope,
        scope_id=budget.scope_id,
        period=budget.period,
        anchor_day=budget.anchor_day,
        timezone=budget.timezone,
        limit_usd=format_usd(budget.limit_micro_usd),
        warn_at_percent=list(budget.warn_at_percent),
        block_at_percent=budget.block_at_percent,
        paused=budget.paused_at is not None,
        notify=wire.BudgetNotify(
            emails=list(budget.notify.emails), webhooks=budget.notify.webhooks
        ),
        spent_usd=format_usd(counters.spent_micro_usd),
        held_usd=format_usd(counters.held_micro_usd),
        overage_usd=format_usd(counters.overage_micro_usd),
        remaining_usd=_left(counters),
        period_start=state.window.starts_at,
        period_end=state.window.ends_at,
        created_at=budget.created_at,
        updated_at=budget.updated_at,
    )


def _fields(asked: dict[str, Any]) -> dict[str, Any]:
    """Of a budget, as far as they were given."""
    if "limit_usd" in asked:
        asked["limit_micro_usd"] = parse_usd(asked.pop("limit_usd"))
    if "notify" in asked:
        asked["notify"] = Notify(**asked["notify"])
    return asked


def _left(counters: Counters) -> str | None:
    left = counters.remaining_micro_usd
    return None if left is None else format_usd(left)


def _alert(shown: Shown) -> wire.BudgetAlert:
    alert = shown.alert
    return wire.BudgetAlert(
        id=alert.id,
        at=alert.at,
        kind=alert.kind,
        percent=alert.percent or None,
        limit_usd=format_usd(alert.limit_micro_usd),
        used_usd=format_usd(alert.used_micro_usd),
        period_start=shown.period_start,
    )


def _period(period: PeriodState) -> wire.BudgetPeriod:
    return wire.BudgetPeriod(
        id=period.id,
        period_start=period.window.starts_at,
        period_end=period.window.ends_at,
        limit_usd=format_usd(period.limit_micro_usd),
        spent_usd=format_usd(period.counters.spent_micro_usd),
        held_usd=format_usd(period.counters.held_micro_usd),
        overage_usd=format_usd(period.counters.overage_micro_usd),
        remaining_usd=_left(period.counters),
    )


def _entry(entry: LedgerEntry) -> wire.LedgerEntry:
    return wire.LedgerEntry(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        amount_usd=format_signed_usd(entry.amount_micro_usd),
        debate_id=entry.debate_id,
        hold_id=entry.hold_id,
        agent=entry.agent,
        provider=entry.provider,
        model=entry.model,
        usage=_usage(entry),
        usage_source=entry.usage_source,
        price_version=entry.price_version,
    )


def _usage(entry: LedgerEntry) -> wire.TokenUsage | None:
    if entry.usage is None:
        return None
    sums = attrs.asdict(totals(entry.usage))
    return wire.TokenUsage(**{f"{bucket}_tokens": count for bucket, count in sums.items()})
