"""A rate that changed yesterday does not change last week's debate, unless it is asked to; calls
after it pay the new."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx2
import pytest
from aragora_server.lifecycle import running
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings

from tests.money import Time

pytestmark = pytest.mark.anyio

ASK = {"question": "Ship on Friday?", "agents": [{"model": "scripted:careful"}] * 3}
WEEK = {"first_day": "2026-11-22", "last_day": "2026-11-22", "group_by": "model"}
# Of the price list, and what is set instead, in micro-USD per million tokens.
LISTED = {"input": 3_000_000, "cache_read": 300_000, "output": 15_000_000}
DEARER = {"input": 6_000_000, "cache_read": 600_000, "output": 45_000_000}
TIER = {"over_tokens": 0, "input_usd": "6", "cache_read_usd": "0.6", "output_usd": "45"}
PRICE = {"provider": "scripted", "match": "prefix", "model": "", "tiers": [TIER]}


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def services(settings: Settings, time: Time) -> AsyncIterator[Services]:
    """A whole server by a clock that moves when it is told to."""
    services = build_services(settings, clock=time)
    async with running(services):
        yield services


async def decided(client: httpx2.AsyncClient) -> dict[str, Any]:
    debate: dict[str, Any] = (await client.post("/v1/debates", json=ASK)).json()
    with anyio.fail_after(60):
        while not debate.get("receipt_id"):
            await anyio.sleep(0.02)
            debate = (await client.get(f"/v1/debates/{debate['id']}")).json()
    return debate


async def told(client: httpx2.AsyncClient, debate: dict[str, Any], budget: str) -> dict[str, Any]:
    """All that is said of what this debate cost."""
    debate_id, receipt_id = debate["id"], debate["receipt_id"]
    bundle = (await client.get(f"/v1/receipts/{receipt_id}/bundle")).json()
    usage = (await client.get("/v1/usage", params=WEEK)).json()
    ledger = (await client.get(f"/v1/budgets/{budget}/ledger", params={"limit": 200})).json()
    return {
        "debate": (await client.get(f"/v1/debates/{debate_id}")).json(),
        "cost": (await client.get(f"/v1/debates/{debate_id}/cost")).json(),
        "signed": bundle["dsse"],
        "usage": [usage["total"], usage["groups"]],
        "ledger": [one for one in ledger["items"] if one["debate_id"] == debate_id],
    }


def by_hand(cost: dict[str, Any], rates: dict[str, int]) -> int:
    """Each call at these rates, rounded up once."""
    used = [call["usage"] for call in cost["by_call"]]
    assert all(one["cache_write_tokens"] == 0 for one in used)
    each = (sum(one[f"{kind}_tokens"] * rate for kind, rate in rates.items()) for one in used)
    return sum(-(-micro // 1_000_000) for micro in each)


def micro(usd: str) -> int:
    dollars, _, rest = usd.partition(".")
    return int(dollars) * 1_000_000 + int(rest.ljust(6, "0"))


@pytest.mark.parametrize(
    "dated", [{}, {"valid_from": "2026-10-01T00:00:00Z"}], ids=["from now on", "from long ago on"]
)
async def test_a_rate_changed_yesterday_does_not_change_last_weeks_debate(
    acme: httpx2.AsyncClient, time: Time, dated: dict[str, str]
) -> None:
    limit = {"name": "Team", "limit_usd": "100", "period": "total"}
    budget = (await acme.post("/v1/budgets", json=limit)).json()["id"]
    old = await decided(acme)
    before = await told(acme, old, budget)
    time.pass_by(days=6)
    price = (await acme.post("/v1/workspace-prices", json={**PRICE, **dated})).json()
    time.pass_by(days=1)

    new = await decided(acme)
    after = await told(acme, new, budget)

    assert await told(acme, old, budget) == before
    assert before["cost"]["price_versions"] != [price["price_version"]]
    assert after["cost"]["price_versions"] == [price["price_version"]]
    assert micro(before["cost"]["total"]["cost_usd"]) == by_hand(before["cost"], LISTED) > 0
    assert micro(after["cost"]["total"]["cost_usd"]) == by_hand(after["cost"], DEARER)
    assert (await acme.get("/v1/budgets/audit")).json()["agrees"] is True


async def test_a_rate_is_asked_to_change_last_weeks_debate(
    acme: httpx2.AsyncClient, time: Time
) -> None:
    """The receipt keeps what was known when it was issued."""
    limit = {"name": "Team", "limit_usd": "100", "period": "total"}
    budget = (await acme.post("/v1/budgets", json=limit)).json()["id"]
    old = await decided(acme)
    before = await told(acme, old, budget)
    time.pass_by(days=6)
    price = (await acme.post("/v1/workspace-prices", json=PRICE)).json()
    asked = {"starts_at": "2026-11-22T00:00:00Z"}
    path = f"/v1/workspace-prices/{price['id']}/reprice"

    foreseen = (await acme.post(path, json=asked)).json()
    assert await told(acme, old, budget) == before
    done = (await acme.post(path, json={**asked, "dry_run": False})).json()
    after = await told(acme, old, budget)

    assert {**done, "dry_run": True} == foreseen | {"ends_at": done["ends_at"]}
    assert micro(done["cost_before_usd"]) == by_hand(before["cost"], LISTED)
    assert micro(done["cost_after_usd"]) == by_hand(before["cost"], DEARER)
    assert after["cost"]["total"]["cost_usd"] == done["cost_after_usd"]
    assert price["price_version"] in after["cost"]["price_versions"]
    assert after["signed"] == before["signed"]
    assert len(after["ledger"]) == len(before["ledger"]) + done["calls"]
    spent = (await acme.get(f"/v1/budgets/{budget}")).json()
    assert micro(spent["spent_usd"]) + micro(spent["overage_usd"]) == micro(done["cost_after_usd"])
    until = {"first_day": "2026-11-22", "last_day": "2026-12-01"}
    usage = (await acme.get("/v1/usage", params=until)).json()
    assert usage["total"]["cost_usd"] == done["cost_after_usd"]
    assert (await acme.get("/v1/budgets/audit")).json()["agrees"] is True
