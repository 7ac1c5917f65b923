"""What calls came to, summed from the ledger. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import attrs

from .calls import Usage
from .model import PAID

MOST_TOKENS = 10**9
"""In one bucket of one call. A thousand times what the largest model takes."""


@attrs.frozen(kw_only=True)
class TokenTotals:
    input: int = 0
    cache_read: int = 0
    cache_write: int = 0
    output: int = 0
    reasoning: int = 0

    def __add__(self, other: TokenTotals) -> TokenTotals:
        return TokenTotals(
            input=self.input + other.input,
            cache_read=self.cache_read + other.cache_read,
            cache_write=self.cache_write + other.cache_write,
            output=self.output + other.output,
            reasoning=self.reasoning + other.reasoning,
        )


class Paid(Protocol):
    """As much of a ledger entry as a sum needs."""

    @property
    def kind(self) -> str: ...
    @property
    def hold_id(self) -> str: ...
    @property
    def agent(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def usage(self) -> Mapping[str, int | None] | None: ...
    @property
    def usage_source(self) -> str | None: ...
    @property
    def amount_micro_usd(self) -> int: ...
    @property
    def overage_micro_usd(self) -> int: ...
    @property
    def price_version(self) -> str: ...


@attrs.frozen(kw_only=True)
class AgentCost:
    agent: str
    provider: str
    model: str
    calls: int
    usage: TokenTotals
    cost_micro_usd: int
    is_estimated: bool


@attrs.frozen(kw_only=True)
class CostReport:
    """What a debate cost, from the ledger and from nothing else."""

    total_micro_usd: int
    overage_micro_usd: int
    calls: int
    usage: TokenTotals
    agents: tuple[AgentCost, ...]
    price_versions: tuple[str, ...]


def buckets(usage: Usage) -> dict[str, int | None]:
    """What the ledger keeps of a usage: unknown stays unknown."""
    return {
        "input": usage.input,
        "cache_read": usage.cache_read,
        "cache_write_5m": usage.cache_write_5m,
        "cache_write_1h": usage.cache_write_1h,
        "output": usage.output,
        "reasoning": usage.reasoning,
        "audio_in": usage.audio_in,
        "audio_out": usage.audio_out,
    }


def is_plausible(usage: Usage) -> bool:
    """No call uses less than nothing, nor this much: a count that says so says nothing."""
    return all(0 <= count <= MOST_TOKENS for count in buckets(usage).values() if count is not None)


def totals(usage: Mapping[str, int | None] | None) -> TokenTotals:
    read = usage or {}
    return TokenTotals(
        input=read.get("input") or 0,
        cache_read=read.get("cache_read") or 0,
        cache_write=(read.get("cache_write_5m") or 0) + (read.get("cache_write_1h") or 0),
        output=read.get("output") or 0,
        reasoning=read.get("reasoning") or 0,
    )


def report(entries: Iterable[Paid]) -> CostReport:
    """Sum the entries that cost something, by agent, in the order of first appearance."""
    paid = [entry for entry in entries if entry.kind in PAID]
    by_agent: dict[str, list[Paid]] = {}
    for entry in paid:
        by_agent.setdefault(entry.agent, []).append(entry)
    agents = tuple(_agent_cost(of_agent) for of_agent in by_agent.values())
    return CostReport(
        total_micro_usd=sum(entry.amount_micro_usd for entry in paid),
        overage_micro_usd=sum(entry.overage_micro_usd for entry in paid),
        calls=sum(agent.calls for agent in agents),
        usage=sum((agent.usage for agent in agents), TokenTotals()),
        agents=agents,
        price_versions=tuple(sorted({entry.price_version for entry in paid})),
    )


def _agent_cost(entries: list[Paid]) -> AgentCost:
    settled = [entry for entry in entries if entry.kind == "settle"]
    adjusted = {e.hold_id: e for e in entries if e.kind == "adjust" and e.usage is not None}
    return AgentCost(
        agent=entries[0].agent,
        provider=entries[0].provider,
        model=entries[0].model,
        calls=sum(1 for entry in settled if entry.usage is not None),
        usage=sum((totals(entry.usage) for entry in entries), TokenTotals()),
        cost_micro_usd=sum(entry.amount_micro_usd for entry in entries),
        is_estimated=any(
            adjusted.get(entry.hold_id, entry).usage_source != "reported" for entry in settled
        ),
    )
