"""Fifty debates at once, and a budget that pays for about five of them."""

from __future__ import annotations

import base64
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Event
from typing import Any

import httpx2
from aragora.receipts import PinnedKeys, verify

from tests.serving import Server, everything, wait_for_end

DEBATES, PAID_FOR = 50, 5
STYLES = ("careful", "steady", "contrarian")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [{"model": f"scripted:{style}", "max_output_tokens": 300} for style in STYLES],
}


def test_fifty_debates_at_once_never_pass_a_limit_that_pays_for_five(server: Server) -> None:
    client = server.start().client()
    one = wait_for_end(client, opened(client, 0).json()["id"])
    limit = PAID_FOR * micro(one["usage"]["cost_usd"])
    budget = client.post("/v1/budgets", json={"name": "five", "limit_usd": usd(limit)}).json()
    is_over = Event()

    with ThreadPoolExecutor(DEBATES + 1) as pool:
        watching = pool.submit(watch, client, budget["id"], is_over)
        answers = list(pool.map(lambda seed: opened(client, seed), range(DEBATES)))
        accepted = [answer.json()["id"] for answer in answers if answer.status_code == 202]
        debates = [wait_for_end(client, debate_id) for debate_id in accepted]
        is_over.set()

    taken = watching.result()
    after = client.get(f"/v1/budgets/{budget['id']}").json()
    ledger = everything(client, f"/v1/budgets/{budget['id']}/ledger")
    assert Counter(answer.status_code for answer in answers).keys() == {202, 402}
    assert max(taken) <= limit
    assert micro(after["spent_usd"]) + micro(after["overage_usd"]) <= limit
    assert (after["held_usd"], after["overage_usd"]) == ("0", "0")
    assert micro(after["spent_usd"]) == sum(micro(d["usage"]["cost_usd"]) for d in debates)
    assert micro(after["spent_usd"]) == booked(ledger, "settle")
    assert booked(ledger, "reserve") >= booked(ledger, "settle") + booked(ledger, "release")
    for answer in answers:
        if answer.status_code == 402:
            assert_says_what_is_missing(answer.json(), budget["id"], limit)
    for debate in debates:
        assert debate["status"] == "concluded", debate
        assert_no_round_is_cut(everything(client, f"/v1/debates/{debate['id']}/events"))


def test_the_receipt_the_debate_and_the_ledger_name_the_same_cost(server: Server) -> None:
    client = server.start().client()
    budget = client.post("/v1/budgets", json={"name": "b", "limit_usd": "5"}).json()
    debate = wait_for_end(client, opened(client, 3).json()["id"])

    receipt = client.get(f"/v1/receipts/{debate['receipt_id']}").json()
    signed = payload_of(client.get(f"/v1/receipts/{debate['receipt_id']}/bundle").json())
    ledger = everything(client, f"/v1/budgets/{budget['id']}/ledger")
    spent = client.get(f"/v1/budgets/{budget['id']}").json()["spent_usd"]

    cost = micro(debate["usage"]["cost_usd"])
    assert cost > 0
    assert cost == booked(ledger, "settle") == micro(spent)
    assert receipt["usage"] == debate["usage"]
    assert signed["cost"]["total_micro_usd"] == cost
    assert sum(agent["cost_micro_usd"] for agent in signed["cost"]["agents"]) == cost
    assert {entry["price_version"] for entry in ledger} == set(signed["cost"]["price_versions"])
    for agent in debate["usage"]["by_agent"]:
        mine = [entry for entry in ledger if entry["agent"] == agent["agent"]]
        assert booked(mine, "settle") == micro(agent["cost_usd"])


