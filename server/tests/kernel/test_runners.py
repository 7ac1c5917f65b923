"""Who is alive, who may say so, and who may go on working."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import attrs
import pytest
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.drain import Drain
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.runners import Heartbeat, db_now, live, runners, since_boot
from sqlalchemy import String, literal, null, select, text, update

pytestmark = pytest.mark.anyio


@attrs.define
class Seconds:
    """A monotonic clock that moves when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class Severed(Database):
    """A database that may be away."""

    is_away = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        if self.is_away:
            raise ConnectionError("the database is away")
        async with super().begin() as tx:
            yield tx


def beating(db: Database, seconds: Seconds | None = None) -> Heartbeat:
    return Heartbeat(db=db, every_s=1, timeout_s=3, monotonic=seconds or since_boot)


async def is_live(db: Database, runner_id: str | None) -> bool:
    asked = null() if runner_id is None else literal(runner_id, String)
    async with db.read() as tx:
        return bool((await tx.execute(select(live(asked, 3)))).scalar_one())


async def stop_the_heart(db: Database, runner_id: str) -> None:
    """As after so many seconds of silence."""
    long_ago = text("clock_timestamp() - interval '4 seconds'")
    async with db.begin() as tx:
        await tx.execute(update(runners).where(runners.c.id == runner_id).values(beat_at=long_ago))


async def test_a_runner_lives_from_its_first_beat_until_it_takes_its_leave(
    database: Database,
) -> None:
    heart = beating(database)
    assert not await is_live(database, heart.runner_id)

    await heart.start()
    assert await is_live(database, heart.runner_id)

    await heart.stop()
    assert not await is_live(database, heart.runner_id)
    assert not heart.is_sure()


async def test_nobody_is_not_alive(database: Database) -> None:
    await beating(database).start()

    assert not await is_live(database, None)
    assert not await is_live(database, new_id())


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_a_runner_that_is_silent_for_too_long_is_dead_until_it_beats(
    database: Database,
) -> None:
    heart = beating(database)
    await heart.start()

    await stop_the_heart(database, heart.runner_id)
    assert not await is_live(database, heart.runner_id)

    await heart.beat()
    assert await is_live(database, heart.runner_id)


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_other_runners_stay_what_they_are_when_one_starts(database: Database) -> None:
    first, second = beating(database), beating(database)
    await first.start()

    await second.start()

    assert await is_live(database, first.runner_id)


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
async def test_behind_the_lock_every_older_runner_is_dead_at_once(database: Database) -> None:
    first, second = beating(database), beating(database)
    await first.start()

    await second.start()

    assert not await is_live(database, first.runner_id)
    assert second.may_judge()


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
@pytest.mark.parametrize("jump", ["-1 hour", "+1 hour"])
async def test_behind_the_lock_no_jump_of_the_clock_kills_anybody(
    database: Database, jump: str
) -> None:
    heart = beating(database)
    await heart.start()

    async with database.begin() as tx:
        moved = text(f"strftime('%Y-%m-%d %H:%M:%f000', 'now', '{jump}')")
        await tx.execute(update(runners).values(beat_at=moved))

    assert await is_live(database, heart.runner_id)


async def test_a_row_that_somebody_removed_comes_back_with_the_next_beat(
    database: Database,
) -> None:
    heart = beating(database)
    await heart.start()
    await beating(database).start()

    await heart.beat()

    assert await is_live(database, heart.runner_id)


async def test_beats_carry_the_time_and_whether_the_runner_is_leaving(database: Database) -> None:
    heart, drain = beating(database), Drain()
    await heart.start()
    drain.begin()

    await heart.heed(drain)

    async with database.read() as tx:
        row = (await tx.execute(select(runners, db_now().label("now")))).one()
    assert row.draining
    assert abs((row.now - row.beat_at).total_seconds()) < 60


async def test_a_runner_without_beats_is_not_sure_until_it_has_beaten_again(
    database: Database,
) -> None:
    seconds = Seconds()
    heart = beating(database, seconds)
    assert not heart.is_sure()
    await heart.start()
    assert heart.is_sure()

    seconds.now += 3
    assert not heart.is_sure()

    async with anyio.create_task_group() as group:
        group.start_soon(heart.until_sure)
        await anyio.wait_all_tasks_blocked()
        await heart.beat()
    assert heart.is_sure()


async def test_a_slow_beat_counts_from_when_it_began(database_url: str) -> None:
    seconds = Seconds()

    class Slow(Database):
        @asynccontextmanager
        async def begin(self) -> AsyncIterator[Tx]:
            async with super().begin() as tx:
                yield tx
            seconds.now += 3

    db = Slow(database_url)
    heart = beating(db, seconds)

    await heart.beat()

    assert not heart.is_sure()
    await db.close()


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_a_runner_judges_others_after_one_timeout_of_beats_without_a_break(
    database_url: str,
) -> None:
    seconds, db = Seconds(), Severed(database_url)
    heart = beating(db, seconds)

    async def beats(number: int) -> list[bool]:
        judged = []
        for _ in range(number):
            seconds.now += 1
            await heart.beat()
            judged.append(heart.may_judge())
        return judged

    assert await beats(5) == [False, False, False, True, True]
    seconds.now += 4
    assert not heart.may_judge(), "its own beats have stopped"
    assert await beats(4) == [False, False, False, True]
    await db.close()


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
async def test_a_beat_that_failed_begins_the_waiting_anew(database_url: str) -> None:
    db = Severed(database_url)
    heart = Heartbeat(db=db, every_s=0.01, timeout_s=0.1)
    await heart.start()

    async with anyio.create_task_group() as group:
        group.start_soon(heart.run)
        with anyio.fail_after(20):
            while not heart.may_judge():
                await anyio.sleep(0.01)
            db.is_away = True
            while heart.may_judge():
                await anyio.sleep(0.001)
            db.is_away = False
            while not heart.may_judge():
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()
    await db.close()
