"""Too much at once is refused at once, and whoever looks after the server is let in."""

from __future__ import annotations

import logging

import anyio
import httpx2
import pytest
from aragora_server.kernel import logs, telemetry
from aragora_server.kernel.door import Door
from aragora_server.kernel.http import Answers
from aragora_server.kernel.problem import Problems

from tests.shop import ERRORS, Shop

pytestmark = pytest.mark.anyio


def door(shop: Shop, **room: int) -> Door:
    answers = Answers(version="9.9.9", problems=Problems(ERRORS), is_strict=True)
    return Door(
        app=shop.app(),
        answers=answers,
        seats=shop.seats,
        **{"most_connections": 10, "most_requests": 2, **room},
    )


def client(app: Door) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app),
        base_url="http://shop.test",
        headers={"authorization": "Bearer full"},
    )


async def test_more_requests_than_can_be_served_are_told_to_come_back(shop):
    go_on = anyio.Event()
    shop.routes.on_create = lambda: go_on.wait()  # noqa: PLW0108 - a method would be an operation
    served = []

    async with client(door(shop)) as http, anyio.create_task_group() as group:

        async def create() -> None:
            served.append(await http.post("/items", json={"name": "a"}))

        group.start_soon(create)
        group.start_soon(create)
        await anyio.wait_all_tasks_blocked()
        refused = await http.get("/items")
        go_on.set()

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert refused.headers["retry-after"] == "1"
    assert refused.headers["connection"] == "close"
    assert [answer.status_code for answer in served] == [201, 201]


async def test_more_connections_than_files_allow_are_told_to_come_back(shop):
    app = door(shop)
    app.connections = lambda: 11

    async with client(app) as http:
        refused = await http.get("/items")
        app.connections = lambda: 10
        served = await http.get("/items")

    assert (refused.status_code, served.status_code) == (503, 200)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_health_is_asked_of_a_full_server_too(shop, path):
    async with client(door(shop, most_requests=0)) as http:
        answer = await http.get(path)

    assert answer.status_code == 404  # this shop has none; the door let it through


def value(name: str, **labels: str) -> float:
    return telemetry.REGISTRY.get_sample_value(name, labels) or 0


@pytest.mark.parametrize("of", ["requests", "connections"])
async def test_a_refusal_is_counted_and_told_like_any_answer(shop, caplog, of):
    requests = {"operation": "none", "status": "5xx"}
    before = value("aragora_refused_total", of=of)
    counted = value("aragora_request_duration_seconds_count", **requests)
    app = door(shop, most_requests=0 if of == "requests" else 1)
    app.connections = lambda: 11

    with caplog.at_level(logging.INFO, "aragora.access"):
        async with client(app) as http:
            refused = await http.get("/items?word=asked")

    (line,) = [getattr(r, logs.FIELDS) for r in caplog.records if r.name == "aragora.access"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "none", 503)
    assert line["bytes"] == len(refused.content)
    assert "asked" not in caplog.text
    assert value("aragora_refused_total", of=of) == before + 1
    assert value("aragora_request_duration_seconds_count", **requests) == counted + 1


async def test_a_refused_socket_is_told_too(shop, caplog):
    scope = {"type": "websocket", "path": "/items/a/socket", "headers": [], "query_string": b""}
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    with caplog.at_level(logging.INFO, "aragora.access"):
        await door(shop, most_requests=0)(scope, receive, send)

    (line,) = [getattr(r, logs.FIELDS) for r in caplog.records if r.name == "aragora.access"]
    assert sent[0]["status"] == 503
    assert (line["method"], line["route"], line["status"]) == ("WEBSOCKET", "none", 503)


async def test_a_stream_too_many_is_counted_as_a_request_that_was_refused(shop):
    requests = {"operation": "watchItem", "status": "5xx"}
    before = value("aragora_refused_total", of="streams")
    counted = value("aragora_request_duration_seconds_count", **requests)
    shop.seats.most = 0

    async with client(door(shop)) as http:
        refused = await http.get("/items/a/events")

    assert (refused.status_code, refused.json()["code"]) == (503, "too_many_streams")
    assert value("aragora_refused_total", of="streams") == before + 1
    assert value("aragora_request_duration_seconds_count", **requests) == counted + 1
