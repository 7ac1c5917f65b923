from __future__ import annotations

from collections.abc import Callable

import anyio
import pytest
from aragora_server.debates.running.dispatch import LocalDispatch
from aragora_server.kernel.ids import new_id

from tests.stage import Stage, hanging, stage_on

pytestmark = pytest.mark.anyio


class Work:
    """Debates that run until they are let go."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.done = anyio.Event()

    async def run(self, debate_id: str, is_stopping: Callable[[], bool]) -> None:
        self.started.append(debate_id)
        if debate_id == "broken":
            raise RuntimeError("the database is away")
        await self.done.wait()


async def test_so_many_debates_run_at_once_and_the_rest_wait() -> None:
    work = Work()
    dispatch = LocalDispatch(max_debates=2)

    async with dispatch.open(work.run, drain_s=10):
        for name in ("a", "b", "c"):
            await dispatch.submit(name)
        await anyio.wait_all_tasks_blocked()
        assert sorted(work.started) == ["a", "b"]
        work.done.set()
        await anyio.wait_all_tasks_blocked()

    assert sorted(work.started) == ["a", "b", "c"]


async def test_a_debate_submitted_twice_runs_once() -> None:
    work = Work()
    dispatch = LocalDispatch(max_debates=5)

    async with dispatch.open(work.run, drain_s=10):
        await dispatch.submit("a")
        await dispatch.submit("a")
        await anyio.wait_all_tasks_blocked()
        await dispatch.submit("a")
        await anyio.wait_all_tasks_blocked()
        work.done.set()

    assert work.started == ["a"]


async def test_nothing_starts_before_the_start_or_after_the_stop() -> None:
    work = Work()
    dispatch = LocalDispatch(max_debates=1)

    await dispatch.submit("early")
    async with dispatch.open(work.run, drain_s=0.01):
        await dispatch.submit("a")
        await dispatch.submit("waits")
        await anyio.wait_all_tasks_blocked()
    await dispatch.submit("late")

    assert work.started == ["a"]


async def test_a_debate_that_breaks_does_not_stop_the_others() -> None:
    work = Work()
    work.done.set()
    dispatch = LocalDispatch(max_debates=1)

    async with dispatch.open(work.run, drain_s=10):
        await dispatch.submit("broken")
        await dispatch.submit("a")
        await anyio.wait_all_tasks_blocked()

    assert work.started == ["broken", "a"]


async def test_a_stop_pays_for_calls_under_way_and_the_next_start_makes_them_again(
    stage: Stage, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    stage.troupe.lines["blaise"] = hanging(after="half an answer")
    debate = await stage.open()

    async with stage.running(drain_s=0.05):
        with anyio.fail_after(20):
            while len(stage.troupe.asked) < 2:
                await anyio.sleep(0.005)

    known = await stage.debates.get(stage.workspace_id, debate.id)
    blaise = next(agent for agent in known.cost.agents if agent.agent == "blaise")
    assert known.debate.status == "running"
    assert (blaise.output_tokens, blaise.is_estimated) == (4, True)
    after = stage_on(stage.db, tmp_path / "keys", money=stage.money)
    over = await after.run(debate)
    assert over.status == "concluded"
    assert (debate.id, 1, 1) not in after.troupe.asked
    assert (debate.id, 2, 2) in after.troupe.asked


async def test_a_stop_lets_a_round_come_to_its_end(stage: Stage) -> None:
    debate = await stage.open()

    await stage.runner.run(debate.id, lambda: True)

    assert (await stage.get(debate.id)).status == "queued"
    assert stage.troupe.asked == []


async def test_what_is_gone_is_not_taken_up(stage: Stage) -> None:
    async with stage.running():
        await stage.process.dispatch.submit(new_id())
        await anyio.wait_all_tasks_blocked()
