"""A runner that was taken for dead, or whose database is away: what it still does, and what not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import anyio
import pytest
from aragora_server.budgets import books
from aragora_server.debates.model import Debate
from aragora_server.debates.running import clerk, journal
from aragora_server.debates.running.process import DebateProcess
from aragora_server.debates.tables import calls, debates
from aragora_server.kernel import telemetry
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.errors import AragoraError, StorageFull, Unavailable
from aragora_server.kernel.runners import runners
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from tests.stage import Stage, Troupe, reply, stage_on
from tests.waiting import until

pytestmark = pytest.mark.anyio


class Fickle(Database):
    """A database that can be away; and that can lose the answer to a COMMIT that happened."""

    fault: AragoraError | None = None
    loses_answers = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        if self.fault is not None:
            raise self.fault
        async with super().begin() as tx:
            yield tx
        if self.loses_answers:
            self.loses_answers -= 1
            raise Unavailable("nobody knows whether this was committed")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        if isinstance(self.fault, Unavailable):
            raise self.fault
        async with super().read() as tx:
            yield tx


@pytest.fixture
async def fickle(database_url: str) -> AsyncIterator[Fickle]:
    db = Fickle(database_url)
    yield db
    await db.close()


@pytest.fixture
async def shaken(fickle: Fickle, tmp_path: Path) -> Stage:
    stage = stage_on(fickle, tmp_path / "keys")
    await stage.heartbeat.start()
    return stage


def at_first_answer(troupe: Troupe, act: Callable[[], Awaitable[None]]) -> None:
    """While the first call of a debate is being answered, once."""
    done = False

    async def say(prompt, _on_delta):  # type: ignore[no-untyped-def]
        nonlocal done
        if not done:
            done = True
            await act()
        return reply(prompt, "approve")

    troupe.lines["ada"] = say


async def taken_by_another(stage: Stage, debate_id: str) -> Stage:
    """Another process, that has outlived this one and runs the debate to its end."""
    other = stage_on(stage.db, stage.receipts.seal.keys.directory, money=stage.money)
    await other.outlive()
    await other.runner.run(debate_id)
    return other


async def kinds(stage: Stage, debate: Debate) -> list[str]:
    async with stage.db.read() as tx:
        rows = await tx.execute(
            select(calls.c.state).where(calls.c.debate_id == debate.id).order_by(calls.c.call_no)
        )
        return list(rows.scalars())


async def epoch_of(stage: Stage, debate: Debate) -> int:
    async with stage.db.read() as tx:
        asked = select(debates.c.epoch).where(debates.c.id == debate.id)
        return int((await tx.execute(asked)).scalar_one())


# Taken for dead


async def test_a_late_answer_changes_nothing_and_is_paid_once(stage: Stage) -> None:
    debate = await stage.open(max_cost_micro_usd=10**9)
    fenced = telemetry.FENCED._value.get()

    async def others_take_it() -> None:
        # Whoever else is asked answers in time: a second late answer would end this one's waiting.
        while (await kinds(stage, debate)).count("claimed") > 1:
            await anyio.sleep(0.01)
        await taken_by_another(stage, debate.id)

    at_first_answer(stage.troupe, others_take_it)

    await stage.runner.run(debate.id)

    over = await stage.get(debate.id)
    events = await stage.events(debate.id)
    assert over.status == "concluded"
    assert await epoch_of(stage, debate) == 2
    assert [event.seq for event in events] == list(range(1, over.last_seq + 1))
    assert [event.type for event in events].count("receipt.issued") == 1
    assert telemetry.FENCED._value.get() > fenced
    known = await stage.debates.get(stage.workspace_id, debate.id)
    async with stage.db.read() as tx:
        paid = await books.of_debates(tx, [debate.id])
    adjusted = [entry.amount_micro_usd for entry in paid if entry.kind == "adjust"]
    assert len(adjusted) == 1
    assert adjusted[0] < 0
    assert known.cost.total_micro_usd == sum(entry.amount_micro_usd for entry in paid)


async def test_without_the_test_of_the_epoch_a_late_answer_would_be_written(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard taken out: what the test before this one asks for does not hold any more."""
    open_fence = (
        update(debates)
        .where(debates.c.id == journal._ID)
        .values(last_seq=debates.c.last_seq + journal.bindparam("places", type_=journal.Big))
        .returning(debates.c.last_seq, debates.c.status)
    )
    monkeypatch.setattr(journal, "_FENCE", open_fence)

    with pytest.raises(AssertionError):
        await test_a_late_answer_changes_nothing_and_is_paid_once(stage)


