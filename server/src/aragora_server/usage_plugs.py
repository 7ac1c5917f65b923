"""What other slices offer to reports of usage, in the words of reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from .budgets import attempts, reading
from .budgets import store as budget_rows
from .budgets.model import Budget
from .debates import counting
from .debates import store as debate_rows
from .debates.model import DebateNotFound
from .kernel.db import Database, Tx
from .receipts.feedback import store as feedback
from .receipts.feedback.model import FeedbackCounts


@attrs.frozen
class UsageLedger:
    """The ledger, read for reports."""

    async def attempts_of_debate(self, tx: Tx, *, debate_id: str) -> Sequence[attempts.Attempt]:
        return await attempts.of_debate(tx, debate_id)

    async def settled_until(self, db: Database) -> int | None:
        return await reading.settled_until(db)

    async def paid_after(
        self, tx: Tx, seq: int, *, until: int | None, workspace_id: str | None, limit: int | None
    ) -> Sequence[Any]:
        return await reading.paid_after(
            tx, seq, until=until, workspace_id=workspace_id, limit=limit
        )

    async def budgets_of(self, tx: Tx, hold_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        return await reading.budgets_of(tx, hold_ids)


@attrs.frozen
class UsageDebates:
    """Debates, as far as reports speak of them."""

    async def check(self, tx: Tx, *, workspace_id: str, debate_id: str) -> None:
        if await debate_rows.find(tx, debate_id, workspace_id=workspace_id) is None:
            raise DebateNotFound(f"no debate {debate_id}")

    async def facts(self, tx: Tx, *, debate_ids: Collection[str]) -> Mapping[str, counting.Facts]:
        return await counting.facts(tx, debate_ids)

    async def questions(self, tx: Tx, *, debate_ids: Collection[str]) -> Mapping[str, str]:
        return await counting.questions(tx, debate_ids)

    async def counts(
        self, tx: Tx, *, workspace_id: str, spans: Sequence[tuple[datetime, datetime]]
    ) -> Sequence[counting.Counted]:
        return await counting.counts(tx, workspace_id, spans)

    async def changed_answers(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime
    ) -> int:
        return await counting.changed_answers(tx, workspace_id, starts_at, ends_at)

    async def feedback(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime
    ) -> FeedbackCounts:
        """What the workspace said of their receipts."""
        return await feedback.counts(tx, workspace_id, starts_at, ends_at)

    async def top_tags(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime, limit: int
    ) -> Sequence[tuple[str, int]]:
        return await counting.top_tags(tx, workspace_id, starts_at, ends_at, limit=limit)


@attrs.frozen(kw_only=True)
class BudgetStanding:
    """A budget with its current period; it counts from the period's begin or its own."""

    budget_id: str
    name: str
    scope: str
    period: str
    limit_micro_usd: int
    ceiling_micro_usd: int
    spent_micro_usd: int
    held_micro_usd: int
    overage_micro_usd: int
    remaining_micro_usd: int | None
    counts_from: datetime
    starts_at: datetime
    ends_at: datetime | None


@attrs.frozen
class UsageBudgets:
    """The open budgets of a workspace, newest first."""

    most: int = 1_000

    async def standings(
        self, tx: Tx, *, workspace_id: str, at: datetime
    ) -> Sequence[BudgetStanding]:
        found = await budget_rows.list_page(tx, workspace_id, before=None, limit=self.most)
        return [
            BudgetStanding(
                budget_id=state.budget.id,
                name=state.budget.name,
                scope=state.budget.scope,
                period=state.budget.period,
                limit_micro_usd=state.budget.limit_micro_usd,
                ceiling_micro_usd=_ceiling(state.counters.ceiling_micro_usd, state.budget),
                spent_micro_usd=state.counters.spent_micro_usd,
                held_micro_usd=state.counters.held_micro_usd,
                overage_micro_usd=state.counters.overage_micro_usd,
                remaining_micro_usd=state.counters.remaining_micro_usd,
                counts_from=max(state.window.starts_at, state.budget.created_at),
                starts_at=state.window.starts_at,
                ends_at=state.window.ends_at,
            )
            for state in await budget_rows.states(tx, found, at)
        ]


def _ceiling(micro_usd: int | None, budget: Budget) -> int:
    """Of a budget that never blocks, the limit that it warns about."""
    return budget.limit_micro_usd if micro_usd is None else micro_usd
