"""Budgets are opened, changed and closed; the books stay."""

from __future__ import annotations

import attrs
import pytest
from aragora_server.budgets.model import (
    BudgetConflict,
    BudgetExceeded,
    BudgetNotFound,
    BudgetScopeInvalid,
    Draft,
)
from aragora_server.budgets.tables import hold_periods, periods
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.paging import InvalidCursor
from sqlalchemy import insert, select

from tests.money import KEY, Money

pytestmark = pytest.mark.anyio


async def test_a_budget_that_nothing_was_spent_of_shows_zeros(money: Money) -> None:
    state = await money.budget(5_000_000, period="month")

    assert state == await money.state(state)
    assert await money.counters(state) == (0, 0, 0, 5_000_000)
    assert state.window.ends_at is not None


async def test_two_open_budgets_of_one_scope_and_period_conflict(money: Money) -> None:
    first = await money.budget(10)
    await money.budget(10, period="month")
    await money.budget(10, scope="api_key", scope_id=KEY)

    with pytest.raises(BudgetConflict):
        await money.budget(20)
    with pytest.raises(BudgetConflict):
        await money.budget(20, scope="api_key", scope_id=KEY)

    await money.budgets.close(money.workspace_id, first.budget.id)
    assert await money.budget(20)


async def test_a_budget_whose_answer_was_lost_is_opened_once(money: Money) -> None:
    draft = Draft(name="once", limit_micro_usd=10)
    budget_id = new_id()

    first, again = [
        await money.budgets.open(money.workspace_id, draft, budget_id=budget_id) for _ in range(2)
    ]

    assert first == again
    with pytest.raises(BudgetConflict):
        await money.budgets.open(money.workspace_id, draft, budget_id=new_id())


async def test_another_workspace_may_have_the_same_budget(money: Money) -> None:
    await money.budget(10)

    assert await money.rival().budget(10)


@pytest.mark.parametrize(
    "scope",
    [
        {"scope": "api_key"},
        {"scope": "tag"},
        {"scope": "workspace", "scope_id": KEY},
        {"scope": "api_key", "scope_id": new_id()},
    ],
)
async def test_a_scope_must_name_what_it_is_about(money: Money, scope: dict[str, str]) -> None:
    with pytest.raises(BudgetScopeInvalid):
        await money.budget(10, **scope)


async def test_a_raised_limit_admits_the_next_call(money: Money) -> None:
    budget = await money.budget(10)
    await money.reserve(10)
    with pytest.raises(BudgetExceeded):
        await money.reserve(5)

    await money.lower(budget, 15)

    assert await money.reserve(5)


async def test_a_limit_lowered_under_what_is_committed_admits_nothing_more(
    money: Money,
) -> None:
    budget = await money.budget(100)
    first, second = await money.reserve(40, 40)
    await money.settle(first, 30)

    await money.lower(budget, 20)

    assert await money.counters(budget) == (30, 40, 0, 0)
    with pytest.raises(BudgetExceeded):
        await money.reserve(1)
    await money.settle(second, 40)
    assert await money.counters(budget) == (70, 0, 0, 0)
    with pytest.raises(BudgetExceeded):
        await money.reserve(1)


async def test_what_is_grandfathered_shrinks_as_holds_end(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(80)
    await money.lower(budget, 50)

    await money.release(hold)

    assert await money.counters(budget) == (0, 0, 0, 50)
    assert await money.reserve(50)
    with pytest.raises(BudgetExceeded):
        await money.reserve(1)


async def test_a_new_name_changes_nothing_else(money: Money) -> None:
    budget = await money.budget(100)
    money.time.pass_by(minutes=1)

    renamed = await money.budgets.change(money.workspace_id, budget.budget.id, name="new")

    expected = attrs.evolve(budget.budget, name="new", updated_at=money.time())
    assert renamed.budget == (await money.state(budget)).budget == expected


async def test_a_closed_budget_limits_nothing_and_is_not_shown(money: Money) -> None:
    budget = await money.budget(10)
    (hold,) = await money.reserve(10)

    await money.budgets.close(money.workspace_id, budget.budget.id)

    assert await money.reserve(1000)
    assert await money.settle(hold, 5) == (5, 0)
    assert (await money.budgets.list(money.workspace_id, cursor=None, limit=10)).items == ()
    with pytest.raises(BudgetNotFound):
        await money.state(budget)
    with pytest.raises(BudgetNotFound):
        await money.budgets.close(money.workspace_id, budget.budget.id)


async def test_a_foreign_budget_does_not_exist(money: Money) -> None:
    budget, rival = await money.budget(10), money.rival()

    for attempt in (
        rival.state(budget),
        rival.lower(budget, 5),
        rival.ledger(budget),
        rival.budgets.close(rival.workspace_id, budget.budget.id),
    ):
        with pytest.raises(BudgetNotFound):
            await attempt

    assert await money.counters(budget) == (0, 0, 0, 10)


async def test_the_cap_of_a_debate_is_no_budget_of_the_workspace(money: Money) -> None:
    await money.open_cap(10)

    assert (await money.budgets.list(money.workspace_id, cursor=None, limit=10)).items == ()


async def test_budgets_are_listed_newest_first_in_pages(money: Money) -> None:
    made = [
        await money.budget(1),
        await money.budget(2, period="month"),
        await money.budget(3, scope="api_key", scope_id=KEY),
    ]
    seen, cursor = [], None

    while True:
        page = await money.budgets.list(money.workspace_id, cursor=cursor, limit=1)
        seen.extend(page.items)
        if (cursor := page.next_cursor) is None:
            break

    assert seen == list(reversed(made))


async def test_the_ledger_is_listed_in_pages_without_gap_or_repeat(money: Money) -> None:
    budget = await money.budget(100)
    for hold in await money.reserve(1, 2, 3):
        await money.settle(hold, 1)
    seen, cursor = [], None

    while True:
        page = await money.budgets.ledger(
            money.workspace_id, budget.budget.id, cursor=cursor, limit=4
        )
        seen.extend(page.items)
        if (cursor := page.next_cursor) is None:
            break

    assert len({entry.id for entry in seen}) == len(seen) == 6
    assert sorted(seen, key=lambda entry: entry.id, reverse=True) == seen


async def test_a_cursor_of_something_else_is_refused(money: Money) -> None:
    with pytest.raises(InvalidCursor):
        await money.budgets.list(money.workspace_id, cursor="bm90IG91cnM", limit=1)


async def test_a_page_of_the_ledger_is_looked_for_in_the_workspace_alone(money: Money) -> None:
    budget, rival = await money.budget(10), money.rival()
    await money.reserve(1)
    (theirs,) = await rival.reserve(2)

    async with money.db.begin() as tx:
        period_id = (await tx.execute(select(periods.c.id))).scalar_one()
        await tx.execute(insert(hold_periods), {"hold_id": theirs, "period_id": period_id})

    assert await money.ledger(budget) == [("reserve", 1)]


async def test_the_next_round_asks_the_budgets_that_are_open_then(money: Money) -> None:
    first = await money.budget(10)
    (before,) = await money.reserve(10)

    await money.budgets.close(money.workspace_id, first.budget.id)
    assert await money.reserve(500)
    second = await money.budget(10)
    await money.settle(before, 10)

    await money.refused(11)
    assert await money.reserve(10)
    assert await money.counters(second) == (0, 10, 0, 0)
