"""What strangers can make the server do: little, and not again and again."""

import anyio
import pytest
from aragora_server.kernel import body
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.gate import STRANGERS, Admitted
from aragora_server.kernel.http import Answers, Exchange
from aragora_server.kernel.idempotency import Once
from aragora_server.kernel.problem import Problems

from tests.shop import PARCEL

pytestmark = pytest.mark.anyio

SEND = {"content-type": PARCEL}


async def test_bodies_of_nobody_known_are_limited_by_address(shop):
    shop.per_minute = 2 * STRANGERS

    async with shop.client(None) as client:
        answers = [await client.post("/parcels", content=b'{"v":1}', headers=SEND) for _ in "123"]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "rate_limited"
    assert int(answers[2].headers["retry-after"]) > 0


async def test_what_costs_nothing_is_not_limited(shop):
    shop.per_minute = STRANGERS

    async with shop.client(None) as client:
        counts = [(await client.get("/items/count")).status_code for _ in range(5)]

    assert counts == [200] * 5


async def test_all_bodies_of_an_operation_together_have_a_limit(shop, monkeypatch):
    monkeypatch.setattr(body, "MOST_IN_HAND", 10)
    monkeypatch.setattr(body, "SMALL_BYTES", 0)
    shop.per_minute = 100 * STRANGERS
    first_is_here, second_is_answered = anyio.Event(), anyio.Event()
    answers = {}

    async def slowly():
        yield b'{"v":'
        first_is_here.set()
        await second_is_answered.wait()
        yield b"1}"

    async with shop.client(None) as client, anyio.create_task_group() as group:

        async def send_slowly():
            answers["first"] = await client.post("/parcels", content=slowly(), headers=SEND)

        group.start_soon(send_slowly)
        await first_is_here.wait()
        refused = await client.post("/parcels", content=b'{"v":1}', headers=SEND)
        second_is_answered.set()

    async with shop.client(None) as client:
        later = await client.post("/parcels", content=b'{"v":1}', headers=SEND)
    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert (answers["first"].status_code, later.status_code) == (200, 200)


async def test_whoever_sends_large_bodies_has_a_share(shop, monkeypatch):
    monkeypatch.setattr(body, "MOST_IN_HAND", 128)
    monkeypatch.setattr(body, "SMALL_BYTES", 0)
    monkeypatch.setattr(body, "SHARE", 2)
    shop.per_minute = 100 * STRANGERS
    is_half_here, others_are_answered = anyio.Event(), anyio.Event()
    answers = {}

    async def slowly():
        yield b'{"v":1' + b" " * 50
        is_half_here.set()
        await others_are_answered.wait()
        yield b"}"

    app = shop.app()
    async with shop.client(None, app=app) as client, anyio.create_task_group() as group:

        async def send_slowly():
            answers["first"] = await client.post("/parcels", content=slowly(), headers=SEND)

        group.start_soon(send_slowly)
        await is_half_here.wait()
        again = await client.post("/parcels", content=b'{"v": 1   }', headers=SEND)
        async with shop.client(None, app=app, host="10.0.0.2") as elsewhere:
            other = await elsewhere.post("/parcels", content=b'{"v": 1   }', headers=SEND)
        others_are_answered.set()

    async with shop.client(None, app=app) as client:
        later = await client.post("/parcels", content=b'{"v": 1   }', headers=SEND)
    assert (again.status_code, other.status_code) == (503, 200)
    assert (answers["first"].status_code, later.status_code) == (200, 200)


async def test_large_bodies_refuse_no_small_one(shop, monkeypatch):
    monkeypatch.setattr(body, "MOST_IN_HAND", 0)
    monkeypatch.setattr(body, "SMALL_BYTES", 10)
    shop.per_minute = 100 * STRANGERS
    large = b'{"v":1}' + b" " * 10

    async with shop.client(None) as client:
        refused = await client.post("/parcels", content=large, headers=SEND)
        taken = await client.post("/parcels", content=b'{"v":1}', headers=SEND)

    assert (refused.status_code, taken.status_code) == (503, 200)


async def test_a_large_body_of_many_small_values_is_refused(shop, monkeypatch):
    monkeypatch.setattr(body, "LARGE_BYTES", 20)
    monkeypatch.setattr(body, "MOST_VALUES", 3)
    shop.per_minute = 100 * STRANGERS

    async with shop.client(None) as client:
        many = await client.post("/parcels", content=b'{"v":[0,0,0,0,0,0,0,0]}', headers=SEND)
        long = await client.post("/parcels", content=b'{"v":"%s"}' % (b"a" * 30), headers=SEND)

    assert (many.status_code, many.json()["max_bytes"]) == (413, 64)
    assert long.status_code == 200


@pytest.mark.parametrize("path", ["/items%0d%0ax", "/%0a", "/items%00", "/%2e%2e/items"])
async def test_every_path_that_is_nobodys_gets_a_problem(shop, path):
    async with shop.client() as client:
        answer = await client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["*", "http://elsewhere/items"])
async def test_a_target_that_is_no_path_gets_a_problem(shop, path):
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    await shop.app()(scope, anyio.sleep_forever, send)

    assert sent[0]["status"] == 404
    assert b"not_found" in sent[1]["body"]


async def test_nobody_writes_lines_of_their_own_into_the_log(caplog):
    answers = Answers(version="9", problems=Problems({}), is_strict=False)
    exchange = Exchange(id="req_1", path="/a\nERROR forged", headers={})

    answers.declared(exchange, RuntimeError("ours"), frozenset())

    assert "\nERROR forged" not in caplog.text


async def test_a_key_stands_in_no_repr(shop):
    caller = Caller(workspace_id="w", api_key_id="k", scopes=frozenset())
    once = Once(api_key="ara_secret", operation_id="o", key="k", request=None)

    assert "ara_secret" not in f"{Admitted(caller=caller, api_key='ara_secret')} {once}"
