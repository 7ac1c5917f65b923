# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common


class BudgetForecast(Model):
    """Where a budget is going."""

    budget_id: common.Id
    counted_from: common.Timestamp
    """The begin of its period, or of the budget."""
    limit_usd: common.Money
    """What it admits in this period."""
    name: str
    """Its name."""
    period_end: common.Timestamp | None
    """When its period ends; null when it never does."""
    projected_usd: common.Money | None
    """Spent at the period's end, if it goes on like this; null with too little data, and where it is beyond any amount."""
    reaches_limit_at: common.Timestamp | None
    """When the limit is met, if it goes on like this and that is within the period."""
    spent_usd: common.Money
    """What was booked so far, with overage."""


class BudgetStatus(Model):
    """A budget in its current period."""

    budget_id: common.Id
    held_usd: common.Money
    """What is reserved."""
    limit_usd: common.Money
    """Its limit."""
    name: str
    """Its name."""
    overage_usd: common.Money
    """What was booked beyond the bounds."""
    period: str
    """How often it begins anew."""
    period_end: common.Timestamp | None
    """When it ends; null when it never does."""
    period_start: common.Timestamp
    """When the period began."""
    remaining_usd: common.Money | None
    """What is left; null where the budget never blocks."""
    scope: str
    """What it limits."""
    spent_usd: common.Money
    """What was booked."""


class CallCost(Model):
    """One attempt at one call. Each has a reservation of its own."""

    agent: str
    """The agent's name."""
    attempt: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Which attempt at this call, from 1."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call's number in the debate."""
    cost_usd: common.Money
    """All that was booked, with overage and adjustment."""
    held_usd: common.Money
    """What is reserved now and not booked yet."""
    hold_id: common.Id
    """Its reservation; entries of the ledger name it."""
    model: str
    """Which of its models."""
    overage_usd: common.Money
    """The part of it that the bound did not foresee."""
    price_version: str
    """The version of the price that it is paid by."""
    provider: str
    """Who was asked."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round of the call."""
    state: Literal["held", "settled", "released"] | str
    """`held`: under way. `settled`: paid. `released`: surely not billed."""
    usage: common.TokenUsage | None
    usage_source: Literal["reported", "counted", "estimated"] | str | None
    """Who told the tokens; null of what is not paid."""


class CostSums(Model):
    """Sums over attempts. The ledger is their only source."""

    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Attempts that were answered and paid."""
    cost_usd: common.Money
    """All that was booked, with overage and adjustments."""
    counted: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the server counted."""
    estimated: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts booked at their bound, for nobody knew what they used."""
    held_usd: common.Money
    """What is reserved now and not booked yet."""
    overage_usd: common.Money
    """The part of it that no bound foresaw."""
    reported: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the provider told."""
    unpriced: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts of models whose price nobody knows; they cost 0."""
    usage: common.TokenUsage


class DebateCounts(Model):
    """How many debates there were."""

    cancelled: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Cancelled in this time."""
    concluded: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ended with a conclusion in this time."""
    failed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Failed in this time."""
    opened: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Opened in this time."""
    stopped_by_budget: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Of all that ended, those that a budget stopped."""


class FeedbackCounts(Model):
    """Receipts by what was said of them last."""

    dissent_was_right: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions of which a dissent proved right."""
    given: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Receipts of which something was said."""
    held: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions that held."""
    reversed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Decisions that were reversed."""
    useful: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Of these, those said to be useful."""


class RoiAssumptions(Model):
    """What the caller assumes. Nothing of it is ours."""

    hourly_rate_usd: common.Money
    """What an hour of one of them costs."""
    minutes_per_decision: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How long a decision takes without debates."""
    people: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many people it takes."""


class RoundCost(Model):
    """What one round cost."""

    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Its number, from 0."""
    sums: CostSums


