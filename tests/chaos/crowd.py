"""Many readers of one debate on bare sockets, and events that come faster than any model speaks."""

from __future__ import annotations

import asyncio
import re
import resource
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

BATCH = 500
SEQ = re.compile(rb"^id: (\d+)$", re.MULTILINE)
ONLY_SEQ = re.compile(r'"seq":(\d+)')


@contextmanager
def many_files() -> Iterator[None]:
    """As many open files as this process may have: each reader takes one here."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def pour(database: Path, debate_id: str, number: int) -> int:
    """Add events as a server would, from outside; the number of the last one."""
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
                " SELECT debate_id, ?, type, at, data FROM events WHERE debate_id = ? AND seq = 2",
                [(seq, debate_id) for seq in range(last - count + 1, last + 1)],
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
        return self.seqs == list(range(1, last + 1))


async def read_sse(port: int, api_key: str, path: str, reader: Reader, last: int) -> None:
    source, sink = await _open_sse(port, api_key, path)
    rest = b""
    try:
        while not reader.seqs or reader.seqs[-1] < last:
            piece = await source.read(65_536)
            if not piece:
                reader.is_cut = True
                return
            *blocks, rest = (rest + piece).split(b"\n\n")
            reader.seqs += [int(seq) for block in blocks for seq in SEQ.findall(block)]
    finally:
        sink.close()


async def read_websocket(port: int, api_key: str, path: str, reader: Reader, last: int) -> None:
    """Whoever is cut in a burst comes back where it was, as both clients do."""
    while not reader.seqs or reader.seqs[-1] < last:
        after = reader.seqs[-1] if reader.seqs else 0
        async with open_websocket(port, api_key, f"{path}?after={after}") as link:
            await take(link, reader, last)


async def take(link: ClientConnection, reader: Reader, last: int) -> None:
    try:
        while not reader.seqs or reader.seqs[-1] < last:
            if found := ONLY_SEQ.search(str(await link.recv())):
                reader.seqs.append(int(found[1]))
    except ConnectionClosed:
        reader.is_cut, reader.code = True, link.close_code


def open_websocket(port: int, api_key: str, path: str, *, few_bytes: bool = False) -> connect:
    """With `few_bytes` the system keeps next to nothing for a reader that does not read."""
    made = None
    if few_bytes:
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        made.connect(("127.0.0.1", port))
        made.setblocking(False)
    return connect(
        f"ws://127.0.0.1:{port}{path}",
        sock=made,
        additional_headers={"Authorization": f"Bearer {api_key}"},
        compression=None,
        max_queue=1 if few_bytes else 64,
        ping_interval=None,
        open_timeout=60,
        close_timeout=5,
    )


async def _open_sse(
    port: int, api_key: str, path: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    source, sink = await asyncio.open_connection("127.0.0.1", port)
    sink.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {api_key}\r\n"
        "Accept: text/event-stream\r\n\r\n".encode()
    )
    status = await source.readline()
    if b" 200 " not in status:
        sink.close()
        raise AssertionError((status, await source.read()))
    return source, sink
