"""A debate as a handle: events, wait, cancel, receipt, in both clients."""

from __future__ import annotations

from typing import Any

import pytest
from aragora import (
    AsyncAragora,
    ConfigurationError,
    DeadlineExceeded,
    DebateCancelled,
    DebateFailed,
    JobError,
    ReconnectInfo,
    UnknownEvent,
)
from aragora.testing import FakeServer, Reply, events, lost, problem, reply
from aragora.types import events as ev

from tests.debate_wire import ID, RECEIPT_ID, concluded, debate, delta, event, heartbeat, log

pytestmark = pytest.mark.anyio

STREAM = f"/v1/debates/{ID}/events/stream"
BUNDLE = Reply(200, {"content-type": "application/vnd.x+json"}, b'{"v":1}')


def server_of(*stream: Reply, end: dict[str, Any] | None = None) -> FakeServer:
    return (
        FakeServer()
        .on("POST", "/v1/debates", reply(debate(), status=202))
        .on("GET", f"/v1/debates/{ID}", reply(end or concluded()))
        .on("POST", f"/v1/debates/{ID}/cancel", reply(debate(status="cancelled"), status=202))
        .on("GET", STREAM, *stream)
        .on("GET", f"/v1/receipts/{RECEIPT_ID}/bundle", BUNDLE)
    )


def paths(server: FakeServer) -> list[str]:
    return [f"{asked.method} {asked.path.removeprefix('/v1')}" for asked in server.requests]


def test_run_starts_a_debate_and_returns_it_when_it_is_over() -> None:
    server = server_of(events(*log()))

    ended = server.client().debates.run(question="Ship on Friday?", seed=7)

    assert ended.status == "concluded"
    assert ended.verdict
    assert ended.verdict.answer == "Wait for Monday"
    assert server.requests[0].json() == {"question": "Ship on Friday?", "seed": 7}
    assert paths(server)[1:] == [f"GET /debates/{ID}/events/stream", f"GET /debates/{ID}"]


async def test_async_run_does_the_same() -> None:
    server = server_of(events(*log()))

    ended = await server.async_client().debates.run(question="Ship on Friday?")

    assert ended.status == "concluded"


def test_events_are_typed_and_deltas_come_when_asked_for() -> None:
    first, *rest = log()
    stream = events(first, heartbeat(), delta("careful", "No"), *rest)
    run = server_of(stream).client().debates.start(question="?")

    seen = list(run.events(deltas=True))

    assert isinstance(seen[0], ev.DebateCreatedEvent)
    assert isinstance(seen[1], ev.TokenDeltaEvent)
    assert [e.seq for e in seen if not isinstance(e, ev.TokenDeltaEvent | ev.HeartbeatEvent)] == [
        entry["seq"] for entry in log()
    ]


def test_events_of_list_events_keep_what_is_not_known_yet() -> None:
    page = {"items": [log()[0], event(2, "moon.rose", {"x": 1})], "next_cursor": None}
    server = FakeServer().on("GET", f"/v1/debates/{ID}/events", reply(page))

    known, unknown = server.client().debates.list_events(ID)

    assert isinstance(known, ev.DebateCreatedEvent)
    assert isinstance(unknown, UnknownEvent)
    assert unknown.raw["data"] == {"x": 1}


def test_a_broken_stream_is_resumed_and_told() -> None:
    told: list[ReconnectInfo] = []
    entries = log()
    server = server_of(events(*entries[:4], fault="ReadError"), events(*entries[4:]))

    seen = list(server.client().debates.events(ID, on_reconnect=told.append))

    assert [event.type for event in seen] == [entry["type"] for entry in entries]
    assert [(info.after, info.attempt) for info in told] == [(4, 1)]
    assert server.requests[1].query == "after=4&deltas=false"
    assert server.requests[1].headers["last-event-id"] == "4"
    assert "last-event-id" not in server.requests[0].headers


def test_wait_polls_when_the_stream_fails_twice() -> None:
    server = server_of(lost(), end=None).on(
        "GET", f"/v1/debates/{ID}", reply(debate(status="running")), reply(concluded())
    )
    client = server.client()
    object.__setattr__(client._sender.transport.effects, "chance", lambda: 0.0)

    ended = client.debates.attach(ID).wait()

    assert ended.status == "concluded"
    assert paths(server).count(f"GET /debates/{ID}/events/stream") == 2
    assert paths(server).count(f"GET /debates/{ID}") == 2


