"""What decisions saved, by the caller's own assumptions. Pure; whole numbers, rounded down."""

from __future__ import annotations

from typing import Protocol

import attrs

from aragora_server.kernel.money import MAX_MICRO_USD, InvalidAmount

from .calendar import Days

FORMULA = (
    "saved = decisions x minutes_per_decision x people x hourly_rate_usd / 60, rounded down;"
    " net = saved - cost; roi_percent = net x 100 / cost, rounded down, null without a cost"
)


class FeedbackCounts(Protocol):
    @property
    def given(self) -> int: ...
    @property
    def useful(self) -> int: ...
    @property
    def held(self) -> int: ...
    @property
    def reversed(self) -> int: ...
    @property
    def dissent_was_right(self) -> int: ...


@attrs.frozen(kw_only=True)
class Assumptions:
    minutes_per_decision: int
    people: int
    hourly_rate_micro_usd: int


@attrs.frozen(kw_only=True)
class Roi:
    days: Days
    assumed: Assumptions
    decisions: int
    changed_answers: int
    feedback: FeedbackCounts
    cost_micro_usd: int

    @property
    def saved_micro_usd(self) -> int:
        assumed = self.assumed
        minutes = self.decisions * assumed.minutes_per_decision * assumed.people
        saved = minutes * assumed.hourly_rate_micro_usd // 60
        if saved > MAX_MICRO_USD:
            raise InvalidAmount("what these assumptions come to is no amount that we can write")
        return saved

    @property
    def net_micro_usd(self) -> int:
        return self.saved_micro_usd - self.cost_micro_usd

    @property
    def percent(self) -> int | None:
        cost = self.cost_micro_usd
        return self.net_micro_usd * 100 // cost if cost > 0 else None
