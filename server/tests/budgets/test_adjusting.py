"""Answers that come after their hold was closed: the books end up with what was really spent."""

from __future__ import annotations

import pytest
from aragora_server.kernel.money import format_signed_usd

from tests.money import Money

pytestmark = pytest.mark.anyio


async def abandoned(money: Money, amount: int) -> str:
    (hold,) = await money.reserve(amount)
    await money.sent(hold)
    await money.abandon(hold)
    return hold


async def test_what_a_late_answer_cost_less_is_free_again(money: Money) -> None:
    budget = await money.budget(100)
    hold = await abandoned(money, 60)
    assert await money.counters(budget) == (60, 0, 0, 40)

    await money.adjust(hold, 25)

    assert await money.counters(budget) == (25, 0, 0, 75)
    assert await money.ledger(budget) == [("reserve", 60), ("settle", 60), ("adjust", -35)]


async def test_a_late_answer_is_booked_once(money: Money) -> None:
    budget = await money.budget(100)
    hold = await abandoned(money, 60)

    await money.adjust(hold, 25)
    await money.adjust(hold, 10)

    assert await money.counters(budget) == (25, 0, 0, 75)


async def test_what_a_late_answer_cost_more_is_overage(money: Money) -> None:
    budget = await money.budget(100)
    hold = await abandoned(money, 60)

    await money.adjust(hold, 70)

    assert await money.counters(budget) == (60, 0, 10, 30)
    assert (await money.ledger(budget))[2:] == [("adjust", 10)]


async def test_a_late_answer_whose_hold_is_still_open_settles_it(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    await money.sent(hold)

    await money.adjust(hold, 25)
    await money.abandon(hold)

    assert await money.ledger(budget) == [("reserve", 60), ("settle", 25)]


async def test_what_was_never_sent_is_given_back_when_it_is_abandoned(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)

    await money.abandon(hold)
    await money.abandon(hold)

    assert await money.ledger(budget) == [("reserve", 60), ("release", 60)]
    assert await money.counters(budget) == (0, 0, 0, 100)


async def test_a_late_answer_tells_what_was_used_and_takes_the_doubt_away(money: Money) -> None:
    hold = await abandoned(money, 60)
    assert (await money.cost()).agents[0].is_estimated

    await money.adjust(hold, 25)

    report = await money.cost()
    assert (report.total_micro_usd, report.usage.input) == (25, 25)
    assert not report.agents[0].is_estimated


async def test_sending_says_which_holds_are_still_held_and_lets_them_live_on(money: Money) -> None:
    first, second = await money.reserve(10, 20)
    await money.release(first)
    money.time.pass_by(seconds=800)

    async with money.db.begin() as tx:
        sent = await money.holds.mark_sent(tx, hold_ids=[first, second])

    money.time.pass_by(seconds=800)
    assert sent == {second}
    assert await money.sweep() == 0


def test_a_correction_has_a_sign() -> None:
    assert format_signed_usd(-4120) == "-0.00412"
    assert format_signed_usd(4120) == "0.00412"


async def test_a_second_answer_changes_nothing_where_the_first_was_booked(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(10)
    await money.settle(hold, 60)
    booked = await money.counters(budget)

    await money.adjust(hold, 8)

    assert await money.counters(budget) == booked == (10, 0, 50, 40)
