"""What a debate cost is one number: in the ledger, in its receipt and in the answer."""

from __future__ import annotations

import base64
import json
from typing import Any

import anyio
import httpx2
import pytest
from aragora_server.services import Services
from aragora_server.usage_plugs import UsageLedger
from sqlalchemy import text

from tests.money import Call, Money

pytestmark = pytest.mark.anyio

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": f"scripted:{name}"} for name in ("careful", "steady", "contrarian")],
}
PAID = "SELECT sum(amount_micro_usd) FROM ledger_entries WHERE debate_id = :id AND kind NOT IN"


def micro(usd: str) -> int:
    dollars, _, rest = usd.partition(".")
    return int(dollars) * 1_000_000 + int(rest.ljust(6, "0"))


async def decided(client: httpx2.AsyncClient, **more: object) -> dict[str, Any]:
    debate: dict[str, Any] = (await client.post("/v1/debates", json=ASK | more)).json()
    with anyio.fail_after(60):
        while not debate.get("receipt_id"):
            await anyio.sleep(0.02)
            debate = (await client.get(f"/v1/debates/{debate['id']}")).json()
    return debate


async def test_ledger_receipt_and_answer_say_the_same_to_the_micro_dollar(
    acme: httpx2.AsyncClient, services: Services
) -> None:
    debate = await decided(acme)

    cost = (await acme.get(f"/v1/debates/{debate['id']}/cost")).json()

    bundle = (await acme.get(f"/v1/receipts/{debate['receipt_id']}/bundle")).json()
    signed = json.loads(base64.b64decode(bundle["dsse"]["payload"]))["predicate"]["cost"]
    async with services.db.read() as tx:
        summing = text(f"{PAID} ('reserve', 'release')")
        (booked,) = (await tx.execute(summing, {"id": debate["id"]})).one()
    assert micro(cost["total"]["cost_usd"]) == booked > 0
    assert booked == signed["total_micro_usd"]
    assert cost["total"]["cost_usd"] == debate["usage"]["cost_usd"]
    told = [one["cost_micro_usd"] for one in signed["agents"]]
    assert [micro(one["sums"]["cost_usd"]) for one in cost["by_agent"]] == told
    for name in ("by_agent", "by_round"):
        parts = [one["sums"] for one in cost[name]]
        assert sum(micro(one["cost_usd"]) for one in parts) == booked
        assert sum(one["calls"] for one in parts) == cost["total"]["calls"]
    assert sum(micro(one["cost_usd"]) for one in cost["by_call"]) == booked
    assert len(cost["by_call"]) == cost["total"]["calls"] == cost["total"]["counted"]


async def test_each_attempt_says_what_became_of_it(money: Money) -> None:
    calls = [Call(input_bound=40, call_no=no, round=no) for no in range(5)]
    paid, over, released, lost, _ = await money.reserve_calls(*calls)
    await money.settle(paid, 30, source="counted")
    await money.settle(over, 47)
    await money.release(released)
    await money.sent(lost)
    await money.abandon(lost)
    await money.adjust(lost, 12)

    async with money.db.read() as tx:
        told = await UsageLedger().attempts_of_debate(tx, debate_id=money.debate_id)

    def shown(one: Any) -> tuple[Any, ...]:
        used = one.usage and one.usage.input
        money_of = (one.cost_micro_usd, one.overage_micro_usd, one.held_micro_usd)
        return one.round, one.state, *money_of, used, one.usage_source, one.is_answered

    assert [shown(one) for one in told] == [
        (0, "settled", 30, 0, 0, 30, "counted", True),
        (1, "settled", 47, 7, 0, 47, "reported", True),
        (2, "released", 0, 0, 0, None, None, False),
        (3, "settled", 12, 0, 0, 12, "reported", False),
        (4, "held", 0, 0, 40, None, None, False),
    ]
    assert sum(one.cost_micro_usd for one in told) == (await money.cost()).total_micro_usd
