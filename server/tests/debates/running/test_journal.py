"""Each rule of the journal, seen on the rows that it leaves."""

from __future__ import annotations

from typing import Any

import anyio
import attrs
import pytest
from aragora_server.agents.model import Usage
from aragora_server.debates.model import Call, Debate, DebateOver, Tenure
from aragora_server.debates.ports import Bound
from aragora_server.debates.rules.transcript import Ask, Failed
from aragora_server.debates.running import minutes
from aragora_server.debates.running.calls import Ending
from aragora_server.debates.running.clerk import Told
from aragora_server.debates.running.journal import CallAlreadyOver, Fenced, Journal
from aragora_server.debates.tables import attempts, calls, debates
from aragora_server.debates.telling.events import Draft
from aragora_server.kernel import telemetry
from aragora_server.kernel.db import Tx
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.runners import db_now, runners
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from tests.stage import Stage

pytestmark = pytest.mark.anyio

NOTE = Draft("debate.warning", {"code": "note", "detail": "", "agent": None})


@attrs.define
class Runner:
    """Somebody else's process, as this database sees it."""

    runner_id: str = attrs.field(factory=new_id)
    timeout_s: float = 30
    judges: bool = True

    def may_judge(self) -> bool:
        return self.judges

    def is_sure(self) -> bool:
        return True

    async def until_sure(self) -> None: ...


def journal_of(stage: Stage) -> Journal:
    return stage.runner.proceedings.clerk.journal


async def alive(stage: Stage) -> Runner:
    runner = Runner()
    async with stage.db.begin() as tx:
        row = {"id": runner.runner_id, "host": "h", "pid": 1, "draining": False}
        await tx.execute(insert(runners).values({**row, "beat_at": db_now()}))
    return runner


async def die(stage: Stage, runner: Runner) -> None:
    async with stage.db.begin() as tx:
        await tx.execute(delete(runners).where(runners.c.id == runner.runner_id))


async def adopt(stage: Stage, debate: Debate, runner: Runner) -> Tenure | None:
    async with stage.db.begin() as tx:
        return await journal_of(stage).adopt(tx, debate.id, runner)


async def adopted(stage: Stage, debate: Debate, runner: Runner) -> Tenure:
    tenure = await adopt(stage, debate, runner)
    assert tenure is not None
    return tenure


async def orphans(stage: Stage, runner: Runner, *mine: str) -> dict[str, str | None]:
    async with stage.db.read() as tx:
        return await journal_of(stage).orphans(tx, runner, mine)


def asks(*numbers: int) -> list[tuple[Ask, Bound]]:
    names = {1: "ada", 2: "blaise"}
    return [
        (
            Ask(call_no=no, round=0, step="pair", kind="argument", agent=names[no]),
            Bound(
                agent=names[no],
                provider="flat",
                model="one",
                round=0,
                call_no=no,
                attempt=1,
                input_bound=10,
                max_output=0,
            ),
        )
        for no in numbers
    ]


async def claim(stage: Stage, tenure: Tenure, debate: Debate, *numbers: int) -> dict[int, Call]:
    async with stage.db.begin() as tx:
        await journal_of(stage).append(tx, tenure)
        claimed = await journal_of(stage).claim(tx, tenure, debate, asks(*numbers))
    return dict(claimed.calls)


async def end(stage: Stage, tenure: Tenure, call: Call, ending: Ending) -> None:
    async with stage.db.begin() as tx:
        await journal_of(stage).append(tx, tenure, NOTE)
        await journal_of(stage).end(tx, tenure, call, ending)


def failed(call: Call) -> Ending:
    record = Failed(
        call_no=call.call_no, round=0, step="pair", agent=call.agent, code="gone", repairs=0
    )
    used = Usage(input=3, output=0, source="reported")
    return Ending(outcome="gone", state="failed", usage=used, record=record)


async def rows(stage: Stage, table: Any) -> list[Any]:
    async with stage.db.read() as tx:
        found = await tx.execute(select(table).order_by(table.c[0], table.c[1]))
        return list(found.all())


async def ledger(stage: Stage, debate: Debate) -> list[tuple[str, int]]:
    async with stage.db.read() as tx:
        return [
            (entry.kind, entry.amount_micro_usd)
            for entry in await attrs.evolve(stage.money, debate_id=debate.id).entries(tx)
        ]


# Adopt


async def test_a_debate_is_adopted_by_one_of_all_who_try(stage: Stage) -> None:
    debate = await stage.open()
    tenures: list[Tenure | None] = []

    async def try_it(runner: Runner) -> None:
        tenures.append(await adopt(stage, debate, runner))

    everybody = [await alive(stage) for _ in range(4)]
    async with anyio.create_task_group() as group:
        for runner in everybody:
            group.start_soon(try_it, runner)

    assert [tenure for tenure in tenures if tenure] == [Tenure(debate.id, 1)]


