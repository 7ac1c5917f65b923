# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common
from .common import PageInfo


class Budget(Model):
    """A budget and its current period."""

    anchor_day: Annotated[int, Field(ge=1, le=28)]
    """The day on which a month begins."""
    created_at: common.Timestamp
    held_usd: common.Money
    """Reserved for calls that are under way."""
    id: common.Id
    limit_usd: common.Money
    name: str
    """What the budget is for."""
    overage_usd: common.Money
    """Billed by a provider beyond its own stated bound; it counts against the limit."""
    period: Literal["month", "week", "total"] | str
    """How often it starts anew."""
    period_end: common.Timestamp | None
    period_start: common.Timestamp
    remaining_usd: common.Money
    scope: Literal["workspace", "api_key", "tag"] | str
    """Whose spending counts."""
    scope_id: str | None
    """The id of the API key, or the tag."""
    spent_usd: common.Money
    timezone: str
    """The IANA time zone in whose midnight a month or a week begins."""
    updated_at: common.Timestamp


class BudgetCreate(Model):
    """A limit that no debate passes."""

    anchor_day: Annotated[int | None, Field(ge=1, le=28)] = None
    """The day on which a month begins; default 1. For `month` alone."""
    limit_usd: common.Money
    """The most that may be spent in a period."""
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What the budget is for."""
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


class BudgetDifference(Model):
    """An amount that is not what the ledger says."""

    amount: Literal["spent", "held", "overage", "cost"] | str
    """Which amount."""
    id: common.Id
    """The period's budget, or the receipt."""
    ledger_usd: common.SignedMoney
    """What the ledger comes to."""
    of: Literal["period", "receipt"] | str
    """Where the amount stands."""
    told_usd: common.Money
    """What is told."""


class BudgetPage(PageInfo):
    """A page of budgets, newest first."""

    items: list[Budget]
    """This page, in order."""


class BudgetUpdate(Model):
    """What to change; the rest stays."""

    limit_usd: common.Money | None = None
    """The new limit; it may lie below what is spent, then nothing more is admitted."""
    name: Annotated[str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")] = None
    """What the budget is for."""


class LedgerEntry(Model):
    """One booking. Entries are never changed or deleted."""

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
    price_version: str | None
    """The price list that applied."""
    provider: str | None
    """Who answered."""
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
