"""What it costs that a budget is never overrun, beside those who look first and write later."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import attrs
from aragora_server.agents.model import Usage
from aragora_server.budgets.alerting import Alerts
from aragora_server.budgets.holding import HoldService
from aragora_server.budgets.model import BudgetExceeded
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.notices import Notice
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load
from sqlalchemy import text

from bench import databases

RACERS, EACH, LIMIT = 600, 7, 1000
WORKERS, CALLS = (1, 64, 200), {1: 300, 64: 1920, 200: 2000}
SPENT_BEFORE, CALL_S = 950, 0.005
"""Nineteen twentieths of the limit are spent, and a model answers within so many seconds."""
ENDLESS = 10**9
AGENTS, ASKED_S, TIMES_ASKED = 200, 1.0, 5
Step = Callable[[int], Awaitable[object]]
T = TypeVar("T")


class Nobody:
    """Is told nothing: a limit of one debate says nothing."""

    async def tell(self, tx: Tx, notice: Notice) -> None:
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class Bound:
    """One micro-USD a token."""

    input_bound: int = EACH
    max_output: int = 0
    agent: str = "ada"
    provider: str = "flat"
    model: str = "one"
    round: int = 0
    call_no: int = 0
    attempt: int = 1


@attrs.frozen(kw_only=True)
class Spender:
    """One debate under one budget: every reservation wants the same row."""

    db: Database
    holds: HoldService
    workspace_id: str = attrs.field(factory=new_id)
    debate_id: str = attrs.field(factory=new_id)
    api_key_id: str = attrs.field(factory=new_id)

    @classmethod
    async def under(cls, db: Database, limit: int) -> Spender:
        price = flat_price("flat-1", input_rate=1_000_000, output_rate=1_000_000)
        prices = PriceService(load(), {"flat": price})
        alerts = Alerts(notices=Nobody(), new_id=new_id)
        holds = HoldService(prices=prices, alerts=alerts, now=system_clock, new_id=new_id)
        made = cls(db=db, holds=holds)
        async with db.begin() as tx:
            await made.holds.open_cap(
                tx,
                workspace_id=made.workspace_id,
                debate_id=made.debate_id,
                limit_micro_usd=limit,
            )
        return made

    async def reserve(self, call_no: int, amount: int = EACH) -> str:
        async def work(tx: Tx) -> list[str]:
            return await self.holds.reserve(
                tx,
                workspace_id=self.workspace_id,
                api_key_id=self.api_key_id,
                debate_id=self.debate_id,
                bounds=[Bound(call_no=call_no, input_bound=amount)],
            )

        (hold_id,) = await self.db.run(work)
        return hold_id

    async def settle(self, hold_id: str, cost: int = EACH) -> None:
        usage = Usage(input=cost, output=0, source="reported")
        await self.db.run(lambda tx: self.holds.settle(tx, hold_id=hold_id, usage=usage))

    async def spent(self) -> int:
        async with self.db.read() as tx:
            report = await self.holds.cost_of_debate(tx, debate_id=self.debate_id)
        return report.total_micro_usd


@attrs.frozen(kw_only=True)
class Hasty:
    """What others do: read what is spent, ask the model, add what it cost."""

    db: Database

    @classmethod
    async def under(cls, db: Database) -> Hasty:
        async with db.begin() as tx:
            await tx.execute(text("CREATE TABLE IF NOT EXISTS hasty (spent BIGINT NOT NULL)"))
            await tx.execute(text("DELETE FROM hasty"))
            await tx.execute(text("INSERT INTO hasty VALUES (0)"))
        return cls(db=db)

    async def check(self, limit: int) -> bool:
        return await self.spent() + EACH <= limit

    async def add(self, cost: int) -> None:
        adding = text("UPDATE hasty SET spent = spent + :cost")
        await self.db.run(lambda tx: tx.execute(adding, {"cost": cost}))

    async def spent(self) -> int:
        async with self.db.read() as tx:
            return int((await tx.execute(text("SELECT spent FROM hasty"))).scalar_one())


def measure() -> dict[str, float]:
    """Latencies, the race for one hot budget, and by how much each way passes a limit."""
    return databases.on_both(_all)


async def _all(db: Database) -> dict[str, float]:
    told = await _race(db)
    for workers in WORKERS:
        told |= await _latencies(db, workers)
    return told | await _paced(db) | await _overspent(db)


async def _race(db: Database) -> dict[str, float]:
    """Twice, for the first time connections are made and statements prepared."""
    await _raced(db)
    granted, rate = await _raced(db)
    return {"granted": granted, "answered (reservations/s)": round(rate)}


async def _raced(db: Database) -> tuple[int, float]:
    """How many were granted, and how many were answered a second."""
    spender = await Spender.under(db, LIMIT)

    async def reserve(call_no: int) -> bool:
        try:
            await spender.reserve(call_no)
        except BudgetExceeded:
            return False
        return True

    begin = time.perf_counter()
    granted = sum(await asyncio.gather(*map(reserve, range(RACERS))))
    if granted != LIMIT // EACH:
        raise RuntimeError(f"{granted} granted, {LIMIT // EACH} fit")
    return granted, RACERS / (time.perf_counter() - begin)


async def _latencies(db: Database, workers: int) -> dict[str, float]:
    """Each worker makes one call after the other; beside it those who only read and add."""
    spender, hasty = await Spender.under(db, ENDLESS), await Hasty.under(db)
    took: dict[str, list[float]] = {"reserve": [], "settle": [], "check": [], "write": []}

    async def call(call_no: int) -> None:
        hold_id = await _timed(took["reserve"], spender.reserve(call_no))
        await _timed(took["settle"], spender.settle(hold_id))

    async def hasty_call(_: int) -> None:
        await _timed(took["check"], hasty.check(ENDLESS))
        await _timed(took["write"], hasty.add(EACH))

    for step in (call, hasty_call):
        await _by(workers, CALLS[workers], step)
    if await spender.spent() != CALLS[workers] * EACH:
        raise RuntimeError("not every call was booked")
    return {
        f"{workers} workers, {name}: {quantile} (ms)": round(value * 1000, 2)
        for name, times in took.items()
        for quantile, value in _quantiles(times).items()
    }


async def _paced(db: Database) -> dict[str, float]:
    """As in real life: most of its time a call waits for its model."""
    spender = await Spender.under(db, ENDLESS)
    took: list[float] = []

    async def agent(no: int) -> None:
        await asyncio.sleep(no / AGENTS * ASKED_S)
        for turn in range(TIMES_ASKED):
            hold_id = await _timed(took, spender.reserve(no * TIMES_ASKED + turn))
            await asyncio.sleep(ASKED_S)
            await spender.settle(hold_id)

    await asyncio.gather(*map(agent, range(AGENTS)))
    return {
        f"{AGENTS} calls of a second under way, reserve: {quantile} (ms)": round(value * 1000, 2)
        for quantile, value in _quantiles(took).items()
    }


async def _overspent(db: Database) -> dict[str, float]:
    """Two hundred workers, a twentieth of the limit left: per cent above it at the end."""
    spender, hasty = await Spender.under(db, LIMIT * EACH), await Hasty.under(db)
    await spender.settle(await spender.reserve(0, SPENT_BEFORE * EACH), SPENT_BEFORE * EACH)
    await hasty.add(SPENT_BEFORE * EACH)

    async def call(call_no: int) -> None:
        try:
            hold_id = await spender.reserve(call_no + 1)
        except BudgetExceeded:
            return
        await asyncio.sleep(CALL_S)
        await spender.settle(hold_id)

    async def hasty_call(_: int) -> None:
        if await hasty.check(LIMIT * EACH):
            await asyncio.sleep(CALL_S)
            await hasty.add(EACH)

    for step in (call, hasty_call):
        await _by(max(WORKERS), CALLS[max(WORKERS)], step)
    return {
        "overspent, reserve then settle (%)": _above(await spender.spent()),
        "overspent, check then write (%)": _above(await hasty.spent()),
    }


def _above(spent: int) -> float:
    return round(max(0, spent - LIMIT * EACH) * 100 / (LIMIT * EACH), 2)


async def _by(workers: int, calls: int, step: Step) -> None:
    numbers = iter(range(calls))

    async def work() -> None:
        for number in numbers:
            await step(number)

    await asyncio.gather(*(work() for _ in range(workers)))


async def _timed(times: list[float], work: Awaitable[T]) -> T:
    begin = time.perf_counter()
    done = await work
    times.append(time.perf_counter() - begin)
    return done


def _quantiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {"p50": cuts[49], "p99": cuts[98]}
