"""Usage over HTTP: contract types out."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.money import format_usd, parse_usd

from . import shapes
from .calendar import Days
from .forecast import METHOD
from .model import BUCKETS, Attempt, CostSums, Tokens
from .report import Asked, GroupBy
from .roi import Assumptions
from .service import UsageService


@attrs.frozen
class UsageRoutes:
    usage: UsageService

    async def get_debate_cost(self, caller: Caller, debate_id: str) -> wire.DebateCost:
        cost = await self.usage.of_debate(caller.workspace_id, debate_id)
        return wire.DebateCost(
            debate_id=cost.debate_id,
            total=_sums(cost.total),
            price_versions=list(cost.price_versions),
            by_agent=[_agent(sums) for sums in cost.by_agent.values()],
            by_round=[
                wire.RoundCost(round=no, sums=_sums(sums)) for no, sums in cost.by_round.items()
            ],
            by_call=[_call(attempt) for attempt in cost.attempts],
        )

    async def get_usage(  # noqa: PLR0913 - one argument a query parameter
        self,
        caller: Caller,
        *,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
        group_by: GroupBy,
        top: int,
    ) -> wire.UsageReport:
        asked = self._asked(first_day, last_day, timezone, group_by, top)
        return shapes.report(await self.usage.report(caller.workspace_id, asked))

    async def export_usage_csv(  # noqa: PLR0913 - one argument a query parameter
        self,
        caller: Caller,
        *,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
        group_by: GroupBy,
        top: int,
    ) -> str:
        asked = self._asked(first_day, last_day, timezone, group_by, top)
        return shapes.table(await self.usage.report(caller.workspace_id, asked))

    async def get_roi(  # noqa: PLR0913 - one argument a query parameter
        self,
        caller: Caller,
        *,
        minutes_per_decision: int,
        people: int,
        hourly_rate_usd: str,
        first_day: str | None,
        last_day: str | None,
        timezone: str,
    ) -> wire.UsageRoi:
        days = Days.asked(first_day, last_day, timezone, now=self.usage.now())
        assumed = Assumptions(
            minutes_per_decision=minutes_per_decision,
            people=people,
            hourly_rate_micro_usd=parse_usd(hourly_rate_usd),
        )
        return shapes.roi(await self.usage.roi(caller.workspace_id, days, assumed))

    async def get_forecast(self, caller: Caller) -> wire.UsageForecast:
        at, forecasts = await self.usage.forecast(caller.workspace_id)
        return wire.UsageForecast(
            created_at=at, method=METHOD, budgets=[shapes.forecast(one) for one in forecasts]
        )

    def _asked(
        self, first: str | None, last: str | None, timezone: str, by: GroupBy, top: int
    ) -> Asked:
        days = Days.asked(first, last, timezone, now=self.usage.now())
        return Asked(days=days, group_by=by, top=top)


def _sums(sums: CostSums) -> wire.CostSums:
    return wire.CostSums(
        calls=sums.calls,
        usage=wire.TokenUsage(**{f"{name}_tokens": sums.tokens(name) for name in BUCKETS}),
        reported=sums.told_by("reported"),
        counted=sums.told_by("counted"),
        estimated=sums.told_by("estimated"),
        unpriced=sums.unpriced,
        cost_usd=format_usd(sums.cost_micro_usd),
        overage_usd=format_usd(sums.overage_micro_usd),
        held_usd=format_usd(sums.held_micro_usd),
    )


def _agent(sums: CostSums) -> wire.AgentCost:
    first = sums.attempts[0]
    return wire.AgentCost(
        agent=first.agent, provider=first.provider, model=first.model, sums=_sums(sums)
    )


def _call(attempt: Attempt) -> wire.CallCost:
    return wire.CallCost(
        hold_id=attempt.hold_id,
        agent=attempt.agent,
        provider=attempt.provider,
        model=attempt.model,
        round=attempt.round,
        call_no=attempt.call_no,
        attempt=attempt.attempt,
        state=attempt.state,
        usage=None if attempt.usage is None else _tokens(attempt.usage),
        usage_source=attempt.usage_source,
        cost_usd=format_usd(attempt.cost_micro_usd),
        overage_usd=format_usd(attempt.overage_micro_usd),
        held_usd=format_usd(attempt.held_micro_usd),
        price_version=attempt.price_version,
    )


def _tokens(used: Tokens) -> wire.TokenUsage:
    return wire.TokenUsage(**{f"{name}_tokens": getattr(used, name) for name in BUCKETS})