def test_a_debate_stops_at_its_own_limit_and_still_gets_a_receipt(server: Server) -> None:
    client = server.start().client()
    refused = opened(client, 1, max_cost_usd="0.000001")
    first_round = refused.json()["needed_usd"]

    debate_id = opened(client, 1, max_cost_usd=first_round).json()["id"]
    stopped = wait_for_end(client, debate_id)

    assert (refused.status_code, refused.json()["scope"]) == (402, "debate")
    assert (stopped["status"], stopped["stop_reason"]) == ("concluded", "budget")
    assert 0 < micro(stopped["usage"]["cost_usd"]) <= micro(first_round)
    assert stopped["receipt_id"] is not None
    assert_no_round_is_cut(everything(client, f"/v1/debates/{debate_id}/events"))


def test_a_receipt_names_the_override_without_which_its_debate_was_refused(server: Server) -> None:
    client = server.start().client()
    needed = micro(opened(client, 1, max_cost_usd="0.000001").json()["needed_usd"])
    limit = {"name": "tight", "limit_usd": f"{Decimal(needed - 1) / 1_000_000:f}"}
    budget = client.post("/v1/budgets", json=limit).json()
    asked = {"amount_usd": "0.000001", "expires_at": soon(), "reason": "the audit is due"}

    refused = opened(client, 1)
    granted = client.post(f"/v1/budgets/{budget['id']}/overrides", json=asked).json()
    helped = wait_for_end(client, opened(client, 1).json()["id"])

    bundle = client.get(f"/v1/receipts/{helped['receipt_id']}/bundle").content
    keys = PinnedKeys.of(client.get("/.well-known/aragora-keys.json").json())
    assert refused.status_code == 402
    assert payload_of(json.loads(bundle))["budget"] == {"overrides": [granted["id"]]}
    assert verify(bundle, keys=keys).verdict == "verified"


def soon() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat().replace("+00:00", "Z")


def test_a_debate_never_costs_more_than_its_estimate(server: Server) -> None:
    client = server.start().client()

    estimate = client.post("/v1/debates/estimate", json=ASK).json()
    debate = wait_for_end(client, opened(client, 1).json()["id"])

    assert 0 < micro(debate["usage"]["cost_usd"]) <= micro(estimate["cost_max_usd"])


def opened(client: httpx2.Client, seed: int, **asked: Any) -> httpx2.Response:
    return client.post("/v1/debates", json={**ASK, "seed": seed, **asked})


def watch(client: httpx2.Client, budget_id: str, is_over: Event) -> list[int]:
    """What the budget has taken, again and again while it is fought over."""
    taken = []
    while not is_over.wait(0.02):
        budget = client.get(f"/v1/budgets/{budget_id}").json()
        parts = (budget["spent_usd"], budget["held_usd"], budget["overage_usd"])
        taken.append(sum(micro(part) for part in parts))
    return taken


def assert_says_what_is_missing(problem: dict[str, Any], budget_id: str, limit: int) -> None:
    assert (problem["code"], problem["budget_id"]) == ("budget_exceeded", budget_id)
    assert micro(problem["limit_usd"]) == limit
    assert micro(problem["needed_usd"]) > micro(problem["remaining_usd"])


def assert_no_round_is_cut(events: list[dict[str, Any]]) -> None:
    """A round is admitted whole: whoever stops for money stops between two rounds."""
    started = {e["data"]["round"]: e["data"] for e in events if e["type"] == "round.started"}
    completed = [e["data"]["round"] for e in events if e["type"] == "round.completed"]
    sealed = Counter(e["data"]["round"] for e in events if e["type"] == "ballot.sealed")
    assert completed == list(started)
    for number, opening in started.items():
        assert sealed[number] == len(opening["participants"])


def booked(ledger: list[dict[str, Any]], kind: str) -> int:
    return sum(micro(entry["amount_usd"]) for entry in ledger if entry["kind"] == kind)


def micro(amount: str) -> int:
    return int(Decimal(amount) * 1_000_000)


def usd(micro_usd: int) -> str:
    return f"{micro_usd // 1_000_000}.{micro_usd % 1_000_000:06d}"


def payload_of(bundle: dict[str, Any]) -> dict[str, Any]:
    statement = json.loads(base64.b64decode(bundle["dsse"]["payload"]))
    return statement["predicate"]  # type: ignore[no-any-return]
