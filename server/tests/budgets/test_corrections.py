"""What people correct: every budget of the call moves, and the books stay exact."""

from __future__ import annotations

import anyio
import attrs
import pytest
from aragora_server.budgets.adjusting import MOST_A_CALL, Adjustment, AdjustmentInvalid, overage_of
from aragora_server.budgets.adjustments import AdjustmentService, HoldNotFound
from aragora_server.budgets.model import BudgetExceeded, LedgerEntry
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.money import InvalidAmount
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load
from hypothesis import given
from hypothesis import strategies as st

from tests.money import KEY, Call, Money

pytestmark = pytest.mark.anyio


async def adjust(
    money: Money, hold: str, amount: int, *, entry_id: str | None = None
) -> LedgerEntry:
    service = AdjustmentService(db=money.db, holds=money.holds)
    asked = Adjustment(hold_id=hold, amount_micro_usd=amount, reason="a typo in the price")
    return await service.adjust(money.workspace_id, asked, by=KEY, entry_id=entry_id)


async def settled(money: Money, held: int, cost: int) -> str:
    (hold,) = await money.reserve(held)
    await money.settle(hold, cost)
    return hold


async def check_books(money: Money) -> None:
    assert (await money.budgets.audit(money.workspace_id)).differences == ()


async def test_a_typo_in_a_price_locks_a_budget_and_an_adjustment_frees_it(money: Money) -> None:
    typo = flat_price("typo", input_rate=1_000_000_000, output_rate=0)
    dear = attrs.evolve(money.holds, prices=PriceService(load(), {"flat": typo}))
    budget = await money.budget(10_000)
    (hold,) = await attrs.evolve(money, holds=dear).reserve_calls(Call(input_bound=9))
    await money.settle(hold, 9)
    with pytest.raises(BudgetExceeded):
        await money.reserve(5_000)

    entry = await adjust(money, hold, -(9_000 - 9))

    assert await money.counters(budget) == (9, 0, 0, 9_991)
    assert await money.reserve(5_000)
    assert (entry.kind, entry.actor, entry.reason) == ("adjust", KEY, "a typo in the price")
    assert (await money.ledger(budget))[:3] == [
        ("reserve", 9_000),
        ("settle", 9_000),
        ("adjust", -8_991),
    ]
    assert (await money.cost()).total_micro_usd == 9
    await check_books(money)


async def test_every_budget_of_the_call_moves_in_the_period_in_which_it_was_held(
    money: Money,
) -> None:
    total, month = await money.budget(100), await money.budget(100, period="month")
    hold = await settled(money, 60, 40)
    money.time.pass_by(days=31)

    await adjust(money, hold, -15)

    assert await money.counters(total) == (25, 0, 0, 75)
    assert await money.counters(month) == (0, 0, 0, 100)
    money.time.pass_by(days=-31)
    assert await money.counters(month) == (25, 0, 0, 75)
    await check_books(money)


async def test_what_is_added_is_overage_and_may_pass_the_ceiling(money: Money) -> None:
    budget = await money.budget(50)
    hold = await settled(money, 50, 50)

    await adjust(money, hold, 30)

    assert await money.counters(budget) == (50, 0, 30, 0)
    assert await money.alerts(budget) == [("threshold", 80), ("exhausted", 100), ("overage", 0)]
    await check_books(money)


async def test_what_is_given_back_takes_off_the_overage_first(money: Money) -> None:
    budget = await money.budget(100)
    hold = await settled(money, 50, 70)
    assert await money.counters(budget) == (50, 0, 20, 30)

    await adjust(money, hold, -5)
    assert await money.counters(budget) == (50, 0, 15, 35)
    await adjust(money, hold, -65)

    assert await money.counters(budget) == (0, 0, 0, 100)
    report = await money.cost()
    assert (report.total_micro_usd, report.overage_micro_usd) == (0, 0)
    await check_books(money)


