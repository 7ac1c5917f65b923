"""What a process may do to others through the locks that it holds."""

from __future__ import annotations

import anyio
import pytest
from aragora_server.kernel import postgres
from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import Unavailable
from aragora_server.kernel.runners import db_now, runners
from aragora_server.kernel.turns import CUSTODY, take_turn
from sqlalchemy import insert, text, update

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.parametrize("dialect", ["postgres"], indirect=True),
]


async def test_who_stands_still_with_a_lock_loses_it(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "IDLE_MS", 200)
    frozen = Database(database_url)
    other = Database(database_url)
    row = {"id": "r", "host": "h", "pid": 1, "draining": False}
    async with other.begin() as tx:
        await tx.execute(insert(runners).values({**row, "beat_at": db_now()}))

    async def stand_still() -> None:
        async with frozen.begin() as tx:
            await tx.execute(update(runners).values(pid=2))
            with anyio.fail_after(10):
                async with other.begin() as theirs:
                    await theirs.execute(update(runners).values(pid=3))
            await tx.execute(update(runners).values(pid=4))

    with pytest.raises(Unavailable):
        await stand_still()

    await frozen.close()
    await other.close()


async def test_a_turn_of_one_workspace_is_waited_for_in_that_one_alone(database_url: str) -> None:
    mine, other = Database(database_url), Database(database_url)
    is_over: list[str] = []

    async def take(workspace_id: str) -> None:
        async with other.begin() as tx:
            await take_turn(tx, CUSTODY, workspace_id)
            is_over.append(workspace_id)

    async with anyio.create_task_group() as group, mine.begin() as tx:
        await take_turn(tx, CUSTODY, "a")
        group.start_soon(take, "a")
        with anyio.fail_after(10):
            await take("b")
        assert is_over == ["b"]

    assert is_over == ["b", "a"]
    await mine.close()
    await other.close()


async def test_who_came_first_gets_the_next_connection(database_url: str) -> None:
    """Also when one who just gave its connection back asks again at once."""
    database = Database(database_url, pg_pool=1)
    served: list[str] = []
    is_waiting = anyio.Event()

    async def wait() -> None:
        is_waiting.set()
        async with database.begin():
            served.append("the one who waited")

    async with anyio.create_task_group() as group:
        async with database.begin():
            group.start_soon(wait)
            await is_waiting.wait()
        async with database.begin():
            served.append("the one who had it before")

    assert served == ["the one who waited", "the one who had it before"]
    await database.close()


async def test_searches_leave_half_of_the_connections_to_all_others(database_url: str) -> None:
    database = Database(database_url, pg_pool=2)
    found: list[str] = []

    async def look() -> None:
        async with database.search():
            found.append("another search")

    async with anyio.create_task_group() as group, database.search():
        group.start_soon(look)
        await anyio.wait_all_tasks_blocked()
        async with database.begin():
            found.append("a write")

    assert found == ["a write", "another search"]
    await database.close()


async def test_a_database_without_a_free_connection_is_told_as_busy(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "WAIT_S", 0.05)
    database = Database(database_url, pg_pool=1)

    async with database.begin():
        with pytest.raises(Unavailable, match="busy"):
            async with database.begin():
                raise AssertionError("one connection was given out twice")

    async with database.begin() as tx:
        await tx.execute(text("SELECT 1"))
    await database.close()
