"""Where a budget is going: a straight line, in whole numbers. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs

from aragora_server.kernel.money import MAX_MICRO_USD

from .report import Standing

LEAST = timedelta(days=3)
MILLISECOND = timedelta(milliseconds=1)
METHOD = "spent x period / elapsed, rounded down; null with less than 3 days, and beyond any amount"


@attrs.frozen(kw_only=True)
class Forecast:
    """`limit` is what the period admits now. None where nothing can be told."""

    budget: Standing
    spent_micro_usd: int
    projected_micro_usd: int | None = None
    reaches_limit_at: datetime | None = None

    @classmethod
    def of(cls, budget: Standing, now: datetime) -> Forecast:
        """A budget that was made within its period counts from then on."""
        spent = budget.spent_micro_usd + budget.overage_micro_usd
        elapsed = now - budget.counts_from
        if elapsed < LEAST:
            return cls(budget=budget, spent_micro_usd=spent)
        return cls(
            budget=budget,
            spent_micro_usd=spent,
            projected_micro_usd=_projected(spent, elapsed, budget, now),
            reaches_limit_at=_reaches(spent, elapsed, budget, now),
        )


def _projected(spent: int, elapsed: timedelta, budget: Standing, now: datetime) -> int | None:
    if budget.ends_at is None:
        return None
    left = (budget.ends_at - now) // MILLISECOND
    projected = spent + spent * left // (elapsed // MILLISECOND)
    return projected if projected <= MAX_MICRO_USD else None


def _reaches(spent: int, elapsed: timedelta, budget: Standing, now: datetime) -> datetime | None:
    """Not before now: what is spent already above the limit meets it at once."""
    missing = max(0, budget.ceiling_micro_usd - spent)
    if not spent and missing:
        return None
    away = missing * (elapsed // MILLISECOND) // spent if missing else 0
    horizon = (budget.ends_at or datetime.max.replace(tzinfo=now.tzinfo)) - now
    return now + away * MILLISECOND if away < horizon // MILLISECOND else None
