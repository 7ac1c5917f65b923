from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest
from aragora_server.agents.model import ProviderRejected, ProviderTimeout, ProviderUnavailable
from aragora_server.debates.model import DebateOver, Tenure
from aragora_server.debates.rules import protocol
from aragora_server.debates.running import hearing
from aragora_server.debates.store import Filter
from aragora_server.kernel.errors import PaymentRequired
from aragora_server.kernel.ids import new_id

from tests.hearings import next_steps
from tests.money import KEY
from tests.stage import Stage, failing, hanging, reply, saying
from tests.waiting import until

pytestmark = pytest.mark.anyio


async def held(stage: Stage, debate_id: str) -> int:
    async with stage.db.read() as tx:
        known = await stage.money.holds.standing(
            tx, workspace_id=stage.workspace_id, api_key_id=KEY, debate_id=debate_id, tags=()
        )
    return known.held_micro_usd


async def test_cancelling_closes_calls_under_way_within_a_second_and_books_an_estimate(
    stage: Stage,
) -> None:
    stage.troupe.lines["blaise"] = hanging(after="four byte words " * 4)
    debate = await stage.open()

    async with anyio.create_task_group() as group:
        group.start_soon(stage.runner.run, debate.id)
        await until(lambda: len(stage.troupe.asked) == 2)
        started = time.monotonic()
        await stage.debates.cancel(stage.workspace_id, debate.id, KEY)

    assert time.monotonic() - started < 1
    known = await stage.debates.get(stage.workspace_id, debate.id)
    blaise = next(agent for agent in known.cost.agents if agent.agent == "blaise")
    assert (known.debate.status, known.debate.stop_reason) == ("cancelled", "cancelled")
    assert blaise.is_estimated
    assert blaise.output_tokens == 16
    assert await held(stage, debate.id) == 0
    assert (await stage.types(debate.id))[-1] == "debate.cancelled"


async def test_cancelling_twice_is_cancelling_once(stage: Stage) -> None:
    debate = await stage.open()

    first = await stage.debates.cancel(stage.workspace_id, debate.id, KEY)
    second = await stage.debates.cancel(stage.workspace_id, debate.id, new_id())

    assert first == second
    assert (await stage.types(debate.id)).count("debate.cancelled") == 1


async def test_a_debate_that_waits_is_cancelled_at_once_and_gives_its_money_back(
    stage: Stage,
) -> None:
    debate = await stage.open()
    assert await held(stage, debate.id) > 0

    known = await stage.debates.cancel(stage.workspace_id, debate.id, KEY)
    await stage.runner.run(debate.id)

    assert known.debate.status == "cancelled"
    assert await held(stage, debate.id) == 0
    assert stage.troupe.asked == []


async def test_a_cancellation_between_two_rounds_is_seen(stage: Stage) -> None:
    async def cancel_then_answer(prompt, _on_delta):  # type: ignore[no-untyped-def]
        await stage.debates.cancel(stage.workspace_id, prompt.debate_id, KEY)
        return reply(prompt, "approve")

    stage.troupe.lines["ada"] = cancel_then_answer
    debate = await stage.open()

    over = await stage.run(debate)

    assert over.status == "cancelled"
    assert over.cancelled_by == KEY


async def test_a_call_that_had_not_left_costs_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    debate = await stage.open()
    listen = stage.broadcast.listen

    @asynccontextmanager
    async def cancel_and_listen(topic: str) -> AsyncIterator[AsyncIterator[bytes]]:
        await stage.debates.cancel(stage.workspace_id, debate.id, KEY)
        async with listen(topic) as messages:
            yield messages

    monkeypatch.setattr(stage.broadcast, "listen", cancel_and_listen)

    over = await stage.run(debate)

    known = await stage.debates.get(stage.workspace_id, debate.id)
    assert over.status == "cancelled"
    assert stage.troupe.asked == []
    assert known.cost.total_micro_usd == 0
    assert await held(stage, debate.id) == 0


async def test_an_agent_that_says_nothing_for_too_long_has_failed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "CALL_TIMEOUT_S", 0.05)
    stage.troupe.lines["carl"] = hanging()

    over = await stage.run(await stage.open())

    failed = [json.loads(e.data) for e in await stage.events(over.id) if e.type == "agent.failed"]
    assert {one["code"] for one in failed} == {"provider_timeout"}
    assert over.status == "concluded"


