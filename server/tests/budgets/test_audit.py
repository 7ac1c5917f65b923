"""The books are made anew from the ledger, and every amount that differs is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.budgets import audit
from aragora_server.budgets.audit import Audit, Difference, ReceiptCost
from aragora_server.budgets.tables import periods
from aragora_server.kernel.ids import new_id
from aragora_server.plugs import ReceiptCosts
from aragora_server.services import Services
from sqlalchemy import update

from tests.money import Money

pytestmark = pytest.mark.anyio

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": f"scripted:{name}"} for name in ("careful", "steady", "contrarian")],
    "max_cost_usd": "5",
}


async def decided(client: httpx2.AsyncClient) -> dict[str, Any]:
    debate: dict[str, Any] = (await client.post("/v1/debates", json=ASK)).json()
    with anyio.fail_after(60):
        while not debate.get("receipt_id"):
            await anyio.sleep(0.02)
            debate = (await client.get(f"/v1/debates/{debate['id']}")).json()
    return debate


async def test_books_of_debates_agree_and_are_those_of_their_workspace(
    acme: httpx2.AsyncClient, services: Services
) -> None:
    await acme.post("/v1/budgets", json={"name": "Team", "limit_usd": "100"})
    debate = await decided(acme)

    told = (await acme.get("/v1/budgets/audit")).json()
    nobodys = await services.budgets.audit(new_id())

    assert told == {"agrees": True, "differences": 0, "first": [], "periods": 2, "receipts": 1}
    assert nobodys == Audit(periods=0, receipts=0, differences=())
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    async with services.db.read() as tx:
        (one,) = await ReceiptCosts().of_workspace(tx, workspace_id=workspace_id)
        less = attrs.evolve(one, cost_micro_usd=one.cost_micro_usd - 1)
        (differs,) = await audit.of_receipts(tx, [less])
    assert one.debate_id == debate["id"]
    assert (differs.id, differs.amount) == (debate["receipt_id"], "cost")
    assert (differs.told_micro_usd, differs.ledger_micro_usd) == (
        less.cost_micro_usd,
        one.cost_micro_usd,
    )


@pytest.mark.parametrize("amount", ["spent", "held", "overage"])
async def test_a_counter_that_is_not_its_bookings_is_named(money: Money, amount: str) -> None:
    budget = await money.budget(1_000, period="month")
    (settled, _) = await money.reserve(40, 50)
    await money.settle(settled, 45)
    assert (await money.budgets.audit(money.workspace_id)).differences == ()
    counter = periods.c[f"{amount}_micro_usd"]
    async with money.db.begin() as tx:
        await tx.execute(update(periods).values({counter: counter + 7}))

    found = await money.budgets.audit(money.workspace_id)

    due = {"spent": 40, "held": 50, "overage": 5}[amount]
    assert found.differences == (
        Difference(
            of="period",
            id=budget.budget.id,
            amount=amount,  # type: ignore[arg-type]
            told_micro_usd=due + 7,
            ledger_micro_usd=due,
        ),
    )


async def test_what_came_in_after_a_receipt_is_no_difference(money: Money) -> None:
    await money.budget(1_000)
    (first, late) = await money.reserve(40, 50)
    await money.settle(first, 30)
    issued_at = money.time()
    money.time.moment += timedelta(seconds=1)
    await money.settle(late, 20)
    told = ReceiptCost(
        receipt_id="r", debate_id=money.debate_id, issued_at=issued_at, cost_micro_usd=30
    )

    async with money.db.read() as tx:
        then = await audit.of_receipts(tx, [told])
        in_all = await audit.of_receipts(tx, [attrs.evolve(told, cost_micro_usd=50)])
        neither = await audit.of_receipts(tx, [attrs.evolve(told, cost_micro_usd=49)])

    assert (then, in_all, len(neither)) == ([], [], 1)
