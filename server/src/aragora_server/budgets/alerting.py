"""Says, once, that a threshold is reached, a budget refuses, or a provider billed too much.

In the transaction that makes it true: who reads that money was spent can read what was said of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.db import Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.money import format_usd
from aragora_server.kernel.notices import Notice

from . import alerts, books, store
from .model import Alert, Budget, BudgetExceeded, Hold
from .settling import Said
from .thresholds import AlertKind, Threshold

EVENTS: Mapping[AlertKind, str] = {
    "threshold": "budget.threshold_reached",
    "exhausted": "budget.exhausted",
    "overage": "budget.overage_recorded",
}

SWEPT = "budget.hold_swept"
GLIMPSE = ("id", "name", "scope", "period_end", "limit_usd", "remaining_usd")


class Notices(Protocol):
    async def tell(self, tx: Tx, notice: Notice) -> None:
        """Whoever wants to know is told after the commit, once a `key`."""
        ...


@attrs.frozen
class Occasion:
    """`facts` are for everybody; only the budget's own people are also told of which debate."""

    kind: AlertKind
    percent: int
    at: datetime
    facts: Mapping[str, object]
    debate: Mapping[str, object] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class Alerts:
    notices: Notices
    new_id: NewId

    async def moved(
        self, tx: Tx, rows: Sequence[Any], hold: Hold, overage: int, now: datetime
    ) -> tuple[Said, ...]:
        """`rows` are periods, locked, that reached a threshold or went over by `overage`."""
        said: list[Said | None] = []
        for row in rows:
            budget = await alerts.open_budget(tx, row.budget_id)
            if budget is None or budget.scope == "debate":
                continue
            if overage:
                facts = {"overage_usd": format_usd(overage)}
                what = Occasion("overage", 0, now, facts, {"debate_id": hold.debate_id})
                said.append(await self._say(tx, budget, row, what))
            said += await self._thresholds(tx, budget, row, now)
        return _new(said)

    async def refused(self, tx: Tx, refusal: BudgetExceeded, now: datetime) -> tuple[Said, ...]:
        """Calls stop just below a limit, so that what is spent may never reach it."""
        state = refusal.state
        budget = await alerts.open_budget(tx, state.budget.id)
        if budget is None or budget.scope == "debate" or budget.block_at_percent is None:
            return ()
        period_id = await store.period_for(tx, budget, state.window, self.new_id())
        row = await alerts.lock_period(tx, period_id)
        if row.limit_version != state.budget.limit_version:
            return ()  # Another limit holds since; what that one refuses will be said.
        facts = {"needed_usd": format_usd(refusal.needed_micro_usd)}
        what = Occasion("exhausted", budget.block_at_percent, now, facts)
        said = await self._say(tx, budget, row, what)
        await alerts.mark(tx, row.id, exhausted_version=row.limit_version)
        return _new([said])

    async def swept(self, tx: Tx, hold: Hold, now: datetime) -> tuple[Said, ...]:
        """A sent hold that nobody settled is booked in full. Call it once a hold.

        No letter: a process that is lost may leave hundreds behind.
        """
        said = []
        amount = format_usd(hold.amount_micro_usd)
        for period_id in sorted(await books.period_ids(tx, hold.id)):
            row = await alerts.lock_period(tx, period_id)
            budget = await alerts.open_budget(tx, row.budget_id)
            if budget is None or budget.scope == "debate":
                continue
            notice = Notice(
                workspace_id=budget.workspace_id,
                key=f"{hold.id}-{budget.id}",
                type=SWEPT,
                at=now,
                data={
                    "budget": standing(budget, row),
                    "debate_id": hold.debate_id,
                    "amount_usd": amount,
                    "settled_usd": amount,
                },
                webhooks=budget.notify.webhooks,
            )
            await self.notices.tell(tx, notice)
            said.append(Said(SWEPT, {"budget": glimpse(budget, row), "settled_usd": amount}))
        return tuple(said)

    async def _thresholds(
        self, tx: Tx, budget: Budget, row: Any, now: datetime
    ) -> list[Said | None]:
        used = row.spent_micro_usd + row.overage_micro_usd
        terms = attrs.evolve(budget.terms, limit_micro_usd=row.limit_micro_usd)
        if row.next_fires_at_micro_usd is None or used < row.next_fires_at_micro_usd:
            return []
        said = [
            await self._say(tx, budget, row, _reached(one, now))
            for one in terms.thresholds
            if row.next_fires_at_micro_usd <= one.fires_at_micro_usd <= used
        ]
        await alerts.mark(tx, row.id, next_fires_at_micro_usd=terms.next_after(used))
        return said

    async def _say(self, tx: Tx, budget: Budget, row: Any, what: Occasion) -> Said | None:
        """None when it was said before."""
        alert = Alert(
            id=self.new_id(),
            budget_id=budget.id,
            period_id=row.id,
            limit_version=row.limit_version,
            kind=what.kind,
            percent=what.percent,
            limit_micro_usd=row.limit_micro_usd,
            used_micro_usd=row.spent_micro_usd + row.overage_micro_usd,
            at=what.at,
        )
        if not await alerts.add(tx, alert):
            return None
        notice = Notice(
            workspace_id=budget.workspace_id,
            key=alert.id,
            type=EVENTS[what.kind],
            at=what.at,
            data={"budget": standing(budget, row), **what.debate, **what.facts},
            emails=budget.notify.emails,
            webhooks=budget.notify.webhooks,
        )
        await self.notices.tell(tx, notice)
        return Said(notice.type, {"budget": glimpse(budget, row), **what.facts})


def _new(said: Sequence[Said | None]) -> tuple[Said, ...]:
    return tuple(one for one in said if one is not None)


def _reached(threshold: Threshold, at: datetime) -> Occasion:
    facts: dict[str, object] = {"threshold_percent": threshold.percent}
    if threshold.kind == "exhausted":
        facts = {"needed_usd": None}
    return Occasion(threshold.kind, threshold.percent, at, facts)


def standing(budget: Budget, row: Any) -> dict[str, object]:
    """A budget as it stands in an event."""
    counters = store.counters_of(row)
    left = counters.remaining_micro_usd
    return {
        "id": budget.id,
        "name": budget.name,
        "scope": budget.scope,
        "scope_id": budget.scope_id,
        "period_start": wire_time(row.starts_at),
        "period_end": wire_time(row.ends_at) if row.ends_at else None,
        "limit_usd": format_usd(row.limit_micro_usd),
        "spent_usd": format_usd(counters.spent_micro_usd),
        "held_usd": format_usd(counters.held_micro_usd),
        "remaining_usd": None if left is None else format_usd(left),
    }


def glimpse(budget: Budget, row: Any) -> dict[str, object]:
    """As much of it as a refusal tells: for readers of a debate, who may not read budgets."""
    known = standing(budget, row)
    return {name: known[name] for name in GLIMPSE}