class TagCount(Model):
    """A topic, as the workspace itself names it."""

    debates: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Debates with it that were opened in these days."""
    tag: str
    """The tag."""


class UsageForecast(Model):
    """Straight lines, one a budget."""

    budgets: list[BudgetForecast]
    """The open budgets, newest first."""
    created_at: common.Timestamp
    """When they were drawn."""
    method: str
    """How."""


class UsageRoi(Model):
    """What decisions saved, by the caller's own assumptions."""

    assumptions: RoiAssumptions
    changed_answers: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Agents of these debates whose last choice was not their first."""
    cost_usd: common.SignedMoney
    """All that was booked in these days."""
    decisions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Debates that concluded in these days."""
    feedback: FeedbackCounts
    first_day: str
    """The first day."""
    formula: str
    """How the amounts follow from the rest."""
    last_day: str
    """The last day."""
    net_usd: common.SignedMoney
    """Saved less cost."""
    roi_percent: Annotated[int | None, Field(ge=-9007199254740991, le=9007199254740991)]
    """Net in percent of the cost, rounded down; null when nothing was paid."""
    saved_usd: common.Money
    """What the decisions would have cost in people's time."""
    timezone: str
    """Where they are days."""


UsageTable = TypeAliasType("UsageTable", str)
"""CSV with a head, one row a group, the rest and the total."""


class UsageTokens(Model):
    """Tokens in exclusive buckets."""

    audio_in_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens of sound."""
    audio_out_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens of sound."""
    cache_read_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens read from a provider's cache."""
    cache_write_1h_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a cache for an hour."""
    cache_write_5m_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a cache for five minutes."""
    input_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens that no cache served."""
    output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens, reasoning included."""
    reasoning_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The part of the output tokens that was reasoning."""


class AgentCost(Model):
    """What one agent cost."""

    agent: str
    """The agent's name."""
    model: str
    """Which of its models."""
    provider: str
    """Who was asked."""
    sums: CostSums


class DebateCost(Model):
    """What a debate cost. Agents, rounds and calls each sum up to the total."""

    by_agent: list[AgentCost]
    """The same, by agent, in the order of their first calls."""
    by_call: list[CallCost]
    """Every attempt at every call, in order; those that were not billed too."""
    by_round: list[RoundCost]
    """The same, by round."""
    debate_id: common.Id
    price_versions: list[str]
    """Every version of a price that something was paid by."""
    total: CostSums


class UsageSums(Model):
    """Sums of ledger entries."""

    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Attempts that were answered and paid."""
    cost_usd: common.SignedMoney
    """All that was booked. Negative where more was given back than booked."""
    counted: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts whose tokens the server counted, for the provider did not tell."""
    estimated: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts booked at their bound, corrected later or not."""
    overage_usd: common.SignedMoney
    """The part of it that no bound foresaw; negative where more of it was given back."""
    unpriced: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Paid attempts of models whose price nobody knows; they cost 0."""
    usage: UsageTokens


class UsageGroup(Model):
    """What one of them used."""

    debates: DebateCounts | None
    """Of days, weeks and months alone."""
    key: str
    """The first day, or the name or id of what was grouped by."""
    label: str | None
    """The question of a debate, or the name of a budget."""
    sums: UsageSums


class UsageReport(Model):
    """What was used in some days. Groups and rest add up to the total."""

    budgets: list[BudgetStatus]
    """The open budgets, newest first."""
    created_at: common.Timestamp
    """When the report was made."""
    debates: DebateCounts
    ends_at: common.Timestamp
    """When the last day is over."""
    first_day: str
    """The first day."""
    group_by: str
    """What was added up by."""
    groups: list[UsageGroup]
    """Days, weeks and months in order; all others the dearest first."""
    last_day: str
    """The last day."""
    rest: UsageSums | None
    """What the groups that are not shown sum up to; null where groups overlap."""
    starts_at: common.Timestamp
    """When the first day begins."""
    timezone: str
    """Where they are days."""
    top_tags: list[TagCount]
    """The ten most frequent tags of the debates opened in these days."""
    total: UsageSums
