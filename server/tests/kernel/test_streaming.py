"""Streams end when they should: with the debate, the reader, the key or the server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import ExitStack

import anyio
import attrs
import orjson
import pytest
from aragora_server.kernel import seats, streaming, telemetry
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.call import ContractBroken
from aragora_server.kernel.gate import Admitted
from aragora_server.kernel.seats import Seat, TooManyStreams

from tests.shop import Shop

pytestmark = pytest.mark.anyio

EVENT = {"type": "http.response.body"}


@attrs.define(slots=False)
class Channel:
    """An ASGI connection in the hands of the test."""

    shop: Shop
    app: object
    scope: dict
    sent: list = attrs.field(factory=list)
    gone: anyio.Event = attrs.field(factory=anyio.Event)
    stuck: bool = False
    wrote: anyio.Event = attrs.field(factory=anyio.Event)
    began: bool = False

    async def receive(self):
        if self.scope["type"] == "websocket" and not self.began:
            self.began = True
            return {"type": "websocket.connect"}
        await self.gone.wait()
        kind = self.scope["type"]
        return {"type": "http.disconnect" if kind == "http" else "websocket.disconnect"}

    async def send(self, message):
        if self.stuck and message["type"] in ("http.response.body", "websocket.send"):
            await anyio.sleep_forever()
        self.sent.append(message)
        self.wrote.set()

    async def run(self):
        async with anyio.create_task_group() as group:
            group.start_soon(self.shop.seats.keep)
            with anyio.fail_after(15):
                await self.app(self.scope, self.receive, self.send)
            group.cancel_scope.cancel()

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()

    @property
    def close(self) -> tuple[int, str]:
        return self.sent[-1]["code"], self.sent[-1]["reason"]


def sse(shop: Shop, path="/items/a/events", query="", *, strict=True, key="full", **headers):
    return Channel(shop, shop.app(strict=strict), scope("http", path, query, key, headers))


def socket(shop: Shop, path="/items/a/socket", query="", *, strict=True, key="full"):
    return Channel(shop, shop.app(strict=strict), scope("websocket", path, query, key, {}))


def scope(kind, path, query, key, headers):
    sent = {"authorization": f"Bearer {key}"} if key else {}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in sent.items()]
    return {
        "type": kind,
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": raw,
    }


def ids(channel: Channel) -> list[int]:
    return [int(seq) for seq in re.findall(r"^id: (\d+)$", channel.text, re.MULTILINE)]


async def test_a_stream_sends_every_event_and_ends(shop):
    channel = sse(shop)

    await channel.run()

    assert channel.status == 200
    headers = dict(channel.sent[0]["headers"])
    assert headers[b"content-type"] == b"text/event-stream"
    assert headers[b"cache-control"] == b"no-store"
    assert b"aragora-request-id" in headers
    assert channel.text.startswith(
        'retry: 1000\nid: 1\nevent: step\ndata: {"type":"step"}\n\nid: 2'
    )
    assert ids(channel) == [1, 2, 3]
    assert channel.sent[-1] == EVENT | {"body": b"", "more_body": False}


@pytest.mark.parametrize(
    ("query", "headers", "expected"),
    [
        ("after=1", {}, [2, 3]),
        ("", {"last_event_id": "2"}, [3]),
        ("after=0", {"last_event_id": "2"}, [3]),
        ("after=1", {"last_event_id": ""}, [2, 3]),
        ("after=3", {}, []),
    ],
)
async def test_a_stream_resumes_after_what_was_seen(shop, query, headers, expected):
    channel = sse(shop, query=query, **headers)

    await channel.run()

    assert ids(channel) == expected


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"path": "/items/none/events"}, 404),
        ({"key": None}, 401),
        ({"query": "after=-1"}, 422),
        ({"last_event_id": "x"}, 422),
    ],
)
async def test_a_refusal_before_the_first_byte_is_a_problem(shop, change, status):
    channel = sse(shop, **change)

    await channel.run()

    assert channel.status == status
    assert orjson.loads(channel.text)["status"] == status


@pytest.mark.parametrize(
    ("change", "close"),
    [
        ({}, (1000, "over")),
        ({"path": "/items/none/socket"}, (4404, "item_not_found")),
        ({"key": None}, (4401, "unauthenticated")),
        ({"query": "after=x"}, (4422, "invalid_request")),
        ({"path": "/no/such/socket"}, (4404, "not_found")),
    ],
)
async def test_a_websocket_says_by_its_close_code_how_it_went(shop, change, close):
    channel = socket(shop, **change)

    await channel.run()

    assert channel.sent[0]["type"] == "websocket.accept"
    assert channel.close == close


async def test_a_websocket_carries_the_same_events(shop):
    channel = socket(shop, query="after=1")

    await channel.run()

    assert [m["text"] for m in channel.sent[1:-1]] == ['{"type":"step"}'] * 2


async def test_a_websocket_that_leaves_before_it_is_accepted_costs_nothing(shop):
    channel = socket(shop)
    channel.began = True
    channel.gone.set()

    await channel.run()

    assert channel.sent == []


@pytest.mark.parametrize("open_", [sse, socket])
async def test_a_reader_that_leaves_ends_the_stream(shop, open_):
    shop.routes.linger_s = 60
    channel = open_(shop)

    async with anyio.create_task_group() as group:
        group.start_soon(channel.run)
        await channel.wrote.wait()
        channel.gone.set()

    assert channel.sent[-1]["type"] != "websocket.close"


@pytest.mark.parametrize(("open_", "last"), [(sse, None), (socket, 1012)])
async def test_a_stopping_server_ends_its_streams(shop, open_, last):
    shop.routes.linger_s = 60
    channel = open_(shop)

    async with anyio.create_task_group() as group:
        group.start_soon(channel.run)
        await channel.wrote.wait()
        shop.drain.begin()

    assert channel.sent[-1].get("code") == last


async def test_a_stopping_server_takes_no_new_streams(shop):
    shop.drain.begin()
    over_http, over_socket = sse(shop), socket(shop)

    await over_http.run()
    await over_socket.run()

    assert over_http.status == 503
    assert over_socket.close == (1012, "unavailable")


async def test_a_revoked_key_loses_its_stream(shop, monkeypatch):
    monkeypatch.setattr(seats, "TICK_S", 0.02)
    monkeypatch.setattr(seats, "RECHECK_S", 0.02)
    shop.routes.linger_s = 60
    channel = socket(shop)

    async with anyio.create_task_group() as group:
        group.start_soon(channel.run)
        await channel.wrote.wait()
        del shop.keys.known["full"]

    assert channel.close == (4401, "revoked")


async def test_silence_is_broken_by_heartbeats(shop, monkeypatch):
    shop.routes.last, shop.routes.linger_s = 0, 0.3
    monkeypatch.setattr(seats, "TICK_S", 0.02)
    channel = sse(shop)
    from tests import shop as shelves

    watch = shelves.OPERATIONS["watchItem"]
    quick = attrs.evolve(watch, stream=attrs.evolve(watch.stream, heartbeat_s=0.05))
    channel.app = shop.app(table={**shelves.OPERATIONS, "watchItem": quick})

    await channel.run()

    beats = re.findall(r"event: heartbeat\ndata: (.*)\n", channel.text)
    assert len(beats) >= 2
    assert orjson.loads(beats[0])["item_id"] == "a"
    assert orjson.loads(beats[0])["at"].endswith("Z")
    assert ids(channel) == []


@pytest.mark.parametrize("open_", [sse, socket])
async def test_a_reader_that_does_not_read_is_cut(shop, monkeypatch, open_):
    monkeypatch.setattr(seats, "TICK_S", 0.02)
    monkeypatch.setattr(seats, "PATIENCE_S", 0.05)
    shop.routes.last = 10_000
    channel = open_(shop)
    channel.stuck = True
    cut = telemetry.STREAMS_CUT.labels("4008")._value.get()

    await channel.run()

    assert telemetry.STREAMS_CUT.labels("4008")._value.get() == cut + 1
    if open_ is sse:
        assert [message["type"] for message in channel.sent] == ["http.response.start"]
    else:
        assert channel.close == (4008, "slow")


async def test_a_reader_that_takes_nothing_at_all_is_left(shop, monkeypatch):
    monkeypatch.setattr(seats, "TICK_S", 0.02)
    monkeypatch.setattr(seats, "PATIENCE_S", 0.05)
    monkeypatch.setattr(streaming, "LAST_WORD_S", 0.05)
    channel = socket(shop)

    async def stuck(message):
        if message["type"] != "websocket.accept":
            await anyio.sleep_forever()

    channel.send = stuck
    await channel.run()


async def test_a_fast_reader_gets_a_long_backlog_whole(shop):
    shop.routes.last = 5_000
    channel = sse(shop)

    await channel.run()

    assert ids(channel) == list(range(1, 5_001))


@pytest.mark.parametrize("open_", [sse, socket])
async def test_a_fault_in_the_middle_ends_the_stream(shop, open_):
    channel = open_(shop, f"/items/broken/{'events' if open_ is sse else 'socket'}")

    await channel.run()

    if open_ is sse:
        assert ids(channel) == [1, 2, 3]
    else:
        assert channel.close == (1011, "failed")


async def test_an_event_that_breaks_the_contract_fails_the_test(shop):
    from aragora_server.kernel.stream import StreamItem

    class Broken(type(shop.routes)):
        async def watch_item(self, caller, item_id, *, after) -> AsyncIterator[StreamItem]:
            yield StreamItem(seq=1, type="step", payload=b"{}")
            await anyio.sleep(0)

    shop.routes = Broken()
    with pytest.RaisesGroup(ContractBroken, flatten_subgroups=True):
        await sse(shop).run()

    lenient = sse(shop, strict=False)
    await lenient.run()
    assert ids(lenient) == [1]


async def test_streams_are_counted_a_key_and_a_process(shop):
    shop.seats.most, shop.seats.most_a_key = 2, 1
    shop.routes.linger_s = 60
    app = shop.app()
    first, second, third = sse(shop), sse(shop), socket(shop)
    fourth, fifth = sse(shop), socket(shop)
    for channel in (first, second, third, fourth, fifth):
        channel.app = app

    async with anyio.create_task_group() as group:
        group.start_soon(first.run)
        await first.wrote.wait()
        await second.run()
        await third.run()
        other = sse(shop, key="reader")
        other.app = app
        group.start_soon(other.run)
        await other.wrote.wait()
        await fourth.run()
        await fifth.run()
        shop.drain.begin()

    assert second.status == 429
    assert orjson.loads(second.text)["code"] == "too_many_streams_of_key"
    assert third.close == (4429, "too_many_streams_of_key")
    assert other.status == 200
    assert fourth.status == 503
    assert orjson.loads(fourth.text)["code"] == "too_many_streams"
    assert fifth.close == (4429, "too_many_streams")


async def test_one_workspace_leaves_streams_for_others(shop):
    shop.seats.most = 10

    def seat(workspace_id: str, key: str) -> Seat:
        caller = Caller(workspace_id=workspace_id, api_key_id=key, scopes=frozenset())
        return Seat(admitted=Admitted(caller=caller, api_key=key), transport="sse", beat_s=1)

    with ExitStack() as open_:
        for no in range(9):
            open_.enter_context(shop.seats.take(seat("w", f"key {no}")))
        with pytest.raises(TooManyStreams), shop.seats.take(seat("w", "one more")):
            pass
        with shop.seats.take(seat("v", "another's")):
            assert len(shop.seats.open) == 10

    assert not shop.seats.by_workspace
    assert not shop.seats.by_key


async def test_head_of_a_stream_opens_none(shop):
    async with shop.client() as client:
        answer = await client.head("/items/a/events")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_a_lost_connection_is_no_fault_of_ours(shop):
    channel = socket(shop)

    async def broken(message):
        if message["type"] == "websocket.send":
            raise OSError("gone")
        channel.sent.append(message)

    channel.send = broken
    await channel.run()

    assert [message["type"] for message in channel.sent] == ["websocket.accept"]
