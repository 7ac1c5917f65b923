"""A thousand who watch one debate: what each weighs, how much they are told, and how soon.

The server stands on PostgreSQL and Redis, so that events can be committed and told as another
process would.
"""

from __future__ import annotations

import asyncio
import base64
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import httpx2
from aragora_server.debates.telling.events import Draft, Event, number, publish
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.redis_broadcast import RedisBroadcast
from redis.asyncio import Redis

from bench import databases, load, services, serving
from bench.appends import ADVANCE, APPEND
from bench.mixed import AT_ONCE, QUESTION, many_files

WATCHERS, FIRST, BURST, PACED, A_SECOND, WITHIN_S = 1000, 10, 200, 50, 5.0, 90.0
SEQ = re.compile(rb'"seq":(\d+)[,}]')
DRAFT = Draft("argument", {"text": "x" * 400})


def measure() -> dict[str, float]:
    """By transport. Whoever misses an event, or gets one twice or late in order, fails the run."""
    told: dict[str, float] = {"watchers": WATCHERS}
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.postgresql() as database_url,
        services.redis(Path(folder)) as redis_url,
        many_files(),
    ):
        for kind, opening in OPENINGS.items():
            settings = {
                "ARAGORA_DATABASE_URL": database_url,
                "ARAGORA_REDIS_URL": redis_url,
                "ARAGORA_MAX_STREAMS_PER_KEY": str(2 * WATCHERS),
            }
            with serving.aragora(Path(folder), **settings) as (url, credentials, server):
                debate_id = _debate(url, credentials["api_key"])
                asked = opening(debate_id, credentials["api_key"])
                found = asyncio.run(_watch(url, asked, debate_id, settings, server.pid))
            told |= {f"{kind}: {name}": value for name, value in found.items()}
    return told


def _debate(url: str, api_key: str) -> str:
    headers = {"authorization": f"Bearer {api_key}"}
    made = httpx2.post(f"{url}/v1/debates", json=QUESTION, headers=headers).raise_for_status()
    return str(made.json()["id"])


def _socket(debate_id: str, api_key: str) -> bytes:
    headers = {
        "authorization": f"Bearer {api_key}",
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": base64.b64encode(os.urandom(16)).decode(),
    }
    return load.request("GET", f"/v1/debates/{debate_id}/events/socket", headers)


def _sse(debate_id: str, api_key: str) -> bytes:
    headers = {"authorization": f"Bearer {api_key}", "accept": "text/event-stream"}
    return load.request("GET", f"/v1/debates/{debate_id}/events/stream", headers)


OPENINGS: dict[str, Callable[[str, str], bytes]] = {"WebSocket": _socket, "SSE": _sse}


class Watcher(asyncio.Protocol):
    """Counts the events in what it is sent, whichever way they are wrapped."""

    def __init__(self, arrived: Callable[[int], None]) -> None:
        self.last = 0
        self.is_cut = False
        self._arrived = arrived
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        whole, end = self._rest + data, 0
        for found in SEQ.finditer(whole):
            seq, end = int(found[1]), found.end()
            if seq != self.last + 1:
                raise RuntimeError(f"{seq} came after {self.last}")
            self.last = seq
            self._arrived(seq)
        self._rest = whole[end:][-64:]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self.is_cut = True


@attrs.define
class Crowd:
    """`arrivals` are moments, each with the number of the event that came."""

    watchers: list[Watcher] = attrs.field(factory=list)
    arrivals: list[tuple[int, float]] = attrs.field(factory=list)

    async def come(self, url: str, asked: bytes, number: int) -> None:
        host, port = url.removeprefix("http://").split(":")
        loop = asyncio.get_running_loop()
        for start in range(0, number, AT_ONCE):
            ways = [
                loop.create_connection(lambda: Watcher(self._note), host, int(port))
                for _ in range(min(AT_ONCE, number - start))
            ]
            for transport, watcher in await asyncio.gather(*ways):
                transport.write(asked)
                self.watchers.append(watcher)
            await self.see(1)

    async def see(self, last: int) -> None:
        """Wait until everybody has been told all up to `last`."""
        async with asyncio.timeout(WITHIN_S):
            while any(one.last < last for one in self.watchers):
                if any(one.is_cut for one in self.watchers):
                    raise RuntimeError("a watcher was cut")
                await asyncio.sleep(0.02)

    def _note(self, seq: int) -> None:
        self.arrivals.append((seq, time.monotonic()))


async def _watch(
    url: str, asked: bytes, debate_id: str, settings: dict[str, str], pid: int
) -> dict[str, float]:
    crowd, db = Crowd(), Database(settings["ARAGORA_DATABASE_URL"])
    broadcast = RedisBroadcast(Redis.from_url(settings["ARAGORA_REDIS_URL"]))
    try:
        async with broadcast.open():
            await crowd.come(url, asked, FIRST)  # what the first make is not theirs
            before = serving.rss_mib(pid)
            await crowd.come(url, asked, WATCHERS)
            weight = (serving.rss_mib(pid) - before) * 1024 / WATCHERS
            rate = await _burst(crowd, db, broadcast, debate_id)
            late = await _paced(crowd, db, broadcast, debate_id)
    finally:
        await db.close()
    return {
        "memory of each (KiB)": round(weight, 1),
        "delivered (events/s)": round(rate),
        "commit to client, p50 (ms)": round(load.percentile(late, 50), 1),
        "commit to client, p99 (ms)": round(load.percentile(late, 99), 1),
    }


async def _burst(crowd: Crowd, db: Database, broadcast: RedisBroadcast, debate_id: str) -> float:
    made = await _commit(db, debate_id, BURST)
    crowd.arrivals.clear()
    await publish(broadcast, made)
    await crowd.see(made[-1].seq)
    moments = [moment for _, moment in crowd.arrivals]
    return len(moments) / (max(moments) - min(moments))


async def _paced(
    crowd: Crowd, db: Database, broadcast: RedisBroadcast, debate_id: str
) -> list[float]:
    """Milliseconds from each commit to each client."""
    committed: dict[int, float] = {}
    crowd.arrivals.clear()
    for _ in range(PACED):
        begin = time.monotonic()
        (made,) = await _commit(db, debate_id, 1)
        committed[made.seq] = time.monotonic()
        await publish(broadcast, [made])
        await asyncio.sleep(max(0.0, begin + 1 / A_SECOND - time.monotonic()))
    await crowd.see(made.seq)
    return [(moment - committed[seq]) * 1000 for seq, moment in crowd.arrivals]


async def _commit(db: Database, debate_id: str, count: int) -> tuple[Event, ...]:
    async with db.begin() as tx:
        asked = {"debate_id": debate_id, "places": count}
        last = (await tx.execute(ADVANCE, asked)).scalar_one()
        drafts, first = (DRAFT,) * count, last - count + 1
        made = number(drafts, debate_id=debate_id, first=first, at=system_clock())
        await tx.execute(APPEND, [attrs.asdict(event) for event in made])
    return made
