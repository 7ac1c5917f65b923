"""Whether a budget can pay, asked of its current period."""

from __future__ import annotations

from datetime import datetime

from aragora_server.kernel.db import Tx

from . import override_rows, store
from .model import Budget, BudgetExceeded, BudgetPaused

TRIES = 6


async def admit(tx: Tx, period_id: str, budget: Budget, micro_usd: int, now: datetime) -> bool:
    """Hold the money, or refuse for what is missing at the moment of the refusal.

    True when only an override lets it through.

    On PostgreSQL another process may give money back just after the guard said no. Then it is
    asked again: a refusal that names more than enough as left would be a lie.
    """
    if budget.paused_at is not None:
        raise BudgetPaused(budget)
    # Nothing is always affordable: a model priced 0 goes on when the money is spent.
    if micro_usd == 0:
        return False
    for _ in range(TRIES):
        if admitted := await store.admit(tx, period_id, micro_usd, now):
            return bool(admitted.is_beyond)
        if await override_rows.end(tx, period_id, now):
            continue
        (state,) = await store.states(tx, [budget], now)
        left = state.counters.remaining_micro_usd
        if left is not None and left < micro_usd:
            break
    raise BudgetExceeded(state, micro_usd)
