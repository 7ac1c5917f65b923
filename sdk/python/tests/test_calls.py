"""Calls through both clients, against a server in memory."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import httpx2
import pytest
from aragora import (
    Answer,
    Aragora,
    AsyncAragora,
    BinaryResponse,
    ConfigurationError,
    ConnectionFailed,
    DeadlineExceeded,
    IdleTimeout,
    RateLimited,
    Request,
    ResponseInvalid,
    RetryInfo,
    RetryPolicy,
    ServerError,
    StatusError,
)
from aragora.testing import FakeServer, Reply, events, lost, problem, refused, reply, silent
from aragora.types.errors import BudgetExceeded

pytestmark = pytest.mark.anyio

ID = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
BUDGET = {
    "id": ID,
    "name": "team",
    "scope": "workspace",
    "scope_id": None,
    "period": "month",
    "anchor_day": 1,
    "timezone": "UTC",
    "limit_usd": "25",
    "warn_at_percent": [80],
    "block_at_percent": 100,
    "unpriced": "refuse",
    "paused": False,
    "notify": {"emails": [], "webhooks": True},
    "spent_usd": "1.5",
    "held_usd": "0",
    "overage_usd": "0",
    "remaining_usd": "23.5",
    "period_start": "2026-11-01T00:00:00.000Z",
    "period_end": None,
    "created_at": "2026-11-01T00:00:00.000Z",
    "updated_at": "2026-11-01T00:00:00.000Z",
}
NEW = {"name": "team", "limit_usd": "25"}


def page(*names: str, next_cursor: str | None = None) -> Reply:
    items = [{**BUDGET, "name": name} for name in names]
    return reply({"items": items, "next_cursor": next_cursor})


def test_a_call_returns_its_model_with_the_id_of_the_request() -> None:
    server = FakeServer().on(
        "GET", f"/v1/budgets/{ID}", reply(BUDGET, headers={"Aragora-Request-Id": "req_1"})
    )

    budget = server.client().budgets.get(ID)

    assert (budget.name, budget.request_id) == ("team", "req_1")
    assert server.requests[0].headers["authorization"] == "Bearer ara_test"


def test_money_is_exact() -> None:
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", reply(BUDGET))

    budget = server.client().budgets.get(ID)

    assert budget.limit_usd == "25"
    assert budget.as_micro_usd("remaining_usd") == 23_500_000
    assert str(budget.as_decimal("spent_usd")) == "1.5"


def test_fields_and_values_from_the_future_are_kept() -> None:
    later = {**BUDGET, "period": "week", "colour": {"name": "red"}}
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", reply(later))

    budget = server.client().budgets.get(ID)

    assert budget.to_dict() == {**later, **{k: v.replace(".000Z", "Z") for k, v in later.items()
                                if isinstance(v, str) and v.endswith(".000Z")}}  # fmt: skip
    assert json.loads(budget.to_json())["colour"] == {"name": "red"}


def test_an_empty_answer_is_none() -> None:
    server = FakeServer().on("DELETE", f"/v1/budgets/{ID}", Reply(204))

    assert server.client().budgets.delete(ID) is None


def test_a_file_arrives_byte_for_byte(tmp_path: Any) -> None:
    media_type = "application/vnd.aragora.receipt-bundle+json"
    bundle = Reply(200, {"content-type": media_type}, b'{"v": 1 }')
    server = FakeServer().on("GET", f"/v1/receipts/{ID}/bundle", bundle)

    answer = server.client().receipts.bundle(ID)

    assert isinstance(answer, BinaryResponse)
    assert answer.save(tmp_path / "r.json").read_bytes() == answer.read() == b'{"v": 1 }'
    assert list(answer.iter_bytes(4)) == [b'{"v"', b": 1 ", b"}"]
    assert (answer.media_type, server.requests[0].headers["accept"]) == (media_type, media_type)


@pytest.mark.parametrize("fault", [lost(), silent(), problem("unavailable", 503)])
def test_one_key_travels_with_every_attempt(fault: Reply) -> None:
    server = FakeServer().on("POST", "/v1/budgets", fault, fault, reply(BUDGET, status=201))

    server.client().budgets.create(name="team", limit_usd="25")

    keys = {asked.headers["idempotency-key"] for asked in server.requests}
    assert len(server.requests) == 3
    assert len(keys) == 1
    assert {asked.body for asked in server.requests} == {b'{"name":"team","limit_usd":"25"}'}


def test_two_calls_have_two_keys() -> None:
    server = FakeServer().on("POST", "/v1/budgets", reply(BUDGET, status=201))
    client = server.client()

    client.budgets.create(name="a", limit_usd="1")
    client.budgets.create(name="a", limit_usd="1")

    assert len({asked.headers["idempotency-key"] for asked in server.requests}) == 2


@pytest.mark.parametrize("fault", [lost(), silent(), problem("internal_error", 500)])
def test_a_post_without_a_key_is_never_sent_twice(fault: Reply) -> None:
    server = FakeServer().on("POST", f"/v1/debates/{ID}/cancel", fault, reply({}))

    with pytest.raises((ConnectionFailed, IdleTimeout, ServerError)):
        server.client().debates.cancel(ID)

    assert len(server.requests) == 1


def test_a_post_that_never_left_is_sent_again() -> None:
    server = FakeServer().on(
        "POST", f"/v1/debates/{ID}/cancel", refused(), refused(), problem("debate_over", 409)
    )

    with pytest.raises(StatusError, match="debate_over"):
        server.client().debates.cancel(ID)

    assert len(server.requests) == 3


def test_a_refusal_has_its_class_by_code_with_typed_members() -> None:
    refusal = problem(
        "budget_exceeded", 402, remaining_usd="2.100000", needed_usd="5", doc_url="https://x/y"
    )
    server = FakeServer().on("POST", "/v1/budgets", refusal)

    with pytest.raises(BudgetExceeded) as caught:
        server.client().budgets.create(name="a", limit_usd="1")

    error = caught.value
    assert (error.status, error.code, error.remaining_usd) == (402, "budget_exceeded", "2.100000")
    assert str(error) == (
        "budget_exceeded (402): the budget_exceeded problem "
        "[req_00000000000000000000000000000001] https://x/y"
    )
    assert len(server.requests) == 1


def test_the_page_of_a_proxy_still_has_its_class() -> None:
    html = Reply(502, {"content-type": "text/html"}, b"<h1>Bad Gateway</h1>" + b"x" * 5000)
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", html)

    with pytest.raises(ServerError) as caught:
        server.client().budgets.get(ID)

    assert caught.value.code is None
    assert len(caught.value.detail or "") == 2048
    assert len(server.requests) == 3


def test_field_errors_are_told() -> None:
    errors = [{"location": "body", "pointer": "/name", "code": "maxLength", "message": "too long"}]
    server = FakeServer().on("POST", "/v1/budgets", problem("invalid_request", 422, errors=errors))

    with pytest.raises(StatusError, match="body /name: too long") as caught:
        server.client().budgets.create(name="a", limit_usd="1")

    assert caught.value.errors[0].pointer == "/name"


@pytest.mark.parametrize(
    "body",
    [
        Reply(200, {"content-type": "application/json"}, b"{"),
        Reply(200, {"content-type": "application/json"}, b'{"id": 1}'),
        Reply(200, {"content-type": "text/html"}, b"<p>hello</p>"),
    ],
)
def test_a_success_that_cannot_be_read_says_so(body: Reply) -> None:
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", body)

    with pytest.raises(ResponseInvalid, match="/v1/budgets/") as caught:
        server.client().budgets.get(ID)

    assert (caught.value.status, caught.value.body) == (200, body.body)
    assert len(server.requests) == 1


def test_a_long_retry_after_is_raised_not_slept() -> None:
    refusal = problem("rate_limited", 429, headers={"Retry-After": "172800"})
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", refusal)

    with pytest.raises(RateLimited) as caught:
        server.client().budgets.get(ID)

    assert caught.value.retry_after_s == 172800


def test_on_retry_hears_of_each_wait() -> None:
    told: list[RetryInfo] = []
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", lost(), reply(BUDGET))
    policy = RetryPolicy(base_s=0, on_retry=told.append)

    server.client(retry=policy).budgets.get(ID)

    assert [(info.operation_id, info.attempt) for info in told] == [("getBudget", 1)]
    assert isinstance(told[0].error, ConnectionFailed)


def test_a_page_walks_all_pages() -> None:
    server = FakeServer().on(
        "GET", "/v1/budgets", page("a", "b", next_cursor="c1"), page("c", next_cursor="c2"), page()
    )

    first = server.client().budgets.list(limit=2)

    assert [budget.name for budget in first] == ["a", "b", "c"]
    assert [asked.query for asked in server.requests] == [
        "limit=2",
        "cursor=c1&limit=2",
        "cursor=c2&limit=2",
    ]


def test_pages_can_be_turned_by_hand() -> None:
    server = FakeServer().on("GET", "/v1/budgets", page("a", next_cursor="c1"), page("b"))

    first = server.client().budgets.list()
    second = first.next_page()

    assert (first.has_next, second.has_next) == (True, False)
    with pytest.raises(LookupError):
        second.next_page()


def test_a_cursor_that_comes_back_ends_with_an_error() -> None:
    server = FakeServer().on("GET", "/v1/budgets", page("a", next_cursor="c1"))

    with pytest.raises(ResponseInvalid, match="twice"):
        list(server.client().budgets.list())


async def test_async_pages_walk_alike() -> None:
    server = FakeServer().on("GET", "/v1/budgets", page("a", next_cursor="c1"), page("b"))

    first = await server.async_client().budgets.list()

    assert [budget.name async for budget in first] == ["a", "b"]
    last = [one async for one in first.pages()][-1]
    with pytest.raises(LookupError):
        await last.next_page()


def test_with_response_shows_what_is_behind_an_answer() -> None:
    server = FakeServer().on(
        "GET", f"/v1/budgets/{ID}", lost(), reply(BUDGET, headers={"Aragora-Request-Id": "req_1"})
    )
    client = server.client()

    response = client.with_response(client.budgets.get)(ID)

    assert (response.status, response.attempts, response.request_id) == (200, 2, "req_1")
    assert json.loads(response.raw) == BUDGET
    assert response.data.name == "team"
    assert response.headers["content-type"] == "application/json"


async def test_async_with_response_shows_the_same() -> None:
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", reply(BUDGET))
    client = server.async_client()

    response = await client.with_response(client.budgets.get)(ID)

    assert (response.status, response.attempts, response.data.name) == (200, 1, "team")


def test_what_has_no_method_can_be_requested() -> None:
    from aragora.types import Budget

    server = FakeServer().on("POST", "/v1/new", reply({"a": 1})).on("GET", "/v1/b", reply(BUDGET))
    client = server.client()

    assert client.request("post", "/v1/new", body={"x": 1}) == {"a": 1}
    assert client.request("GET", "/v1/b", returns=Budget).name == "team"
    assert server.requests[0].json() == {"x": 1}


async def test_async_what_has_no_method_can_be_requested() -> None:
    from aragora.types import Budget

    server = FakeServer().on("GET", "/v1/b", reply(BUDGET))
    client = server.async_client()

    assert (await client.request("GET", "/v1/b", returns=Budget)).name == "team"
    assert (await client.request("GET", "/v1/b"))["name"] == "team"


def test_middleware_sees_every_attempt_and_may_change_it() -> None:
    seen: list[tuple[int, int]] = []

    def tag(request: Request, call_next: Callable[[Request], Answer]) -> Answer:
        import dataclasses

        answer = call_next(
            dataclasses.replace(request, headers={**request.headers, "x-trace": "t"})
        )
        seen.append((request.attempt, answer.status))
        return answer

    server = FakeServer().on("GET", f"/v1/budgets/{ID}", problem("x", 503), reply(BUDGET))

    server.client(middleware=[tag]).budgets.get(ID)

    assert seen == [(1, 503), (2, 200)]
    assert server.requests[1].headers["x-trace"] == "t"


async def test_async_middleware_sees_every_attempt() -> None:
    seen: list[int] = []

    async def watch(request: Request, call_next: Callable[[Request], Awaitable[Answer]]) -> Answer:
        seen.append(request.attempt)
        return await call_next(request)

    server = FakeServer().on("GET", f"/v1/budgets/{ID}", lost(), reply(BUDGET))

    await server.async_client(middleware=[watch]).budgets.get(ID)

    assert seen == [1, 2]


def test_a_copy_with_options_shares_the_transport() -> None:
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", lost())
    client = server.client()

    with pytest.raises(ConnectionFailed):
        client.with_options(max_retries=0).budgets.get(ID)
    assert len(server.requests) == 1
    with pytest.raises(ConnectionFailed):
        client.budgets.get(ID)
    assert len(server.requests) == 4


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_of_either_library_will_do(library: Any) -> None:
    answers = iter([library.Response(503), library.Response(200, json=BUDGET)])
    http = library.Client(transport=library.MockTransport(lambda _: next(answers)))

    with http, Aragora(api_key="k", base_url="http://h", http_client=http,
                       retry=RetryPolicy(base_s=0)) as client:  # fmt: skip
        assert client.budgets.get(ID).name == "team"


@pytest.mark.parametrize("library", [httpx, httpx2])
async def test_an_async_client_of_either_library_will_do(library: Any) -> None:
    async def answer(_: Any) -> Any:
        raise library.ConnectError("no")

    async with library.AsyncClient(transport=library.MockTransport(answer)) as http:
        client = AsyncAragora(
            api_key="k", base_url="http://h", http_client=http, retry=RetryPolicy(base_s=0)
        )
        with pytest.raises(ConnectionFailed) as caught:
            await client.budgets.get(ID)

    assert isinstance(caught.value.__cause__, library.ConnectError)


@pytest.mark.parametrize("client", [object(), httpx2.AsyncClient()])
def test_what_is_no_client_is_refused(client: Any) -> None:
    with pytest.raises(ConfigurationError, match="Client of httpx2 or httpx"):
        Aragora(api_key="k", base_url="http://h", http_client=client)


def test_an_unsupported_address_is_a_mistake_of_the_caller() -> None:
    http = httpx2.Client(mounts={})
    client = Aragora(api_key="k", base_url="http://h", http_client=http)

    with http, pytest.raises(ConfigurationError):
        client.request("GET", "/\x7f")


def test_a_wait_past_the_deadline_is_not_begun() -> None:
    server = FakeServer().on("GET", f"/v1/budgets/{ID}", problem("x", 503))
    client = server.client(retry=RetryPolicy(base_s=50, cap_s=50, max_retries=9))

    with pytest.raises(ServerError):
        client.budgets.get(ID, request_options={"deadline_s": 0.5})

    assert len(server.requests) <= 2


async def test_async_the_deadline_interrupts_a_silent_server() -> None:
    import anyio

    async def sleep(_: httpx2.Request) -> httpx2.Response:
        await anyio.sleep(30)
        raise AssertionError

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(sleep)) as http:
        client = AsyncAragora(api_key="k", base_url="http://h", http_client=http)
        with pytest.raises(DeadlineExceeded):
            await client.budgets.get(ID, request_options={"deadline_s": 0.05})


def test_a_wrong_content_type_ends_a_stream() -> None:
    from aragora import StreamError

    server = FakeServer().on("GET", f"/v1/debates/{ID}/events/stream", reply({}))

    with pytest.raises(StreamError, match="application/json"):
        next(server.client().debates.events(ID))


def test_leaving_a_stream_early_closes_it() -> None:
    sent = {"seq": 1, "debate_id": ID, "type": "new.type", "at": "x"}
    server = FakeServer().on("GET", f"/v1/debates/{ID}/events/stream", events(sent))

    with server.client().debates.events(ID) as stream:
        assert next(stream).type == "new.type"
        assert stream.last_seq == 1
    assert list(stream) == []


async def test_leaving_an_async_stream_early_closes_it() -> None:
    sent = {"seq": 1, "debate_id": ID, "type": "new.type", "at": "x"}
    server = FakeServer().on("GET", f"/v1/debates/{ID}/events/stream", events(sent))

    async with server.async_client().debates.events(ID) as stream:
        assert (await anext(stream)).type == "new.type"
        assert stream.last_seq == 1


@pytest.mark.parametrize("path", ["@elsewhere.example/x", ".elsewhere.example/x", "v1/x", ""])
def test_no_path_of_a_free_call_can_take_the_key_to_another_host(path: str) -> None:
    server = FakeServer()

    with pytest.raises(ConfigurationError, match="slash"):
        server.client().request("GET", path)

    assert server.requests == []
