"""A call is held at its bound before it is made and settled at its cost after it."""

from __future__ import annotations

import attrs
import pytest
from aragora_server.budgets.model import MOST_TAGS, BudgetExceeded
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.money import ModelUnpriced
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load

from tests.money import KEY, Call, Money

pytestmark = pytest.mark.anyio


async def test_a_hold_takes_from_what_remains_and_settling_gives_the_rest_back(
    money: Money,
) -> None:
    budget = await money.budget(100)

    (hold,) = await money.reserve(60)
    while_held = await money.counters(budget)
    settled = await money.settle(hold, 25)

    assert while_held == (0, 60, 0, 40)
    assert settled == (25, 0)
    assert await money.counters(budget) == (25, 0, 0, 75)


async def test_a_released_hold_leaves_no_trace_but_in_the_ledger(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)

    assert await money.release(hold) == "released"

    assert await money.counters(budget) == (0, 0, 0, 100)
    assert await money.ledger(budget) == [("reserve", 60), ("release", 60)]


async def test_what_does_not_fit_is_refused_with_what_is_needed_and_left(money: Money) -> None:
    budget = await money.budget(9_990_000)
    await money.settle((await money.reserve(9_000_000))[0], 9_000_000)

    with pytest.raises(BudgetExceeded) as refused:
        await money.reserve(500_000, 500_000)

    assert (refused.value.status, refused.value.code) == (402, "budget_exceeded")
    assert refused.value.members == {
        "budget_id": budget.budget.id,
        "scope": "workspace",
        "period_end": None,
        "limit_usd": "9.99",
        "remaining_usd": "0.99",
        "needed_usd": "1",
    }
    assert await money.counters(budget) == (9_000_000, 0, 0, 990_000)


async def test_a_round_is_admitted_whole_or_not_at_all(money: Money) -> None:
    budget = await money.budget(20)

    with pytest.raises(BudgetExceeded):
        await money.reserve(7, 7, 7)

    assert await money.counters(budget) == (0, 0, 0, 20)
    assert await money.ledger(budget) == []


async def test_the_last_micro_dollar_can_be_spent_and_not_one_more(money: Money) -> None:
    budget = await money.budget(1_000_000)
    for _ in range(10):
        (hold,) = await money.reserve(100_000)
        await money.settle(hold, 100_000)

    with pytest.raises(BudgetExceeded):
        await money.reserve(1)

    assert await money.counters(budget) == (1_000_000, 0, 0, 0)


