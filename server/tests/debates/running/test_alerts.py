"""What budgets say of a debate's calls stands in its stream: once, in its place, and no more of a
budget than a refusal tells."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from aragora_server.agents.model import ProviderUnavailable
from aragora_server.budgets import books
from aragora_server.budgets.sweeper import Sweeper
from aragora_server.contract import models as wire
from aragora_server.debates.model import Debate, Tenure
from aragora_server.debates.running.clerk import Told
from aragora_server.kernel.db import Tx
from aragora_server.kernel.errors import PaymentRequired
from aragora_server.kernel.money import parse_usd
from aragora_server.plugs import DebatesBeside
from pydantic import TypeAdapter

from tests.money import call_of
from tests.stage import Line, Stage, hanging, reply, stage_on
from tests.waiting import until

pytestmark = pytest.mark.anyio

HUGE = 10**12
SHOWN = {"id", "name", "scope", "period_end", "limit_usd", "remaining_usd"}
SAID = (
    "budget.threshold_reached",
    "budget.exhausted",
    "budget.overage_recorded",
    "budget.hold_swept",
)


async def said(stage: Stage, debate: Debate) -> list[tuple[str, dict[str, Any]]]:
    """What the stream of this debate has of budgets, each as the contract has it."""
    events = await stage.events(debate.id)
    for event in events:
        TypeAdapter(wire.DebateEvent).validate_json(event.encode())
    return [(event.type, json.loads(event.data)) for event in events if event.type in SAID]


async def holding(stage: Stage, debate_id: str) -> int:
    async with stage.db.read() as tx:
        _spent, held = await books.sums_of_debate(tx, debate_id)
    return held


async def round_bound(stage: Stage) -> int:
    """What the first round of a debate holds."""
    asked = await stage.open()
    held = await holding(stage, asked.id)
    await stage.debates.cancel(stage.workspace_id, asked.id, asked.created_by)
    return held


def wordy(words: int) -> Line:
    """Says more than anybody may be asked for."""

    async def say(prompt, _on_delta):  # type: ignore[no-untyped-def]
        return reply(prompt, "approve").replace("matters.", "matters. " * words)

    return say


async def test_a_threshold_is_told_in_the_stream_of_the_debate_whose_call_reached_it(
    stage: Stage,
) -> None:
    budget = await stage.money.budget(HUGE, warn_at_percent=(1,), block_at_percent=None)
    await stage.money.lower(budget, 1000)
    first, second = await stage.open(), await stage.open()

    await stage.run(first)
    await stage.run(second)

    ((kind, data),) = await said(stage, first)
    assert kind == "budget.threshold_reached"
    assert (data["threshold_percent"], data["budget"]["id"]) == (1, budget.budget.id)
    assert data["budget"].keys() == SHOWN
    assert await said(stage, second) == []
    (notice,) = stage.money.heard.notices
    assert (notice.type, notice.data["threshold_percent"]) == (kind, 1)


async def test_it_is_replayed_from_where_a_reader_stopped(stage: Stage) -> None:
    await stage.money.budget(1000, warn_at_percent=(1,), block_at_percent=None)
    debate = await stage.open()
    await stage.run(debate)
    told = next(e for e in await stage.events(debate.id) if e.type in SAID)

    source = stage.stream.follow(stage.workspace_id, debate.id, after=told.seq - 1, deltas=False)
    items = [item async for item in source]

    assert items[1].payload == told.encode()


async def test_who_watches_is_told_as_soon_as_it_is_committed(stage: Stage) -> None:
    await stage.money.budget(1000, warn_at_percent=(1,), block_at_percent=None)
    debate = await stage.open()
    heard: list[str] = []

    async def watch() -> None:
        source = stage.stream.follow(stage.workspace_id, debate.id, after=0, deltas=False)
        heard.extend([item.type async for item in source])

    async with anyio.create_task_group() as group:
        group.start_soon(watch)
        await stage.run(debate)

    assert heard.count("budget.threshold_reached") == 1
    # Right behind what the call said, and long before the end.
    place = heard.index("budget.threshold_reached")
    assert "ballot.sealed" in heard[:place]
    assert "round.completed" in heard[place:]


async def test_the_debate_that_a_budget_refuses_is_told_which(stage: Stage) -> None:
    budget = await stage.money.budget(await round_bound(stage), warn_at_percent=())
    debate = await stage.open()

    over = await stage.run(debate)

    ((kind, data),) = await said(stage, debate)
    assert (kind, over.stop_reason) == ("budget.exhausted", "budget")
    assert data["budget"]["id"] == budget.budget.id
    assert data["budget"].keys() == SHOWN
    (notice,) = stage.money.heard.notices
    assert data["needed_usd"] == notice.data["needed_usd"]


async def test_a_retry_that_is_refused_is_told_too(stage: Stage) -> None:
    debate = await stage.open()

    async def spend_and_fail(prompt, _on_delta):  # type: ignore[no-untyped-def]
        if prompt.attempt == 1:
            await stage.money.budget(1, warn_at_percent=())
        raise ProviderUnavailable("busy")

    stage.troupe.lines["ada"] = spend_and_fail
    await stage.run(debate)

    assert [kind for kind, _ in await said(stage, debate)] == ["budget.exhausted"]


async def test_a_debate_that_is_refused_at_its_opening_has_no_stream_to_tell(
    stage: Stage,
) -> None:
    await stage.money.budget(1, warn_at_percent=())
    with pytest.raises(PaymentRequired):
        await stage.open()

    (notice,) = stage.money.heard.notices
    assert notice.type == "budget.exhausted"


async def test_an_overage_is_told(stage: Stage) -> None:
    await stage.money.budget(HUGE)
    stage.troupe.lines["ada"] = wordy(3000)
    debate = await stage.open()

    await stage.run(debate)

    ((kind, data),) = await said(stage, debate)
    assert kind == "budget.overage_recorded"
    assert data["overage_usd"] == stage.money.heard.notices[0].data["overage_usd"]
    assert data.keys() == {"budget", "overage_usd"}


async def test_the_last_call_of_a_debate_is_told_before_its_end(stage: Stage) -> None:
    """What was cut is booked with the end itself."""

    async def cancel(_prompt, on_delta):  # type: ignore[no-untyped-def]
        await on_delta("some words that will be paid for")
        await stage.debates.cancel(stage.workspace_id, debate.id, debate.created_by)
        await anyio.sleep_forever()

    await stage.money.budget(100, warn_at_percent=(1,), block_at_percent=None)
    stage.troupe.lines |= {"ada": cancel, "blaise": hanging()}
    debate = await stage.open()

    await stage.run(debate)

    types = await stage.types(debate.id)
    assert types[-2:] == ["budget.threshold_reached", "debate.cancelled"]


async def test_what_the_dead_had_sent_is_told_by_whoever_goes_on(stage: Stage) -> None:
    await stage.money.budget(10_000, warn_at_percent=(1,), block_at_percent=None)
    debate, asked = await stage.open(), anyio.Event()

    async def hang(_prompt, _on_delta):  # type: ignore[no-untyped-def]
        asked.set()
        await anyio.sleep_forever()

    stage.troupe.lines = {"ada": hang, "blaise": hang, "carl": hang}
    async with anyio.create_task_group() as group:
        group.start_soon(stage.runner.run, debate.id)
        await asked.wait()
        other = await another(stage)
        await other.runner.run(debate.id)
        group.cancel_scope.cancel()

    kinds = [kind for kind, _ in await said(stage, debate)]
    types = await stage.types(debate.id)
    assert kinds == ["budget.threshold_reached"]
    assert types.index("budget.threshold_reached") < types.index("argument.added")


async def another(stage: Stage) -> Stage:
    """A process that has outlived this one."""
    other = stage_on(stage.db, stage.receipts.seal.keys.directory, money=stage.money)
    await other.outlive()
    return other


async def test_a_late_answer_is_told_in_the_debate_that_went_on_without_it(stage: Stage) -> None:
    """Its runner was taken for dead; what its answer cost beyond its hold is known only now."""
    await stage.money.budget(HUGE)
    debate = await stage.open()
    goes_on, is_told = anyio.Event(), anyio.Event()

    async def wait(prompt, _on_delta):  # type: ignore[no-untyped-def]
        goes_on.set()
        await is_told.wait()
        return reply(prompt, "approve")

    async def be_late(prompt, on_delta):  # type: ignore[no-untyped-def]
        other = await another(stage)
        other.troupe.lines["ada"] = wait
        group.start_soon(other.runner.run, debate.id)
        await goes_on.wait()
        return await wordy(3000)(prompt, on_delta)

    stage.troupe.lines["ada"] = be_late
    async with anyio.create_task_group() as group:
        await stage.runner.run(debate.id)
        is_told.set()

    assert [kind for kind, _ in await said(stage, debate)] == ["budget.overage_recorded"]
    assert (await stage.get(debate.id)).status == "concluded"


async def test_a_refusal_in_a_debate_that_others_have_by_now_is_told_outside_of_it(
    stage: Stage,
) -> None:
    debate = await stage.open()
    await stage.money.budget(10, warn_at_percent=())
    clerk, stale = stage.runner.proceedings.clerk, Tenure(debate.id, 99)

    async def ask_for_more(tx: Tx) -> tuple[list[str], Told]:
        held = await stage.money.holds.reserve(
            tx,
            workspace_id=stage.workspace_id,
            api_key_id=debate.created_by,
            debate_id=debate.id,
            bounds=[call_of(11)],
        )
        return held, ()

    with pytest.raises(PaymentRequired):
        await clerk.keep("claim", ask_for_more, stale)

    assert [notice.type for notice in stage.money.heard.notices] == ["budget.exhausted"]
    assert await said(stage, debate) == []


def sweeper(stage: Stage) -> Sweeper:
    beside = DebatesBeside(stage.runner.proceedings.clerk)
    return Sweeper(db=stage.db, holds=stage.money.holds, debates=beside)


@asynccontextmanager
async def lost(stage: Stage) -> AsyncIterator[Debate]:
    """A debate whose first round was sent by a process that has stood still ever since, so long
    that its holds have expired."""
    debate = await stage.open()
    stage.troupe.lines |= {"ada": hanging(), "blaise": hanging()}
    async with anyio.create_task_group() as group:
        group.start_soon(stage.runner.run, debate.id)
        await until(lambda: len(stage.troupe.asked) == 2)
        stage.money.time.pass_by(seconds=901)
        yield debate
        group.cancel_scope.cancel()


async def test_a_hold_that_is_swept_in_full_is_told_once_however_many_sweep(stage: Stage) -> None:
    budget = await stage.money.budget(HUGE)
    swept: list[int] = []

    async def sweep() -> None:
        swept.append(await sweeper(stage).sweep())

    async with lost(stage) as debate:
        held = await holding(stage, debate.id)
        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(sweep)
        again = await sweeper(stage).sweep()

    told = [data for kind, data in await said(stage, debate) if kind == "budget.hold_swept"]
    assert (sorted(swept), again) == ([0, 0, 0, 2], 0)
    assert sum(parse_usd(data["settled_usd"]) for data in told) == held > 0
    assert {data["budget"]["id"] for data in told} == {budget.budget.id}
    assert [data["budget"].keys() for data in told] == [SHOWN, SHOWN]
    notices = [one for one in stage.money.heard.notices if one.type == "budget.hold_swept"]
    assert len({one.key for one in notices}) == len(notices) == len(told) == 2
    for notice in notices:
        TypeAdapter(wire.WebhookEvent).validate_json(json.dumps(notice.event))
        assert (notice.data["debate_id"], notice.emails) == (debate.id, ())


async def test_a_hold_that_was_never_sent_is_given_back_in_silence(stage: Stage) -> None:
    await stage.money.budget(HUGE)
    debate = await stage.open()
    stage.money.time.pass_by(seconds=901)

    swept = await sweeper(stage).sweep()

    assert swept == 2
    assert await said(stage, debate) == []
    assert stage.money.heard.notices == []


async def test_a_debate_whose_holds_were_swept_goes_on_and_has_them_in_its_stream(
    stage: Stage,
) -> None:
    await stage.money.budget(HUGE)
    async with lost(stage) as debate:
        await sweeper(stage).sweep()
        other = await another(stage)

        await other.runner.run(debate.id)

    types = await stage.types(debate.id)
    assert types.count("budget.hold_swept") == 2
    assert types[-1] == "receipt.issued"
