"""As many budgets as a workspace may have, and not one more."""

from __future__ import annotations

import anyio
import pytest
from aragora_server.budgets import model, room, store
from aragora_server.budgets.model import BudgetState, Notify
from aragora_server.budgets.room import TooManyAddresses, TooManyBudgets
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.usage_plugs import UsageBudgets

from tests.money import Money

pytestmark = pytest.mark.anyio


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BUDGETS", 5)
    monkeypatch.setattr(room, "MOST_ADDRESSES", 3)


async def tagged(money: Money, tag: str, **draft: object) -> BudgetState:
    return await money.budget(1_000, scope="tag", scope_id=tag, **draft)


async def test_all_budgets_of_a_full_workspace_are_read_at_once(money: Money) -> None:
    drafted = [await tagged(money, f"t{number}") for number in range(2)]
    async with money.db.begin() as tx:
        for number in range(2, room.MOST_BUDGETS):
            budget = model.Budget.drafted(
                model.Draft(name="b", limit_micro_usd=9, scope="tag", scope_id=f"t{number}"),
                budget_id=new_id(),
                workspace_id=money.workspace_id,
                at=money.time(),
            )
            assert await store.add(tx, budget)
    await money.reserve(7, tags=["t0", "t1", "t2"])

    async with money.db.read() as tx:
        found = await UsageBudgets().standings(tx, workspace_id=money.workspace_id, at=money.time())

    assert len(found) == room.MOST_BUDGETS == 1_000
    assert [one.held_micro_usd for one in found[-4:]] == [0, 7, 7, 7]
    assert (await money.state(drafted[0])).counters.held_micro_usd == 7
    with pytest.raises(TooManyBudgets):
        await tagged(money, "one-more")


async def test_only_the_current_period_of_a_budget_is_read(money: Money) -> None:
    """Another budget's period may have begun when this one's last did."""
    monthly = await tagged(money, "a", period="month", anchor_day=1)
    late = await tagged(money, "a", period="week")
    await money.reserve(7, tags=["a"])
    money.time.pass_by(days=9)  # 1 December: a new month; the week began on 30 November
    await money.reserve(5, tags=["a"])

    page = await money.budgets.list(money.workspace_id, cursor=None, limit=10)

    held = {one.budget.id: one.counters.held_micro_usd for one in page.items}
    assert held == {monthly.budget.id: 5, late.budget.id: 5}


@pytest.mark.usefixtures("few")
async def test_two_who_ask_at_once_do_not_both_get_the_last_place(money: Money) -> None:
    servers = [Database(money.db.url) for _ in range(2)]
    made: list[str] = []

    async def make(at: Money, number: int) -> None:
        try:
            made.append((await tagged(at, f"t{number}")).budget.id)
        except TooManyBudgets:
            return

    async with anyio.create_task_group() as group:
        for number in range(20):
            group.start_soon(make, money.on(servers[number % 2]), number)
    for server in servers:
        await server.close()

    assert len(made) == 5


@pytest.mark.usefixtures("few")
async def test_a_closed_budget_and_those_of_debates_and_of_others_take_no_place(
    money: Money,
) -> None:
    first = await tagged(money, "t0")
    for number in range(1, 5):
        await tagged(money, f"t{number}")
    await money.open_cap(10)
    assert await tagged(money.rival(), "theirs")

    await money.budgets.close(money.workspace_id, first.budget.id)

    assert await tagged(money, "another")


@pytest.mark.usefixtures("few")
async def test_a_workspace_writes_to_few_addresses(money: Money) -> None:
    def told(*names: str) -> Notify:
        return Notify(emails=tuple(f"{name}@example.org" for name in names))

    first = await tagged(money, "t0", notify=told("ada", "ben"))
    second = await tagged(money, "t1", notify=told("ben", "cy"))
    with pytest.raises(TooManyAddresses):
        await tagged(money, "t2", notify=told("dee"))

    async def tell(budget: BudgetState, *names: str) -> None:
        asked = {"emails": told(*names).emails}
        await money.budgets.change(money.workspace_id, budget.budget.id, notify=asked)

    with pytest.raises(TooManyAddresses):
        await tell(second, "ben", "dee", "eve")
    await tell(second, "ben", "dee")
    assert await tagged(money.rival(), "t0", notify=told("fay", "gus"))
    assert (await money.state(first)).budget.notify == told("ada", "ben")
