"""A thousand watch one debate; one of them stands still."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.chaos.crowd import (
    Reader,
    many_files,
    open_websocket,
    pour,
    read_sse,
    read_websocket,
    take,
)
from tests.chaos.run import Run

CROWD, EACH = 1000, 200
BESIDES, FLOOD = 30, 20_000
WITHIN_S = 240
TOO_SLOW = 4008
MOST_GROWTH_KB = 200_000
SETTINGS = {"ARAGORA_MAX_STREAMS_PER_KEY": "2000", "ARAGORA_SCRIPTED_SLOW_S": "600"}

Follow = Callable[[int, str, str, Reader, int], Awaitable[None]]


@pytest.fixture
def open_debate(embedded: Run) -> str:
    """It begins, and its agents think for longer than any test."""
    embedded.server.settings |= SETTINGS
    embedded.server.start()
    embedded.open_budget()
    with embedded.client() as client:
        made = client.debates.create(
            question="Which of the two?",
            agents=[{"model": "scripted:slow", "name": f"slow-{no}"} for no in range(3)],
        )
    until(lambda: started(embedded))
    return made.id


@pytest.mark.parametrize(("follow", "ending"), [(read_sse, ""), (read_websocket, "/socket")])
def test_a_thousand_watchers_get_everything_in_order(
    embedded: Run, open_debate: str, follow: Follow, ending: str
) -> None:
    last = stored(embedded) + EACH
    path = f"/v1/debates/{open_debate}/events{ending or '/stream'}"

    async def watch() -> list[Reader]:
        readers = [Reader() for _ in range(CROWD)]
        async with asyncio.timeout(WITHIN_S), asyncio.TaskGroup() as group:
            for reader in readers:
                group.create_task(follow(*door(embedded), path, reader, last))
            await asyncio.sleep(3)
            await asyncio.to_thread(pour, database(embedded), open_debate, EACH)
        return readers

    with many_files():
        readers = asyncio.run(watch())

    assert [one for one in readers if not one.is_complete(last)] == []


def test_a_reader_that_stands_still_is_cut_and_harms_nobody(
    embedded: Run, open_debate: str
) -> None:
    last = stored(embedded) + FLOOD
    path = f"/v1/debates/{open_debate}/events/socket"
    port, api_key = door(embedded)
    before = memory_kb(embedded)

    async def watch() -> tuple[Reader, list[Reader]]:
        frozen, readers = Reader(), [Reader() for _ in range(BESIDES)]
        async with (
            asyncio.timeout(WITHIN_S),
            open_websocket(port, api_key, path, few_bytes=True) as link,
        ):
            async with asyncio.TaskGroup() as group:
                for reader in readers:
                    group.create_task(read_websocket(*door(embedded), path, reader, last))
                await asyncio.sleep(1)
                await asyncio.to_thread(pour, database(embedded), open_debate, FLOOD)
            await asyncio.sleep(12)  # longer than a write may take
            await take(link, frozen, last)
        return frozen, readers

    frozen, readers = asyncio.run(watch())

    assert (frozen.is_cut, frozen.code) == (True, TOO_SLOW)
    assert frozen.seqs == list(range(1, len(frozen.seqs) + 1))
    assert [one for one in readers if not one.is_complete(last)] == []
    assert memory_kb(embedded) - before < MOST_GROWTH_KB


def door(run: Run) -> tuple[int, str]:
    return run.server.port, run.server.api_key


def database(run: Run) -> Path:
    return run.server.home / "data" / "aragora.db"


def stored(run: Run) -> int:
    ((row,),) = run.store.ask("SELECT last_seq FROM debates")
    return int(row["last_seq"])


def started(run: Run) -> bool:
    (rows,) = run.store.ask("SELECT seq FROM events WHERE type = 'round.started'")
    return bool(rows)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def memory_kb(run: Run) -> int:
    assert run.server.process is not None
    status = Path(f"/proc/{run.server.process.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])
