"""Read by type checkers, never run: every line marked `refused` must be refused."""

from __future__ import annotations

from typing import assert_type

from aragora import Aragora, AsyncAragora, BinaryResponse, Page, Response, UnknownEvent
from aragora.types import Budget, Debate, DebateEvent
from aragora.types.debates import AgentSpecParam
from aragora.types.events import ArgumentAddedEvent, DebateConcludedEvent


def calls(client: Aragora) -> None:
    assert_type(client.debates.create(question="?"), Debate)
    assert_type(client.debates.list(), Page[Debate])
    assert_type(client.receipts.bundle("id"), BinaryResponse)
    assert_type(client.receipts.html("id"), str)
    assert_type(client.with_response(client.budgets.get)("id"), Response[Budget])
    assert_type(client.debates.run(question="?", timeout_s=5), Debate)
    assert_type(client.request("GET", "/x", returns=Debate), Debate)
    assert_type(client.with_options(idle_s=3), Aragora)
    for event in client.debates.start(question="?").events():
        assert_type(event, DebateEvent | UnknownEvent)
        match event:
            case ArgumentAddedEvent(data=argument):
                assert_type(argument.text, str)
            case DebateConcludedEvent(data=end):
                assert_type(end.verdict.answer, str)
            case _:
                pass


async def async_calls(client: AsyncAragora) -> None:
    assert_type(await client.debates.create(question="?"), Debate)
    assert_type(await client.with_response(client.budgets.get)("id"), Response[Budget])
    async for debate in await client.debates.list():
        assert_type(debate, Debate)
    run = await client.debates.start(question="?")
    assert_type(await run.wait(), Debate)
    async for event in run.events():
        assert_type(event, DebateEvent | UnknownEvent)


def mistakes(client: Aragora, debate: Debate) -> None:
    client.debates.create(questoin="?")  # refused
    client.debates.create()  # refused
    client.debates.create("positional")  # refused
    client.debates.create(question="?", answer_kind="essay")  # refused
    client.debates.create(question="?", max_cost_usd=0.5)  # refused
    client.debates.create(question="?", agents=[{"modle": "scripted:careful"}])  # refused
    client.debates.create(question="?", request_options={"timeout": 5})  # refused
    client.with_response(client.debates.get)(budget_id="x")  # refused
    client.with_options(retries=3)  # refused
    assert_type(debate.verdict.answer, str)  # refused
    assert_type(debate.status.nope, str)  # refused
    Aragora("ara_positional")  # refused
    seat: AgentSpecParam = {"name": "without a model"}  # refused
    assert_type(seat, AgentSpecParam)
