"""What can be asked about usage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol, cast

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx

from . import report, rolling, store
from .calendar import Days, Span
from .forecast import Forecast
from .model import Attempt, DebateCost
from .report import (
    COARSE,
    KEYS,
    OVERLAPPING,
    SPANS,
    Asked,
    Counted,
    DebateCounts,
    Group,
    GroupBy,
    Report,
    Standing,
)
from .roi import Assumptions, FeedbackCounts, Roi
from .rolling import Placed, Sources
from .sums import NOTHING, Sums, total

TOP_TAGS = 10


class Ledger(rolling.Ledger, Protocol):
    async def attempts_of_debate(self, tx: Tx, *, debate_id: str) -> Sequence[Attempt]: ...


class Debates(rolling.Debates, Protocol):
    async def check(self, tx: Tx, *, workspace_id: str, debate_id: str) -> None:
        """Raises what says that this workspace has no such debate."""
        ...

    async def questions(self, tx: Tx, *, debate_ids: Collection[str]) -> Mapping[str, str]: ...

    async def counts(
        self, tx: Tx, *, workspace_id: str, spans: Sequence[tuple[datetime, datetime]]
    ) -> Sequence[Counted]:
        """One for each span."""
        ...

    async def changed_answers(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime
    ) -> int: ...

    async def feedback(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime
    ) -> FeedbackCounts: ...

    async def top_tags(
        self, tx: Tx, *, workspace_id: str, starts_at: datetime, ends_at: datetime, limit: int
    ) -> Sequence[tuple[str, int]]: ...


class Budgets(Protocol):
    async def standings(self, tx: Tx, *, workspace_id: str, at: datetime) -> Sequence[Standing]: ...


@attrs.frozen(kw_only=True)
class UsageService:
    db: Database
    ledger: Ledger
    debates: Debates
    budgets: Budgets
    now: Clock

    async def of_debate(self, workspace_id: str, debate_id: str) -> DebateCost:
        async with self.db.read() as tx:
            await self.debates.check(tx, workspace_id=workspace_id, debate_id=debate_id)
            attempts = await self.ledger.attempts_of_debate(tx, debate_id=debate_id)
        return DebateCost(debate_id=debate_id, attempts=tuple(attempts))

    async def report(self, workspace_id: str, asked: Asked) -> Report:
        """Kept sums, and what was booked since they were made: together the ledger, as it is."""
        days = asked.days
        async with self.db.search() as tx:
            await store.one_moment(tx)
            tail = await self._tail(tx, workspace_id, days.quarters)
            groups, whole = await self._groups(tx, workspace_id, asked, tail)
            counted = await self.debates.counts(tx, workspace_id=workspace_id, spans=asked.spans)
            tags = await self.debates.top_tags(
                tx,
                workspace_id=workspace_id,
                starts_at=days.starts_at,
                ends_at=days.ends_at,
                limit=TOP_TAGS,
            )
            budgets = await self.budgets.standings(tx, workspace_id=workspace_id, at=self.now())
            groups = await self._labelled(tx, asked.group_by, groups, budgets)
        counts = [DebateCounts.of(one) for one in counted]
        if asked.group_by in SPANS:
            paired = zip(groups, counts, strict=True)
            groups = tuple(attrs.evolve(group, debates=one) for group, one in paired)
        told = total([NOTHING, *(group.sums for group in groups)])
        return Report(
            days=days,
            group_by=asked.group_by,
            at=self.now(),
            total=whole,
            debates=sum(counts, DebateCounts()),
            groups=groups,
            rest=None if asked.group_by in OVERLAPPING else whole - told,
            top_tags=tuple(tags),
            budgets=tuple(budgets),
        )

    async def roi(self, workspace_id: str, days: Days, assumed: Assumptions) -> Roi:
        """Decisions are debates that concluded in these days; the cost is all that was booked."""
        told = await self.report(workspace_id, Asked(days=days, group_by="month", top=1))
        begin, end = days.starts_at, days.ends_at
        async with self.db.search() as tx:
            changed = await self.debates.changed_answers(
                tx, workspace_id=workspace_id, starts_at=begin, ends_at=end
            )
            feedback = await self.debates.feedback(
                tx, workspace_id=workspace_id, starts_at=begin, ends_at=end
            )
        return Roi(
            days=days,
            assumed=assumed,
            decisions=told.debates.concluded,
            changed_answers=changed,
            feedback=feedback,
            cost_micro_usd=told.total.cost_micro_usd,
        )

    async def forecast(self, workspace_id: str) -> tuple[datetime, tuple[Forecast, ...]]:
        now = self.now()
        async with self.db.read() as tx:
            budgets = await self.budgets.standings(tx, workspace_id=workspace_id, at=now)
        return now, tuple(Forecast.of(budget, now) for budget in budgets)

    async def _tail(self, tx: Tx, workspace_id: str, within: range) -> list[Placed]:
        since = await store.found_progress(tx)
        entries = await self.ledger.paid_after(
            tx, since, until=None, workspace_id=workspace_id, limit=None
        )
        placed = await Sources(ledger=self.ledger, debates=self.debates).place(tx, entries)
        return [one for one in placed if one.quarter in within]

    async def _groups(
        self, tx: Tx, workspace_id: str, asked: Asked, tail: list[Placed]
    ) -> tuple[tuple[Group, ...], Sums]:
        within, by = asked.days.quarters, asked.group_by
        if by == "agent":
            rolled = await store.by_agent(tx, workspace_id, within)
            found = report.with_tail(rolled, tail, lambda one: (one.entry.agent,))
            return report.ranked(found, asked.top), total([NOTHING, *found.values()])
        if by in COARSE:
            kept = await store.by_dimension(tx, workspace_id, within)
            known, keys = await store.find_dimensions(tx, kept), KEYS[by]
            rolled = report.sum_by(kept, lambda key: keys(known[key]))
            found = report.with_tail(rolled, tail, lambda one: keys(one.dimension))
            parts = [NOTHING, *kept.values(), *(one.sums for one in tail)]
            return report.ranked(found, asked.top), total(parts)
        quarters = await store.by_quarter(tx, workspace_id, within)
        all_of_it = total([NOTHING, *quarters.values(), *(one.sums for one in tail)])
        if by == "debate":
            return await self._of_debates(tx, workspace_id, asked, tail), all_of_it
        return _of_spans(asked.days, cast("Span", by), quarters, tail), all_of_it

    async def _of_debates(
        self, tx: Tx, workspace_id: str, asked: Asked, tail: list[Placed]
    ) -> tuple[Group, ...]:
        also = {one.entry.debate_id for one in tail}
        rolled = await store.by_debate(
            tx, workspace_id, asked.days.quarters, top=asked.top, also=also
        )
        found = report.with_tail(rolled, tail, lambda one: (one.entry.debate_id,))
        return report.ranked(found, asked.top)

    async def _labelled(
        self,
        tx: Tx,
        by: GroupBy,
        groups: tuple[Group, ...],
        budgets: Sequence[Standing],
    ) -> tuple[Group, ...]:
        names: Mapping[str, str] = {}
        if by == "debate":
            names = await self.debates.questions(tx, debate_ids=[group.key for group in groups])
        if by == "budget":
            names = {budget.budget_id: budget.name for budget in budgets}
        return tuple(attrs.evolve(group, label=names.get(group.key)) for group in groups)


def _of_spans(
    days: Days, by: Span, quarters: Mapping[int, Sums], tail: list[Placed]
) -> tuple[Group, ...]:
    span = days.by_quarter(by)
    rolled = report.sum_by(quarters, lambda quarter: (span(quarter),))
    found = report.with_tail(rolled, tail, lambda one: (span(one.quarter),))
    return report.in_order(days, by, found)
