"""Whatever happens in whatever order: no limit is passed, and the counters equal the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from aragora_server.budgets.model import BudgetExceeded, BudgetState
from aragora_server.kernel.db import Database
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.money import money_on

T = TypeVar("T")
AMOUNTS = st.integers(0, 40)


class Loop:
    """One event loop and one database for all steps of all runs."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self.db = Database(url)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    def close(self) -> None:
        self.run(self.db.close())
        self._runner.close()


class Spending(RuleBasedStateMachine):
    holds = Bundle("holds")
    loop: Loop

    @initialize(limit=st.integers(0, 200))
    def open(self, limit: int) -> None:
        self.money = money_on(self.loop.db)
        self.limit = limit
        self.amounts: dict[str, int] = {}
        self.answers: dict[str, tuple[int, int]] = {}
        self.cap = self._run(self.money.budget(10_000_000, period="month"))
        self.budget = self._run(self.money.budget(limit))

    @rule(target=holds, amounts=st.lists(AMOUNTS, min_size=1, max_size=3))
    def reserve(self, amounts: list[int]) -> Any:
        _, _, _, left = self._counters(self.budget)
        try:
            made = self._run(self.money.reserve(*amounts))
        except BudgetExceeded:
            assert sum(amounts) > left
            return multiple()
        assert sum(amounts) <= left or sum(amounts) == 0
        self.amounts.update(zip(made, amounts, strict=True))
        return multiple(*made)

    @rule(hold=holds, cost=st.integers(0, 60))
    def settle(self, hold: str, cost: int) -> None:
        answer = self._run(self.money.settle(hold, cost))

        assert answer == self.answers.setdefault(hold, answer)

    @rule(hold=holds)
    def release(self, hold: str) -> None:
        self._run(self.money.release(hold))
        self.answers.setdefault(hold, (0, 0))

    @rule(hold=holds)
    def send(self, hold: str) -> None:
        self._run(self.money.sent(hold))

    @rule(limit=st.integers(0, 200))
    def change_limit(self, limit: int) -> None:
        self._run(self.money.lower(self.budget, limit))
        self.limit = limit

    @rule(minutes=st.integers(0, 20))
    def time_passes(self, minutes: int) -> None:
        self.money.time.pass_by(minutes=minutes)
        self._run(self.money.sweep())
        for hold in self.amounts.keys() - self.answers.keys():
            self._remember_when_swept(hold)

    @rule()
    def a_new_month_begins(self) -> None:
        self.money.time.pass_by(days=31)
        self._run(self.money.sweep())
        for hold in self.amounts.keys() - self.answers.keys():
            self._remember_when_swept(hold)

    @invariant()
    def counters_equal_the_ledger(self) -> None:
        spent, held, overage, left = self._counters(self.budget)
        sums = dict.fromkeys(("reserve", "settle", "release", "overage"), 0)
        for kind, amount in self._run(self.money.ledger(self.budget)):
            sums[kind] += amount
        open_holds = self.amounts.keys() - self.answers.keys()

        assert spent == sums["settle"]
        assert overage == sums["overage"]
        assert held == sum(self.amounts[hold] for hold in open_holds)
        assert left == max(0, self.limit - spent - held - overage)
        assert self._run(self.money.cost()).total_micro_usd == spent + overage

    def _remember_when_swept(self, hold: str) -> None:
        ended = self._run(self._settlement(hold))
        if ended is not None:
            self.answers[hold] = ended

    async def _settlement(self, hold: str) -> tuple[int, int] | None:
        async with self.money.db.begin() as tx:
            found = await self.money.find(tx, hold)
        if found.state == "held":
            return None
        return found.cost_micro_usd, max(0, found.cost_micro_usd - found.amount_micro_usd)

    def _counters(self, budget: BudgetState) -> tuple[int, int, int, int]:
        return self._run(self.money.counters(budget))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work)


def test_no_order_of_events_loses_or_invents_money(database_url: str) -> None:
    class SpendingHere(Spending):
        loop = Loop(database_url)

    try:
        run_state_machine_as_test(
            SpendingHere,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                deadline=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
    finally:
        SpendingHere.loop.close()
