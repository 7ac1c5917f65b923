from __future__ import annotations

import asyncio
import socket
import sqlite3

import pytest
from aragora_server.kernel import redis_client
from aragora_server.kernel.errors import Unavailable
from aragora_server.kernel.faults import is_busy, meaning

uvloop = pytest.importorskip("uvloop")


def test_a_closed_connection_is_a_mistake_of_ours_and_nothing_worse():
    link = sqlite3.connect(":memory:")
    link.close()
    try:
        link.execute("SELECT 1")
    except sqlite3.Error as refused:
        fault = refused

    assert not is_busy(fault)
    assert meaning(fault) is None


def test_a_connection_that_uvloop_closed_means_that_its_other_end_is_away() -> None:
    """asyncio would only warn; a debate has failed of it."""

    async def write_too_late() -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            _, writer = await asyncio.open_connection(sock=ours)
            writer.transport.abort()
            await asyncio.sleep(0)
            writer.writelines([b"PING"])

    with (
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        pytest.raises(redis_client.faults()) as caught,
    ):
        runner.run(write_too_late())

    assert isinstance(meaning(caught.value), Unavailable)
    assert meaning(RuntimeError("a mistake of ours")) is None