async def test_who_may_have_been_taken_for_dead_asks_nobody_until_it_has_beaten(
    stage: Stage,
) -> None:
    debate = await stage.open()
    stage.seconds.later += stage.heartbeat.timeout_s

    async with anyio.create_task_group() as group:
        group.start_soon(stage.runner.run, debate.id)
        await anyio.sleep(0.3)
        assert stage.troupe.asked == []
        await stage.heartbeat.beat()

    assert (await stage.get(debate.id)).status == "concluded"


async def test_who_was_taken_for_dead_asks_nobody_what_others_ask(stage: Stage) -> None:
    debate = await stage.open()
    stage.seconds.later += stage.heartbeat.timeout_s

    async with anyio.create_task_group() as group:
        group.start_soon(stage.runner.run, debate.id)
        with anyio.fail_after(30):
            while (await stage.get(debate.id)).status == "queued":
                await anyio.sleep(0.01)
        await anyio.sleep(0.2)
        await taken_by_another(stage, debate.id)
        await stage.heartbeat.beat()

    assert stage.troupe.asked == []
    assert (await stage.get(debate.id)).status == "concluded"


# The database is away


@pytest.mark.parametrize("fault", [Unavailable("away"), StorageFull("full")])
async def test_a_result_is_held_until_it_can_be_written(
    shaken: Stage, fickle: Fickle, fault: AragoraError
) -> None:
    debate = await shaken.open()

    async def go() -> None:
        fickle.fault = fault

    at_first_answer(shaken.troupe, go)
    async with anyio.create_task_group() as group:
        group.start_soon(shaken.runner.run, debate.id)
        await until(lambda: fickle.fault is not None, within_s=30)
        await anyio.sleep(0.3)
        asked = len(shaken.troupe.asked)
        fickle.fault = None

    assert asked == 2, "nothing more is asked of a model while nothing can be written"
    assert (await shaken.get(debate.id)).status == "concluded"
    assert shaken.troupe.repeated == []
    assert await epoch_of(shaken, debate) == 1


async def test_a_result_that_cannot_be_written_for_too_long_is_asked_for_again(
    shaken: Stage, fickle: Fickle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clerk, "PATIENCE_S", 0.1)
    debate = await shaken.open()

    async def go() -> None:
        fickle.fault = Unavailable("away")

    at_first_answer(shaken.troupe, go)
    await shaken.runner.run(debate.id)
    fickle.fault = None
    assert (await shaken.get(debate.id)).status == "running"

    async with shaken.running():
        with anyio.fail_after(30):
            while not (await shaken.get(debate.id)).is_over:
                await anyio.sleep(0.02)

    assert (await shaken.get(debate.id)).status == "concluded"
    assert await epoch_of(shaken, debate) == 2


@pytest.mark.parametrize("after", range(10))
async def test_a_commit_of_unknown_fate_is_not_repeated_blindly(
    shaken: Stage, fickle: Fickle, after: int
) -> None:
    debate = await shaken.open()
    units = 0
    begin = fickle.begin

    @asynccontextmanager
    async def counting() -> AsyncIterator[Tx]:
        nonlocal units
        units += 1
        # The adoption itself is not repeated: it is simply tried again later.
        fickle.loses_answers = int(units == after + 2)
        async with begin() as tx:
            yield tx

    fickle.begin = counting  # type: ignore[method-assign]

    await shaken.runner.run(debate.id)

    over, events = await shaken.get(debate.id), await shaken.events(debate.id)
    assert over.status == "concluded"
    assert [event.seq for event in events] == list(range(1, over.last_seq + 1))
    told = [(event.type, event.data) for event in events if event.type != "budget.updated"]
    assert len(told) == len(set(told))
    assert shaken.troupe.repeated == []
    assert {*await kinds(shaken, debate)} == {"done"}


# Found again


async def test_what_nobody_has_is_found_at_the_second_look_and_what_the_dead_had_at_once(
    stage: Stage,
) -> None:
    queued, lost = await stage.open(), await stage.open()
    await stage.outlive()
    async with stage.db.begin() as tx:
        gone = update(debates).where(debates.c.id == lost.id)
        await tx.execute(gone.values(runner_id="gone", epoch=1, status="running"))
    submitted = recorded(stage)

    seen = await stage.process.reconcile(frozenset())
    assert submitted == [lost.id]

    await stage.process.reconcile(seen)
    assert set(submitted[1:]) == {queued.id, lost.id}


