from __future__ import annotations

import asyncio
from typing import Any

import httpx2
import orjson
import pytest

pytestmark = pytest.mark.anyio

ASK = {
    "question": "Should we ship on Friday?",
    "context": "The team is small.",
    "documents": [{"name": "a.md", "media_type": "text/markdown", "text": "# Plan\n\nShip it."}],
    "max_cost_usd": "1",
    "seed": 7,
}


async def ended(client: httpx2.AsyncClient, debate_id: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            debate: dict[str, Any] = (await client.get(f"/v1/debates/{debate_id}")).json()
            if debate["status"] in ("concluded", "cancelled", "failed"):
                return debate
            await asyncio.sleep(0.02)


def events_of(stream: str) -> list[dict[str, Any]]:
    blocks = [
        dict(line.split(": ", 1) for line in b.splitlines()) for b in stream.split("\n\n") if b
    ]
    for block in blocks:
        assert orjson.loads(block["data"])["seq"] == int(block["id"])
        assert orjson.loads(block["data"])["type"] == block["event"]
    return [orjson.loads(block["data"]) for block in blocks]


async def test_a_debate_is_opened_and_runs_to_its_verdict(acme: httpx2.AsyncClient) -> None:
    opened = await acme.post("/v1/debates", json=ASK)

    assert opened.status_code == 202, opened.text
    debate = await ended(acme, opened.json()["id"])
    assert debate["status"] == "concluded"
    assert debate["documents"][0]["passages"] == 1
    assert debate["limits"]["max_cost_usd"] == "1"
    assert (await acme.get(f"/v1/receipts/{debate['receipt_id']}")).status_code == 200


async def test_the_stream_the_list_and_the_transcript_tell_one_story(
    acme: httpx2.AsyncClient,
) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]

    streamed = events_of((await acme.get(f"/v1/debates/{debate_id}/events/stream")).text)
    listed = (await acme.get(f"/v1/debates/{debate_id}/events", params={"limit": 100})).json()
    transcript = (await acme.get(f"/v1/debates/{debate_id}/transcript")).json()

    assert [event["seq"] for event in streamed] == list(range(1, len(streamed) + 1))
    assert [(e["seq"], e["type"], e["data"]) for e in listed["items"]] == [
        (e["seq"], e["type"], e["data"]) for e in streamed
    ]
    said = [e["data"] for e in streamed if e["type"] == "argument.added"]
    # Events come as answers came; a transcript is in the order of asking.
    assert sorted(said, key=lambda one: one["call_no"]) == [
        one for round_ in transcript["rounds"] for one in round_["arguments"]
    ]


async def test_a_stream_is_taken_up_by_the_last_event_id(acme: httpx2.AsyncClient) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]
    last_seq = (await ended(acme, debate_id))["last_seq"]

    rest = await acme.get(
        f"/v1/debates/{debate_id}/events/stream?after=3", headers={"last-event-id": "10"}
    )

    assert [event["seq"] for event in events_of(rest.text)] == list(range(11, last_seq + 1))


async def test_after_beyond_the_end_names_the_end(acme: httpx2.AsyncClient) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]
    last_seq = (await ended(acme, debate_id))["last_seq"]

    for path in ("events", "events/stream"):
        answer = await acme.get(f"/v1/debates/{debate_id}/{path}?after={last_seq + 1}")
        assert answer.status_code == 422
        assert answer.json()["code"] == "after_beyond_end"
        assert answer.json()["last_seq"] == last_seq


async def test_an_estimate_keeps_nothing(acme: httpx2.AsyncClient) -> None:
    answer = await acme.post("/v1/debates/estimate", json=ASK)

    assert answer.status_code == 200, answer.text
    assert answer.json()["calls_min"] <= answer.json()["calls_max"]
    assert (await acme.get("/v1/debates")).json()["items"] == []


async def test_a_debate_is_found_by_its_question(acme: httpx2.AsyncClient) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]

    found = await acme.get("/v1/debates", params={"question": "FRIDAY", "protocol": "escalate"})
    others = await acme.get("/v1/debates", params={"question": "Monday"})

    assert [debate["id"] for debate in found.json()["items"]] == [debate_id]
    assert others.json()["items"] == []


async def test_a_concluded_debate_cannot_be_cancelled(acme: httpx2.AsyncClient) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]
    await ended(acme, debate_id)

    answer = await acme.post(f"/v1/debates/{debate_id}/cancel")

    assert (answer.status_code, answer.json()["code"]) == (409, "debate_over")


async def test_agents_are_chosen_by_name(acme: httpx2.AsyncClient) -> None:
    agents = [
        {"model": "scripted:steady", "name": "ada", "persona": "A pilot", "role": "operator"},
        {"model": "scripted:careful", "temperature": "0.5", "max_output_tokens": 300},
        {"model": "scripted:careful"},
    ]

    debate = (await acme.post("/v1/debates", json={**ASK, "agents": agents})).json()

    assert [agent["name"] for agent in debate["agents"]] == ["ada", "careful", "careful-2"]
    assert debate["agents"][0]["persona"] == "A pilot"
    assert debate["agents"][1]["max_output_tokens"] == 300


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"protocol": "shouting"}, "protocol_unknown"),
        ({"agents": [{"model": "scripted:loud"}] * 3}, "agent_unknown"),
        ({"agents": [{"model": "nobody:at_all"}] * 3}, "agent_unknown"),
        ({"agents": [{"model": "scripted:steady"}] * 2}, "agents_invalid"),
        ({"agents": [{"model": "scripted:steady", "name": "a"}] * 3}, "agents_invalid"),
        ({"answer_kind": "choice"}, "options_invalid"),
        ({"max_cost_usd": "1e5"}, "invalid_amount"),
        ({"max_cost_usd": "0.000001"}, "budget_exceeded"),
    ],
)
async def test_what_cannot_run_is_refused_by_name(
    acme: httpx2.AsyncClient, change: dict[str, Any], code: str
) -> None:
    answer = await acme.post("/v1/debates", json={**ASK, **change})

    assert answer.json()["code"] == code
    assert answer.status_code == (402 if code == "budget_exceeded" else 422)


async def test_a_debate_is_invisible_to_other_workspaces(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    debate_id = (await acme.post("/v1/debates", json=ASK)).json()["id"]

    for path in ("", "/transcript", "/events", "/events/stream"):
        answer = await rival.get(f"/v1/debates/{debate_id}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "debate_not_found")
    assert (await rival.post(f"/v1/debates/{debate_id}/cancel")).status_code == 404
    assert (await rival.get("/v1/debates")).json()["items"] == []
