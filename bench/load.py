"""An HTTP client that costs as little as it can: raw sockets, one request in flight each."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Mapping, Sequence

import attrs
import orjson

SEED = 1


@attrs.define
class Line:
    """One keep-alive connection."""

    host: str
    port: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, url: str) -> Line:
        host, port = url.removeprefix("http://").split(":")
        return cls(host, int(port), *await asyncio.open_connection(host, int(port)))

    async def ask(self, request: bytes) -> int:
        """The status of the answer, whose body is read and thrown away."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await self.reader.readexactly(length)
        return int(head[9:12])


def request(method: str, path: str, headers: Mapping[str, str], body: object = None) -> bytes:
    content = b"" if body is None else orjson.dumps(body)
    sent = {"host": "bench", **headers}
    if content:
        sent |= {"content-type": "application/json", "content-length": str(len(content))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + content


async def closed(url: str, asked: bytes, *, connections: int, seconds: float) -> float:
    """Requests a second when every connection asks again as soon as it is answered."""
    end = time.monotonic() + seconds

    async def loop() -> int:
        line, count = await Line.open(url), 0
        while time.monotonic() < end:
            if (status := await line.ask(asked)) >= 300:
                raise RuntimeError(f"answered {status}")
            count += 1
        line.writer.close()
        return count

    return sum(await asyncio.gather(*(loop() for _ in range(connections)))) / seconds


async def opened(
    url: str, asked: bytes, *, connections: int, rate: float, seconds: float
) -> list[float]:
    """Milliseconds from when each request was due, at random moments, to its answer.

    Whoever is late is late because of the server: the moments do not wait for it.
    """
    chance, idle = random.Random(SEED), asyncio.Queue[Line]()
    for _ in range(connections):
        idle.put_nowait(await Line.open(url))
    taken: list[float] = []

    async def one(due: float) -> None:
        line = await idle.get()
        if (status := await line.ask(asked)) >= 300:
            raise RuntimeError(f"answered {status}")
        taken.append((time.monotonic() - due) * 1000)
        idle.put_nowait(line)

    due = start = time.monotonic() + 0.1
    async with asyncio.TaskGroup() as group:
        while (due := due + chance.expovariate(rate)) < start + seconds:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            group.create_task(one(due))
    while not idle.empty():
        idle.get_nowait().writer.close()
    return taken


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
