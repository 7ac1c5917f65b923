"""A refusal tells the truth, also when money comes back at that very moment."""

from __future__ import annotations

import pytest
from aragora_server.budgets import store
from aragora_server.budgets.model import BudgetExceeded

from tests.money import Money

pytestmark = pytest.mark.anyio


@pytest.fixture
def refused_first(monkeypatch: pytest.MonkeyPatch):
    """Do something between the guard's first refusal and the look at what is left."""
    admit = store.admit

    def arrange(meanwhile) -> list[bool]:
        asked: list[bool] = []

        async def watched(tx, period_id: str, micro_usd: int, now):
            admitted = await admit(tx, period_id, micro_usd, now)
            asked.append(admitted is not None)
            if asked == [False]:
                await meanwhile()
            return admitted

        monkeypatch.setattr(store, "admit", watched)
        return asked

    return arrange


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_money_that_another_process_gives_back_meanwhile_is_taken(
    money: Money, refused_first
):
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    asked = refused_first(lambda: money.release(hold))

    await money.reserve(70)

    assert asked == [False, True]
    assert await money.counters(budget) == (0, 70, 0, 30)


async def test_what_does_not_fit_is_refused_after_one_look(money: Money, refused_first):
    await money.budget(100)
    await money.reserve(60)

    async def nothing() -> None: ...

    asked = refused_first(nothing)

    with pytest.raises(BudgetExceeded):
        await money.reserve(70)
    assert asked == [False]
