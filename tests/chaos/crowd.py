"""Many readers of one debate on bare sockets, and events that come faster than any model speaks."""

from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import attrs
import httpx2

from tests.chaos.run import Run

BATCH = 500
PIECE = 65_536
OPEN_WITHIN_S = 120
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
SSE_SEQ = re.compile(rb"^id: (\d+)$", re.MULTILINE)
CUT = re.compile(r'^aragora_streams_cut_total\{code="(\d+)"\} (\d+)', re.MULTILINE)
OPEN = re.compile(r"^aragora_streams_open\{.*\} (\d+)", re.MULTILINE)
WS_SEQ = re.compile(rb'^{"seq":(\d+)')
UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


def pour(run: Run, debate_id: str, number: int, *, padding: int = 0) -> int:
    """Add events as a server would, from outside; the number of the last one."""
    database = run.server.home / "data" / "aragora.db"
    with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as link:
        last = 0
        for start in range(0, number, BATCH):
            link.execute("BEGIN IMMEDIATE")
            count = min(BATCH, number - start)
            (last,) = link.execute(
                "UPDATE debates SET last_seq = last_seq + ? WHERE id = ? RETURNING last_seq",
                (count, debate_id),
            ).fetchone()
            link.executemany(
                "INSERT INTO events (debate_id, seq, type, at, data)"
                " SELECT debate_id, ?, type, at, json_set(data, '$.padding', ?)"
                " FROM events WHERE debate_id = ? AND seq = 2",
                [(seq, "x" * padding, debate_id) for seq in range(last - count + 1, last + 1)],
            )
            link.execute("COMMIT")
    return int(last)


@attrs.define
class Reader:
    """What one stream brought. `is_cut` when it ended before its time; `code` says why."""

    seqs: list[int] = attrs.field(factory=list)
    is_cut: bool = False
    code: int | None = None

    def is_complete(self, last: int) -> bool:
        return not self.is_cut and self.seqs == list(range(1, last + 1))

    def has(self, last: int) -> bool:
        return bool(self.seqs) and self.seqs[-1] >= last


@attrs.frozen
class Link:
    source: asyncio.StreamReader
    sink: asyncio.StreamWriter


@attrs.frozen
class Door:
    """Where a debate is watched, over which transport."""

    port: int
    api_key: str
    debate_id: str
    transport: str

    @property
    def is_websocket(self) -> bool:
        return self.transport == "socket"

    @property
    def path(self) -> str:
        return f"/v1/debates/{self.debate_id}/events/{self.transport}"

    @asynccontextmanager
    async def open(self, *, few_bytes: bool = False) -> AsyncIterator[Link]:
        """With `few_bytes` neither system keeps much for a reader that does not read."""
        made = socket.socket()
        if few_bytes:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        made.setblocking(False)
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.port))
        limit = 1024 if few_bytes else PIECE
        source, sink = await asyncio.open_connection(sock=made, limit=limit)
        try:
            await self._ask(source, sink)
            yield Link(source, sink)
        finally:
            sink.close()

    async def _ask(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        more = UPGRADE if self.is_websocket else "Accept: text/event-stream\r\n"
        sink.write(
            f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {self.api_key}\r\n{more}\r\n".encode()
        )
        head = await asyncio.wait_for(source.readuntil(b"\r\n\r\n"), OPEN_WITHIN_S)
        if head.split()[1] not in (b"200", b"101"):
            raise AssertionError((head, await source.read(PIECE)))


async def read(door: Door, reader: Reader, last: int) -> None:
    """To the event numbered `last`; nobody comes back that was cut."""
    async with door.open() as link:
        await take(door, link, reader, last)


async def take(door: Door, link: Link, reader: Reader, last: int) -> None:
    follow = _frames if door.is_websocket else _blocks
    try:
        await follow(link, reader, last)
    except OSError:
        reader.is_cut = True


async def _pieces(link: Link, reader: Reader, last: int) -> AsyncIterator[bytes]:
    """What arrives until the event numbered `last` is read, or the connection ends before."""
    while not reader.has(last):
        piece = await link.source.read(PIECE)
        if not piece:
            reader.is_cut = True
            return
        yield piece


async def _blocks(link: Link, reader: Reader, last: int) -> None:
    rest = b""
    async for piece in _pieces(link, reader, last):
        *blocks, rest = (rest + piece).split(b"\n\n")
        reader.seqs += [int(seq) for block in blocks for seq in SSE_SEQ.findall(block)]


async def _frames(link: Link, reader: Reader, last: int) -> None:
    rest = b""
    async for piece in _pieces(link, reader, last):
        rest += piece
        while (frame := _frame(rest)) is not None:
            kind, body, size = frame
            rest = rest[size:]
            if kind == TEXT and (found := WS_SEQ.match(body)):
                reader.seqs.append(int(found[1]))
            elif kind == PING:
                link.sink.write(bytes((PONG, 0x80 | len(body), 0, 0, 0, 0)) + body)
            elif kind == CLOSE:
                reader.is_cut, reader.code = True, int.from_bytes(body[:2], "big")
                return


def _frame(raw: bytes) -> tuple[int, bytes, int] | None:
    """The first frame of a server, and how long it is; None when it is not all there."""
    if len(raw) < 4:
        return None
    size, start = raw[1], 2
    if size >= 126:
        start = 4 if size == 126 else 10
        size = int.from_bytes(raw[2:start], "big")
    end = start + size
    return (raw[0], raw[start:end], end) if len(raw) >= end else None


def metrics(run: Run) -> str:
    return httpx2.get(f"{run.server.url}/metrics", timeout=60).text


def cut(run: Run) -> dict[int, int]:
    """Streams that the server ended, by close code."""
    return {int(code): int(number) for code, number in CUT.findall(metrics(run))}


def opened(run: Run) -> int:
    """Streams that the server says are open now."""
    return sum(map(int, OPEN.findall(metrics(run))))
