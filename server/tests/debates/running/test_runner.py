from __future__ import annotations

import json

import pytest
from aragora.receipts import verify
from aragora_server.debates.opening import Wanted

from tests.money import KEY
from tests.placing import place_all
from tests.stage import MODELS, QUESTION, Stage

pytestmark = pytest.mark.anyio


async def test_a_debate_runs_from_a_question_to_a_verdict_with_a_receipt(stage: Stage) -> None:
    debate = await stage.open()

    over = await stage.run(debate)

    assert (over.status, over.stop_reason) == ("concluded", "rounds_exhausted")
    assert over.verdict is not None
    assert over.verdict.option_id == "approve"
    assert [dissent.agent for dissent in over.dissents] == ["blaise"]
    assert over.receipt_id is not None


async def test_its_events_are_gapless_and_end_with_the_receipt(stage: Stage) -> None:
    debate = await stage.open()

    await stage.run(debate)

    events = await stage.events(debate.id)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.type for event in events] == [
        "debate.created",
        "debate.started",
        "round.started",
        "budget.updated",
        "argument.added",
        "ballot.sealed",
        "argument.added",
        "ballot.sealed",
        "ballot.cast",
        "ballot.cast",
        "round.completed",
        "budget.updated",
        "round.started",
        "budget.updated",
        "critique.added",
        "ballot.sealed",
        "critique.added",
        "ballot.sealed",
        "ballot.cast",
        "ballot.cast",
        "round.completed",
        "budget.updated",
        "round.started",
        "budget.updated",
        "argument.added",
        "ballot.sealed",
        "ballot.cast",
        "round.completed",
        "budget.updated",
        "dissent.recorded",
        "debate.concluded",
        "receipt.issued",
    ]


async def test_its_receipt_verifies_offline(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    await place_all(stage.receipts)
    bundle = await stage.receipts.bundle(stage.workspace_id, str(over.receipt_id))

    assert verify(bundle, keys=await stage.receipts.published.pinned()).verdict == "verified"


async def test_what_nobody_knows_the_price_of_is_named_in_a_receipt_that_verifies(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MODELS, "carl", "nobody:new")
    await stage.money.budget(10**9, unpriced="allow")
    _, estimate = await stage.debates.estimate(
        stage.workspace_id, KEY, Wanted(question=QUESTION), ()
    )

    over = await stage.run(await stage.open())

    await place_all(stage.receipts)
    bundle = await stage.receipts.bundle(stage.workspace_id, str(over.receipt_id))
    assert verify(bundle, keys=await stage.receipts.published.pinned()).verdict == "verified"
    cost = (await stage.debates.get(stage.workspace_id, over.id)).cost
    assert cost.price_versions == ("flat-1", "unpriced")
    assert [agent.cost_micro_usd > 0 for agent in cost.agents] == [True, True, False]
    assert [agent.is_unpriced for agent in estimate.agents] == [False, False, True]
    assert (await stage.money.budgets.audit(stage.workspace_id)).differences == ()


async def test_a_debate_stops_at_its_next_round_when_its_model_is_allowed_no_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MODELS, "carl", "nobody:new")
    budget = await stage.money.budget(10**9, unpriced="allow")
    debate = await stage.open()
    await stage.money.budgets.change(stage.workspace_id, budget.budget.id, unpriced="refuse")

    over = await stage.run(debate)

    assert (over.status, over.stop_reason) == ("concluded", "budget")


async def test_what_it_cost_is_what_the_ledger_says(stage: Stage) -> None:
    debate = await stage.open(max_cost_micro_usd=1_000_000_000)

    await stage.run(debate)

    known = await stage.debates.get(stage.workspace_id, debate.id)
    told = [e for e in await stage.events(debate.id) if e.type == "debate.concluded"]
    assert known.cost.total_micro_usd > 0
    assert known.cost.calls == 5
    assert json.loads(told[0].data)["usage"]["calls"] == 5
