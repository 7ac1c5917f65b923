"""A thousand connections at once that read, list and create, each as soon as it is answered."""

from __future__ import annotations

import asyncio
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import httpx2

from bench import load, serving

CONNECTIONS, SECONDS, SEED, AT_ONCE = 1000, 30.0, 1, 50
QUESTION = {"question": "Ship on Friday?"}


@attrs.frozen
class Asked:
    """A request, and how often of a hundred it is sent."""

    name: str
    share: int
    request: bytes


@attrs.define
class Taken:
    """What became of every request: its milliseconds, or the status that refused it, or a cut."""

    ms: dict[str, list[float]]
    refused: Counter[int] = attrs.field(factory=Counter)
    resets: int = 0

    @property
    def all_ms(self) -> list[float]:
        return [one for some in self.ms.values() for one in some]


def measure() -> dict[str, float]:
    """All must be answered; how many a second, and how late the slowest of a hundred."""
    with (
        tempfile.TemporaryDirectory() as folder,
        # The debates themselves wait: what is measured here is the API.
        serving.aragora(Path(folder), ARAGORA_SCRIPTED_PACE_S="600") as (url, credentials, _),
        many_files(),
    ):
        mix = of_debates(url, credentials["api_key"])
        taken = asyncio.run(carry(url, mix, connections=CONNECTIONS, seconds=SECONDS))
    ms = taken.all_ms
    return {
        "connections": CONNECTIONS,
        "seconds": SECONDS,
        "answered (requests/s)": round(len(ms) / SECONDS),
        "p50 (ms)": round(load.percentile(ms, 50), 1),
        "p99 (ms)": round(load.percentile(ms, 99), 1),
        **{
            f"p99, {name} (ms)": round(load.percentile(some, 99), 1)
            for name, some in taken.ms.items()
        },
        "errors": taken.refused.total(),
        "resets": taken.resets,
    }


def of_debates(url: str, api_key: str) -> tuple[Asked, ...]:
    """Of a debate that is there for it, of the first page of the list, of a new debate."""
    headers = {"authorization": f"Bearer {api_key}"}
    made = httpx2.post(f"{url}/v1/debates", json=QUESTION, headers=headers).raise_for_status()
    return (
        Asked("get", 80, load.request("GET", f"/v1/debates/{made.json()['id']}", headers)),
        Asked("list", 15, load.request("GET", "/v1/debates", headers)),
        Asked("create", 5, load.request("POST", "/v1/debates", headers, QUESTION)),
    )


async def carry(
    url: str, mix: Sequence[Asked], *, connections: int, seconds: float, seed: int = SEED
) -> Taken:
    """All connections are open before the first request; whoever is cut connects again."""
    taken, chance = Taken({one.name: [] for one in mix}), random.Random(seed)
    shares = [one.share for one in mix]
    lines = await _open(url, connections)
    end = time.monotonic() + seconds

    async def ask(line: load.Line) -> None:
        while (begin := time.monotonic()) < end:
            (asked,) = chance.choices(mix, shares)
            try:
                status = await line.ask(asked.request)
            except (OSError, EOFError):
                taken.resets += 1
                line = await load.Line.open(url)
                continue
            if status < 400:
                taken.ms[asked.name].append((time.monotonic() - begin) * 1000)
            else:
                taken.refused[status] += 1
        line.writer.close()

    async with asyncio.TaskGroup() as group:
        for line in lines:
            group.create_task(ask(line))
    return taken


@contextmanager
def many_files() -> Iterator[None]:
    """As many open files as this process may have: each connection takes one here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _open(url: str, connections: int) -> list[load.Line]:
    lines: list[load.Line] = []
    for start in range(0, connections, AT_ONCE):
        some = range(start, min(start + AT_ONCE, connections))
        lines += await asyncio.gather(*(load.Line.open(url) for _ in some))
    return lines
