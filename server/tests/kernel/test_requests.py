"""A request is refused for its first fault, in one order, with the place named."""

from datetime import UTC, datetime

import pytest
from pydantic import MISSING

from tests.shop import PARCEL, Shop

pytestmark = pytest.mark.anyio

JSON = {"content-type": "application/json"}


async def post(shop: Shop, content: bytes, **headers: str):
    async with shop.client() as client:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.post("/items", content=content, headers=JSON | sent)


def faults(answer) -> list[tuple[str, str, str]]:
    return [(e["location"], e["pointer"], e["code"]) for e in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"x" * 201, {"content_type": "text/plain"}, 413, "body_too_large"),
        (b"{", {"content_type": "text/plain"}, 415, "unsupported_media_type"),
        (b"{", {}, 400, "malformed_request"),
        (b'{"name":1}', {}, 422, "invalid_request"),
    ],
)
async def test_size_then_media_type_then_json_then_schema(shop, content, headers, status, code):
    answer = await post(shop, content, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_body_without_an_announced_length_is_measured_too(shop):
    async def chunks():
        for _ in range(3):
            yield b" " * 100

    async with shop.client() as client:
        answer = await client.post("/items", content=chunks(), headers=JSON)

    assert answer.status_code == 413
    assert answer.json()["max_bytes"] == 200


async def test_a_body_that_does_not_arrive_is_refused(shop, monkeypatch):
    import anyio
    from aragora_server.kernel import body

    monkeypatch.setattr(body, "READ_TIMEOUT_S", 0.05)

    async def never():
        yield b"{"
        await anyio.sleep(1)

    app = shop.app()
    sent = []

    async def receive():
        await anyio.sleep(1)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/items",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer full"), (b"content-type", b"application/json")],
    }
    await app(scope, receive, send)

    assert sent[0]["status"] == 408
    assert b"did not arrive" in sent[1]["body"]


async def test_a_body_is_required(shop):
    answer = await post(shop, b"")

    assert answer.status_code == 422
    assert faults(answer) == [("body", "", "required")]


@pytest.mark.parametrize(
    "media_type", ["application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"']
)
async def test_json_in_utf8_may_say_so(shop, media_type):
    answer = await post(shop, b'{"name":"a"}', content_type=media_type)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers", [{"content_type": "application/json; charset=latin-1"}, {"content_encoding": "gzip"}]
)
async def test_other_encodings_are_refused(shop, headers):
    answer = await post(shop, b'{"name":"a"}', **headers)

    assert answer.status_code == 415


async def test_each_fault_is_named_at_its_place(shop):
    answer = await post(shop, b'{"name":"","a/b~c":1,"count":-1}')

    assert set(faults(answer)) == {
        ("body", "/name", "minLength"),
        ("body", "/a~1b~0c", "additionalProperties"),
        ("body", "/count", "minimum"),
    }
    assert answer.json()["code"] == "invalid_request"


async def test_a_named_schema_gives_its_own_code(shop):
    plain = await post(shop, b'{"name":"a","price":"-1"}')
    nullable = await post(shop, b'{"name":"a","tip":"-1"}')

    assert faults(plain) == [("body", "/price", "invalid_amount")]
    assert faults(nullable) == [("body", "/tip", "invalid_amount")]
    assert plain.json()["code"] == "invalid_amount"


async def test_mixed_faults_keep_the_general_code(shop):
    answer = await post(shop, b'{"price":"-1"}')

    assert answer.json()["code"] == "invalid_request"


async def test_what_was_sent_is_not_repeated_in_the_answer(shop):
    answer = await post(shop, b'{"name":"a","price":"hunter2"}')

    assert "hunter2" not in answer.text


async def test_a_missing_member_is_pointed_at(shop):
    assert faults(await post(shop, b"{}")) == [("body", "/name", "required")]


async def test_a_float_is_no_integer_even_when_it_is_whole(shop):
    answer = await post(shop, b'{"name":"a","count":1.0}')

    assert answer.status_code == 422
    assert faults(answer) == [("body", "/count", "type")]


async def test_absent_and_null_are_different(shop):
    await post(shop, b'{"name":"a"}')
    absent = shop.routes.seen["body"].tip
    await post(shop, b'{"name":"a","tip":null}')

    assert absent is MISSING
    assert shop.routes.seen["body"].tip is None


async def test_a_raw_body_reaches_the_handler_as_it_was_sent(shop):
    content = b' {"v": 1.50 , "v": 2}\n'
    async with shop.client(None) as client:
        answer = await client.post("/parcels", content=content, headers={"content-type": PARCEL})
        large = await client.post("/parcels", content=b" " * 65, headers={"content-type": PARCEL})

    assert answer.content == content
    assert answer.headers["content-type"] == PARCEL
    assert large.json()["max_bytes"] == 64


async def test_parameters_become_what_their_schema_says(shop):
    async with shop.client() as client:
        await client.get("/items?open=true&since=2026-01-01T00:00:00Z&word=a%20b")

    assert shop.routes.seen == {
        "limit": 50,
        "open": True,
        "since": datetime(2026, 1, 1, tzinfo=UTC),
        "word": "a b",
    }


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("limit=0", "/limit", "minimum"),
        ("limit=1.0", "/limit", "type"),
        ("limit=+1", "/limit", "type"),
        ("limit=", "/limit", "type"),
        (f"limit={'9' * 400}", "/limit", "type"),
        ("open=1", "/open", "type"),
        ("since=yesterdayZ", "/since", "format"),
        ("since=2016-12-31T23:59:60Z", "/since", "format"),
        ("word=abcdef", "/word", "maxLength"),
        ("mystery=1", "/mystery", "unknown"),
        ("limit=1&limit=2", "/limit", "repeated"),
        ("word=%ff", "", "encoding"),
    ],
)
async def test_a_wrong_parameter_is_named(shop, query, pointer, code):
    async with shop.client() as client:
        answer = await client.get(f"/items?{query}")

    assert answer.status_code == 422
    assert faults(answer) == [("query", pointer, code)]


async def test_a_path_parameter_is_judged_too(shop):
    async with shop.client() as client:
        answer = await client.get("/items/far-too-long")

    assert faults(answer) == [("path", "/item_id", "maxLength")]


async def test_a_public_operation_refuses_unknown_parameters_too(shop):
    async with shop.client(None) as client:
        assert (await client.get("/items/count?x=1")).status_code == 422
