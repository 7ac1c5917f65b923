"""At which amounts a budget speaks up and says no: whole numbers, and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs

AlertKind = Literal["threshold", "exhausted", "overage"]
WARN_AT: tuple[int, ...] = (80,)
BLOCK_AT = 100


@attrs.frozen(kw_only=True)
class Terms:
    """A limit, and at which percent of it a budget warns and blocks; None never blocks."""

    limit_micro_usd: int
    warn_at_percent: tuple[int, ...] = WARN_AT
    block_at_percent: int | None = BLOCK_AT

    @property
    def ceiling_micro_usd(self) -> int | None:
        if self.block_at_percent is None:
            return None
        return self.limit_micro_usd * self.block_at_percent // 100

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Rising. Nothing is reached before anything is spent, not even a limit of 0."""
        warns = [
            Threshold(
                kind="threshold",
                percent=percent,
                # Rounded up: at a whole percent, not just below it.
                fires_at_micro_usd=max(1, -(-self.limit_micro_usd * percent // 100)),
            )
            for percent in self.warn_at_percent
        ]
        if self.block_at_percent is None or self.ceiling_micro_usd is None:
            return tuple(sorted(warns, key=_amount))
        block = Threshold(
            kind="exhausted",
            percent=self.block_at_percent,
            fires_at_micro_usd=max(1, self.ceiling_micro_usd),
        )
        return tuple(sorted((*warns, block), key=_amount))

    def next_after(self, used_micro_usd: int) -> int | None:
        """The least amount that is still to be reached."""
        ahead = (one.fires_at_micro_usd for one in self.thresholds)
        return min((at for at in ahead if at > used_micro_usd), default=None)


@attrs.frozen(kw_only=True)
class Threshold:
    kind: AlertKind
    percent: int
    fires_at_micro_usd: int


def _amount(threshold: Threshold) -> int:
    return threshold.fires_at_micro_usd


def rising(percents: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(percents)))