async def test_a_debate_that_ended_elsewhere_is_left_alone(stage: Stage) -> None:
    async def end_it(prompt, _on_delta):  # type: ignore[no-untyped-def]
        await stage.runner.endings.fail(Tenure(prompt.debate_id, 1), "internal_error", left={})
        return reply(prompt, "approve")

    stage.troupe.lines["ada"] = end_it
    debate = await stage.open()

    over = await stage.run(debate)

    assert over.status == "failed"
    assert (await stage.types(debate.id)).count("debate.failed") == 1


async def test_a_verdict_cannot_be_cancelled(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    with pytest.raises(DebateOver):
        await stage.debates.cancel(stage.workspace_id, over.id, KEY)


async def test_a_second_verdict_is_refused(stage: Stage) -> None:
    over = await stage.run(await stage.open())
    whole = await stage.debates.transcript(stage.workspace_id, over.id)
    end = next_steps(protocol.load("escalate"), over.setup(), whole.transcript)

    with pytest.raises(DebateOver):
        await stage.runner.endings.conclude(Tenure(over.id, 1), end, left={})  # type: ignore[arg-type]

    types = await stage.types(over.id)
    assert types.count("debate.concluded") == types.count("receipt.issued") == 1


async def test_nothing_is_told_of_a_debate_that_is_over(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    with pytest.raises(DebateOver):
        async with stage.db.begin() as tx:
            await stage.runner.proceedings.clerk.append(tx, Tenure(over.id, 1))


async def test_running_a_debate_that_is_over_changes_nothing(stage: Stage) -> None:
    over = await stage.run(await stage.open())
    asked = len(stage.troupe.asked)

    again = await stage.run(over)

    assert again == over
    assert len(stage.troupe.asked) == asked


async def test_a_round_that_no_budget_admits_ends_the_debate_with_what_was_said(
    stage: Stage,
) -> None:
    one_round = await held(stage, (await stage.open()).id)
    debate = await stage.open(max_cost_micro_usd=one_round)

    over = await stage.run(debate)

    assert (over.status, over.stop_reason) == ("concluded", "budget")
    assert over.verdict is not None
    assert over.verdict.quorum.cast == 2
    assert over.receipt_id is not None


async def test_a_debate_whose_first_round_is_too_dear_leaves_no_trace(stage: Stage) -> None:
    with pytest.raises(PaymentRequired) as refusal:
        await stage.open(max_cost_micro_usd=10)

    assert refusal.value.members["limit_usd"] == "0.00001"
    page = await stage.debates.list(stage.workspace_id, Filter(), cursor=None, limit=10)
    assert page.items == ()


async def test_no_debate_of_many_at_once_spends_more_than_the_budget(stage: Stage) -> None:
    budget = await stage.money.budget(30_000)
    opened = []

    async def ask_for_one() -> None:
        try:
            opened.append(await stage.open())
        except PaymentRequired:
            return
        await stage.runner.run(opened[-1].id)

    async with anyio.create_task_group() as group:
        for _ in range(12):
            group.start_soon(ask_for_one)

    spent, still_held, overage, _left = await stage.money.counters(budget)
    assert 0 < len(opened) < 12
    assert spent + overage <= 30_000
    assert still_held == 0


async def test_at_the_deadline_closed_rounds_are_counted(stage: Stage) -> None:
    async def hang_later(prompt, on_delta):  # type: ignore[no-untyped-def]
        if prompt.material.kind == "critique":
            await hanging()(prompt, on_delta)
        return reply(prompt, "reject")

    stage.troupe.lines["blaise"] = hang_later
    debate = await stage.open(deadline_s=1)

    over = await stage.run(debate)

    assert (over.status, over.stop_reason) == ("concluded", "deadline")
    assert over.verdict is not None
    assert over.verdict.quorum.cast == 2
    assert over.receipt_id is not None
    assert await held(stage, debate.id) == 0


async def test_a_deadline_that_passed_in_the_queue_asks_nobody(stage: Stage) -> None:
    debate = await stage.open(deadline_s=5)
    stage.money.time.pass_by(seconds=6)

    over = await stage.run(debate)

    assert over.verdict is not None
    assert (over.verdict.outcome, over.stop_reason) == ("no_decision", "deadline")
    assert stage.troupe.asked == []


async def test_an_agent_that_recovers_is_heard(stage: Stage) -> None:
    stage.troupe.lines["ada"] = failing(
        ProviderUnavailable("busy", retry_after_s=2.0), times=2, then="approve"
    )
    debate = await stage.open()

    over = await stage.run(debate)

    failed = [json.loads(e.data) for e in await stage.events(debate.id) if e.type == "agent.failed"]
    assert over.status == "concluded"
    assert [(one["attempt"], one["code"], one["retry_in_s"]) for one in failed] == [
        (1, "provider_unavailable", 2),
        (2, "provider_unavailable", 2),
    ]
    assert stage.waits == [2.0, 2.0]
    assert await held(stage, debate.id) == 0


async def test_an_agent_that_stays_away_abstains_and_the_others_decide(stage: Stage) -> None:
    stage.troupe.lines["carl"] = failing(ProviderUnavailable("down"))
    debate = await stage.open()

    over = await stage.run(debate)

    failed = [json.loads(e.data) for e in await stage.events(debate.id) if e.type == "agent.failed"]
    assert over.status == "concluded"
    assert [one["retry_in_s"] for one in failed] == [0, 1, None]
    assert stage.waits == [0.5, 1.0]


async def test_what_would_fail_again_is_not_tried_again(stage: Stage) -> None:
    stage.troupe.lines["carl"] = failing(ProviderRejected("no such model"))

    await stage.run(await stage.open())

    assert stage.waits == []


async def test_a_call_that_may_have_been_billed_is_booked(stage: Stage) -> None:
    stage.troupe.lines["carl"] = failing(ProviderTimeout("silence"))
    debate = await stage.open()

    await stage.run(debate)

    known = await stage.debates.get(stage.workspace_id, debate.id)
    carl = next(agent for agent in known.cost.agents if agent.agent == "carl")
    assert carl.is_estimated
    assert carl.cost_micro_usd > 0


async def test_a_debate_without_a_quorum_fails_and_has_no_receipt(stage: Stage) -> None:
    for name in stage.troupe.lines:
        stage.troupe.lines[name] = failing(ProviderRejected("no"))
    debate = await stage.open()

    over = await stage.run(debate)

    assert over.status == "failed"
    assert over.stop_reason in ("provider_failure", "quorum_lost")
    assert over.receipt_id is None
    assert (await stage.types(debate.id))[-1] == "debate.failed"


async def test_a_retry_that_no_budget_admits_silences_the_agent(stage: Stage) -> None:
    debate = await stage.open()
    bound = await held(stage, debate.id)

    async def spend_and_fail(prompt, _on_delta):  # type: ignore[no-untyped-def]
        if prompt.attempt == 1:
            await stage.money.budget(1)
        raise ProviderUnavailable("busy")

    stage.troupe.lines["ada"] = spend_and_fail
    over = await stage.run(debate)

    failed = [json.loads(e.data) for e in await stage.events(debate.id) if e.type == "agent.failed"]
    assert bound > 0
    assert [one["code"] for one in failed] == ["provider_unavailable", "budget_exceeded"]
    assert over.stop_reason == "budget"


async def test_a_reply_that_cannot_be_read_is_asked_for_once_more(stage: Stage) -> None:
    async def mumble(prompt, _on_delta):  # type: ignore[no-untyped-def]
        return "hm" if prompt.material.repair_error is None else reply(prompt, "approve")

    stage.troupe.lines["ada"] = mumble
    debate = await stage.open()

    over = await stage.run(debate)

    assert over.status == "concluded"
    failed = [json.loads(e.data) for e in await stage.events(debate.id) if e.type == "agent.failed"]
    assert {one["code"] for one in failed} == {"unparseable"}


async def test_a_fault_of_ours_ends_the_debate_and_says_so(stage: Stage) -> None:
    async def stumble(_prompt, _on_delta):  # type: ignore[no-untyped-def]
        raise RuntimeError("a bug")

    stage.troupe.lines["ada"] = stumble
    debate = await stage.open()

    over = await stage.run(debate)

    assert (over.status, over.stop_reason) == ("failed", "internal_error")
    assert await held(stage, debate.id) == 0


async def test_two_who_agree_need_no_third(stage: Stage) -> None:
    stage.troupe.lines |= {name: saying("approve", 90) for name in ("ada", "blaise")}

    over = await stage.run(await stage.open())

    assert over.stop_reason == "agreed"
    assert len(stage.troupe.asked) == 2


async def test_a_debate_that_nobody_opened_cannot_be_run(stage: Stage) -> None:
    assert await stage.runner.proceedings.begin(new_id()) is None


async def test_a_debate_that_waited_too_long_holds_its_money_anew(stage: Stage) -> None:
    debate = await stage.open()
    stage.money.time.pass_by(seconds=901)
    await stage.money.sweep()

    over = await stage.run(debate)

    assert over.status == "concluded"
    known = await stage.debates.get(stage.workspace_id, debate.id)
    assert known.cost.calls == 5
