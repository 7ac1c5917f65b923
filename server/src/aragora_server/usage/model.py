"""What reports are made of: attempts, and sums over them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import attrs

UsageSource = Literal["reported", "counted", "estimated"]
UNPRICED = "unpriced"
"""The version of a price that nobody knows."""
BUCKETS = ("input", "cache_read", "cache_write", "output", "reasoning")


class Tokens(Protocol):
    @property
    def input(self) -> int: ...
    @property
    def cache_read(self) -> int: ...
    @property
    def cache_write(self) -> int: ...
    @property
    def output(self) -> int: ...
    @property
    def reasoning(self) -> int: ...


class Attempt(Protocol):
    """One attempt at one call, and what was booked for it."""

    @property
    def hold_id(self) -> str: ...
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
    def state(self) -> Literal["held", "settled", "released"]: ...
    @property
    def usage(self) -> Tokens | None: ...
    @property
    def usage_source(self) -> UsageSource | None: ...
    @property
    def is_answered(self) -> bool: ...
    @property
    def cost_micro_usd(self) -> int: ...
    @property
    def overage_micro_usd(self) -> int: ...
    @property
    def held_micro_usd(self) -> int: ...
    @property
    def price_version(self) -> str: ...


@attrs.frozen(kw_only=True)
class CostSums:
    attempts: Sequence[Attempt]

    @property
    def calls(self) -> int:
        return sum(one.is_answered for one in self.attempts)

    @property
    def cost_micro_usd(self) -> int:
        return sum(one.cost_micro_usd for one in self.attempts)

    @property
    def overage_micro_usd(self) -> int:
        return sum(one.overage_micro_usd for one in self.attempts)

    @property
    def held_micro_usd(self) -> int:
        return sum(one.held_micro_usd for one in self.attempts)

    def tokens(self, bucket: str) -> int:
        return sum(getattr(one.usage, bucket) for one in self.attempts if one.usage is not None)

    @property
    def unpriced(self) -> int:
        """Paid with nothing, for nobody knows what they cost."""
        paid = (one for one in self.attempts if one.state == "settled")
        return sum(one.price_version == UNPRICED for one in paid)

    def told_by(self, source: UsageSource) -> int:
        paid = (one for one in self.attempts if one.state == "settled")
        return sum(one.usage_source == source for one in paid)


@attrs.frozen(kw_only=True)
class DebateCost:
    debate_id: str
    attempts: tuple[Attempt, ...]

    @property
    def total(self) -> CostSums:
        return CostSums(attempts=self.attempts)

    @property
    def price_versions(self) -> tuple[str, ...]:
        paid = {one.price_version for one in self.attempts if one.state == "settled"}
        return tuple(sorted(paid))

    @property
    def by_agent(self) -> dict[str, CostSums]:
        return _by("agent", self.attempts)

    @property
    def by_round(self) -> dict[int, CostSums]:
        return dict(sorted(_by("round", self.attempts).items()))


def _by(name: str, attempts: Sequence[Attempt]) -> dict[Any, CostSums]:
    """In the order of first appearance."""
    found: dict[Any, list[Attempt]] = {}
    for one in attempts:
        found.setdefault(getattr(one, name), []).append(one)
    return {key: CostSums(attempts=of_key) for key, of_key in found.items()}
