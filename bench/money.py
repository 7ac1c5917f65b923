"""Six hundred calls that race for a budget on which 142 of them fit."""

from __future__ import annotations

import asyncio
import time

import attrs
from aragora_server.budgets.holding import HoldService
from aragora_server.budgets.model import BudgetExceeded
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import new_id
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load

from bench import databases

RACERS, EACH, LIMIT = 600, 7, 1000


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


def measure() -> dict[str, float]:
    """How many were granted, which must be 142, and how fast all were answered."""
    return databases.on_both(_race)


async def _race(db: Database) -> dict[str, float]:
    """Twice, for the first time connections are made and statements prepared."""
    await _raced(db)
    granted, rate = await _raced(db)
    return {"granted": granted, "answered (reservations/s)": round(rate)}


async def _raced(db: Database) -> tuple[int, float]:
    """How many were granted, and how many were answered a second."""
    price = flat_price("flat-1", input_rate=1_000_000, output_rate=1_000_000)
    prices = PriceService(load(), {"flat": price})
    holds = HoldService(prices=prices, now=system_clock, new_id=new_id)
    workspace_id, debate_id, key = new_id(), new_id(), new_id()
    async with db.begin() as tx:
        await holds.open_cap(
            tx, workspace_id=workspace_id, debate_id=debate_id, limit_micro_usd=LIMIT
        )

    async def reserve(call_no: int) -> bool:
        async def work(tx: Tx) -> None:
            await holds.reserve(
                tx,
                workspace_id=workspace_id,
                api_key_id=key,
                debate_id=debate_id,
                bounds=[Bound(call_no=call_no)],
            )

        try:
            await db.run(work)
        except BudgetExceeded:
            return False
        return True

    begin = time.perf_counter()
    granted = sum(await asyncio.gather(*map(reserve, range(RACERS))))
    if granted != LIMIT // EACH:
        raise RuntimeError(f"{granted} granted, {LIMIT // EACH} fit")
    return granted, RACERS / (time.perf_counter() - begin)