async def test_a_debate_of_the_living_is_nobody_elses(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)

    assert await adopt(stage, debate, first) == Tenure(debate.id, 1)
    assert await adopt(stage, debate, second) is None
    await die(stage, first)
    assert await adopt(stage, debate, second) == Tenure(debate.id, 2)


async def test_who_may_not_judge_takes_nothing_from_others(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    await adopted(stage, debate, first)
    await die(stage, first)
    second.judges = False

    assert await adopt(stage, debate, second) is None
    assert await orphans(stage, second) == {}

    assert await adopt(stage, await stage.open(), second) is not None


async def test_what_is_over_is_not_adopted(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    assert await adopt(stage, over, await alive(stage)) is None


# The fence


async def test_after_a_later_adoption_nothing_is_told(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    tenure = await adopted(stage, debate, first)
    await die(stage, first)
    await adopted(stage, debate, second)

    with pytest.raises(Fenced):
        async with stage.db.begin() as tx:
            await journal_of(stage).append(tx, tenure, NOTE)

    assert [event.seq for event in await stage.events(debate.id)] == [1]


async def test_what_comes_too_late_is_counted(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    tenure = await adopted(stage, debate, first)
    await die(stage, first)
    await adopted(stage, debate, second)
    clerk, fenced = stage.debates.clerk, telemetry.FENCED._value.get()

    async def late(tx: Tx) -> tuple[None, Told]:
        return None, await clerk.append(tx, tenure, NOTE)

    with pytest.raises(Fenced):
        await clerk.keep("late", late)

    assert telemetry.FENCED._value.get() == fenced + 1


async def test_of_a_debate_that_is_over_nothing_is_told(stage: Stage) -> None:
    over = await stage.run(await stage.open())

    with pytest.raises(DebateOver):
        async with stage.db.begin() as tx:
            await journal_of(stage).append(tx, Tenure(over.id, 1), NOTE)


async def test_writers_at_once_leave_no_gap_between_their_events(stage: Stage) -> None:
    debate = await stage.open()

    async def write() -> None:
        async with stage.db.begin() as tx:
            await journal_of(stage).append(tx, Tenure(debate.id, 0), NOTE, NOTE)

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(write)

    assert [event.seq for event in await stage.events(debate.id)] == list(range(1, 18))
    assert (await stage.get(debate.id)).last_seq == 17


async def test_what_is_rolled_back_takes_no_number(stage: Stage) -> None:
    debate = await stage.open()

    async def append_and_fail() -> None:
        async with stage.db.begin() as tx:
            await journal_of(stage).append(tx, Tenure(debate.id, 0), NOTE)
            raise RuntimeError("something else failed")

    with pytest.raises(RuntimeError):
        await append_and_fail()

    assert (await stage.get(debate.id)).last_seq == 1
    assert len(await stage.events(debate.id)) == 1


# Claim


async def test_what_was_held_at_the_opening_and_never_sent_is_taken_as_it_is(stage: Stage) -> None:
    debate = await stage.open(max_cost_micro_usd=10**9)
    tenure = await adopted(stage, debate, await alive(stage))

    taken = await claim(stage, tenure, debate, 1, 2)

    assert [(call.attempt, call.epoch) for call in taken.values()] == [(1, 1), (1, 1)]
    assert [(row.attempt, row.epoch) for row in await rows(stage, attempts)] == [(1, 1), (1, 1)]
    assert await ledger(stage, debate) == []


async def test_what_the_dead_had_sent_is_booked_in_full_and_taken_again(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    before = await claim(stage, await adopted(stage, debate, first), debate, 1, 2)
    await die(stage, first)

    tenure = await adopted(stage, debate, second)
    taken = await claim(stage, tenure, debate, 1, 2)

    assert [(call.attempt, call.epoch) for call in taken.values()] == [(2, 2), (2, 2)]
    assert {call.hold_id for call in taken.values()}.isdisjoint(
        call.hold_id for call in before.values()
    )
    outcomes = [row.outcome for row in await rows(stage, attempts)]
    assert sorted(outcomes, key=str) == [None, None, "lost", "lost"]
    assert [kind for kind, _ in await ledger(stage, debate)] == ["settle", "settle"]


async def test_claiming_again_under_the_same_epoch_changes_nothing(stage: Stage) -> None:
    debate = await stage.open()
    tenure = await adopted(stage, debate, await alive(stage))

    once = await claim(stage, tenure, debate, 1, 2)
    again = await claim(stage, tenure, debate, 1, 2)

    assert again == once
    assert len(await rows(stage, attempts)) == 2


async def test_a_hold_that_was_swept_in_the_queue_is_taken_anew(stage: Stage) -> None:
    debate = await stage.open()
    stage.money.time.pass_by(seconds=1000)
    await stage.money.sweep()
    tenure = await adopted(stage, debate, await alive(stage))

    taken = await claim(stage, tenure, debate, 1, 2)

    assert [call.attempt for call in taken.values()] == [2, 2]
    async with stage.db.read() as tx:
        held = [await stage.money.find(tx, str(call.hold_id)) for call in taken.values()]
    assert [(hold.state, hold.sent_at is not None) for hold in held] == [("held", True)] * 2


async def test_a_call_has_one_row(stage: Stage) -> None:
    debate = await stage.open()
    (row,) = [row for row in await rows(stage, calls) if row.call_no == 1]

    with pytest.raises(IntegrityError):
        async with stage.db.begin() as tx:
            await tx.execute(calls.insert().values(dict(row._mapping)))

    assert debate.id == row.debate_id


# The end of a call


async def test_a_call_ends_once(stage: Stage) -> None:
    debate = await stage.open()
    tenure = await adopted(stage, debate, await alive(stage))
    call = (await claim(stage, tenure, debate, 1, 2))[1]
    await end(stage, tenure, call, failed(call))

    with pytest.raises(CallAlreadyOver):
        await end(stage, tenure, call, failed(call))

    assert [kind for kind, _ in await ledger(stage, debate)] == ["settle"]
    assert len(await stage.events(debate.id)) == 2


async def test_an_attempt_ends_once_though_its_call_goes_on(stage: Stage) -> None:
    debate = await stage.open()
    tenure = await adopted(stage, debate, await alive(stage))
    call = (await claim(stage, tenure, debate, 1, 2))[1]
    again = Ending(outcome="busy", state="claimed")
    await end(stage, tenure, call, again)

    with pytest.raises(CallAlreadyOver):
        await end(stage, tenure, call, again)

    assert (await claim(stage, tenure, debate, 1))[1].attempt == 2


async def test_a_call_is_not_ended_by_whoever_had_it_before(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    tenure = await adopted(stage, debate, first)
    call = (await claim(stage, tenure, debate, 1, 2))[1]
    await die(stage, first)
    later = await adopted(stage, debate, second)
    await claim(stage, later, debate, 1, 2)

    with pytest.raises(Fenced):
        await end(stage, tenure, call, failed(call))
    # Even where the fence is passed, the call itself knows whose it is.
    with pytest.raises(Fenced):
        async with stage.db.begin() as tx:
            await journal_of(stage).end(tx, tenure, call, failed(call))

    async with stage.db.read() as tx:
        assert (await minutes.claimed(tx, debate.id)).keys() == {1, 2}


# Release and reconcile


async def test_what_is_let_go_is_anybodys_at_once(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    tenure = await adopted(stage, debate, first)
    assert await orphans(stage, second) == {}

    async with stage.db.begin() as tx:
        await journal_of(stage).release(tx, tenure)

    assert await orphans(stage, second) == {debate.id: None}
    assert await adopt(stage, debate, second) == Tenure(debate.id, 2)


async def test_who_was_fenced_cannot_let_go_of_what_is_anothers(stage: Stage) -> None:
    debate, first, second = await stage.open(), await alive(stage), await alive(stage)
    tenure = await adopted(stage, debate, first)
    await die(stage, first)
    await adopted(stage, debate, second)

    async with stage.db.begin() as tx:
        await journal_of(stage).release(tx, tenure)

    assert (await rows(stage, debates))[0].runner_id == second.runner_id


async def test_orphans_are_what_nobody_has_what_the_dead_had_and_what_we_dropped(
    stage: Stage,
) -> None:
    me, other, gone = [await alive(stage) for _ in range(3)]
    queued, dropped, run, theirs, lost = [await stage.open() for _ in range(5)]
    over = await stage.run(await stage.open())
    for debate, runner in ((dropped, me), (run, me), (theirs, other), (lost, gone)):
        await adopted(stage, debate, runner)
    await die(stage, gone)

    found = await orphans(stage, me, run.id)

    assert found == {queued.id: None, dropped.id: me.runner_id, lost.id: gone.runner_id}
    assert over.id not in found


async def test_updated_at_moves_with_every_write(stage: Stage) -> None:
    debate = await stage.open()
    long_ago = stage.money.time().replace(year=2020)
    async with stage.db.begin() as tx:
        await tx.execute(update(debates).values(updated_at=long_ago))

    await adopted(stage, debate, await alive(stage))

    assert (await rows(stage, debates))[0].updated_at > long_ago
