"""Somebody looks regularly for holds that nobody settles any more."""

from __future__ import annotations

import logging

import anyio
import attrs
import pytest
from aragora_server.budgets.sweeper import sweep_for_ever
from aragora_server.kernel.db import Database, Tx

from tests.money import Money

pytestmark = pytest.mark.anyio


async def test_expired_holds_are_closed_without_anybody_asking(money: Money) -> None:
    budget = await money.budget(100)
    await money.reserve(30)
    money.time.pass_by(seconds=900)

    async with anyio.create_task_group() as group:
        group.start_soon(sweep_for_ever, money.db, money.holds)
        with anyio.fail_after(10):
            while await money.counters(budget) != (0, 0, 0, 100):
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()


async def test_a_database_that_is_away_does_not_end_the_sweeping(
    money: Money, caplog: pytest.LogCaptureFixture
) -> None:
    tried = anyio.Event()

    @attrs.frozen
    class AwayOnce:
        """Away at the first look, back at the second."""

        looks: list[int] = attrs.field(factory=list)

        async def sweep(self, tx: Tx) -> int:
            self.looks.append(1)
            if len(self.looks) == 1:
                raise OSError("connection lost")
            tried.set()
            return 0

    async with anyio.create_task_group() as group:
        with caplog.at_level(logging.ERROR):
            group.start_soon(sweep_at_once, money.db, AwayOnce())
            with anyio.fail_after(10):
                await tried.wait()
        group.cancel_scope.cancel()

    assert "could not sweep" in caplog.text


async def sweep_at_once(db: Database, holds: object) -> None:
    await sweep_for_ever(db, holds, interval_s=0)  # type: ignore[arg-type]
