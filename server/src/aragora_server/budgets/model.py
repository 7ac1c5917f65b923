"""Budgets, their periods, holds and the ledger: frozen values and the rules about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Conflict, Invalid, NotFound, PaymentRequired
from aragora_server.kernel.money import MAX_MICRO_USD, InvalidAmount, format_usd

from .calls import UsageSource
from .periods import PeriodKind, Rhythm, Window
from .thresholds import BLOCK_AT, WARN_AT, AlertKind, Terms, rising

Scope = Literal["workspace", "api_key", "tag", "debate"]
EntryKind = Literal["reserve", "settle", "release", "overage", "adjust"]
HoldState = Literal["held", "settled", "released"]
Unpriced = Literal["refuse", "allow"]

MOST_TAGS = 10
"""Of one debate."""

PAID: tuple[EntryKind, ...] = ("settle", "overage", "adjust")
"""Entries that cost something, or give something of it back."""


class BudgetNotFound(NotFound):
    code = "budget_not_found"


class BudgetConflict(Conflict):
    code = "budget_conflict"


class BudgetScopeInvalid(Invalid):
    code = "budget_scope_invalid"


@attrs.frozen(kw_only=True)
class Notify:
    """Who is told of the alerts of a budget."""

    emails: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    webhooks: bool = True


@attrs.frozen(kw_only=True)
class Draft:
    """A budget as it is asked for."""

    name: str
    limit_micro_usd: int
    period: PeriodKind = "month"
    anchor_day: int = 1
    timezone: str = "UTC"
    scope: Scope = "workspace"
    scope_id: str | None = None
    warn_at_percent: tuple[int, ...] = attrs.field(default=WARN_AT, converter=rising)
    block_at_percent: int | None = BLOCK_AT
    unpriced: Unpriced = "refuse"
    notify: Notify = Notify()


@attrs.frozen(kw_only=True)
class Budget:
    id: str
    workspace_id: str
    name: str
    scope: Scope
    scope_id: str | None
    period: PeriodKind
    anchor_day: int
    timezone: str
    limit_micro_usd: int
    warn_at_percent: tuple[int, ...] = attrs.field(converter=rising)
    block_at_percent: int | None
    unpriced: Unpriced = "refuse"
    limit_version: int = 1
    paused_at: datetime | None = None
    notify: Notify = Notify()
    created_at: datetime
    updated_at: datetime

    @classmethod
    def drafted(cls, draft: Draft, *, budget_id: str, workspace_id: str, at: datetime) -> Budget:
        return cls(
            id=budget_id,
            workspace_id=workspace_id,
            created_at=at,
            updated_at=at,
            **attrs.asdict(draft, recurse=False),
        )

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(kind=self.period, anchor_day=self.anchor_day, timezone=self.timezone)

    @property
    def terms(self) -> Terms:
        return Terms(
            limit_micro_usd=self.limit_micro_usd,
            warn_at_percent=self.warn_at_percent,
            block_at_percent=self.block_at_percent,
        )

    def check(self, *, granted_micro_usd: int = 0) -> None:
        """InvalidPeriod or InvalidAmount where it makes no sense with what is granted beyond it."""
        self.rhythm.check()
        ceiling = self.terms.ceiling_micro_usd
        if ceiling is not None and ceiling + granted_micro_usd > MAX_MICRO_USD:
            raise InvalidAmount(
                "the limit, block_at_percent and what is granted beyond it pass"
                f" {format_usd(MAX_MICRO_USD)}"
            )

    def changed(self, asked: Mapping[str, Any], *, at: datetime) -> Budget:
        """With other terms, its thresholds count anew. Of `notify`, what is not named stays."""
        notify = attrs.evolve(self.notify, **asked.get("notify", {}))
        now = attrs.evolve(self, **{**asked, "notify": notify}, updated_at=at)
        is_same = now.terms == self.terms
        return now if is_same else attrs.evolve(now, limit_version=self.limit_version + 1)

    def window(self, at: datetime) -> Window:
        return self.rhythm.window(created_at=self.created_at, at=at)


@attrs.frozen(kw_only=True)
class Counters:
    """What a period has taken. For admission only: the ledger is what reports are made of."""

    ceiling_micro_usd: int | None
    spent_micro_usd: int = 0
    held_micro_usd: int = 0
    overage_micro_usd: int = 0

    @property
    def used_micro_usd(self) -> int:
        return self.spent_micro_usd + self.overage_micro_usd

    @property
    def remaining_micro_usd(self) -> int | None:
        """None where nothing is ever refused."""
        if self.ceiling_micro_usd is None:
            return None
        taken = self.spent_micro_usd + self.held_micro_usd + self.overage_micro_usd
        return max(0, self.ceiling_micro_usd - taken)


@attrs.frozen(kw_only=True)
class BudgetState:
    """A budget with its current period."""

    budget: Budget
    window: Window
    counters: Counters
    exhausted_version: int | None = None

    def would_refuse(self, micro_usd: int) -> bool:
        left = self.counters.remaining_micro_usd
        is_short = micro_usd > 0 and left is not None and left < micro_usd
        return self.budget.paused_at is not None or is_short

    @property
    def is_refusal_told(self) -> bool:
        return self.exhausted_version == self.budget.limit_version


@attrs.frozen(kw_only=True)
class PeriodState:
    """A period in which something was reserved."""

    id: str
    window: Window
    limit_micro_usd: int
    counters: Counters


@attrs.frozen(kw_only=True)
class Hold:
    id: str
    workspace_id: str
    debate_id: str
    agent: str
    provider: str
    model: str
    round: int
    call_no: int
    attempt: int
    amount_micro_usd: int
    price_terms: Mapping[str, object]
    price_version: str
    state: HoldState = "held"
    cost_micro_usd: int = 0
    created_at: datetime
    sent_at: datetime | None = None
    expires_at: datetime


@attrs.frozen(kw_only=True)
class LedgerEntry:
    id: str
    at: datetime
    workspace_id: str
    debate_id: str
    hold_id: str
    agent: str
    provider: str
    model: str
    kind: EntryKind
    amount_micro_usd: int
    usage: Mapping[str, int | None] | None
    usage_source: UsageSource | None
    price_version: str
    overage_micro_usd: int = 0
    repriced_from: str | None = None
    actor: str | None = None
    reason: str | None = None


@attrs.frozen(kw_only=True)
class Standing:
    """Where a debate stands; `remaining` is the least that any of its budgets has left."""

    spent_micro_usd: int
    held_micro_usd: int
    remaining_micro_usd: int | None


@attrs.frozen(kw_only=True)
class Advice:
    """What the budgets that apply would say to an amount."""

    remaining_micro_usd: int | None
    refusing: tuple[BudgetState, ...]


@attrs.frozen(kw_only=True)
class Alert:
    """Said once: a threshold was reached, a budget refused, or a provider billed too much."""

    id: str
    budget_id: str
    period_id: str
    limit_version: int
    kind: AlertKind
    percent: int
    limit_micro_usd: int
    used_micro_usd: int
    at: datetime


class BudgetPaused(PaymentRequired):
    code = "budget_paused"

    def __init__(self, budget: Budget) -> None:
        super().__init__(
            f"the budget {budget.name!r} is paused: nothing under it goes on until it is resumed",
            members={"budget_id": budget.id, "scope": budget.scope},
        )


class BudgetExceeded(PaymentRequired):
    code = "budget_exceeded"

    def __init__(self, state: BudgetState, needed_micro_usd: int) -> None:
        self.state, self.needed_micro_usd = state, needed_micro_usd
        budget, left = state.budget, state.counters.remaining_micro_usd or 0
        ends_at = state.window.ends_at
        super().__init__(
            f"{format_usd(needed_micro_usd)} USD are needed and {format_usd(left)} USD are left of "
            f"{format_usd(budget.limit_micro_usd)} USD in the budget {budget.name!r}",
            members={
                "budget_id": budget.id,
                "scope": budget.scope,
                "period_end": wire_time(ends_at) if ends_at else None,
                "limit_usd": format_usd(budget.limit_micro_usd),
                "remaining_usd": format_usd(left),
                "needed_usd": format_usd(needed_micro_usd),
            },
        )
