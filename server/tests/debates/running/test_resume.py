"""A cut at every commit: what was done stays done, and nothing shows that there was a cut."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import attrs
import pytest
from aragora_server.agents.model import Prompt
from aragora_server.budgets.tables import holds
from aragora_server.debates.tables import calls
from aragora_server.kernel import fault_points, telemetry
from aragora_server.kernel.db import Database
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load
from sqlalchemy import func, select

from tests.fixtures import create_tables
from tests.money import Money, money_on
from tests.stage import Cuttable, PowerCut, Stage, Troupe, stage_on

pytestmark = pytest.mark.anyio

DEBATE_ID = "01a201c9-7c20-7d93-a2a7-f9115869b390"
WORKSPACE_ID = "01a201c9-7c20-7d93-a2a7-f9115869b391"
COMMITS = 14


def process(db: Database, keys: Path, *, rate: int = 0) -> Stage:
    """One server process; whatever it makes, another one would make alike."""
    return stage_on(db, keys, troupe=in_turn(db), money=purse(db, rate), debate_id=DEBATE_ID)


def purse(db: Database, rate: int) -> Money:
    price = flat_price("flat-1", input_rate=rate, output_rate=rate)
    money = money_on(db)
    holds = attrs.evolve(money.holds, prices=PriceService(load(), {"flat": price}))
    return attrs.evolve(money, holds=holds, workspace_id=WORKSPACE_ID)


def in_turn(db: Database) -> Troupe:
    """Calls of a round answer one after the other, so that two runs can be compared."""

    async def cue(prompt: Prompt) -> None:
        while await calls_open(db, before=prompt.call_no):
            await anyio.sleep(0.002)

    return Troupe(cue=cue)


async def calls_open(db: Database, *, before: int) -> int:
    is_open = (calls.c.call_no < before) & (calls.c.state == "claimed")
    async with db.read() as tx:
        return (await tx.execute(select(func.count()).where(is_open))).scalar_one()


async def calls_done(db: Database) -> set[int]:
    async with db.read() as tx:
        found = await tx.execute(select(calls.c.call_no).where(calls.c.state == "done"))
        return set(found.scalars())


async def told_and_said(stage: Stage) -> tuple[list[bytes], object]:
    whole = await stage.debates.transcript(WORKSPACE_ID, DEBATE_ID)
    events = [event.encode() for event in await stage.events(DEBATE_ID)]
    return events, (whole.rounds, whole.transcript)


@pytest.fixture
async def undisturbed(tmp_path: Path) -> tuple[list[bytes], object]:
    url = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    await create_tables_here(url)
    db = Cuttable(url)
    stage = process(db, tmp_path / "keys")
    await stage.heartbeat.start()
    before = db.commits
    await stage.run(await stage.open(max_cost_micro_usd=10**6))
    assert db.commits - before == COMMITS
    seen = await told_and_said(stage)
    await db.close()
    return seen


async def create_tables_here(url: str) -> None:
    await anyio.to_thread.run_sync(anyio.run, create_tables, url)


async def cut_after(url: str, keys: Path, commits: int, *, rate: int = 0) -> set[int]:
    """Run a process until the power fails; the calls it committed."""
    db = Cuttable(url)
    stage = process(db, keys, rate=rate)
    await stage.heartbeat.start()
    db.limit = db.commits + commits
    with pytest.raises(PowerCut):
        await stage.run(await stage.open(max_cost_micro_usd=10**9))
    await db.close()
    after = Database(url)
    done = await calls_done(after)
    await after.close()
    return done


def without_doubt(events: list[bytes]) -> list[bytes]:
    """Without what must differ when a call was under way: it may have been billed, so the usage
    is estimated, and the receipt that says so has another digest."""
    doubt = re.compile(rb'"is_estimated":(true|false)|"digest":"[0-9a-f]{64}"')
    return [doubt.sub(b"", event) for event in events]


@pytest.mark.parametrize("commits", range(1, COMMITS))
async def test_a_cut_at_any_commit_leaves_no_trace(
    database_url: str, tmp_path: Path, commits: int, undisturbed: tuple[list[bytes], object]
) -> None:
    db = Cuttable(database_url)
    first = process(db, tmp_path / "keys")
    await first.heartbeat.start()
    db.limit = db.commits + commits
    with pytest.raises(PowerCut):
        await first.run(await first.open(max_cost_micro_usd=10**6))
    await db.close()
    db = Database(database_url)
    done = await calls_done(db)
    second = process(db, tmp_path / "keys")

    await second.outlive()
    await second.run(await second.get(DEBATE_ID))

    events, said = await told_and_said(second)
    was_under_way = any(attempt > 1 for _, _, attempt in second.troupe.asked)
    seen = without_doubt if was_under_way else list
    assert seen(events) == seen(undisturbed[0])
    assert said == undisturbed[1]
    assert not done & {call_no for _, call_no, _ in second.troupe.asked}
    assert second.troupe.repeated == []
    await db.close()


async def points(url: str, keys: Path) -> list[str]:
    """Every point that an undisturbed run reaches, in order: one before each statement."""
    reached: list[str] = []
    db = Database(url)
    stage = process(db, keys)
    debate = await stage.open(max_cost_micro_usd=10**6)
    fault_points.arm("*", reached.append)
    await stage.run(debate)
    fault_points.arm(None)
    await db.close()
    return reached


@pytest.fixture
def disarmed() -> Iterator[None]:
    yield
    fault_points.arm(None)


# Each ninth of them on SQLite; PostgreSQL makes a database a try and gets fewer. `nox -s
# chaos` asks for every one.
STEP = {"sqlite": 9, "postgres": 28} if os.environ.get("ARAGORA_TEST_EVERY_CUT") != "1" else {}


@pytest.mark.usefixtures("disarmed")
@pytest.mark.parametrize("part", range(4))
async def test_a_cut_between_any_two_statements_leaves_no_trace(
    new_database_url: Callable[[], str],
    dialect: str,
    tmp_path: Path,
    part: int,
    undisturbed: tuple[list[bytes], object],
) -> None:
    keys = tmp_path / "keys"
    every = await points(new_database_url(), keys)
    assert {"adopt", "claim", "complete", "close", "conclude"} <= {
        point.partition(":")[0] for point in every
    }
    chosen = every[part :: 4 * STEP.get(dialect, 1)]

    for point in chosen:
        url = new_database_url()
        await cut_at(url, keys, point)
        db = Database(url)
        done = await calls_done(db)
        second = process(db, keys)
        await second.outlive()
        await second.run(await second.get(DEBATE_ID))

        events, said = await told_and_said(second)
        assert without_doubt(events) == without_doubt(undisturbed[0]), point
        assert said == undisturbed[1], point
        assert not done & {call_no for _, call_no, _ in second.troupe.asked}, point
        await assert_books_are_closed(second)
        await db.close()


async def cut_at(url: str, keys: Path, point: str) -> None:
    db = Cuttable(url)
    stage = process(db, keys)
    await stage.heartbeat.start()
    debate = await stage.open(max_cost_micro_usd=10**6)

    def strike(_point: str) -> None:
        db.limit = 0
        raise PowerCut

    fault_points.arm(point, strike)
    with pytest.raises(PowerCut):
        await stage.run(debate)
    fault_points.arm(None)
    await db.close()


async def assert_books_are_closed(stage: Stage) -> None:
    async with stage.db.read() as tx:
        left = select(func.count()).where(holds.c.state == "held")
        assert (await tx.execute(left)).scalar_one() == 0


@pytest.mark.parametrize("commits", [3, 4, 8])
async def test_calls_under_way_at_the_cut_are_paid_in_full_and_made_again(
    database_url: str, tmp_path: Path, commits: int
) -> None:
    done = await cut_after(database_url, tmp_path / "keys", commits, rate=1_000_000)
    db = Database(database_url)
    second = process(db, tmp_path / "keys", rate=1_000_000)
    repeated = telemetry.CALLS_REPEATED._value.get()

    await second.outlive()
    over = await second.run(await second.get(DEBATE_ID))

    assert over.status == "concluded"
    asked = {call_no: attempt for _, call_no, attempt in second.troupe.asked}
    open_then = {no for no, attempt in asked.items() if attempt == 2}
    assert open_then
    assert telemetry.CALLS_REPEATED._value.get() == repeated + len(open_then)
    assert not done & set(asked)
    async with db.read() as tx:
        report = await second.money.holds.cost_of_debate(tx, debate_id=DEBATE_ID)
        standing = await second.money.holds.standing(
            tx, workspace_id=WORKSPACE_ID, api_key_id=over.created_by, debate_id=DEBATE_ID, tags=()
        )
    assert standing.held_micro_usd == 0
    assert standing.remaining_micro_usd == 10**9 - report.total_micro_usd
    await db.close()


async def test_a_server_that_starts_takes_up_what_another_left(
    database_url: str, tmp_path: Path
) -> None:
    await cut_after(database_url, tmp_path / "keys", 5)
    db = Database(database_url)
    second = process(db, tmp_path / "keys")

    await second.outlive()
    async with second.running():
        with anyio.fail_after(20):
            while not (await second.get(DEBATE_ID)).is_over:
                await anyio.sleep(0.01)

    assert (await second.types(DEBATE_ID))[-1] == "receipt.issued"
    await db.close()
