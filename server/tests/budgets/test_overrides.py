"""An override admits more for a time, and not a micro-dollar or a second longer."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from aragora_server.budgets.model import BudgetExceeded, BudgetNotFound, BudgetState
from aragora_server.budgets.overriding import Grant, Override, OverrideInvalid, OverrideNotFound
from aragora_server.budgets.tables import periods
from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import AragoraError
from aragora_server.kernel.money import MAX_MICRO_USD, InvalidAmount
from sqlalchemy import select, update

from tests.money import KEY, Money, overrides_of

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


async def grant(
    money: Money, budget: BudgetState, amount: int, *, within: timedelta = HOUR
) -> Override:
    asked = Grant(
        amount_micro_usd=amount, expires_at=money.time() + within, reason="the audit is due"
    )
    return await overrides_of(money).grant(money.workspace_id, budget.budget.id, asked, by=KEY)


async def revoke(money: Money, budget: BudgetState, override: Override) -> None:
    await overrides_of(money).revoke(money.workspace_id, budget.budget.id, override.id, by=KEY)


async def agrees(money: Money) -> bool:
    return not (await money.budgets.audit(money.workspace_id)).differences


async def test_an_override_admits_the_next_call_and_no_more_than_it_says(money: Money) -> None:
    budget = await money.budget(100)
    await money.reserve(100)
    await money.refused(1)

    await grant(money, budget, 30)

    assert await money.reserve(30)
    refused = await money.refused(1)
    assert isinstance(refused, BudgetExceeded)
    assert await agrees(money)


async def test_it_ends_by_itself_and_what_is_committed_stays_allowed(money: Money) -> None:
    budget = await money.budget(100)
    await grant(money, budget, 50)
    hold, _ = await money.reserve(80, 60)

    money.time.pass_by(minutes=60)
    shown = (await money.counters(budget))[3]
    await money.refused(1)
    await money.settle(hold, 10)

    assert shown == 0
    assert await money.counters(budget) == (10, 60, 0, 30)
    await money.refused(31)
    assert await money.reserve(30)
    assert await agrees(money)


async def test_each_of_several_ends_at_its_own_time(money: Money) -> None:
    budget = await money.budget(100)
    await grant(money, budget, 10)
    await grant(money, budget, 20, within=2 * HOUR)

    lefts = [(await money.counters(budget))[3]]
    for _ in range(2):
        money.time.pass_by(minutes=60)
        left = (await money.counters(budget))[3]
        await money.refused(left + 1)
        lefts.append(left)

    assert lefts == [130, 120, 100]
    assert await agrees(money)


async def test_a_revoked_override_admits_nothing_and_says_who_revoked_it(money: Money) -> None:
    budget = await money.budget(100)
    override = await grant(money, budget, 50)
    await money.reserve(120)

    await revoke(money, budget, override)
    money.time.pass_by(minutes=1)
    await revoke(money, budget, override)

    await money.refused(1)
    page = await overrides_of(money).list(
        money.workspace_id, budget.budget.id, cursor=None, limit=10
    )
    (found,) = page.items
    assert (found.status(money.time()), found.revoked_by) == ("revoked", KEY)
    assert found.revoked_at == override.created_at
    assert await agrees(money)


async def test_a_limit_that_changes_meanwhile_keeps_what_is_granted(money: Money) -> None:
    budget = await money.budget(100)
    await grant(money, budget, 50)

    await money.lower(budget, 60)

    assert (await money.counters(budget))[3] == 110
    assert await agrees(money)


async def test_a_new_period_knows_nothing_of_it(money: Money) -> None:
    budget = await money.budget(100, period="week")
    await grant(money, budget, 50)

    money.time.pass_by(days=7)

    await money.refused(101)
    assert await money.reserve(100)


async def test_it_names_the_debates_that_would_have_been_refused(money: Money) -> None:
    budget = await money.budget(100)
    granted = await grant(money, budget, 30)
    taken_back = await grant(money, budget, 5)
    await money.reserve(90)
    assert await money.overrides() == ()

    await revoke(money, budget, taken_back)
    await money.reserve(10)
    assert await money.overrides() == ()
    await money.reserve(1)
    await money.reserve(1)

    assert await money.overrides() == (granted.id,)
    await money.refused(29)


async def test_it_is_told(money: Money) -> None:
    budget = await money.budget(100)

    override = await grant(money, budget, 50)

    (notice,) = money.heard.notices
    assert (notice.type, notice.key) == ("budget.override_granted", override.id)
    assert notice.data["reason"] == "the audit is due"


@pytest.mark.parametrize(
    ("amount", "within", "error"),
    [
        (0, HOUR, InvalidAmount),
        (MAX_MICRO_USD, HOUR, InvalidAmount),
        (1, timedelta(0), OverrideInvalid),
        (1, timedelta(days=40), OverrideInvalid),
    ],
)
async def test_what_would_not_do_what_it_says_is_refused(
    money: Money, amount: int, within: timedelta, error: type[AragoraError]
) -> None:
    budget = await money.budget(100, period="month")

    with pytest.raises(error):
        await grant(money, budget, amount, within=within)

    assert (await money.counters(budget))[3] == 100


async def test_a_limit_is_no_amount_with_what_is_granted_beyond_any(money: Money) -> None:
    budget = await money.budget(1)
    override = await grant(money, budget, MAX_MICRO_USD - 1)

    with pytest.raises(InvalidAmount):
        await money.lower(budget, 2)
    before = (await money.state(budget)).budget.limit_micro_usd
    await revoke(money, budget, override)
    await money.lower(budget, MAX_MICRO_USD)

    assert before == 1
    assert (await money.counters(budget))[3] == MAX_MICRO_USD


async def test_a_budget_that_never_refuses_needs_none(money: Money) -> None:
    budget = await money.budget(100, block_at_percent=None)

    with pytest.raises(OverrideInvalid):
        await grant(money, budget, 1)


async def test_only_the_workspace_of_a_budget_may_grant_and_revoke(money: Money) -> None:
    budget = await money.budget(100)
    override = await grant(money, budget, 50)
    other = await money.budget(7, period="week")

    with pytest.raises(BudgetNotFound):
        await grant(money.rival(), budget, 1)
    with pytest.raises(BudgetNotFound):
        await revoke(money.rival(), budget, override)
    with pytest.raises(OverrideNotFound):
        await revoke(money, other, override)


async def test_an_audit_names_a_ceiling_that_nobody_granted(money: Money) -> None:
    budget = await money.budget(100)
    await money.reserve(1)

    async with money.db.begin() as tx:
        await tx.execute(update(periods).values(ceiling_micro_usd=101))

    (found,) = (await money.budgets.audit(money.workspace_id)).differences
    assert (found.id, found.amount) == (budget.budget.id, "ceiling")
    assert (found.told_micro_usd, found.ledger_micro_usd) == (101, 100)


async def test_overrides_that_come_and_go_in_a_crowd_let_nothing_through(
    money: Money, database: Database
) -> None:
    budget = await money.budget(100)
    servers = [money.on(Database(database.url)) for _ in range(2)]
    granted: list[Override] = []

    async def give(at: Money) -> None:
        granted.append(await grant(at, budget, 10))

    async def take(at: Money) -> None:
        if granted:
            await revoke(at, budget, granted[0])

    async def hold(at: Money) -> None:
        try:
            await at.reserve(7)
        except BudgetExceeded:
            return

    steps = [hold] * 8 + [give] + [hold] * 8 + [give, take] + [hold] * 8
    await asyncio.gather(*(step(servers[no % 2]) for no, step in enumerate(steps)))
    money.time.pass_by(minutes=61)
    await money.sweep()

    for server in servers:
        await server.db.close()
    async with money.db.read() as tx:
        row = (
            await tx.execute(select(periods).where(periods.c.budget_id == budget.budget.id))
        ).one()
    assert row.held_micro_usd <= 120
    assert (row.ceiling_micro_usd, row.override_micro_usd) == (100, 0)
    assert row.held_micro_usd <= row.ceiling_micro_usd + row.grandfathered_micro_usd
    assert await agrees(money)
