"""A thousand watch one debate; one of them stands still."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

import pytest

from bench.mixed import many_files
from tests.chaos.crowd import Door, Reader, cut, opened, pour, read, take
from tests.chaos.run import Run

CROWD = 1000
BURST, LONG_EVENT = 800, 1_000
EACH, MANY_EVENTS = 2, 3_000
WITHIN_S = 400
TOO_SLOW = 4008
MOST_GROWTH_KB = 200_000

TRANSPORTS = ("stream", "socket")

both = pytest.mark.parametrize("transport", TRANSPORTS)
Beside = Callable[[], Coroutine[None, None, None]]


@both
def test_a_thousand_watchers_get_everything_in_order(
    embedded: Run, open_debate: str, transport: str, tell: Callable[..., None]
) -> None:
    way = door(embedded, open_debate, transport)

    took_s = watch(embedded, [way] * CROWD, BURST, padding=LONG_EVENT)

    tell(embedded, crowd_took_s=took_s)


@pytest.mark.smoke
def test_a_burst_cuts_nobody_that_reads(embedded: Run, open_debate: str) -> None:
    """More events between two looks at the table than any queue has room for."""
    ways = [door(embedded, open_debate, transport) for transport in TRANSPORTS]

    watch(embedded, ways * EACH, MANY_EVENTS)


@both
def test_a_reader_that_stands_still_among_a_thousand_is_cut_and_harms_nobody(
    embedded: Run, open_debate: str, transport: str, tell: Callable[..., None]
) -> None:
    before = memory_kb(embedded)
    way, frozen = door(embedded, open_debate, transport), Reader()

    async def stand_still() -> None:
        async with way.open(few_bytes=True) as link:
            while not await asyncio.to_thread(cut, embedded):
                await asyncio.sleep(0.5)
            await take(way, link, frozen, last=10**9)

    ways = [way] * (CROWD - 1)
    took_s = watch(embedded, ways, BURST, padding=LONG_EVENT, beside=stand_still)

    grown_kb = memory_kb(embedded) - before
    tell(embedded, crowd_took_s=took_s, grown_mb=grown_kb // 1024, frozen_got=len(frozen.seqs))
    assert frozen.is_cut
    assert frozen.code == (TOO_SLOW if transport == "socket" else None)
    assert frozen.seqs == list(range(1, len(frozen.seqs) + 1))
    assert len(frozen.seqs) < stored(embedded)
    assert grown_kb < MOST_GROWTH_KB


def watch(
    run: Run, ways: Sequence[Door], events: int, *, padding: int = 0, beside: Beside | None = None
) -> float:
    """A crowd reads while so many events are written at once: how long until all have them.

    Each on one connection, every event in order; nobody is cut but who stands beside.
    """
    last = stored(run) + events
    readers = [Reader() for _ in ways]

    async def all_of_it() -> float:
        async with asyncio.timeout(WITHIN_S), asyncio.TaskGroup() as group:
            if beside is not None:
                group.create_task(beside())
            crowd = [
                group.create_task(read(way, reader, last))
                for way, reader in zip(ways, readers, strict=True)
            ]
            while await asyncio.to_thread(opened, run) < len(ways) + (beside is not None):
                await asyncio.sleep(0.5)
            begin = time.monotonic()
            await asyncio.to_thread(pour, run, ways[0].debate_id, events, padding=padding)
            await asyncio.wait(crowd)
            return time.monotonic() - begin

    with many_files():
        took_s = asyncio.run(all_of_it())
    incomplete = [one for one in readers if not one.is_complete(last)]
    assert [(len(one.seqs), one.is_cut, one.code) for one in incomplete] == []
    assert cut(run) == ({TOO_SLOW: 1} if beside is not None else {})
    return round(took_s, 1)


def door(run: Run, debate_id: str, transport: str) -> Door:
    return Door(run.server.port, run.server.api_key, debate_id, transport)


def stored(run: Run) -> int:
    ((row,),) = run.store.ask("SELECT last_seq FROM debates")
    return int(row["last_seq"])


def memory_kb(run: Run) -> int:
    assert run.server.process is not None
    status = Path(f"/proc/{run.server.process.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])
