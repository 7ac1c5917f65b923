"""Clocks that are set, months that begin, rates that change, overrides that end: the counters are
what a sheet says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from aragora_server.budgets.model import BudgetExceeded, BudgetState
from aragora_server.budgets.overriding import Grant, OverrideInvalid
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.pricing.own import OwnDraft, PriceOverlap
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

from tests.money import KEY, money_on, overrides_of, own_prices
from tests.sheet import ANCHOR, ZONE, Granted, Held, Name, Sheet, period

T = TypeVar("T")
NAMES = st.sampled_from(["month", "week", "total"])
BEGIN = datetime(2026, 9, 25, 12, tzinfo=UTC)
"""A day and a half before the month that begins on the day on which the clock goes forward."""
LIFETIME, SHORTEST = timedelta(seconds=900), timedelta(microseconds=1)


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


class Calendar(RuleBasedStateMachine):
    holds, granted = Bundle("holds"), Bundle("granted")
    loop: Loop

    @initialize(month=st.integers(0, 300), week=st.integers(0, 200), total=st.integers(200, 900))
    def open(self, month: int, week: int, total: int) -> None:
        self.money = money_on(self.loop.db)
        self.money.time.moment = BEGIN
        self.prices, self.overrides = own_prices(self.money), overrides_of(self.money)
        self.earliest = BEGIN
        self.sheet = Sheet({"month": month, "week": week, "total": total})
        self.budgets: dict[Name, BudgetState] = {
            "month": self._run(
                self.money.budget(month, period="month", timezone=ZONE, anchor_day=ANCHOR)
            ),
            "week": self._run(self.money.budget(week, period="week", timezone=ZONE)),
            "total": self._run(self.money.budget(total)),
        }

    @property
    def now(self) -> datetime:
        return self.money.time.moment

    @rule(target=holds, tokens=st.lists(st.integers(0, 40), min_size=1, max_size=3))
    def reserve(self, tokens: list[int]) -> Any:
        rate, left = self.sheet.rate(self.now), self.sheet.left(self.now)
        total = rate * sum(tokens)
        try:
            made = self._run(self.money.reserve(*tokens))
        except BudgetExceeded:
            assert total > left
            return multiple()
        assert total <= left or total == 0
        for hold_id, count in zip(made, tokens, strict=True):
            self.sheet.holds[hold_id] = Held(
                amount=rate * count,
                rate=rate,
                periods={kind: period(kind, self.now) for kind in self.budgets},
                expires_at=self.now + LIFETIME,
            )
        return multiple(*made)

    @rule(hold_id=holds, tokens=st.integers(0, 60))
    def settle(self, hold_id: str, tokens: int) -> None:
        hold = self.sheet.holds[hold_id]
        if hold.is_open:
            hold.end(hold.rate * tokens, is_answered=True)

        answer = self._run(self.money.settle(hold_id, tokens))

        assert answer == (hold.cost, max(0, hold.cost - hold.amount))

    @rule(hold_id=holds, tokens=st.integers(0, 60))
    def answer_late(self, hold_id: str, tokens: int) -> None:
        hold = self.sheet.holds[hold_id]
        cost = hold.rate * tokens
        if hold.is_open:
            hold.end(cost, is_answered=True)
        else:
            hold.adjust(cost)

        self._run(self.money.adjust(hold_id, tokens))

    @rule(hold_id=holds)
    def release(self, hold_id: str) -> None:
        hold = self.sheet.holds[hold_id]
        if hold.is_open:
            hold.end(0)

        self._run(self.money.release(hold_id))

    @rule(hold_id=holds)
    def send(self, hold_id: str) -> None:
        hold = self.sheet.holds[hold_id]
        if hold.is_open:
            hold.is_sent, hold.expires_at = True, self.now + LIFETIME

        self._run(self.money.sent(hold_id))

    @rule(kind=NAMES, limit=st.integers(0, 300))
    def change_limit(self, kind: Name, limit: int) -> None:
        self._run(self.money.lower(self.budgets[kind], limit))
        self.sheet.limits[kind] = limit

    @rule(target=granted, kind=NAMES, amount=st.integers(1, 200), minutes=st.integers(1, 6_000))
    def override(self, kind: Name, amount: int, minutes: int) -> Any:
        ends, now = self.now + timedelta(minutes=minutes), period(kind, self.now)
        asked = Grant(amount_micro_usd=amount, expires_at=ends, reason="the audit is due")
        workspace_id, budget_id = self.money.workspace_id, self.budgets[kind].budget.id
        try:
            made = self._run(self.overrides.grant(workspace_id, budget_id, asked, by=KEY))
        except OverrideInvalid:
            assert period(kind, ends - SHORTEST) != now
            return multiple()
        assert period(kind, ends - SHORTEST) == now
        self.sheet.granted[made.id] = Granted(kind=kind, period=now, amount=amount, expires_at=ends)
        return made.id

    @rule(override_id=granted)
    def revoke(self, override_id: str) -> None:
        granted = self.sheet.granted[override_id]
        granted.is_over = True
        workspace_id, budget_id = self.money.workspace_id, self.budgets[granted.kind].budget.id
        self._run(self.overrides.revoke(workspace_id, budget_id, override_id, by=KEY))

    @rule(rate=st.integers(0, 4))
    def change_rate(self, rate: int) -> None:
        terms = {"tiers": [{"over_tokens": 0} | dict.fromkeys(BUCKETS, rate * 1_000_000)]}
        draft = OwnDraft(provider="flat", match="prefix", model="on", terms=terms)
        begun = self.sheet.rates[-1][0] if self.sheet.rates else None
        try:
            made = self._run(self.prices.set(self.money.workspace_id, draft, by=new_id()))
        except PriceOverlap:
            assert begun is not None
            assert self.now < begun
        else:
            assert begun is None or made.valid_from > begun
            self.sheet.rates.append((made.valid_from, rate))

    @rule(minutes=st.integers(-40, 40))
    def set_the_clock(self, minutes: int) -> None:
        self._move(timedelta(minutes=minutes))

    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        self._move(timedelta(hours=hours))

    def _move(self, by: timedelta) -> None:
        """Not back to before an override ended, which a later one would then bring back."""
        self.money.time.moment = max(self.earliest, self.now + by)
        self._run(self.money.sweep())
        self.sheet.sweep(self.now)
        ended = (one.expires_at for one in self.sheet.granted.values() if one.is_over)
        self.earliest = max([self.earliest, *(at for at in ended if at <= self.now)])

    @invariant()
    def the_counters_are_what_the_sheet_says(self) -> None:
        for kind, budget in self.budgets.items():
            assert self._run(self.money.counters(budget)) == self.sheet.counters(kind, self.now)

    def teardown(self) -> None:
        if hasattr(self, "budgets"):
            audit = self._run(self.money.budgets.audit(self.money.workspace_id))
            assert not audit.differences

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run(work)


BUCKETS = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")


def test_the_counters_of_every_period_are_what_a_sheet_says(database_url: str) -> None:
    class Here(Calendar):
        loop = Loop(database_url)

    try:
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=12,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
    finally:
        Here.loop.close()
