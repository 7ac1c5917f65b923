"""Every request is counted and told in one line, and the line says nothing private."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from aragora_server.kernel import logs, telemetry
from aragora_server.kernel.trace import trace_id
from aragora_server.kernel.watch import Watched
from starlette.types import Message, Receive, Scope, Send

from tests.shop import Shop

pytestmark = pytest.mark.anyio

TRACE = "0af7651916cd43dd8448eb211c80319c"


def counted(operation: str, status: str) -> float:
    name = "aragora_request_duration_seconds_count"
    labels = {"operation": operation, "status": status}
    return telemetry.REGISTRY.get_sample_value(name, labels) or 0


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [getattr(r, logs.FIELDS) for r in caplog.records if r.name == "aragora.access"]


@pytest.fixture(autouse=True)
def at_info(caplog):
    with caplog.at_level(logging.INFO, "aragora.access"):
        yield


@pytest.mark.parametrize(
    ("path", "counts_for", "status"),
    [
        ("/items?word=asked", ("listItems", "/items"), 200),
        ("/items/none", ("getItem", "/items/{item_id}"), 404),
        ("/items/bug", ("getItem", "/items/{item_id}"), 500),
        ("/asked/nowhere", ("none", "none"), 404),
    ],
)
async def test_a_request_is_one_line_and_one_count(shop: Shop, caplog, path, counts_for, status):
    operation, route = counts_for
    before = counted(operation, f"{status // 100}xx")

    async with shop.client(strict=False) as client:
        answer = await client.get(path)

    (line,) = told(caplog)
    assert (line["method"], line["route"], line["status"]) == ("GET", route, status)
    assert line["bytes"] == len(answer.content)
    assert line["duration_ms"] > 0
    assert counted(operation, f"{status // 100}xx") == before + 1
    assert "asked" not in caplog.text


async def test_head_counts_for_its_operation(shop: Shop, caplog):
    before = counted("getItem", "2xx")

    async with shop.client() as client:
        await client.head("/items/one")

    assert told(caplog)[0]["bytes"] == 0
    assert counted("getItem", "2xx") == before + 1


async def test_a_stream_is_a_line_at_its_end_and_no_duration_of_a_request(shop: Shop, caplog):
    async with shop.client() as client:
        await client.get("/items/one/events")

    assert told(caplog)[0]["route"] == "/items/{item_id}/events"
    assert counted("watchItem", "2xx") == 0


async def test_a_socket_is_a_line_with_its_close_code(caplog):
    async def goodbye(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.send", "text": "bye"})
        await send({"type": "websocket.close", "code": 4008})

    async def nothing(*_: object) -> Message:
        return {}

    await Watched(goodbye, "/items/{item_id}/socket")({"type": "websocket"}, nothing, nothing)

    (line,) = told(caplog)
    assert (line["method"], line["status"], line["bytes"]) == ("WEBSOCKET", 4008, 3)


async def test_who_leaves_before_the_answer_is_told_apart(caplog):
    async def nothing(*_: object) -> Message:
        return {}

    await Watched(nothing)({"type": "http", "method": "GET"}, nothing, nothing)

    assert told(caplog)[0]["status"] == 499


@pytest.fixture
def ids(shop: Shop) -> list[dict[str, str]]:
    """The ids that hold while a handler works."""
    seen: list[dict[str, str]] = []

    async def note() -> None:
        seen.append(dict(logs._ids.get()))

    shop.routes.on_create = note
    return seen


async def test_while_a_handler_works_its_lines_say_the_request_and_the_workspace(shop: Shop, ids):
    async with shop.client() as client:
        answer = await client.post("/items", json={"name": "a"})

    (seen,) = ids
    assert seen["request_id"] == answer.headers["aragora-request-id"]
    assert seen["workspace_id"] == "w"
    assert seen["trace_id"] in seen["request_id"]


async def test_a_trace_goes_on_where_the_caller_began_it(shop: Shop, ids):
    headers = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}

    async with shop.client() as client:
        answer = await client.post("/items", json={"name": "a"}, headers=headers)

    assert ids[0]["trace_id"] == TRACE
    assert "traceparent" not in answer.headers


async def test_no_id_of_a_request_holds_after_it(shop: Shop):
    async with shop.client() as client:
        await client.get("/items/one")

    assert logs._ids.get() == {}


@pytest.mark.parametrize(
    "header",
    [
        f"ff-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        "planted",
        "",
    ],
)
def test_what_is_no_trace_is_none(header: str):
    assert trace_id([(b"traceparent", header.encode())]) is None
