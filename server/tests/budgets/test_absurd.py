"""What a provider reports and no call can have used: nothing breaks, and nothing is free."""

from __future__ import annotations

import pytest
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load

from tests.money import Call, Money

pytestmark = pytest.mark.anyio

ABSURD = [{"input": -5}, {"output": -1}, {"input": 10**12}, {"output": 10**30}, {"cache_read": -1}]


@pytest.mark.parametrize("used", ABSURD, ids=str)
async def test_an_absurd_count_is_booked_as_if_nothing_had_been_reported(
    money: Money, used: dict[str, int]
) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)

    assert await money.settle(hold, 7, **used) == (60, 0)

    report = await money.cost()
    assert await money.counters(budget) == (60, 0, 0, 40)
    assert report.agents[0].is_estimated
    assert (report.usage.input, report.usage.output, report.usage.cache_read) == (0, 0, 0)


@pytest.mark.parametrize("cost", [-5, 10**30])
async def test_an_absurd_late_answer_changes_nothing(money: Money, cost: int) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    await money.sent(hold)
    await money.abandon(hold)

    await money.adjust(hold, cost)

    assert await money.counters(budget) == (60, 0, 0, 40)
    assert await money.ledger(budget) == [("reserve", 60), ("settle", 60)]


async def test_a_cost_beyond_every_amount_is_booked_as_what_was_held(money: Money) -> None:
    dear = flat_price("dear", input_rate=9_000_000_000_000_000, output_rate=0)
    object.__setattr__(money.holds, "prices", PriceService(load(), {"dear": dear}))
    budget = await money.budget(9_000_000_000_000_000)
    (hold,) = await money.reserve_calls(Call(provider="dear", input_bound=1))

    assert await money.settle(hold, 900_000_000) == (9_000_000_000, 0)
    assert (await money.counters(budget))[:3] == (9_000_000_000, 0, 0)
