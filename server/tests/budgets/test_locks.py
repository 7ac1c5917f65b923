"""Two locks guard a limit. Each is taken away once, to see that the next one, or a test, holds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import anyio
import attrs
import pytest
from aragora_server.budgets import books, store
from aragora_server.budgets.model import BudgetExceeded
from aragora_server.budgets.tables import ledger, periods
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import new_id
from sqlalchemy import Row, delete, false, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.money import Money

pytestmark = pytest.mark.anyio

LIMIT, EACH, RACERS, SERVERS = 1000, 7, 600, 3
FITTING = LIMIT // EACH


async def test_of_600_racing_holds_exactly_as_many_pass_as_fit(money: Money) -> None:
    budget = await money.budget(LIMIT)

    admitted = await race(money)

    assert admitted == FITTING == 142
    assert await money.counters(budget) == (0, FITTING * EACH, 0, LIMIT - FITTING * EACH)
    assert len(await money.ledger(budget)) == FITTING


async def test_without_the_guard_the_database_refuses(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "admit", admit_unguarded)
    budget = await money.budget(10)
    await money.reserve(7)

    with pytest.raises(IntegrityError):
        await money.reserve(7)

    assert await money.counters(budget) == (0, 7, 0, 3)
    assert await money.ledger(budget) == [("reserve", 7)]


async def test_without_guard_and_check_the_limit_is_passed_and_the_race_shows_it(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "admit", admit_unguarded)
    monkeypatch.setattr(Database, "begin", unchecked(Database.begin))
    await drop_check(money.db)
    await money.budget(LIMIT)

    assert await race(money, racers=200) == 200


@pytest.mark.parametrize("column", ["spent", "held", "overage", "grandfathered"])
async def test_no_counter_can_become_negative(money: Money, column: str) -> None:
    await money.budget(10)
    await money.reserve(1)

    with pytest.raises(IntegrityError):
        async with money.db.begin() as tx:
            await tx.execute(update(periods).values({f"{column}_micro_usd": -1}))


async def test_settling_more_than_was_held_is_refused_by_the_database(money: Money) -> None:
    """The overage goes to its own column; were it booked as spend, the CHECK would say no."""
    budget = await money.budget(10)
    await money.reserve(10)

    async def book_too_much(tx: Tx) -> None:
        window = budget.budget.window(money.time())
        period_id = await store.period_for(tx, budget.budget, window, "unused")
        await store.move(tx, [period_id], amount=10, booked=11, overage=0)

    with pytest.raises(IntegrityError):
        await money.db.run(book_too_much)


@pytest.mark.parametrize(
    "change", [update(ledger).values(amount_micro_usd=0), delete(ledger)], ids=["update", "delete"]
)
async def test_the_ledger_refuses_to_be_changed(money: Money, change: object) -> None:
    budget = await money.budget(10)
    await money.reserve(7)

    with pytest.raises(DBAPIError, match="append-only"):
        async with money.db.begin() as tx:
            await tx.execute(change)  # type: ignore[call-overload]

    assert await money.ledger(budget) == [("reserve", 7)]


async def test_a_hold_cannot_be_booked_twice(money: Money) -> None:
    await money.budget(10)
    (hold,) = await money.reserve(7)
    await money.settle(hold, 7)

    async def book_again(tx: Tx) -> None:
        settled = (await money.entries(tx))[-1]
        await books.append(tx, [attrs.evolve(settled, id=new_id())])

    with pytest.raises(IntegrityError):
        await money.db.run(book_again)


async def test_racing_settlements_of_one_hold_book_it_once(money: Money) -> None:
    budget = await money.budget(100)
    (hold,) = await money.reserve(10)
    answers: list[tuple[int, int]] = []

    async def settle(at: Money, cost: int) -> None:
        answers.append(await at.settle(hold, cost))

    await together(money, [lambda at, n=n: settle(at, n) for n in range(1, 10)])  # type: ignore[misc]

    assert len(set(answers)) == 1
    assert (await money.counters(budget))[0] == answers[0][0]
    assert [kind for kind, _ in await money.ledger(budget)] == ["reserve", "settle"]


async def test_a_limit_lowered_during_a_race_is_kept(money: Money) -> None:
    budget = await money.budget(LIMIT)
    low = LIMIT // 2

    async def lower(at: Money) -> None:
        await at.lower(budget, low)

    await together(money, [holding([])] * 100 + [lower] + [holding([])] * 100)
    spent, held, _, left = await money.counters(budget)

    assert (spent, left) == (0, max(0, low - held))
    with pytest.raises(BudgetExceeded):
        await money.reserve(low - min(low, held) + 1)


async def race(money: Money, racers: int = RACERS) -> int:
    passed: list[str] = []
    await together(money, [holding(passed)] * racers)
    return len(passed)


def holding(passed: list[str]) -> Callable[[Money], Awaitable[None]]:
    async def one(at: Money) -> None:
        try:
            passed.extend(await at.reserve(EACH))
        except BudgetExceeded:
            return

    return one


async def together(money: Money, steps: list[Callable[[Money], Awaitable[None]]]) -> None:
    """Run all steps at once, spread over several servers on one database."""
    servers = [Database(money.db.url) for _ in range(SERVERS)]
    places = [money.on(server) for server in servers]
    async with anyio.create_task_group() as group:
        for number, step in enumerate(steps):
            group.start_soon(step, places[number % SERVERS])
    for server in servers:
        await server.close()


async def admit_unguarded(tx: Tx, period_id: str, micro_usd: int, _now: datetime) -> Row[Any]:
    holding = update(periods).where(periods.c.id == period_id)
    held = holding.values(held_micro_usd=periods.c.held_micro_usd + micro_usd)
    return (await tx.execute(held.returning(false().label("is_beyond")))).one()


def unchecked(begin: Callable[..., object]) -> Callable[..., object]:
    @asynccontextmanager
    async def begin_unchecked(self: Database) -> AsyncIterator[Tx]:
        async with begin(self) as tx:  # type: ignore[attr-defined]
            if self.dialect == "sqlite":
                await tx.execute(text("PRAGMA ignore_check_constraints = ON"))
            yield tx

    return begin_unchecked


async def drop_check(db: Database) -> None:
    if db.dialect == "postgresql":
        name = "ck_budget_periods_within_ceiling"
        async with db.begin() as tx:
            await tx.execute(text(f"ALTER TABLE budget_periods DROP CONSTRAINT {name}"))


async def test_the_check_closes_in_on_a_lowered_limit_as_holds_end(
    money: Money, monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = await money.budget(100)
    first, second = await money.reserve(40, 40)
    await money.lower(budget, 50)
    await money.release(first)
    await money.settle(second, 30)
    monkeypatch.setattr(store, "admit", admit_unguarded)

    with pytest.raises(IntegrityError):
        await money.reserve(21)

    assert await money.reserve(20)
