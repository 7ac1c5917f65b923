"""Reports over HTTP: what is shown is what was booked, and nobody else's."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import httpx2
import pytest
from aragora_server.services import Services
from aragora_server.usage.forecast import Forecast
from aragora_server.usage_plugs import BudgetStanding, UsageBudgets

from .test_costs import decided, micro

pytestmark = pytest.mark.anyio


async def test_a_report_shows_debates_money_tags_and_budgets(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    await acme.post("/v1/budgets", json={"name": "=Team", "limit_usd": "5"})
    debate = await decided(acme, tags=["release"])

    told = (await acme.get("/v1/usage", params={"timezone": "Asia/Kathmandu"})).json()
    foreign = (await rival.get("/v1/usage")).json()
    table = (await acme.get("/v1/usage/export/csv", params={"group_by": "budget"})).text

    assert told["total"]["cost_usd"] == debate["usage"]["cost_usd"]
    assert told["total"]["calls"] == debate["usage"]["calls"] == told["total"]["counted"]
    assert told["debates"]["opened"] == told["debates"]["concluded"] == 1
    assert sum(micro(group["sums"]["cost_usd"]) for group in told["groups"]) > 0
    assert told["top_tags"] == [{"tag": "release", "debates": 1}]
    assert [budget["name"] for budget in told["budgets"]] == ["=Team"]
    assert foreign["total"]["cost_usd"] == "0"
    assert (foreign["debates"]["opened"], foreign["top_tags"], foreign["budgets"]) == (0, [], [])
    head, row, total = csv.reader(io.StringIO(table))
    assert head[:3] == ["budget", "label", "calls"]
    assert row[1] == "'=Team"
    assert row[2:] == total[2:]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"first_day": "2026-02-30"}, "invalid_range"),
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "invalid_range"),
        ({"timezone": "Mars/Olympus"}, "invalid_period"),
        ({"group_by": "moon"}, "invalid_request"),
    ],
)
async def test_what_cannot_be_reported_is_refused_by_name(
    acme: httpx2.AsyncClient, asked: dict[str, str], code: str
) -> None:
    answer = await acme.get("/v1/usage", params=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def standing(**told: Any) -> BudgetStanding:
    begin = datetime(2026, 11, 1, tzinfo=UTC)
    return BudgetStanding(
        **{
            "budget_id": "b",
            "name": "b",
            "scope": "workspace",
            "period": "month",
            "limit_micro_usd": 100,
            "ceiling_micro_usd": 100,
            "spent_micro_usd": 45,
            "held_micro_usd": 7,
            "overage_micro_usd": 5,
            "remaining_micro_usd": 43,
            "counts_from": begin,
            "starts_at": begin,
            "ends_at": datetime(2026, 12, 1, tzinfo=UTC),
            **told,
        }
    )


@pytest.mark.parametrize(
    ("told", "days", "projected", "met_on_day"),
    [
        # 50 in 10 of 30 days: 150 at the end, and 100 after 20 days.
        ({}, 10, 150, 20),
        # 50 in 10 days of which the budget knows them all; 16 days counted of its own 20.
        ({"counts_from": datetime(2026, 11, 7, tzinfo=UTC)}, 10, 300, 14),
        # 50 in 25 days: 60, below the limit.
        ({}, 25, 60, None),
        ({}, 2, None, None),
        ({"spent_micro_usd": 0, "overage_micro_usd": 0}, 10, 0, None),
        ({"spent_micro_usd": 120}, 10, 375, 10),
        ({"ends_at": None}, 10, None, 20),
        # 18 billion USD are no amount.
        ({"spent_micro_usd": 6 * 10**15 - 5, "ceiling_micro_usd": 9 * 10**15}, 10, None, 15),
    ],
)
def test_a_forecast_is_a_straight_line(
    told: dict[str, Any], days: int, projected: int | None, met_on_day: int | None
) -> None:
    begin = datetime(2026, 11, 1, tzinfo=UTC)

    drawn = Forecast.of(standing(**told), begin + timedelta(days=days))

    met = None if met_on_day is None else begin + timedelta(days=met_on_day)
    assert (drawn.projected_micro_usd, drawn.reaches_limit_at) == (projected, met)


async def test_a_young_budget_has_no_forecast(acme: httpx2.AsyncClient, services: Services) -> None:
    await acme.post("/v1/budgets", json={"name": "Team", "limit_usd": "5"})

    (told,) = (await acme.get("/v1/usage/forecast")).json()["budgets"]

    assert (told["spent_usd"], told["projected_usd"], told["reaches_limit_at"]) == ("0", None, None)
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    async with services.db.read() as tx:
        at = services.clock() + timedelta(days=4)
        (later,) = await UsageBudgets().standings(tx, workspace_id=workspace_id, at=at)
    assert attrs.asdict(later)["spent_micro_usd"] == 0
