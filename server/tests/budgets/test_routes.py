"""Budgets over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import anyio
import httpx2
import pytest
from aragora_server.kernel.money import parse_usd

pytestmark = pytest.mark.anyio

BUDGET = {"name": "Team", "limit_usd": "25.50"}


async def test_a_budget_is_created_read_changed_and_closed(acme: httpx2.AsyncClient) -> None:
    made = await acme.post("/v1/budgets", json=BUDGET)
    path = f"/v1/budgets/{made.json()['id']}"

    changed = await acme.patch(path, json={"limit_usd": "40", "name": "All"})
    read = await acme.get(path)
    closed = await acme.delete(path)

    assert made.status_code == 201
    assert {key: made.json()[key] for key in ("limit_usd", "spent_usd", "period", "scope")} == {
        "limit_usd": "25.5",
        "spent_usd": "0",
        "period": "month",
        "scope": "workspace",
    }
    assert (read.json()["limit_usd"], read.json()["name"]) == ("40", "All")
    assert read.json() == changed.json()
    assert closed.status_code == 204
    assert (await acme.get(path)).json()["code"] == "budget_not_found"


async def test_who_is_told_changes_only_where_it_is_said(acme: httpx2.AsyncClient) -> None:
    ada = {"emails": ["ada@example.com"], "webhooks": False}
    made = (await acme.post("/v1/budgets", json={**BUDGET, "notify": ada})).json()
    path = f"/v1/budgets/{made['id']}"

    eve = (await acme.patch(path, json={"notify": {"emails": ["eve@example.com"]}})).json()
    both = (await acme.patch(path, json={"notify": {"webhooks": True}})).json()

    assert made["notify"] == ada
    assert eve["notify"] == {"emails": ["eve@example.com"], "webhooks": False}
    assert both["notify"] == {"emails": ["eve@example.com"], "webhooks": True}


async def test_an_override_ends_when_it_said_that_it_would(acme: httpx2.AsyncClient) -> None:
    budget = (await acme.post("/v1/budgets", json={**BUDGET, "period": "total"})).json()
    path = f"/v1/budgets/{budget['id']}/overrides"
    asked = {"amount_usd": "1", "expires_at": "2999-01-01T00:00:00.123456Z", "reason": "audit"}

    made = (await acme.post(path, json=asked)).json()

    assert (await acme.get(path)).json()["items"] == [made]
    assert made["expires_at"] == "2999-01-01T00:00:00.123000Z"


async def test_a_total_budget_has_no_end(acme: httpx2.AsyncClient) -> None:
    made = (await acme.post("/v1/budgets", json={**BUDGET, "period": "total"})).json()

    assert made["period_end"] is None
    assert made["period_start"] == made["created_at"]


async def test_a_budget_begins_anew_by_the_clock_of_its_zone(acme: httpx2.AsyncClient) -> None:
    payday = {"timezone": "Pacific/Auckland", "anchor_day": 15}
    month = (await acme.post("/v1/budgets", json={**BUDGET, **payday})).json()
    week = await acme.post("/v1/budgets", json={**BUDGET, "period": "week"})
    nowhere = await acme.post("/v1/budgets", json={**BUDGET, "timezone": "Mars/Olympus"})
    odd = await acme.post("/v1/budgets", json={**BUDGET, "period": "week", "anchor_day": 15})

    starts = datetime.fromisoformat(month["period_start"]).astimezone(ZoneInfo("Pacific/Auckland"))
    assert (starts.day, starts.hour, month["anchor_day"]) == (15, 0, 15)
    assert (week.status_code, week.json()["timezone"]) == (201, "UTC")
    assert datetime.fromisoformat(week.json()["period_start"]).weekday() == 0
    assert (nowhere.status_code, nowhere.json()["code"]) == (422, "invalid_period")
    assert (odd.status_code, odd.json()["code"]) == (422, "invalid_period")


@pytest.mark.parametrize("amount", ["1e5", "+1", "-1", "0.1234567", "NaN", "01", "9999999999"])
async def test_an_amount_that_is_none_is_refused_by_name(
    acme: httpx2.AsyncClient, amount: str
) -> None:
    made = await acme.post("/v1/budgets", json={**BUDGET, "limit_usd": amount})
    debate = await acme.post("/v1/debates", json={"question": "?", "max_cost_usd": amount})

    assert (made.status_code, made.json()["code"]) == (422, "invalid_amount")
    assert (debate.status_code, debate.json()["code"]) == (422, "invalid_amount")


async def test_a_json_number_is_no_amount(acme: httpx2.AsyncClient) -> None:
    answer = await acme.post("/v1/budgets", json={**BUDGET, "limit_usd": 10})

    assert answer.status_code == 422


async def test_a_second_budget_of_one_scope_and_period_conflicts(acme: httpx2.AsyncClient) -> None:
    await acme.post("/v1/budgets", json=BUDGET)

    answer = await acme.post("/v1/budgets", json=BUDGET)

    assert (answer.status_code, answer.json()["code"]) == (409, "budget_conflict")


async def test_a_debate_that_cannot_be_paid_for_is_refused_before_it_begins(
    acme: httpx2.AsyncClient,
) -> None:
    budget = (await acme.post("/v1/budgets", json={**BUDGET, "limit_usd": "0.000001"})).json()

    answer = await acme.post("/v1/debates", json={"question": "Ship on Friday?"})

    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (402, "budget_exceeded")
    assert (problem["budget_id"], problem["remaining_usd"]) == (budget["id"], "0.000001")
    assert (await acme.get("/v1/debates")).json()["items"] == []
    assert (await acme.get(f"/v1/budgets/{budget['id']}")).json() == budget


async def test_the_ledger_shows_every_booking_of_a_debate(acme: httpx2.AsyncClient) -> None:
    budget = (await acme.post("/v1/budgets", json=BUDGET)).json()
    debate = (await acme.post("/v1/debates", json={"question": "Ship on Friday?"})).json()
    with anyio.fail_after(30):
        while debate["ended_at"] is None:
            await anyio.sleep(0.02)
            debate = (await acme.get(f"/v1/debates/{debate['id']}")).json()

    page = await acme.get(f"/v1/budgets/{budget['id']}/ledger", params={"limit": 100})
    entries = page.json()["items"]
    settled = [entry for entry in entries if entry["kind"] == "settle"]

    assert len(settled) == debate["usage"]["calls"] > 0
    assert {entry["provider"] for entry in entries} == {"scripted"}
    assert all(entry["usage"] and entry["usage_source"] for entry in settled)
    assert all(entry["usage"] is None for entry in entries if entry["kind"] == "reserve")


async def test_budgets_need_their_scopes(acme: httpx2.AsyncClient) -> None:
    asked = {"name": "reader", "scopes": ["budgets:read"]}
    key = (await acme.post("/v1/api-keys", json=asked)).json()["key"]
    as_reader = {"headers": {"authorization": f"Bearer {key}"}}

    read = await acme.get("/v1/budgets", **as_reader)
    written = await acme.post("/v1/budgets", json=BUDGET, **as_reader)

    assert read.status_code == 200
    assert (written.status_code, written.json()["code"]) == (403, "scope_missing")


async def test_a_call_is_adjusted_by_whoever_may_and_the_ledger_tells(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    budget = (await acme.post("/v1/budgets", json={**BUDGET, "period": "total"})).json()
    debate = (await acme.post("/v1/debates", json={"question": "Ship?"})).json()
    await ended(acme, debate["id"])
    before = (await acme.get(f"/v1/debates/{debate['id']}/cost")).json()
    call = before["by_call"][0]
    asked = {"hold_id": call["hold_id"], "amount_usd": "0.25", "reason": "billed by hand"}

    made = await acme.post("/v1/ledger/adjustments", json=asked)

    assert made.status_code == 201
    assert (made.json()["overage_usd"], made.json()["reason"]) == ("0.25", "billed by hand")
    ledger = (await acme.get(f"/v1/budgets/{budget['id']}/ledger")).json()["items"]
    assert ledger[0] == made.json()
    assert (await acme.get(f"/v1/budgets/{budget['id']}")).json()["overage_usd"] == "0.25"
    cost = (await acme.get(f"/v1/debates/{debate['id']}/cost")).json()
    assert parse_usd(cost["total"]["cost_usd"]) == 250_000 + parse_usd(before["total"]["cost_usd"])
    assert cost["by_call"][0]["overage_usd"] == "0.25"
    too_much = await acme.post("/v1/ledger/adjustments", json={**asked, "amount_usd": "-9"})
    assert (too_much.status_code, too_much.json()["code"]) == (422, "adjustment_invalid")
    foreign = await rival.post("/v1/ledger/adjustments", json=asked)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "hold_not_found")
    assert (await acme.get("/v1/budgets/audit")).json()["agrees"]


async def test_no_adjustment_makes_sums_that_no_answer_can_tell(acme: httpx2.AsyncClient) -> None:
    budget = (await acme.post("/v1/budgets", json={**BUDGET, "period": "total"})).json()
    debate = (await acme.post("/v1/debates", json={"question": "Ship?"})).json()
    await ended(acme, debate["id"])
    calls = (await acme.get(f"/v1/debates/{debate['id']}/cost")).json()["by_call"]

    for call in calls[:2]:
        asked = {"hold_id": call["hold_id"], "amount_usd": "8999999999", "reason": "a typo"}
        answer = await acme.post("/v1/ledger/adjustments", json=asked)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_amount")
        assert "more than 10000 USD" in answer.json()["detail"]

    one = f"/v1/budgets/{budget['id']}"
    for path in (one, f"{one}/periods", f"/v1/debates/{debate['id']}/cost", "/v1/usage"):
        assert (await acme.get(path)).status_code == 200


async def ended(client: httpx2.AsyncClient, debate_id: str) -> None:
    with anyio.fail_after(60):
        while (await client.get(f"/v1/debates/{debate_id}")).json()["status"] != "concluded":
            await anyio.sleep(0.05)