async def test_async_wait_polls_alike() -> None:
    server = server_of(lost()).on(
        "GET", f"/v1/debates/{ID}", reply(debate(status="running")), reply(concluded())
    )
    client = server.async_client()
    object.__setattr__(client._sender.transport.effects, "chance", lambda: 0.0)

    ended = await client.debates.attach(ID).wait(timeout_s=30)

    assert ended.status == "concluded"


@pytest.mark.parametrize(
    ("status", "error"), [("failed", DebateFailed), ("cancelled", DebateCancelled)]
)
async def test_wait_raises_when_there_is_no_verdict(status: str, error: type[JobError]) -> None:
    end = debate(status=status, stop_reason="deadline")
    server = server_of(events(*log()), end=end)

    with pytest.raises(error, match="deadline") as caught:
        server.client().debates.attach(ID).wait()
    with pytest.raises(error):
        await server.async_client().debates.attach(ID).wait()

    assert caught.value.debate.id == ID


def test_a_timeout_of_wait_leaves_the_debate_alone() -> None:
    server = server_of(lost(), end=debate(status="running"))

    with pytest.raises(DeadlineExceeded, match="goes on"):
        server.client().debates.attach(ID).wait(timeout_s=0.05)

    assert not any("cancel" in path for path in paths(server))


async def test_async_a_timeout_of_wait_leaves_the_debate_alone() -> None:
    server = server_of(lost(), end=debate(status="running"))

    with pytest.raises(DeadlineExceeded, match="goes on"):
        await server.async_client().debates.attach(ID).wait(timeout_s=0.05)

    assert not any("cancel" in path for path in paths(server))


async def test_cancel_asks_the_server() -> None:
    server = server_of()

    assert server.client().debates.attach(ID).cancel().status == "cancelled"
    assert (await server.async_client().debates.attach(ID).cancel()).status == "cancelled"


def test_the_receipt_waits_for_the_end() -> None:
    server = server_of(events(*log()))
    run = server.client().debates.start(question="?")

    assert run.receipt().read() == b'{"v":1}'
    assert run.debate
    assert run.debate.status == "concluded"


async def test_async_the_receipt_of_a_finished_debate_comes_at_once() -> None:
    server = server_of()
    client: AsyncAragora = server.async_client()
    run = client.debates.attach(ID)
    await run.refresh()

    assert (await run.receipt()).read() == b'{"v":1}'
    assert paths(server) == [f"GET /debates/{ID}", f"GET /receipts/{RECEIPT_ID}/bundle"]


async def test_async_the_receipt_waits_for_the_end() -> None:
    run = await server_of(events(*log())).async_client().debates.start(question="?")

    assert (await run.receipt(timeout_s=30)).read() == b'{"v":1}'


def test_a_debate_that_failed_has_no_receipt() -> None:
    server = server_of(events(*log()), end=debate(status="failed", stop_reason="agents"))

    with pytest.raises(DebateFailed, match="agents"):
        server.client().debates.attach(ID).receipt()


def test_a_verdict_without_a_receipt_says_so() -> None:
    server = server_of(events(*log()), end={**concluded(), "receipt_id": None})

    with pytest.raises(JobError, match="without a receipt"):
        server.client().debates.attach(ID).receipt()


def test_the_receipt_too_has_a_timeout() -> None:
    server = server_of(lost(), end=debate(status="running"))

    with pytest.raises(DeadlineExceeded):
        server.client().debates.attach(ID).receipt(timeout_s=0.05)


def test_a_missing_debate_is_not_waited_for() -> None:
    from aragora import NotFound

    missing = problem("debate_not_found", 404)
    server = FakeServer().on("GET", STREAM, missing)

    with pytest.raises(NotFound):
        server.client().debates.attach(ID).wait()


def test_a_stream_without_a_websocket_says_so() -> None:
    import dataclasses

    from aragora.resources.debates import _EVENTS

    client = FakeServer().client()
    stream = dataclasses.replace(_EVENTS, websocket_path=None)

    with pytest.raises(ConfigurationError, match="no WebSocket"):
        client._sender.stream(
            stream, {"debate_id": ID, "after": 0}, None, transport="websocket", on_reconnect=None
        )