async def test_settling_twice_changes_nothing_and_answers_the_same(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    first = await money.settle(hold, 25)

    again = await money.settle(hold, 59)

    assert again == first
    assert await money.counters(budget) == (25, 0, 0, 75)
    assert await money.ledger(budget) == [("reserve", 60), ("settle", 25)]


async def test_releasing_what_is_settled_changes_nothing(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    await money.settle(hold, 25)

    assert await money.release(hold) == "settled"

    assert await money.counters(budget) == (25, 0, 0, 75)


async def test_settling_what_is_released_books_nothing(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    await money.release(hold)

    assert await money.settle(hold, 25) == (0, 0)

    assert await money.counters(budget) == (0, 0, 0, 100)


async def test_an_unknown_hold_is_a_fault_of_the_program(money: Money) -> None:
    with pytest.raises(LookupError):
        await money.release(new_id())


async def test_cost_beyond_the_bound_is_booked_as_overage_and_counts_against_the_limit(
    money: Money,
) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)

    assert await money.settle(hold, 75) == (75, 15)

    assert await money.counters(budget) == (60, 0, 15, 25)
    assert await money.ledger(budget) == [("reserve", 60), ("settle", 60), ("overage", 15)]
    with pytest.raises(BudgetExceeded):
        await money.reserve(26)
    assert await money.reserve(25)


async def test_tokens_without_a_rate_are_booked_at_the_full_hold(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)

    await money.settle(hold, 1, audio_out=1)

    assert await money.counters(budget) == (60, 0, 0, 40)
    assert (await money.cost()).agents[0].is_estimated


async def test_a_model_without_a_price_is_refused_and_nothing_is_held(money: Money) -> None:
    budget = await money.budget(100)

    with pytest.raises(ModelUnpriced) as refused:
        await money.reserve_calls(Call(), Call(provider="openai", model="gpt-99"))

    assert refused.value.members == {"provider": "openai", "model": "gpt-99"}
    assert await money.counters(budget) == (0, 0, 0, 100)


async def test_a_model_without_a_price_is_refused_also_without_any_budget(money: Money) -> None:
    with pytest.raises(ModelUnpriced):
        await money.reserve_calls(Call(provider="nobody"))


async def test_a_model_priced_zero_goes_on_when_the_money_is_spent(money: Money) -> None:
    budget = await money.budget(0)

    (hold,) = await money.reserve_calls(Call(provider="recorded"))
    await money.settle(hold, 1000)

    assert await money.counters(budget) == (0, 0, 0, 0)
    assert await money.ledger(budget) == [("reserve", 0), ("settle", 0)]


async def test_every_budget_that_applies_must_admit(money: Money) -> None:
    wide = await money.budget(1000)
    narrow = await money.budget(50, scope="api_key", scope_id=KEY)

    with pytest.raises(BudgetExceeded) as refused:
        await money.reserve(51)
    (hold,) = await money.reserve(50)
    await money.settle(hold, 20)

    assert refused.value.members["budget_id"] == narrow.budget.id
    assert await money.counters(wide) == (20, 0, 0, 980)
    assert await money.counters(narrow) == (20, 0, 0, 30)


async def test_each_tag_of_a_debate_may_have_a_budget(money: Money) -> None:
    tags = [f"t{no}" for no in range(MOST_TAGS)]
    last = await money.budget(50, scope="tag", scope_id=tags[-1])
    first = await money.budget(90, scope="tag", scope_id=tags[0])

    with pytest.raises(BudgetExceeded) as refused:
        await money.reserve(51, tags=tags)
    await money.reserve(50, tags=tags)
    await money.reserve(51, tags=["other"])

    assert refused.value.members["scope"] == "tag"
    assert (await money.counters(last))[1] == (await money.counters(first))[1] == 50
    with pytest.raises(ValueError, match="at most 10 tags"):
        await money.reserve(1, tags=[*tags, "one-more"])


async def test_two_workspaces_may_limit_tags_of_one_name(money: Money) -> None:
    rival = money.rival()
    mine = await money.budget(10, scope="tag", scope_id="checkout")
    theirs = await rival.budget(10, scope="tag", scope_id="checkout")

    await rival.reserve(7, tags=["checkout"])

    assert await money.counters(mine) == (0, 0, 0, 10)
    assert await rival.counters(theirs) == (0, 7, 0, 3)


async def test_a_debate_keeps_its_own_cap(money: Money) -> None:
    budget, other = await money.budget(1000), new_id()
    await money.open_cap(10)

    with pytest.raises(BudgetExceeded) as refused:
        await money.reserve(11)
    await money.reserve(11, debate_id=other)
    await money.reserve(10)

    assert refused.value.members["scope"] == "debate"
    assert await money.counters(budget) == (0, 21, 0, 979)


async def test_another_workspace_spends_its_own_money(money: Money) -> None:
    budget, rival = await money.budget(10), money.rival()

    await rival.reserve(1000)

    assert await money.counters(budget) == (0, 0, 0, 10)


async def test_without_a_budget_nothing_is_limited_but_everything_is_booked(
    money: Money,
) -> None:
    (hold,) = await money.reserve(1000)
    await money.settle(hold, 900)

    assert (await money.cost()).total_micro_usd == 900


async def test_a_hold_settles_at_the_price_it_was_admitted_at(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(60)
    dearer = {"flat": flat_price("flat-2", input_rate=2_000_000, output_rate=2_000_000)}
    prices = PriceService(load(), dearer)
    later = attrs.evolve(money, holds=attrs.evolve(money.holds, prices=prices))

    assert await later.settle(hold, 30) == (30, 0)

    assert await money.counters(budget) == (30, 0, 0, 70)


async def test_an_empty_round_holds_nothing(money: Money) -> None:
    assert await money.reserve() == []


async def test_a_sent_hold_that_expires_is_booked_in_full_and_an_unsent_one_given_back(
    money: Money,
) -> None:
    budget = await money.budget(100)
    sent, _unsent = await money.reserve(30, 20)
    await money.sent(sent)
    early = await money.sweep()
    money.time.pass_by(seconds=900)

    swept = await money.sweep(), await money.sweep()

    assert (early, *swept) == (0, 2, 0)
    assert await money.counters(budget) == (30, 0, 0, 70)
    assert await money.ledger(budget) == [
        ("reserve", 30),
        ("reserve", 20),
        ("settle", 30),
        ("release", 20),
    ]


async def test_a_debate_that_is_taken_up_again_closes_what_it_left_open(money: Money) -> None:
    budget = await money.budget(100)
    holds = await money.reserve(10, 10)
    await money.sent(*holds)
    await money.settle(holds[0], 4)
    await money.reserve(10, debate_id=new_id())

    swept = await money.abandon_all()

    assert swept == 1
    assert await money.counters(budget) == (14, 10, 0, 76)


async def test_a_swept_hold_keeps_its_booking_when_the_answer_comes_late(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(30)
    await money.sent(hold)
    await money.abandon_all()

    assert await money.settle(hold, 3) == (30, 0)

    assert await money.counters(budget) == (30, 0, 0, 70)


async def test_the_cost_of_a_debate_is_the_sum_of_its_ledger(money: Money) -> None:
    await money.budget(10_000)
    calls = [Call(input_bound=100, agent=name, call_no=n) for n, name in enumerate("abab")]
    for hold, cost in zip(await money.reserve_calls(*calls), (10, 20, 30, 140), strict=True):
        await money.settle(hold, cost, reasoning=1, source="reported" if cost > 10 else "counted")

    report = await money.cost()

    assert report.total_micro_usd == 200
    assert report.overage_micro_usd == 40
    assert report.calls == 4
    assert report.usage.input == 200
    assert report.usage.reasoning == 4
    assert [(each.agent, each.cost_micro_usd, each.calls) for each in report.agents] == [
        ("a", 40, 2),
        ("b", 160, 2),
    ]
    assert [each.is_estimated for each in report.agents] == [True, False]
    assert report.price_versions == ("flat-1",)


async def test_a_debate_without_calls_cost_nothing(money: Money) -> None:
    report = await money.cost()

    assert (report.total_micro_usd, report.agents, report.price_versions) == (0, (), ())


async def test_the_standing_of_a_debate_is_its_own_spend_and_the_least_that_is_left(
    money: Money,
) -> None:
    before = await money.standing()
    await money.budget(1000)
    await money.open_cap(100)
    await money.reserve(500, debate_id=new_id())
    first, _second = await money.reserve(30, 20)
    await money.settle(first, 10)

    after = await money.standing()

    assert (before.remaining_micro_usd, before.spent_micro_usd) == (None, 0)
    assert attrs.astuple(after) == (10, 20, 70)


async def test_an_estimate_prices_a_call_without_holding_anything(money: Money) -> None:
    budget = await money.budget(1)

    async with money.db.read() as tx:
        price = await money.holds.pricing(
            tx, workspace_id=money.workspace_id, api_key_id=KEY, tags=(), is_capped=False
        )

    assert price(Call(input_bound=100, max_output=50)) == 150
    assert await money.counters(budget) == (0, 0, 0, 1)
