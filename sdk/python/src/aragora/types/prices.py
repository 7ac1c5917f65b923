# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from aragora._core.model import Model
from pydantic import Field

from . import common
from .common import PageInfo


class PriceName(Model):
    """A way in which a model is named."""

    match: Literal["exact", "dated", "prefix"] | str
    """`exact` is the name itself, `dated` the name and a date after it, `prefix` everything that begins with it. The case of letters means nothing."""
    name: str
    """The name; an empty prefix takes every model of the provider."""


class PriceSnapshot(Model):
    """Where the price list comes from. Its source says of itself that it is not 100 % accurate."""

    generated_at: common.Timestamp
    """When it was made."""
    source: str
    """What it was made from."""
    source_version: str
    """The version of that."""
    version: str
    """Its version, with the beginning of its digest."""


class PriceTier(Model):
    """What a million tokens of each kind cost, for the whole of a call whose input passes `over_tokens`."""

    audio_in_usd: common.Money | None
    """Per million input tokens of audio; null when it is unknown, which is not 0."""
    audio_out_usd: common.Money | None
    """Per million output tokens of audio; null when it is unknown, which is not 0."""
    cache_read_usd: common.Money
    """Per million input tokens read from the provider's cache."""
    cache_write_1h_usd: common.Money
    """Per million input tokens written to the provider's cache for an hour."""
    cache_write_5m_usd: common.Money
    """Per million input tokens written to the provider's cache for five minutes."""
    input_usd: common.Money
    """US dollars per million input tokens that no cache served."""
    output_usd: common.Money
    """Per million output tokens, reasoning included."""
    over_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The input of a call, cached or not, that it must pass; 0 in the first tier."""


class PriceTierCreate(Model):
    """What a million tokens of each kind cost, for the whole of a call whose input passes `over_tokens`. A rate is 1000000 at most."""

    audio_in_usd: common.Money | None = None
    """Per million input tokens of audio. When absent, a call that was billed for audio is booked at all that it held."""
    audio_out_usd: common.Money | None = None
    """Per million output tokens of audio; absent as for `audio_in_usd`."""
    cache_read_usd: common.Money | None = None
    """Per million input tokens read from the provider's cache; `input_usd` when absent."""
    cache_write_1h_usd: common.Money | None = None
    """Per million input tokens written to the provider's cache for an hour; `cache_write_5m_usd` when absent."""
    cache_write_5m_usd: common.Money | None = None
    """Per million input tokens written to the provider's cache for five minutes; `input_usd` when absent."""
    input_usd: common.Money
    """US dollars per million input tokens that no cache served."""
    output_usd: common.Money
    """Per million output tokens, reasoning included."""
    over_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The input of a call, cached or not, that it must pass; 0 in the first tier."""


class Repricing(Model):
    """What calls of the past come to at another price."""

    calls: Annotated[int, Field(ge=0, le=1000)]
    """How many calls were, or would be, re-priced; at most 1,000."""
    calls_left: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many come after them. Ask again."""
    cost_after_usd: common.Money
    """What they cost at this price."""
    cost_before_usd: common.Money
    """What these calls had cost."""
    difference_usd: common.SignedMoney
    """What was added; negative when it was given back."""
    dry_run: bool
    """Whether nothing was booked."""
    ends_at: common.Timestamp
    """And before this one."""
    price_version: str
    """What the adjustments name as their price."""
    starts_at: common.Timestamp
    """Calls that were reserved from this time on."""
    workspace_price_id: common.Id


class RepricingCreate(Model):
    """Which calls to re-price."""

    dry_run: bool = True
    """Whether only to say what it would come to; default true."""
    ends_at: common.Timestamp | None = None
    """And before this one; now when absent."""
    starts_at: common.Timestamp
    """Calls that were reserved from this time on."""


class WorkspacePrice(Model):
    """A price that a workspace has set. Nothing of it changes but its end."""

    created_at: common.Timestamp
    created_by: common.Id
    """The API key that set it."""
    id: common.Id
    match: Literal["exact", "prefix"] | str
    """Whether `model` is a name, or what names begin with."""
    model: str
    """The name or the prefix, in lower case."""
    note: str | None
    """Why; null when nothing was said."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: common.Money
    """What every call costs beside its tokens."""
    status: Literal["upcoming", "current", "ended"] | str
    """Whether it holds now."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: common.Timestamp
    """When it begins."""
    valid_to: common.Timestamp | None
    """When it ends, and holds no longer; null without an end."""


