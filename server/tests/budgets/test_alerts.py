"""What is said of a budget is said once, however many cross the line at a time."""

from __future__ import annotations

import asyncio

import anyio
import pytest
from aragora_server.agents.model import Usage
from aragora_server.budgets import books, store
from aragora_server.budgets.model import BudgetExceeded, BudgetPaused
from aragora_server.budgets.thresholds import Terms
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.money import MAX_MICRO_USD, InvalidAmount
from sqlalchemy import text

from tests.money import Money

pytestmark = pytest.mark.anyio

AT_ONCE = 12


async def _spend(money: Money, amount: int) -> None:
    (hold,) = await money.reserve(amount)
    await money.settle(hold, amount)


def _said(money: Money) -> list[tuple[str, object]]:
    return [(one.type, one.data.get("threshold_percent")) for one in money.heard.notices]


@pytest.mark.parametrize(
    ("limit", "percents", "block", "fires_at", "ceiling"),
    [
        (100, (80,), 100, [80, 100], 100),
        (3, (50,), 100, [2, 3], 3),
        (0, (80,), 100, [1, 1], 0),
        (101, (), 90, [90], 90),
        (100, (120, 50), None, [50, 120], None),
        (100, (100,), 250, [100, 250], 250),
        (MAX_MICRO_USD, (80,), 100, [MAX_MICRO_USD * 8 // 10, MAX_MICRO_USD], MAX_MICRO_USD),
    ],
)
def test_thresholds_are_whole_amounts(
    limit: int, percents: tuple[int, ...], block: int | None, fires_at: list[int], ceiling: object
) -> None:
    terms = Terms(limit_micro_usd=limit, warn_at_percent=percents, block_at_percent=block)

    assert [one.fires_at_micro_usd for one in terms.thresholds] == fires_at
    assert terms.ceiling_micro_usd == ceiling


async def test_a_threshold_is_said_when_it_is_reached_and_not_again(money: Money) -> None:
    budget = await money.budget(100)

    await _spend(money, 79)
    before = await money.alerts(budget)
    await _spend(money, 1)
    await _spend(money, 1)

    assert before == []
    assert await money.alerts(budget) == [("threshold", 80)]
    assert _said(money) == [("budget.threshold_reached", 80)]


async def test_one_settlement_may_cross_two_thresholds(money: Money) -> None:
    budget = await money.budget(100, warn_at_percent=(50, 80))

    await _spend(money, 90)

    assert await money.alerts(budget) == [("threshold", 50), ("threshold", 80)]


async def test_the_first_refusal_of_a_period_is_said_once(money: Money) -> None:
    budget = await money.budget(100, period="month")
    await _spend(money, 70)

    refusals = [await money.refused(31) for _ in range(2)]
    await _spend(money, 30)
    money.time.pass_by(days=40)
    again = await money.refused(101)

    assert {type(one) for one in (*refusals, again)} == {BudgetExceeded}
    assert await money.alerts(budget) == [("exhausted", 100), ("threshold", 80), ("exhausted", 100)]
    first = money.heard.notices[0]
    assert first.data["needed_usd"] == "0.000031"
    assert first.data["budget"]["remaining_usd"] == "0.00003"  # type: ignore[index]


async def test_a_raised_limit_arms_what_is_not_reached_yet(money: Money) -> None:
    budget = await money.budget(100, warn_at_percent=(50, 80))
    await _spend(money, 90)

    await money.lower(budget, 150)
    raised = await money.alerts(budget)
    await _spend(money, 30)
    await money.refused(31)

    assert raised == [("threshold", 50), ("threshold", 80)]
    assert (await money.alerts(budget))[2:] == [("threshold", 80), ("exhausted", 100)]


async def test_an_overage_is_said(money: Money) -> None:
    budget = await money.budget(1000)
    (hold,) = await money.reserve(10)

    await money.settle(hold, 25)

    assert await money.alerts(budget) == [("overage", 0)]
    assert money.heard.notices[0].data["overage_usd"] == "0.000015"


async def test_the_limit_of_a_debate_and_a_closed_budget_say_nothing(money: Money) -> None:
    budget = await money.budget(100)
    await money.open_cap(50)
    (hold,) = await money.reserve(50)
    await money.budgets.close(money.workspace_id, budget.budget.id)

    await money.settle(hold, 50)
    await money.refused(1)

    assert money.heard.notices == []


async def test_notices_go_to_whom_the_budget_names(money: Money) -> None:
    notify = {"emails": ("ada@example.com",), "webhooks": False}
    budget = await money.budget(10)
    await money.budgets.change(money.workspace_id, budget.budget.id, notify=notify)

    await _spend(money, 8)

    (notice,) = money.heard.notices
    assert (notice.emails, notice.webhooks) == (("ada@example.com",), False)


async def test_a_crowd_that_crosses_all_lines_at_once_is_told_of_each_once(
    money: Money, database: Database
) -> None:
    budget = await money.budget(100, warn_at_percent=(10, 50, 80))
    holds = [(await money.reserve(8))[0] for _ in range(AT_ONCE)]
    servers = [money.on(Database(database.url)) for _ in range(2)]

    await asyncio.gather(
        *(servers[no % 2].settle(hold, 8) for no, hold in enumerate(holds)),
        *(servers[no % 2].refused(9) for no in range(6)),
    )

    for server in servers:
        await server.db.close()
    told = [*await money.alerts(budget)]
    assert sorted(told) == [
        ("exhausted", 100),
        ("threshold", 10),
        ("threshold", 50),
        ("threshold", 80),
    ]
    assert len({one.key for one in money.heard.notices}) == len(money.heard.notices) == 4


async def test_a_budget_that_never_blocks_counts_and_warns(money: Money) -> None:
    budget = await money.budget(100, block_at_percent=None)

    await _spend(money, 300)

    state = await money.state(budget)
    assert (state.counters.spent_micro_usd, state.counters.remaining_micro_usd) == (300, None)
    assert await money.alerts(budget) == [("threshold", 80)]
    assert (await money.standing()).remaining_micro_usd is None


async def test_a_budget_blocks_at_its_percent_of_the_limit(money: Money) -> None:
    await money.budget(101, block_at_percent=90)

    await money.refused(91)

    assert await money.reserve(90)


async def test_a_budget_blocks_again_that_did_not(money: Money) -> None:
    budget = await money.budget(100, block_at_percent=None)
    await money.reserve(300)

    await money.budgets.change(money.workspace_id, budget.budget.id, block_at_percent=100)

    await money.refused(1)
    assert (await money.state(budget)).counters.remaining_micro_usd == 0


async def test_an_alert_and_a_change_of_terms_do_not_wait_in_a_ring(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(80)

    async with money.db.begin() as tx:
        await store.move(tx, await books.period_ids(tx, hold), amount=0, booked=0, overage=0)
        changing = asyncio.create_task(money.lower(budget, 90))
        await _waits_for_a_lock(tx)
        usage = Usage(input=80, output=0, source="reported")
        await money.holds.settle(tx, hold_id=hold, usage=usage)
    await changing

    assert await money.alerts(budget) == [("threshold", 80)]
    assert await money.counters(budget) == (80, 0, 0, 10)


async def _waits_for_a_lock(tx: Tx) -> None:
    """Somebody does, on PostgreSQL; SQLite lets nobody else in at all."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with anyio.fail_after(5):
        while tx.dialect.name == "postgresql" and not (await tx.execute(waiting)).scalar_one():
            await anyio.sleep(0.01)


async def test_terms_beyond_any_amount_are_refused(money: Money) -> None:
    budget = await money.budget(MAX_MICRO_USD)

    with pytest.raises(InvalidAmount):
        await money.budgets.change(money.workspace_id, budget.budget.id, block_at_percent=101)


async def test_a_paused_budget_admits_nothing_and_still_pays(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(40)

    await money.budgets.change(money.workspace_id, budget.budget.id, paused=True)
    for amount in (1, 0):
        refused = await money.refused(amount)
        assert isinstance(refused, BudgetPaused)
        assert refused.members["budget_id"] == budget.budget.id
    await money.settle(hold, 40)
    await money.budgets.change(money.workspace_id, budget.budget.id, paused=False)

    assert await money.reserve(60)
    assert await money.alerts(budget) == []


async def test_every_period_is_listed_with_the_limit_that_it_had(money: Money) -> None:
    budget = await money.budget(100, period="month")
    await _spend(money, 60)
    money.time.pass_by(days=31)
    await money.lower(budget, 50)
    await money.reserve(20, debate_id=new_id())

    page = await money.budgets.periods(
        money.workspace_id, budget.budget.id, cursor=None, limit=1000
    )

    shown = [
        (one.limit_micro_usd, one.counters.spent_micro_usd, one.counters.held_micro_usd)
        for one in page.items
    ]
    assert shown == [(50, 0, 20), (100, 60, 0)]
