"""Both clients against a server on loopback that breaks in every way sockets can."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from aragora import (
    Aragora,
    AsyncAragora,
    ConnectionFailed,
    DeadlineExceeded,
    IdleTimeout,
    RateLimited,
    RequestOptions,
    RetryPolicy,
    Timeouts,
)

from tests.debate_wire import ID, concluded, log
from tests.fault_server import Fault, FaultServer, answer, drip, gzipped, raw, reset, stall

pytestmark = pytest.mark.anyio

DEBATE = json.dumps(concluded()).encode()
AT_ONCE = RetryPolicy(base_s=0)
BRIEF = Timeouts(connect_s=2, idle_s=0.2)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n"
RETRIED: dict[str, Fault] = {
    "reset before the headers": reset(),
    "reset within the headers": reset(b"HTTP/1.1 200 OK\r\ncontent-ty"),
    "reset within the body": reset(HEAD + b'{"id"'),
    "stall before the headers": stall(),
    "stall within the body": stall(HEAD + b'{"id"'),
    "no HTTP at all": reset(b"SSH-2.0-OpenSSH\r\n\r\n"),
    "HTML 502": answer(b"<h1>no</h1>", status=b"502 Bad Gateway", media_type=b"text/html"),
}


def sync_client(server: FaultServer) -> Aragora:
    return Aragora(api_key="ara_k", base_url=server.url, timeouts=BRIEF, retry=AT_ONCE)


def async_client(server: FaultServer) -> AsyncAragora:
    return AsyncAragora(api_key="ara_k", base_url=server.url, timeouts=BRIEF, retry=AT_ONCE)


@pytest.mark.parametrize("fault", RETRIED.values(), ids=RETRIED)
def test_a_read_survives(fault: Fault) -> None:
    with FaultServer(fault, answer(DEBATE)) as server, sync_client(server) as client:
        assert client.debates.get(ID).status == "concluded"

    assert len(server.requests) == 2


@pytest.mark.parametrize("fault", RETRIED.values(), ids=RETRIED)
async def test_async_a_read_survives(fault: Fault) -> None:
    with FaultServer(fault, answer(DEBATE)) as server:
        async with async_client(server) as client:
            assert (await client.debates.get(ID)).status == "concluded"

    assert len(server.requests) == 2


def test_a_lost_creation_is_repeated_with_its_key() -> None:
    created = answer(DEBATE, status=b"202 Accepted")
    with FaultServer(reset(), stall(), created) as server, sync_client(server) as client:
        client.debates.create(question="Ship?")

    assert len(server.requests) == 3
    assert len(set(server.header("idempotency-key"))) == 1


def test_gzip_is_unpacked() -> None:
    with FaultServer(gzipped(DEBATE)) as server, sync_client(server) as client:
        assert client.debates.get(ID).id == ID


def test_a_storm_of_429_ends_with_the_error() -> None:
    refusal = answer(b"{}", status=b"429 Too Many Requests", headers=b"retry-after: 0\r\n")
    with FaultServer(refusal) as server, sync_client(server) as client, pytest.raises(RateLimited):
        client.debates.get(ID)

    assert len(server.requests) == 3


def test_silence_is_an_idle_timeout() -> None:
    with (
        FaultServer(stall()) as server,
        sync_client(server) as client,
        pytest.raises(IdleTimeout, match=r"0\.2 s"),
    ):
        client.debates.get(ID, request_options={"max_retries": 0})


def test_a_slow_body_is_not_idle_but_meets_the_deadline() -> None:
    options: RequestOptions = {"deadline_s": 0.5, "max_retries": 0}
    with (
        FaultServer(drip(DEBATE, every_s=0.05)) as server,
        sync_client(server) as client,
    ):
        started = time.monotonic()
        with pytest.raises(DeadlineExceeded):
            client.debates.get(ID, request_options=options)

    assert time.monotonic() - started < 2


async def test_async_a_slow_body_meets_the_deadline() -> None:
    with FaultServer(drip(DEBATE, every_s=0.05)) as server:
        async with async_client(server) as client:
            with pytest.raises(DeadlineExceeded):
                await client.debates.get(ID, request_options={"deadline_s": 0.3})


def test_the_deadline_ends_a_stream_too() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
    with (
        FaultServer(stall(head)) as server,
        sync_client(server) as client,
        pytest.raises(DeadlineExceeded),
    ):
        list(client.debates.events(ID, request_options={"deadline_s": 0.2, "idle_s": 5}))


def test_nobody_listening_is_a_failed_connection() -> None:
    with FaultServer(answer(DEBATE)) as server:
        url = server.url

    with (
        Aragora(api_key="k", base_url=url, retry=AT_ONCE) as client,
        pytest.raises(ConnectionFailed, match=url),
    ):
        client.debates.get(ID)


def sse(entries: list[dict[str, object]]) -> bytes:
    return b"".join(
        f"id: {e['seq']}\nevent: {e['type']}\ndata: {json.dumps(e)}\n\n".encode() for e in entries
    )


@pytest.fixture
def cut_stream() -> Iterator[FaultServer]:
    """The log, cut in the middle of an event, then silent, then whole."""
    entries = log()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
    half = head + sse(entries[:3]) + sse(entries[3:4])[:40]
    with FaultServer(
        reset(half), stall(head), reset(head + sse(entries[2:6])), raw(head + sse(entries))
    ) as server:
        yield server


def test_half_an_event_is_dropped_and_the_log_resumed(cut_stream: FaultServer) -> None:
    with sync_client(cut_stream) as client:
        seen = [event.type for event in client.debates.events(ID)]

    assert seen == [entry["type"] for entry in log()]
    assert list(cut_stream.header("last-event-id")) == ["3", "3", "6"]


async def test_async_half_an_event_is_dropped_and_the_log_resumed(cut_stream: FaultServer) -> None:
    async with async_client(cut_stream) as client:
        seen = [event.type async for event in client.debates.events(ID)]

    assert seen == [entry["type"] for entry in log()]
