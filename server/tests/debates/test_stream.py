from __future__ import annotations

import json

import anyio
import pytest
from aragora_server.debates import stream
from aragora_server.debates.model import AfterBeyondEnd, DebateNotFound
from aragora_server.debates.running import minutes
from aragora_server.debates.telling.events import topic
from aragora_server.kernel import hub
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.stream import OPENED, StreamItem

from tests.money import KEY
from tests.stage import Stage, reply

pytestmark = pytest.mark.anyio


async def follow(
    stage: Stage,
    debate_id: str,
    *,
    after: int = 0,
    deltas: bool = False,
    limit: int | None = None,
) -> list[StreamItem]:
    """What a reader sees until the end, or until it has seen enough and goes."""
    seen: list[StreamItem] = []
    source = stage.stream.follow(stage.workspace_id, debate_id, after=after, deltas=deltas)
    try:
        async for item in source:
            if item is not OPENED:
                seen.append(item)
            if limit is not None and len(seen) >= limit:
                break
    finally:
        await source.aclose()  # type: ignore[attr-defined]
    return seen


async def stored(stage: Stage, debate_id: str) -> list[bytes]:
    return [event.encode() for event in await stage.events(debate_id)]


async def test_a_reader_sees_a_debate_happen_to_its_end(stage: Stage) -> None:
    debate = await stage.open()
    seen: list[StreamItem] = []

    async def read() -> None:
        seen.extend(await follow(stage, debate.id))

    async with anyio.create_task_group() as group:
        group.start_soon(read)
        await anyio.wait_all_tasks_blocked()
        await stage.runner.run(debate.id)

    assert [item.payload for item in seen] == await stored(stage, debate.id)
    assert seen[-1].type == "receipt.issued"


async def test_a_finished_debate_is_replayed_and_closed(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    with anyio.fail_after(20):
        seen = await follow(stage, over.id)

    assert [item.payload for item in seen] == await stored(stage, over.id)


async def test_long_events_are_read_a_few_at_a_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = await stage.run(await stage.open())
    every = await stage.events(over.id)
    async with stage.db.read() as tx:
        few = await minutes.events_within(tx, over.id, 2, 5, 1_000_000)
        one = await minutes.events_within(tx, over.id, 2, 5, 1)
        at_once = await minutes.events_within(tx, over.id, 0, 200, len(every[0].data) + 1)
    monkeypatch.setattr(stream, "PAGE_CHARACTERS", 1)

    seen = await follow(stage, over.id)

    assert [event.seq for event in few] == [3, 4, 5, 6, 7]
    assert [event.seq for event in one] == [3]
    assert [event.seq for event in at_once] == [1, 2]
    assert [item.payload for item in seen] == await stored(stage, over.id)


async def test_a_failed_or_cancelled_debate_closes_its_streams_too(stage: Stage) -> None:
    debate = await stage.open()
    seen: list[StreamItem] = []

    async def read() -> None:
        seen.extend(await follow(stage, debate.id))

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.wait_all_tasks_blocked()
            await stage.debates.cancel(stage.workspace_id, debate.id, KEY)

    assert seen[-1].type == "debate.cancelled"


@pytest.mark.parametrize("every", [1, 2, 5])
async def test_two_readers_cut_again_and_again_miss_nothing(stage: Stage, every: int) -> None:
    debate = await stage.open()
    seen: tuple[list[StreamItem], list[StreamItem]] = ([], [])

    async def read(mine: list[StreamItem]) -> None:
        while not mine or mine[-1].type != "receipt.issued":
            after = mine[-1].seq if mine and mine[-1].seq else 0
            mine.extend(await follow(stage, debate.id, after=after, limit=every))

    with anyio.fail_after(20):
        async with anyio.create_task_group() as group:
            for mine in seen:
                group.start_soon(read, mine)
            group.start_soon(stage.runner.run, debate.id)

    expected = await stored(stage, debate.id)
    for mine in seen:
        assert [item.payload for item in mine] == expected
        assert [item.seq for item in mine] == list(range(1, len(expected) + 1))


async def test_after_the_last_event_of_a_finished_debate_there_is_nothing(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    assert await follow(stage, over.id, after=over.last_seq) == []


async def test_after_beyond_the_end_is_refused(stage: Stage) -> None:
    debate = await stage.open()

    with pytest.raises(AfterBeyondEnd) as refusal:
        await follow(stage, debate.id, after=99)

    assert refusal.value.members == {"last_seq": 1}


async def test_a_stranger_cannot_follow(stage: Stage) -> None:
    debate = await stage.open()
    source = stage.stream.follow(new_id(), debate.id, after=0, deltas=False)

    with pytest.raises(DebateNotFound):
        await anext(source)


async def test_pieces_of_answers_are_joined_shown_to_those_who_ask_and_never_kept(
    stage: Stage,
) -> None:
    async def speak(prompt, on_delta):  # type: ignore[no-untyped-def]
        await on_delta("I ")
        await on_delta("think")
        await on_delta(" so")
        return reply(prompt, "approve")

    stage.troupe.lines["ada"] = speak
    debate = await stage.open()
    with_deltas: list[StreamItem] = []
    without: list[StreamItem] = []

    async def read(into: list[StreamItem], deltas: bool) -> None:
        into.extend(await follow(stage, debate.id, deltas=deltas))

    async with anyio.create_task_group() as group:
        group.start_soon(read, with_deltas, True)
        group.start_soon(read, without, False)
        await anyio.wait_all_tasks_blocked()
        await stage.runner.run(debate.id)

    deltas = [json.loads(item.payload) for item in with_deltas if item.type == "token.delta"]
    assert [one["data"]["text"] for one in deltas] == ["I ", "think so"] * 2
    assert all("seq" not in one for one in deltas)
    assert all(item.seq is None for item in with_deltas if item.type == "token.delta")
    assert "token.delta" not in {item.type for item in without}
    assert "token.delta" not in set(await stage.types(debate.id))


async def test_a_lost_wake_up_costs_time_and_no_event(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "POLL_ALONE_S", 0.05)
    monkeypatch.setattr(hub, "POLL_S", 0.05)
    debate = await stage.open()
    seen: list[StreamItem] = []

    async def read() -> None:
        seen.extend(await follow(stage, debate.id))

    async def deaf(*_args: object) -> None:
        return None

    async with anyio.create_task_group() as group:
        group.start_soon(read)
        await anyio.wait_all_tasks_blocked()
        monkeypatch.setattr(stage.broadcast, "publish", deaf)
        await stage.runner.run(debate.id)

    assert [item.payload for item in seen] == await stored(stage, debate.id)


async def test_a_wake_up_from_the_past_or_from_the_future_repeats_nothing(stage: Stage) -> None:
    debate = await stage.open()
    seen: list[StreamItem] = []

    async def read() -> None:
        seen.extend(await follow(stage, debate.id))

    async with anyio.create_task_group() as group:
        group.start_soon(read)
        await anyio.wait_all_tasks_blocked()
        await stage.broadcast.publish(topic(debate.id), b'1 debate.created {"old":1}')
        await stage.broadcast.publish(topic(debate.id), b'40 round.started {"far":1}')
        await stage.runner.run(debate.id)

    assert [item.payload for item in seen] == await stored(stage, debate.id)
