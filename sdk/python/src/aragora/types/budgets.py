# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired, TypedDict

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo

WarnAtPercentItem = TypeAliasType("WarnAtPercentItem", Annotated[int, Field(ge=1, le=1000)])


Tag = TypeAliasType(
    "Tag", Annotated[str, Field(max_length=64, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")]
)
"""A tag."""


WarnAtPercentItemModel = TypeAliasType(
    "WarnAtPercentItemModel", Annotated[int, Field(ge=1, le=1000)]
)
"""Percent of the limit."""


class BudgetNotify(Model):
    """Who is told of its alerts."""

    emails: list[str]
    """Addresses that get an e-mail."""
    webhooks: bool
    """Whether the webhook endpoints of the workspace are told."""


Email = TypeAliasType(
    "Email",
    Annotated[
        str,
        Field(
            max_length=254,
            pattern="^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}([.][A-Za-z0-9-]{1,63}){1,8}$",
        ),
    ],
)
"""An address."""


class BudgetNotifyInput(Model):
    """Who is told of its alerts; default: the webhook endpoints of the workspace."""

    emails: Annotated[list[Email] | None, Field(max_length=10)] = None
    """Addresses that get an e-mail; default none."""
    webhooks: bool | None = None
    """Whether the webhook endpoints of the workspace are told; default true."""


class Budget(Model):
    """A budget and its current period."""

    anchor_day: Annotated[int, Field(ge=1, le=28)]
    """The day on which a month begins."""
    block_at_percent: Annotated[int | None, Field(ge=1, le=1000)]
    """At which percent of the limit nothing more is admitted; null never refuses."""
    created_at: common.Timestamp
    held_usd: common.Money
    """Reserved for calls that are under way."""
    id: common.Id
    limit_usd: common.Money
    name: str
    """What the budget is for."""
    notify: BudgetNotify
    overage_usd: common.Money
    """Billed by a provider beyond its own stated bound; it counts against the limit."""
    paused: bool
    """Nothing under this budget is admitted."""
    period: Literal["month", "week", "total"] | str
    """How often it starts anew."""
    period_end: common.Timestamp | None
    period_start: common.Timestamp
    remaining_usd: common.Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "tag"] | str
    """Whose spending counts."""
    scope_id: str | None
    """The id of the API key, or the tag."""
    spent_usd: common.Money
    timezone: str
    """The IANA time zone in whose midnight a month or a week begins."""
    unpriced: Literal["refuse", "allow"] | str
    """Calls to models whose price nobody knows: `refuse` them, or `allow` them and book 0."""
    updated_at: common.Timestamp
    warn_at_percent: list[WarnAtPercentItem]
    """At which percent of the limit somebody is told."""


class BudgetAlert(Model):
    """What is said once for each period and each limit that it had."""

    at: common.Timestamp
    id: common.Id
    kind: Literal["threshold", "exhausted", "overage"] | str
    """`threshold`: a percent of the limit to warn at was reached; `exhausted`: the limit was reached, or a call refused; `overage`: a provider billed beyond its own stated bound."""
    limit_usd: common.Money
    """The limit at that moment."""
    percent: Annotated[int | None, Field(ge=1, le=1000)]
    """Which percent of the limit; null for `overage`."""
    period_start: common.Timestamp
    used_usd: common.Money
    """What was spent by then, overage included."""


class BudgetAlertPage(PageInfo):
    """A page of alerts, newest first."""

    items: list[BudgetAlert]
    """This page, in order."""


class BudgetCheckRequest(Model):
    """An amount, and what it would be spent on."""

    amount_usd: common.Money
    """How much."""
    tags: Annotated[list[Tag] | None, Field(max_length=10)] = None
    """The tags of the debate; default none."""


class BudgetCreate(Model):
    """A limit that no debate passes."""

    anchor_day: Annotated[int | None, Field(ge=1, le=28)] = None
    """The day on which a month begins; default 1. For `month` alone."""
    block_at_percent: Annotated[int | None, Field(ge=1, le=1000)] = None
    """At which percent of the limit nothing more is admitted; default 100; null never refuses, and still counts and warns."""
    limit_usd: common.Money
    """The most that may be spent in a period."""
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What the budget is for."""
    notify: BudgetNotifyInput | None = None
    period: Literal["month", "week", "total"] | None = None
    """`month`: each month; `week`: each week from its Monday; `total`: once; default `month`."""
    scope: Literal["workspace", "api_key", "tag"] | None = None
    """Whose spending counts: that of everybody, of one API key, or of all debates with a tag; default `workspace`."""
    scope_id: Annotated[str | None, Field(max_length=64, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")] = (
        None
    )
    """The id of the API key, or the tag; without it when the scope is `workspace`."""
    timezone: Annotated[
        str | None,
        Field(
            max_length=64,
            min_length=1,
            pattern="^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
        ),
    ] = None
    """The IANA time zone in whose midnight a month or a week begins, such as `Europe/Berlin`; default `UTC`. Where the clock is changed at that midnight, the period begins at its first instant."""
    unpriced: Literal["refuse", "allow"] | None = None
    """What becomes of calls to models whose price nobody knows. `refuse`: they are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are booked with 0 and flagged, unless another budget refuses them; default `refuse`."""
    warn_at_percent: Annotated[list[WarnAtPercentItemModel] | None, Field(max_length=10)] = None
    """At which percent of the limit somebody is told; default 80."""


class BudgetDifference(Model):
    """An amount that is not what the ledger says."""

    amount: Literal["spent", "held", "overage", "ceiling", "cost"] | str
    """Which amount."""
    id: common.Id
    """The period's budget, or the receipt."""
    ledger_usd: common.SignedMoney
    """What the ledger comes to."""
    of: Literal["period", "receipt"] | str
    """Where the amount stands."""
    told_usd: common.Money
    """What is told."""


class BudgetOverride(Model):
    """More than the limit of a budget, in one period of it."""

    amount_usd: common.Money
    """How much more than the limit may be spent."""
    created_at: common.Timestamp
    created_by: common.Id
    """The API key that granted it."""
    expires_at: common.Timestamp
    """When it ends."""
    id: common.Id
    reason: str
    """Why."""
    revoked_at: common.Timestamp | None
    revoked_by: common.Id | None
    """The API key that revoked it."""
    status: Literal["live", "expired", "revoked"] | str
    """Whether it counts."""


class BudgetOverrideCreate(Model):
    """More than the limit, for a time."""

    amount_usd: common.Money
    """How much more than the limit may be spent."""
    expires_at: common.Timestamp
    """When it ends; within the current period of the budget."""
    reason: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """Why."""


class BudgetOverridePage(PageInfo):
    """A page of overrides, newest first."""

    items: list[BudgetOverride]
    """This page, in order."""


class BudgetPage(PageInfo):
    """A page of budgets, newest first."""

    items: list[Budget]
    """This page, in order."""


class BudgetPeriod(Model):
    """A period in which something was reserved."""

    held_usd: common.Money
    id: common.Id
    limit_usd: common.Money
    """The limit that it had last."""
    overage_usd: common.Money
    period_end: common.Timestamp | None
    period_start: common.Timestamp
    remaining_usd: common.Money | None
    """What it still admitted; null when it never refused."""
    spent_usd: common.Money


class BudgetPeriodPage(PageInfo):
    """A page of periods, newest first."""

    items: list[BudgetPeriod]
    """This page, in order."""


class BudgetRefusal(Model):
    """A budget that would refuse, and why."""

    budget_id: common.Id
    name: str
    """What the budget is for."""
    reason: Literal["budget_exceeded", "budget_paused"] | str
    """Why it would refuse."""
    remaining_usd: common.Money | None
    """What it still admits; null when it never refuses for money."""


class BudgetUpdate(Model):
    """What to change; the rest stays."""

    block_at_percent: Annotated[int | None, Field(ge=1, le=1000)] = None
    """At which percent of the limit nothing more is admitted; null never refuses, and still counts and warns."""
    limit_usd: common.Money | None = None
    """The new limit; it may lie below what is spent, then nothing more is admitted."""
    name: Annotated[str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")] = None
    """What the budget is for."""
    notify: BudgetNotifyInput | None = None
    paused: bool | None = None
    """While it is true, nothing under this budget is admitted; calls under way are paid."""
    unpriced: Literal["refuse", "allow"] | None = None
    """What becomes of calls to models whose price nobody knows. `refuse`: they are refused (`model_unpriced`) if this budget blocks at all; `allow`: they are booked with 0 and flagged, unless another budget refuses them."""
    warn_at_percent: Annotated[list[WarnAtPercentItemModel] | None, Field(max_length=10)] = None
    """At which percent of the limit somebody is told."""


class LedgerAdjustmentCreate(Model):
    """A correction of what one call cost."""

    amount_usd: common.SignedMoney
    """What to add to its cost; negative to give something back."""
    hold_id: common.Id
    """The reservation of the call."""
    reason: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """Why. It stays in the ledger for ever, so name no person."""


class LedgerEntry(Model):
    """One booking. Entries are never changed or deleted."""

    actor: common.Id | None
    """The API key that adjusted it."""
    agent: str | None
    """Whose call."""
    amount_usd: common.SignedMoney
    at: common.Timestamp
    debate_id: common.Id | None
    hold_id: common.Id | None
    id: common.Id
    kind: Literal["reserve", "settle", "release", "overage", "adjust"] | str
    """What happened."""
    model: str | None
    """The model."""
    overage_usd: common.SignedMoney
    """The part of the amount that no bound foresaw."""
    price_version: str | None
    """The price list that applied."""
    provider: str | None
    """Who answered."""
    reason: str | None
    """Why it was adjusted."""
    usage: common.TokenUsage | None
    usage_source: Literal["reported", "counted", "estimated"] | str | None
    """Who counted the tokens."""


class LedgerEntryPage(PageInfo):
    """A page of ledger entries, newest first."""

    items: list[LedgerEntry]
    """This page, in order."""


class BudgetAudit(Model):
    """Whether counters and receipts say what the ledger says."""

    agrees: bool
    """Nothing differs."""
    differences: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many amounts differ."""
    first: list[BudgetDifference]
    """The first 100 of them."""
    periods: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Periods of budgets that were compared."""
    receipts: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Receipts that were compared."""


class BudgetCheck(Model):
    """Whether the budgets that apply would admit an amount now. Advice, and no promise."""

    admitted: bool
    """All of them would."""
    refused_by: list[BudgetRefusal]
    """Those that would not."""
    remaining_usd: common.Money | None
    """The least that any of them has left; null when none limits it."""


class BudgetNotifyInputParam(TypedDict):
    """Who is told of its alerts; default: the webhook endpoints of the workspace."""

    emails: NotRequired[Sequence[str]]
    """Addresses that get an e-mail; default none."""
    webhooks: NotRequired[bool]
    """Whether the webhook endpoints of the workspace are told; default true."""
