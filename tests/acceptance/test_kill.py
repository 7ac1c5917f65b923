"""`kill -9` in the middle of a debate, and a second start on what is left."""

from __future__ import annotations

import time
from collections import Counter
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from tests.serving import Server, everything, wait_for_end

AGENTS = ("slow", "careful", "contrarian")
ASK: dict[str, Any] = {
    "question": "Ship on Friday or wait for Monday?",
    "options": [{"id": "ship", "label": "Ship on Friday"}, {"id": "wait", "label": "Wait"}],
    "agents": [{"model": f"scripted:{style}", "name": style} for style in AGENTS],
    "seed": 7,
}


# Of two agents one answers soon and one late: that one is being asked while the server dies.
@pytest.mark.parametrize("answers", [1, 3], ids=["in-the-first-round", "in-the-second-round"])
def test_a_killed_server_takes_its_debate_up_again(server: Server, answers: int) -> None:
    server.settings |= {"ARAGORA_SCRIPTED_PACE_S": "0.1", "ARAGORA_SCRIPTED_SLOW_S": "1"}
    client = server.start().client()
    budget = client.post("/v1/budgets", json={"name": "b", "limit_usd": "5"}).json()
    debate_id = client.post("/v1/debates", json=ASK).json()["id"]
    wait_for_answers(client, debate_id, answers)
    before = everything(client, f"/v1/debates/{debate_id}/events")
    server.kill()
    asked_before = asked(server)

    client = server.start().client()
    debate = wait_for_end(client, debate_id)

    after = everything(client, f"/v1/debates/{debate_id}/events")
    ledger = everything(client, f"/v1/budgets/{budget['id']}/ledger")
    assert debate["status"] == "concluded"
    assert debate["receipt_id"] is not None
    assert after[: len(before)] == before
    assert [event["seq"] for event in after] == list(range(1, debate["last_seq"] + 1))
    assert_nothing_is_said_twice(after)
    assert_only_calls_in_flight_are_repeated(server, asked_before, before)
    assert_every_hold_is_closed(client, budget["id"], ledger, debate)


def wait_for_answers(client: httpx2.Client, debate_id: str, number: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        events = everything(client, f"/v1/debates/{debate_id}/events")
        if len(answered(events)) >= number:
            return
        time.sleep(0.02)
    raise AssertionError("the debate did not get that far")


def answered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every answer of an agent is sealed in one ballot."""
    return [event for event in events if event["type"] == "ballot.sealed"]


def asked(server: Server) -> Counter[tuple[str, str, int]]:
    """How often each agent started and ended its n-th call, counted outside the database."""
    lines = [line.split() for line in server.calls.read_text().splitlines()]
    calls: dict[str, list[int]] = {}
    for call_no, agent in sorted({(int(line[2]), line[4]) for line in lines}):
        calls.setdefault(agent, []).append(call_no)
    return Counter((line[0], line[4], calls[line[4]].index(int(line[2]))) for line in lines)


def assert_nothing_is_said_twice(events: list[dict[str, Any]]) -> None:
    spoken = [
        (event["type"], event["data"]["round"], event["data"]["agent"])
        for event in events
        if event["type"] in ("argument.added", "critique.added", "ballot.sealed")
    ]
    rounds = [e["data"]["round"] for e in events if e["type"] == "round.started"]
    assert len(spoken) == len(set(spoken))
    assert len(rounds) == len(set(rounds))
    assert [e["type"] for e in events].count("receipt.issued") == 1


def assert_only_calls_in_flight_are_repeated(
    server: Server, before: Counter[tuple[str, str, int]], events: list[dict[str, Any]]
) -> None:
    kept = {(event["data"]["agent"], event["data"]["round"]) for event in answered(events)}
    started = {(agent, nth) for event, agent, nth in before if event == "START"}
    repeated = {
        (agent, nth)
        for (event, agent, nth), n in asked(server).items()
        if event == "START" and n > 1
    }
    assert started - kept, "the server was killed while it waited for an answer"
    assert not repeated & kept
    assert repeated <= started - kept


def assert_every_hold_is_closed(
    client: httpx2.Client, budget_id: str, ledger: list[dict[str, Any]], debate: dict[str, Any]
) -> None:
    budget = client.get(f"/v1/budgets/{budget_id}").json()
    kinds: dict[str, list[str]] = {}
    for entry in ledger:
        kinds.setdefault(entry["hold_id"], []).append(entry["kind"])
    lost = [e for e in ledger if e["kind"] == "settle" and e["usage"] is None]
    assert budget["held_usd"] == "0"
    assert budget["spent_usd"] == debate["usage"]["cost_usd"]
    assert all(
        sorted(each)[0] in ("release", "reserve") and len(each) == 2 for each in kinds.values()
    )
    # What the dead process had sent may have been billed: it is booked in full and says so.
    assert lost
    assert all(entry["usage_source"] == "estimated" for entry in lost)
    assert Decimal(budget["spent_usd"]) > sum(Decimal(entry["amount_usd"]) for entry in lost)