class WorkspacePriceCreate(Model):
    """A price to set."""

    match: Literal["exact", "prefix"]
    """Whether `model` is the name of a model, or what the names of models begin with."""
    model: Annotated[str, Field(max_length=200, pattern="^[^\\u0000]*$")]
    """The name, or the prefix; an empty prefix takes every model of the provider. The case of letters means nothing."""
    note: Annotated[str | None, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")] = None
    """Why, for whoever reads the history."""
    provider: Annotated[str, Field(max_length=100, min_length=1, pattern="^[^\\u0000]*$")]
    """Who answers, as `listProviders` names it."""
    request_fee_usd: common.Money | None = None
    """What every call costs beside its tokens; nothing when absent."""
    tiers: Annotated[list[PriceTierCreate], Field(max_length=10, min_length=1)]
    """The first is over 0 tokens, the others rise."""
    valid_from: common.Timestamp | None = None
    """When it begins, also in the past; now when absent."""
    valid_to: common.Timestamp | None = None
    """When it ends; without an end when absent."""


class WorkspacePricePage(PageInfo):
    """A page of prices of the workspace, newest first."""

    items: list[WorkspacePrice]
    """This page, in order."""


class AppliedPrice(Model):
    """The price of a call, and why it is this one."""

    at: common.Timestamp
    """The instant."""
    match: Literal["exact", "dated", "prefix"] | str
    """How the name below was met."""
    model: str
    """The model that was asked for."""
    name: str
    """The name that the price is for; an empty prefix takes every model."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: common.Money
    """What every call costs beside its tokens."""
    source: Literal["workspace", "operator", "snapshot"] | str
    """Who says so, `operator` is whoever runs the server."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: common.Timestamp | None
    """When it began; null when it is as old as the list."""
    valid_to: common.Timestamp | None
    """When it ends; null when no end is known."""
    workspace_price_id: common.Id | None
    """The workspace's own price; null when it is none of its own."""


class Price(Model):
    """What a model costs everybody on this server."""

    model: str
    """What the list calls the model; `*` stands for every model of the provider."""
    names: list[PriceName]
    """The names that the price is for."""
    price_version: str
    """What ledger entries and receipts name as their price."""
    provider: str
    """Who answers."""
    request_fee_usd: common.Money
    """What every call costs beside its tokens."""
    source: Literal["operator", "snapshot"] | str
    """Who says so, `operator` is whoever runs the server."""
    tiers: list[PriceTier]
    """From the first tier up; the last that a call reaches prices all of it."""
    valid_from: common.Timestamp | None
    """When it began; null when it is as old as the list."""
    valid_to: common.Timestamp | None
    """When it ends; null when no end is known."""


class PricePage(PageInfo):
    """A page of prices, by provider and model."""

    items: list[Price]
    """This page, in order."""
    snapshot: PriceSnapshot


class PriceTierCreateParam(TypedDict):
    """What a million tokens of each kind cost, for the whole of a call whose input passes
    `over_tokens`. A rate is 1000000 at most.
    """

    audio_in_usd: NotRequired[str]
    """Per million input tokens of audio. When absent, a call that was billed for audio is booked at
    all that it held.
    """
    audio_out_usd: NotRequired[str]
    """Per million output tokens of audio; absent as for `audio_in_usd`."""
    cache_read_usd: NotRequired[str]
    """Per million input tokens read from the provider's cache; `input_usd` when absent."""
    cache_write_1h_usd: NotRequired[str]
    """Per million input tokens written to the provider's cache for an hour; `cache_write_5m_usd`
    when absent.
    """
    cache_write_5m_usd: NotRequired[str]
    """Per million input tokens written to the provider's cache for five minutes; `input_usd` when
    absent.
    """
    input_usd: str
    """US dollars per million input tokens that no cache served."""
    output_usd: str
    """Per million output tokens, reasoning included."""
    over_tokens: int
    """The input of a call, cached or not, that it must pass; 0 in the first tier."""
