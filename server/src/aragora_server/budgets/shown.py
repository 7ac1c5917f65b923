"""Budgets as the contract has them: what is read from a request, and what an answer shows."""

from __future__ import annotations

from typing import Any

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.money import format_signed_usd, format_usd, parse_usd

from .alerts import Shown
from .audit import Difference
from .costs import totals
from .model import Advice, BudgetState, Counters, LedgerEntry, PeriodState
from .overriding import Override


def difference(found: Difference) -> wire.BudgetDifference:
    return wire.BudgetDifference(
        of=found.of,
        id=found.id,
        amount=found.amount,
        told_usd=format_usd(found.told_micro_usd),
        ledger_usd=format_signed_usd(found.ledger_micro_usd),
    )


def budget(state: BudgetState) -> wire.Budget:
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
        unpriced=budget.unpriced,
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


def fields(asked: dict[str, Any]) -> dict[str, Any]:
    """Of a budget, as far as they were given."""
    if "limit_usd" in asked:
        asked["limit_micro_usd"] = parse_usd(asked.pop("limit_usd"))
    return asked


def _left(counters: Counters) -> str | None:
    left = counters.remaining_micro_usd
    return None if left is None else format_usd(left)


def alert(shown: Shown) -> wire.BudgetAlert:
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


def period(period: PeriodState) -> wire.BudgetPeriod:
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


def entry(entry: LedgerEntry) -> wire.LedgerEntry:
    return wire.LedgerEntry(
        id=entry.id,
        at=entry.at,
        kind=entry.kind,
        amount_usd=format_signed_usd(entry.amount_micro_usd),
        overage_usd=format_signed_usd(entry.overage_micro_usd),
        debate_id=entry.debate_id,
        hold_id=entry.hold_id,
        agent=entry.agent,
        provider=entry.provider,
        model=entry.model,
        usage=_usage(entry),
        usage_source=entry.usage_source,
        price_version=entry.price_version,
        actor=entry.actor,
        reason=entry.reason,
    )


def _usage(entry: LedgerEntry) -> wire.TokenUsage | None:
    if entry.usage is None:
        return None
    sums = attrs.asdict(totals(entry.usage))
    return wire.TokenUsage(**{f"{bucket}_tokens": count for bucket, count in sums.items()})


def override(override: Override, status: str) -> wire.BudgetOverride:
    return wire.BudgetOverride(
        id=override.id,
        amount_usd=format_usd(override.amount_micro_usd),
        expires_at=override.expires_at,
        reason=override.reason,
        status=status,
        created_by=override.created_by,
        created_at=override.created_at,
        revoked_by=override.revoked_by,
        revoked_at=override.revoked_at,
    )


def check(found: Advice) -> wire.BudgetCheck:
    left = found.remaining_micro_usd
    return wire.BudgetCheck(
        admitted=not found.refusing,
        remaining_usd=None if left is None else format_usd(left),
        refused_by=[
            wire.BudgetRefusal(
                budget_id=state.budget.id,
                name=state.budget.name,
                reason="budget_paused" if state.budget.paused_at else "budget_exceeded",
                remaining_usd=_left(state.counters),
            )
            for state in found.refusing
        ],
    )
