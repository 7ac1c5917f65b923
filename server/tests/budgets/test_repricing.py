"""Calls of the past at another price: booked once, in every budget, and the books stay exact."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import anyio
import attrs
import pytest
from aragora_server.budgets import repricing
from aragora_server.budgets.adjusting import MOST_A_CALL, Adjustment
from aragora_server.budgets.adjustments import AdjustmentService
from aragora_server.budgets.repricing import RepricingService
from aragora_server.kernel.money import InvalidAmount
from aragora_server.price_plugs import PriceBooks
from aragora_server.pricing import repricing as rules
from aragora_server.pricing.own import Match, OwnDraft, OwnPrice, PriceInvalid, PriceNotFound
from aragora_server.pricing.repricing import Asked, Repriced, RepriceService

from tests.money import KEY, Call, Money, own_prices

pytestmark = pytest.mark.anyio

MICRO_USD_A_TOKEN = 1_000_000
DAY = timedelta(days=1)


async def set_price(
    money: Money,
    rate: int,
    *,
    match: Match = "exact",
    model: str = "one",
    valid_from: datetime | None = None,
) -> OwnPrice:
    """For the model that every call here asks, unless another is named."""
    kinds = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")
    rates = dict.fromkeys(kinds, rate * MICRO_USD_A_TOKEN)
    terms = {"request_fee": 0, "tiers": [{"over_tokens": 0, **rates}]}
    draft = OwnDraft(provider="flat", match=match, model=model, terms=terms, valid_from=valid_from)
    return await own_prices(money).set(money.workspace_id, draft, by=KEY)


async def reprice(
    money: Money, price: OwnPrice, *, is_dry_run: bool = False, **span: Any
) -> Repriced:
    booked = RepricingService(db=money.db, holds=money.holds)
    service = RepriceService(own=own_prices(money), books=PriceBooks(booked))
    asked = Asked(
        **{"starts_at": money.time() - DAY, "ends_at": None, **span}, is_dry_run=is_dry_run
    )
    return (await service.reprice(money.workspace_id, price.id, asked, by=KEY)).done


async def called(money: Money, cost: int, *, model: str = "one", source: str = "reported") -> str:
    (hold,) = await money.reserve_calls(Call(input_bound=cost, model=model))
    await money.settle(hold, cost, source=source)
    money.time.pass_by(seconds=1)
    return hold


def figures(done: Repriced) -> tuple[int, int, int, int]:
    return done.calls, done.before_micro_usd, done.after_micro_usd, done.left


async def check_books(money: Money) -> None:
    assert (await money.budgets.audit(money.workspace_id)).differences == ()


async def test_what_calls_cost_more_is_overage_and_the_second_time_does_nothing(
    money: Money,
) -> None:
    budget = await money.budget(200)
    await called(money, 40)
    await called(money, 10, source="counted")
    price = await set_price(money, 2)

    foreseen = await reprice(money, price, is_dry_run=True)
    assert await money.counters(budget) == (50, 0, 0, 150)
    done = await reprice(money, price)
    again = await reprice(money, price)

    assert figures(foreseen) == figures(done) == (2, 50, 100, 0)
    assert figures(again) == (0, 0, 0, 0)
    assert await money.counters(budget) == (50, 0, 50, 100)
    report = await money.cost()
    assert (report.total_micro_usd, report.overage_micro_usd) == (100, 50)
    assert price.version in report.price_versions
    await check_books(money)


async def test_what_calls_cost_less_is_free_again(money: Money) -> None:
    budget = await money.budget(100)
    await called(money, 60)
    price = await set_price(money, 0)

    await reprice(money, price)

    assert await money.counters(budget) == (0, 0, 0, 100)
    async with money.db.read() as tx:
        entry = (await money.entries(tx))[-1]
    assert (entry.kind, entry.amount_micro_usd, entry.actor) == ("adjust", -60, KEY)
    assert (entry.repriced_from, entry.price_version) == ("flat-1", price.version)
    assert entry.reason == f"re-priced from flat-1 to {price.version}"
    await check_books(money)


async def test_a_second_price_is_booked_from_where_the_first_left_it(money: Money) -> None:
    budget = await money.budget(100)
    await called(money, 20)
    first = await set_price(money, 3)
    await reprice(money, first)
    money.time.pass_by(seconds=1)
    second = await set_price(money, 2)

    await reprice(money, second)

    async with money.db.read() as tx:
        entry = (await money.entries(tx))[-1]
    assert (entry.repriced_from, entry.amount_micro_usd) == (first.version, -20)
    assert await money.counters(budget) == (20, 0, 20, 60)
    assert figures(await reprice(money, first)) == (0, 0, 0, 0)
    await check_books(money)


async def test_only_calls_of_that_time_that_this_price_would_have_taken(money: Money) -> None:
    """Others of the workspace go before it, by the rule that calls are admitted by."""
    await called(money, 1)
    starts_at = money.time()
    await called(money, 2, model="One-Mini")
    await called(money, 4, model="one-max")
    await called(money, 8, model="one_")
    await called(money, 16, model="two")
    ends_at = money.time()
    await called(money, 32)
    await set_price(money, 5, model="one-max", valid_from=ends_at - DAY)
    await set_price(money, 5, model="one-mini", valid_from=ends_at)
    await set_price(money, 5, match="prefix", model="", valid_from=ends_at - DAY)
    price = await set_price(money, 2, match="prefix", model="one")

    done = await reprice(money, price, starts_at=starts_at, ends_at=ends_at)

    assert figures(done) == (2, 2 + 8, 2 * (2 + 8), 0)
    assert (await money.cost()).total_micro_usd == 63 + 10


async def test_calls_whose_usage_nobody_knows_stay_and_so_do_those_that_somebody_adjusted(
    money: Money,
) -> None:
    await money.budget(500)
    (lost,) = await money.reserve(30)
    await money.sent(lost)
    await money.abandon(lost)
    (given_back,) = await money.reserve(30)
    await money.release(given_back)
    (under_way,) = await money.reserve(30)
    by_hand = await called(money, 40)
    asked = Adjustment(hold_id=by_hand, amount_micro_usd=-5, reason="billed by hand")
    service = AdjustmentService(db=money.db, holds=money.holds)
    await service.adjust(money.workspace_id, asked, by=KEY)
    price = await set_price(money, 2)

    assert figures(await reprice(money, price)) == (0, 0, 0, 0)

    await money.adjust(lost, 25)
    await money.settle(under_way, 10)
    assert figures(await reprice(money, price)) == (2, 35, 70, 0)
    await check_books(money)


async def test_a_call_that_was_admitted_at_this_price_stays(money: Money) -> None:
    price = await set_price(money, 2)
    await called(money, 10)

    assert figures(await reprice(money, price)) == (0, 0, 0, 0)


async def test_so_many_at_once_and_it_says_how_many_are_left(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repricing, "MOST", 2)
    for _ in range(5):
        await called(money, 10)
    price = await set_price(money, 3)

    done = [figures(await reprice(money, price)) for _ in range(4)]

    assert done == [(2, 20, 60, 3), (2, 20, 60, 1), (1, 10, 30, 0), (0, 0, 0, 0)]


async def test_two_that_reprice_at_once_book_each_call_once(money: Money) -> None:
    budget = await money.budget(500)
    for _ in range(4):
        await called(money, 10)
    price, done = await set_price(money, 2), []

    async def once() -> None:
        done.append(await reprice(money, price))

    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(once)

    assert sum(one.calls for one in done) == 4
    assert await money.counters(budget) == (40, 0, 40, 420)
    await check_books(money)


async def test_no_call_is_priced_beyond_what_one_may_be_corrected_to(money: Money) -> None:
    await called(money, 10_001)
    price = await set_price(money, MOST_A_CALL // 10_000)

    for is_dry_run in (True, False):
        with pytest.raises(InvalidAmount, match="more than 10000 USD"):
            await reprice(money, price, is_dry_run=is_dry_run)

    assert (await money.cost()).total_micro_usd == 10_001


async def test_audio_that_the_price_knows_nothing_of_stays_at_what_it_cost(money: Money) -> None:
    (hold,) = await money.reserve(50)
    await money.settle(hold, 10, audio_in=3)
    money.time.pass_by(seconds=1)
    price = await set_price(money, 2)

    assert figures(await reprice(money, price)) == (1, 50, 50, 0)


async def test_a_range_that_is_none_and_one_with_too_many_prices_are_refused(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = await set_price(money, 2, match="prefix", model="o")
    with pytest.raises(PriceInvalid, match="after it began"):
        await reprice(money, price, starts_at=money.time())

    monkeypatch.setattr(rules, "MOST_OTHERS", 0)
    await set_price(money, 2, valid_from=money.time() - DAY)
    with pytest.raises(PriceInvalid, match="go before this one"):
        await reprice(money, price)


async def test_another_workspace_has_neither_the_price_nor_the_calls(money: Money) -> None:
    await called(money, 10)
    price = await set_price(money, 2)
    rival = money.rival()

    with pytest.raises(PriceNotFound):
        await reprice(rival, price)
    theirs = await set_price(rival, 2)
    assert figures(await reprice(rival, theirs)) == (0, 0, 0, 0)
    assert attrs.asdict(await reprice(money, price))["calls"] == 1
