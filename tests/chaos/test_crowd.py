"""A thousand watch one debate; one of them stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest

from tests.chaos.crowd import Door, Reader, cut, many_files, opened, pour, read, take
from tests.chaos.run import Run

CROWD, EACH = 1000, 200
BURST, LONG_EVENT = 800, 1_000
FEW, MANY_EVENTS = 4, 3_000
WITHIN_S = 400
TOO_SLOW = 4008
MOST_GROWTH_KB = 200_000

both = pytest.mark.parametrize("transport", ["stream", "socket"])


@both
def test_a_thousand_watchers_get_everything_in_order(
    embedded: Run, open_debate: str, transport: str
) -> None:
    readers = watch(embedded, door(embedded, open_debate, transport), CROWD, EACH)

    assert incomplete(readers, embedded) == []
    assert cut(embedded) == {}


@pytest.mark.smoke
@both
def test_a_burst_cuts_nobody_that_reads(embedded: Run, open_debate: str, transport: str) -> None:
    """More events between two looks at the table than any queue has room for."""
    readers = watch(embedded, door(embedded, open_debate, transport), FEW, MANY_EVENTS)

    assert incomplete(readers, embedded) == []
    assert cut(embedded) == {}


@both
def test_a_reader_that_stands_still_among_a_thousand_is_cut_and_harms_nobody(
    embedded: Run, open_debate: str, transport: str
) -> None:
    before = memory_kb(embedded)
    way, frozen = door(embedded, open_debate, transport), Reader()

    async def stand_still() -> None:
        async with way.open(few_bytes=True) as link:
            while not await asyncio.to_thread(cut, embedded):
                await asyncio.sleep(0.5)
            await take(way, link, frozen, last=10**9)

    readers = watch(embedded, way, CROWD - 1, BURST, padding=LONG_EVENT, beside=stand_still)

    assert cut(embedded) == {TOO_SLOW: 1}
    assert frozen.is_cut
    assert frozen.code == (TOO_SLOW if transport == "socket" else None)
    assert frozen.seqs == list(range(1, len(frozen.seqs) + 1))
    assert len(frozen.seqs) < stored(embedded)
    assert incomplete(readers, embedded) == []
    assert memory_kb(embedded) - before < MOST_GROWTH_KB


def watch(
    run: Run,
    way: Door,
    crowd: int,
    events: int,
    *,
    padding: int = 0,
    beside: Callable[[], Coroutine[None, None, None]] | None = None,
) -> list[Reader]:
    """A crowd reads, each on one connection, while so many events are written at once."""
    last = stored(run) + events
    readers = [Reader() for _ in range(crowd)]

    async def all_of_it() -> None:
        async with asyncio.timeout(WITHIN_S), asyncio.TaskGroup() as group:
            if beside is not None:
                group.create_task(beside())
            for reader in readers:
                group.create_task(read(way, reader, last))
            while await asyncio.to_thread(opened, run) < crowd + (beside is not None):
                await asyncio.sleep(0.5)
            await asyncio.to_thread(pour, run, way.debate_id, events, padding=padding)

    with many_files():
        asyncio.run(all_of_it())
    return readers


def incomplete(readers: list[Reader], run: Run) -> list[tuple[int, bool, int | None]]:
    last = stored(run)
    return [(len(r.seqs), r.is_cut, r.code) for r in readers if not r.is_complete(last)]


def door(run: Run, debate_id: str, transport: str) -> Door:
    return Door(run.server.port, run.server.api_key, debate_id, transport)


def stored(run: Run) -> int:
    ((row,),) = run.store.ask("SELECT last_seq FROM debates")
    return int(row["last_seq"])


def memory_kb(run: Run) -> int:
    assert run.server.process is not None
    status = Path(f"/proc/{run.server.process.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])