async def test_no_more_is_given_back_than_the_call_cost(money: Money) -> None:
    budget = await money.budget(100)
    hold = await settled(money, 50, 40)
    await settled(money, 50, 40)
    await adjust(money, hold, -30)

    with pytest.raises(AdjustmentInvalid, match=r"cost 0\.00001 USD"):
        await adjust(money, hold, -11)

    assert await money.counters(budget) == (50, 0, 0, 50)
    await check_books(money)


@pytest.mark.parametrize(
    ("amount", "error"), [(0, InvalidAmount), (MOST_A_CALL - 39, InvalidAmount)]
)
async def test_what_makes_no_sense_is_refused(
    money: Money, amount: int, error: type[Exception]
) -> None:
    hold = await settled(money, 50, 40)

    with pytest.raises(error):
        await adjust(money, hold, amount)


async def test_a_call_that_is_dearer_than_it_may_be_corrected_to_can_be_made_cheaper(
    money: Money,
) -> None:
    dear = flat_price("dear", input_rate=1_000_000 * (MOST_A_CALL + 100), output_rate=0)
    holds = attrs.evolve(money.holds, prices=PriceService(load(), {"flat": dear}))
    hold = await settled(attrs.evolve(money, holds=holds), 1, 1)

    await adjust(money, hold, -50)

    with pytest.raises(InvalidAmount, match="more than 10000 USD"):
        await adjust(money, hold, 1)
    assert (await money.cost()).total_micro_usd == MOST_A_CALL + 50


async def test_a_call_under_way_is_not_adjusted(money: Money) -> None:
    (hold,) = await money.reserve(50)

    with pytest.raises(AdjustmentInvalid):
        await adjust(money, hold, 1)


async def test_what_was_released_and_billed_after_all_is_added(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(50)
    await money.release(hold)

    await adjust(money, hold, 20)

    assert await money.counters(budget) == (0, 0, 20, 80)
    assert (await money.cost()).total_micro_usd == 20
    await check_books(money)


async def test_a_call_of_another_workspace_is_not_found(money: Money) -> None:
    hold = await settled(money, 50, 40)

    with pytest.raises(HoldNotFound):
        await adjust(money.rival(), hold, -1)
    with pytest.raises(HoldNotFound):
        await adjust(money, new_id(), -1)


async def test_a_repeated_request_adjusts_once(money: Money) -> None:
    budget = await money.budget(100)
    hold, entry_id = await settled(money, 50, 40), new_id()

    first = await adjust(money, hold, -10, entry_id=entry_id)
    again = await adjust(money, hold, -10, entry_id=entry_id)

    assert first == again
    assert await money.counters(budget) == (30, 0, 0, 70)


async def test_racing_adjustments_never_give_back_more_than_it_cost(money: Money) -> None:
    budget = await money.budget(100)
    hold = await settled(money, 50, 40)
    refused = []

    async def give_back() -> None:
        try:
            await adjust(money, hold, -15)
        except AdjustmentInvalid as error:
            refused.append(error)

    async with anyio.create_task_group() as group:
        for _ in range(6):
            group.start_soon(give_back)

    assert len(refused) == 4
    assert await money.counters(budget) == (10, 0, 0, 90)
    await check_books(money)


async def test_a_late_answer_after_an_adjustment_ends_at_what_the_call_cost(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    await money.sent(hold)
    await money.abandon(hold)
    await adjust(money, hold, -60)

    await money.adjust(hold, 25)
    await money.adjust(hold, 25)

    assert (await money.cost()).total_micro_usd == 25
    assert await money.counters(budget) == (0, 0, 25, 75)
    await check_books(money)


async def test_it_takes_no_doubt_away(money: Money) -> None:
    (hold,) = await money.reserve(60)
    await money.settle(hold, 40, source="counted")

    await adjust(money, hold, -10)

    assert (await money.cost()).agents[0].is_estimated


@given(st.lists(st.integers(-50, 50), max_size=20), st.integers(0, 60), st.integers(0, 30))
def test_neither_part_of_a_cost_becomes_negative(
    amounts: list[int], spent: int, overage: int
) -> None:
    for amount in amounts:
        if spent + overage + amount < 0:
            continue
        over = overage_of(amount, overage)
        spent, overage = spent + amount - over, overage + over
        assert min(spent, overage) >= 0
