"""What the earlier system of this name did with money, each case of it, and what happens here."""

from __future__ import annotations

import anyio
import attrs
import pytest
from aragora_server.budgets.model import BudgetExceeded
from aragora_server.kernel.money import MICRO

from tests.money import Call, Money

pytestmark = pytest.mark.anyio

USD, CENT = MICRO, MICRO // 100


async def test_a_thousand_is_not_admitted_under_ten(money: Money) -> None:
    budget = await money.budget(10 * USD)

    with pytest.raises(BudgetExceeded):
        await money.reserve(1000 * USD)

    assert await money.counters(budget) == (0, 0, 0, 10 * USD)


async def test_five_hundred_are_not_admitted_with_a_cent_left(money: Money) -> None:
    budget = await money.budget(10 * USD)
    (hold,) = await money.reserve(999 * CENT)
    await money.settle(hold, 999 * CENT)

    with pytest.raises(BudgetExceeded):
        await money.reserve(500 * USD)

    assert await money.counters(budget) == (999 * CENT, 0, 0, CENT)


async def test_ten_times_ten_cents_are_a_dollar_and_no_more(money: Money) -> None:
    budget = await money.budget(USD)
    for _ in range(10):
        (hold,) = await money.reserve(10 * CENT)
        await money.settle(hold, 10 * CENT)

    assert await money.counters(budget) == (USD, 0, 0, 0)
    with pytest.raises(BudgetExceeded):
        await money.reserve(1)


async def test_of_21_times_five_cents_at_once_20_are_a_dollar(money: Money) -> None:
    budget = await money.budget(USD)
    passed: list[str] = []

    async def spend() -> None:
        try:
            (hold,) = await money.reserve(5 * CENT)
        except BudgetExceeded:
            return
        await money.settle(hold, 5 * CENT)
        passed.append(hold)

    async with anyio.create_task_group() as group:
        for _ in range(21):
            group.start_soon(spend)

    assert len(passed) == 20
    assert await money.counters(budget) == (USD, 0, 0, 0)


async def test_the_next_month_begins_by_itself(money: Money) -> None:
    await money.budget(USD, period="month")
    await money.reserve(USD)
    with pytest.raises(BudgetExceeded):
        await money.reserve(1)

    money.time.pass_by(days=31)

    assert await money.reserve(USD)


async def test_a_price_that_cannot_be_worked_out_admits_nothing(money: Money) -> None:
    budget = await money.budget(USD)

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise ZeroDivisionError(name)

    broken = attrs.evolve(money, holds=attrs.evolve(money.holds, prices=Broken()))
    with pytest.raises(ZeroDivisionError):
        await broken.reserve_calls(Call())

    assert await money.ledger(budget) == []