def recorded(stage: Stage) -> list[str]:
    submitted: list[str] = []

    async def submit(debate_id: str) -> None:
        submitted.append(debate_id)

    stage.process.dispatch.submit = submit  # type: ignore[method-assign]
    return submitted


async def test_after_an_outage_nobody_is_judged_before_all_could_beat_again(stage: Stage) -> None:
    if stage.db.dialect == "sqlite":
        pytest.skip("behind the lock there is nobody to judge")
    lost = await stage.open()
    async with stage.db.begin() as tx:
        gone = update(debates).where(debates.c.id == lost.id)
        await tx.execute(gone.values(runner_id="gone", epoch=1, status="running"))
    submitted = recorded(stage)

    assert not stage.heartbeat.may_judge()
    await stage.process.reconcile(None)
    assert submitted == []

    await stage.outlive()
    await stage.process.reconcile(None)
    assert submitted == [lost.id]


async def test_a_cancellation_whose_wake_up_was_lost_is_heard_by_looking(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(_topic: str, _message: bytes) -> None:
        return None

    async def wait_for_it(_prompt, _on_delta):  # type: ignore[no-untyped-def]
        await anyio.sleep_forever()

    stage.troupe.lines["ada"] = wait_for_it
    debate = await stage.open()
    async with stage.running():
        await until(lambda: len(stage.troupe.asked) == 2, within_s=30)
        monkeypatch.setattr(stage.broadcast, "publish", lost)
        await stage.debates.cancel(stage.workspace_id, debate.id, debate.created_by)
        with anyio.fail_after(10):
            while not (await stage.get(debate.id)).is_over:
                await anyio.sleep(0.02)

    assert (await stage.get(debate.id)).status == "cancelled"


async def test_who_stops_lets_go_of_its_debates_and_hands_them_on(stage: Stage) -> None:
    async def wait_for_it(_prompt, _on_delta):  # type: ignore[no-untyped-def]
        await anyio.sleep_forever()

    stage.troupe.lines["ada"] = wait_for_it
    debate = await stage.open()
    handed_on: list[str] = []

    async with stage.running(drain_s=0.05):
        await until(lambda: len(stage.troupe.asked) == 2, within_s=30)
        handed_on = recorded(stage)

    async with stage.db.read() as tx:
        row = (await tx.execute(select(debates).where(debates.c.id == debate.id))).one()
    assert (row.status, row.runner_id) == ("running", None)
    assert handed_on == [debate.id]


async def test_one_debate_submitted_twice_in_one_process_is_adopted_once(stage: Stage) -> None:
    debate = await stage.open()

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(stage.runner.run, debate.id)

    assert (await stage.get(debate.id)).status == "concluded"
    assert await epoch_of(stage, debate) == 1
    assert stage.troupe.repeated == []


async def test_a_runner_whose_row_is_gone_comes_back_with_its_next_beat(stage: Stage) -> None:
    async with stage.db.begin() as tx:
        await tx.execute(delete(runners))

    debate = await stage.open()
    await stage.heartbeat.beat()

    assert (await stage.run(debate)).status == "concluded"


# The guards taken out


@pytest.mark.parametrize("is_reconciled", [True, False])
async def test_without_the_reconciler_nobody_finds_what_the_dead_left(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, is_reconciled: bool
) -> None:
    async def look_away(_process: DebateProcess, _seen: object) -> frozenset[str]:
        return frozenset()

    if not is_reconciled:
        monkeypatch.setattr(DebateProcess, "reconcile", look_away)
    # Submitted to a process that died before it took it.
    debate = await stage.open()

    async with stage.running():
        with anyio.move_on_after(30 if is_reconciled else 0.5):
            while not (await stage.get(debate.id)).is_over:
                await anyio.sleep(0.02)

    assert (await stage.get(debate.id)).is_over == is_reconciled


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
@pytest.mark.parametrize("is_unique", [True, False])
async def test_without_the_unique_key_a_call_could_be_made_twice(
    stage: Stage, is_unique: bool
) -> None:
    await stage.open()
    if not is_unique:
        async with stage.db.begin() as tx:
            key = "uq_calls_debate_id_call_no"
            await tx.execute(text(f"ALTER TABLE calls DROP CONSTRAINT {key}"))

    async def add_again() -> None:
        async with stage.db.begin() as tx:
            row = (await tx.execute(select(calls).limit(1))).one()
            await tx.execute(calls.insert().values(dict(row._mapping)))

    with pytest.raises(IntegrityError) if is_unique else nullcontext():
        await add_again()
