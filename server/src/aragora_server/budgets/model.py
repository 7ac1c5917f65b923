"""Budgets, their periods, holds and the ledger: frozen values and the rules about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, Protocol

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Conflict, Invalid, NotFound, PaymentRequired
from aragora_server.kernel.money import format_usd

from .periods import PeriodKind, Rhythm, Window

Scope = Literal["workspace", "api_key", "tag", "debate"]
UsageSource = Literal["reported", "counted", "estimated"]
EntryKind = Literal["reserve", "settle", "release", "overage", "adjust"]
HoldState = Literal["held", "settled", "released"]

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


class ModelUnpriced(Invalid):
    code = "model_unpriced"

    def __init__(self, provider: str, model: str) -> None:
        super().__init__(
            f"nobody knows what {provider}:{model} costs, so no budget can hold it",
            members={"provider": provider, "model": model},
        )


class Usage(Protocol):
    """Tokens in exclusive buckets, as the agents' port reports them."""

    @property
    def input(self) -> int: ...
    @property
    def cache_read(self) -> int | None: ...
    @property
    def cache_write_5m(self) -> int | None: ...
    @property
    def cache_write_1h(self) -> int | None: ...
    @property
    def output(self) -> int: ...
    @property
    def reasoning(self) -> int | None: ...
    @property
    def audio_in(self) -> int | None: ...
    @property
    def audio_out(self) -> int | None: ...
    @property
    def source(self) -> UsageSource: ...


class Bound(Protocol):
    """One attempt of one call, before it is made, and the most it can use."""

    @property
    def agent(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def round(self) -> int: ...
    @property
    def call_no(self) -> int: ...
    @property
    def attempt(self) -> int: ...
    @property
    def input_bound(self) -> int: ...
    @property
    def max_output(self) -> int: ...


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
    created_at: datetime
    updated_at: datetime

    @classmethod
    def drafted(cls, draft: Draft, *, budget_id: str, workspace_id: str, at: datetime) -> Budget:
        return cls(
            id=budget_id,
            workspace_id=workspace_id,
            created_at=at,
            updated_at=at,
            **attrs.asdict(draft),
        )

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(kind=self.period, anchor_day=self.anchor_day, timezone=self.timezone)

    def window(self, at: datetime) -> Window:
        return self.rhythm.window(created_at=self.created_at, at=at)


@attrs.frozen(kw_only=True)
class Counters:
    """What a period has taken. For admission only: the ledger is what reports are made of."""

    ceiling_micro_usd: int
    spent_micro_usd: int = 0
    held_micro_usd: int = 0
    overage_micro_usd: int = 0

    @property
    def remaining_micro_usd(self) -> int:
        taken = self.spent_micro_usd + self.held_micro_usd + self.overage_micro_usd
        return max(0, self.ceiling_micro_usd - taken)


@attrs.frozen(kw_only=True)
class BudgetState:
    """A budget with its current period."""

    budget: Budget
    window: Window
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
class Settlement:
    """What a hold came to. `overage` is the part of the cost that its bound did not foresee."""

    hold_id: str
    state: HoldState
    cost_micro_usd: int
    overage_micro_usd: int


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


@attrs.frozen(kw_only=True)
class Standing:
    """Where a debate stands; `remaining` is the least that any of its budgets has left."""

    spent_micro_usd: int
    held_micro_usd: int
    remaining_micro_usd: int | None


class BudgetExceeded(PaymentRequired):
    code = "budget_exceeded"

    def __init__(self, state: BudgetState, needed_micro_usd: int) -> None:
        budget, left = state.budget, state.counters.remaining_micro_usd
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
