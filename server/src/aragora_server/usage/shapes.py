"""What a report looks like from outside: as an answer and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from aragora_server.contract import models as wire
from aragora_server.kernel import cells
from aragora_server.kernel.money import format_signed_usd, format_usd

from .forecast import Forecast
from .report import DebateCounts, Group, Report, Standing
from .roi import FORMULA, Roi
from .sums import TOKENS, Sums

COUNTS = ("calls", "counted", "estimated", "unpriced")


def report(told: Report) -> wire.UsageReport:
    days = told.days
    return wire.UsageReport(
        first_day=days.first.isoformat(),
        last_day=days.last.isoformat(),
        timezone=days.timezone,
        starts_at=days.starts_at,
        ends_at=days.ends_at,
        group_by=told.group_by,
        created_at=told.at,
        total=_sums(told.total),
        debates=_counts(told.debates),
        groups=[_group(group) for group in told.groups],
        rest=None if told.rest is None else _sums(told.rest),
        top_tags=[wire.TagCount(tag=tag, debates=number) for tag, number in told.top_tags],
        budgets=[_standing(budget) for budget in told.budgets],
    )


def shared(told: Report, *, title: str | None, expires_at: datetime) -> wire.SharedUsage:
    """The figures alone: what else a report tells is for the workspace."""
    return wire.SharedUsage(
        title=title,
        first_day=told.days.first.isoformat(),
        last_day=told.days.last.isoformat(),
        timezone=told.days.timezone,
        group_by=told.group_by,
        created_at=told.at,
        expires_at=expires_at,
        total=_sums(told.total),
        debates=_counts(told.debates),
        groups=[_group(group) for group in told.groups],
        rest=None if told.rest is None else _sums(told.rest),
    )


def table(told: Report) -> str:
    head = [told.group_by, "label", *COUNTS, *(f"{name}_tokens" for name in TOKENS)]
    return cells.lines([[*head, "cost_usd", "overage_usd"], *_rows(told)])


def _rows(told: Report) -> Iterator[list[object]]:
    for group in told.groups:
        yield _row(group.key, group.label, group.sums)
    if told.rest is not None:
        yield _row("rest", None, told.rest)
    yield _row("total", None, told.total)


def _row(key: str, label: str | None, sums: Sums) -> list[object]:
    numbers = (getattr(sums, name) for name in (*COUNTS, *TOKENS))
    money = format_signed_usd(sums.cost_micro_usd), format_signed_usd(sums.overage_micro_usd)
    return [key, label or "", *numbers, *money]


def forecast(told: Forecast) -> wire.BudgetForecast:
    budget, projected = told.budget, told.projected_micro_usd
    return wire.BudgetForecast(
        budget_id=budget.budget_id,
        name=budget.name,
        counted_from=budget.counts_from,
        period_end=budget.ends_at,
        limit_usd=format_usd(budget.ceiling_micro_usd),
        spent_usd=format_usd(told.spent_micro_usd),
        projected_usd=None if projected is None else format_usd(projected),
        reaches_limit_at=told.reaches_limit_at,
    )


def roi(told: Roi) -> wire.UsageRoi:
    days, assumed, said = told.days, told.assumed, told.feedback
    return wire.UsageRoi(
        first_day=days.first.isoformat(),
        last_day=days.last.isoformat(),
        timezone=days.timezone,
        assumptions=wire.RoiAssumptions(
            minutes_per_decision=assumed.minutes_per_decision,
            people=assumed.people,
            hourly_rate_usd=format_usd(assumed.hourly_rate_micro_usd),
        ),
        formula=FORMULA,
        decisions=told.decisions,
        changed_answers=told.changed_answers,
        feedback=wire.FeedbackCounts(
            given=said.given,
            useful=said.useful,
            held=said.held,
            reversed=said.reversed,
            dissent_was_right=said.dissent_was_right,
        ),
        cost_usd=format_signed_usd(told.cost_micro_usd),
        saved_usd=format_usd(told.saved_micro_usd),
        net_usd=format_signed_usd(told.net_micro_usd),
        roi_percent=told.percent,
    )


def _sums(sums: Sums) -> wire.UsageSums:
    return wire.UsageSums(
        calls=sums.calls,
        usage=wire.UsageTokens(**{f"{name}_tokens": getattr(sums, name) for name in TOKENS}),
        counted=sums.counted,
        estimated=sums.estimated,
        unpriced=sums.unpriced,
        cost_usd=format_signed_usd(sums.cost_micro_usd),
        overage_usd=format_signed_usd(sums.overage_micro_usd),
    )


def _counts(debates: DebateCounts) -> wire.DebateCounts:
    return wire.DebateCounts(
        opened=debates.opened,
        concluded=debates.concluded,
        stopped_by_budget=debates.stopped_by_budget,
        cancelled=debates.cancelled,
        failed=debates.failed,
    )


def _group(group: Group) -> wire.UsageGroup:
    return wire.UsageGroup(
        key=group.key,
        label=group.label,
        sums=_sums(group.sums),
        debates=None if group.debates is None else _counts(group.debates),
    )


def _standing(budget: Standing) -> wire.BudgetStatus:
    left = budget.remaining_micro_usd
    return wire.BudgetStatus(
        budget_id=budget.budget_id,
        name=budget.name,
        scope=budget.scope,
        period=budget.period,
        limit_usd=format_usd(budget.limit_micro_usd),
        spent_usd=format_usd(budget.spent_micro_usd),
        held_usd=format_usd(budget.held_micro_usd),
        overage_usd=format_usd(budget.overage_micro_usd),
        remaining_usd=None if left is None else format_usd(left),
        period_start=budget.starts_at,
        period_end=budget.ends_at,
    )
