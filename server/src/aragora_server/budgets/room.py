"""How many budgets a workspace may have, and how many people they may write to."""

from __future__ import annotations

from sqlalchemy import func, select

from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.turns import BUDGETS, take_turn

from .model import Budget
from .store import open_of
from .tables import budgets

MOST_BUDGETS, MOST_ADDRESSES = 1_000, 100
"""What is told of money must not become a way to write to the whole world."""


class TooManyBudgets(Invalid):
    code = "too_many_budgets"


class TooManyAddresses(Invalid):
    code = "too_many_addresses"


async def take_turn_in(tx: Tx, workspace_id: str) -> None:
    """Two who ask at once would both get the last place."""
    await take_turn(tx, BUDGETS, workspace_id)


async def check_place(tx: Tx, budget: Budget) -> None:
    counting = select(func.count()).where(open_of(budget.workspace_id))
    if int((await tx.execute(counting)).scalar_one()) >= MOST_BUDGETS:
        raise TooManyBudgets(f"a workspace has at most {MOST_BUDGETS} budgets")
    await check_addresses(tx, budget)


async def check_addresses(tx: Tx, budget: Budget) -> None:
    if not budget.notify.emails:
        return
    others = select(budgets.c.notify).where(open_of(budget.workspace_id), budgets.c.id != budget.id)
    told = {email for notify in (await tx.execute(others)).scalars() for email in notify["emails"]}
    if len(told.union(budget.notify.emails)) > MOST_ADDRESSES:
        raise TooManyAddresses(f"a workspace's budgets write to at most {MOST_ADDRESSES} addresses")
