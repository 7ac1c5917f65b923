# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common


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
    usage: common.TokenUsage


class RoundCost(Model):
    """What one round cost."""

    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Its number, from 0."""
    sums: CostSums


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
