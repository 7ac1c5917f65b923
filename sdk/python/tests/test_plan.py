"""What a call becomes on the wire, decided without sending it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from aragora import OMIT, ConfigurationError, RequestOptions, RetryPolicy
from aragora._core.call import (
    Call,
    Defaults,
    Op,
    default_headers,
    encode_json,
    encode_query,
    plan,
)
from aragora.types import AgentSpec
from hypothesis import given
from hypothesis import strategies as st

CREATE: Op[None] = Op(
    id="createDebate",
    method="POST",
    path="/v1/debates",
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
GET: Op[None] = Op(
    id="getDebate",
    method="GET",
    path="/v1/debates/{debate_id}",
    query=("limit", "is_open", "tag"),
    repeatable=True,
)
PUBLIC: Op[None] = Op(id="health", method="GET", path="/healthz", public=True)


def planned(
    op: Op[None],
    args: Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
    *,
    api_key: str | None = "ara_x",
    base_url: str = "http://h/prefix",
    request: RequestOptions | None = None,
) -> Call[None]:
    defaults = Defaults(
        base_url=base_url,
        api_key=api_key,
        headers=default_headers(api_key, {"X-Mine": "1"}),
        request=request or {},
    )
    return plan(op, args or {}, options, defaults, lambda: "idk_1")


def test_the_path_prefix_of_the_base_url_is_kept() -> None:
    assert planned(PUBLIC).url == "http://h/prefix/healthz"


def test_path_values_are_encoded_once() -> None:
    call = planned(GET, {"debate_id": "a/b c%2F?#é"})

    assert call.url == "http://h/prefix/v1/debates/a%2Fb%20c%252F%3F%23%C3%A9"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_an_id_that_would_reach_another_operation_is_refused(value: str) -> None:
    with pytest.raises(ConfigurationError, match="debate_id"):
        planned(GET, {"debate_id": value})


def test_the_query_follows_the_order_of_the_contract() -> None:
    args = {"debate_id": "d", "tag": ["a b", "c&d"], "is_open": True, "limit": 5}

    assert planned(GET, args).url.partition("?")[2] == "limit=5&is_open=true&tag=a%20b&tag=c%26d"


def test_what_is_omitted_is_not_sent_and_none_is_null() -> None:
    call = planned(CREATE, {"question": "Ship?", "context": None, "seed": OMIT})

    assert json.loads(call.body or b"") == {"question": "Ship?", "context": None}


def test_a_json_body_is_sent_even_when_nothing_was_given() -> None:
    assert planned(CREATE).body == b"{}"


def test_an_operation_without_a_body_sends_none() -> None:
    call = planned(GET, {"debate_id": "d"})

    assert call.body is None
    assert "content-type" not in call.headers


def test_a_raw_body_goes_out_as_it_came() -> None:
    op: Op[None] = Op(id="v", method="POST", path="/v", sends="application/vnd.x+json", public=True)

    call = planned(op, {"body": b'{"a" : 1}'})

    assert call.body == b'{"a" : 1}'
    assert call.headers["content-type"] == "application/vnd.x+json"


def test_the_key_is_made_once_a_call_and_makes_it_repeatable() -> None:
    call = planned(CREATE, {"question": "?"})

    assert call.headers["idempotency-key"] == "idk_1"
    assert call.repeatable


def test_a_key_of_the_caller_wins() -> None:
    call = planned(CREATE, {}, {"idempotency_key": "mine"})

    assert call.headers["idempotency-key"] == "mine"


def test_a_key_on_an_operation_that_need_not_have_one_makes_it_repeatable() -> None:
    op: Op[None] = Op(id="x", method="POST", path="/x")

    assert not planned(op).repeatable
    assert planned(op, {}, {"idempotency_key": "mine"}).repeatable


def test_headers_of_the_request_win_whatever_their_case() -> None:
    call = planned(PUBLIC, {}, {"headers": {"ACCEPT": "text/plain", "X-MINE": "2"}})

    assert call.headers["accept"] == "text/plain"
    assert call.headers["x-mine"] == "2"


def test_query_and_body_of_the_options_are_merged_last() -> None:
    call = planned(CREATE, {"question": "a"}, {"query": {"x": 1}, "body": {"question": "b"}})

    assert call.url.endswith("?x=1")
    assert json.loads(call.body or b"") == {"question": "b"}


def test_options_of_the_client_apply_and_those_of_the_request_win() -> None:
    call = planned(PUBLIC, {}, {"idle_s": 2}, request={"idle_s": 1, "connect_s": 3})

    assert (call.idle_s, call.timeouts.connect_s) == (2, 3)


def test_timeout_s_is_another_name_of_idle_s() -> None:
    assert planned(PUBLIC, {}, {"timeout_s": 7}).idle_s == 7
    assert planned(PUBLIC).idle_s == 30


def test_max_retries_changes_only_that_of_the_policy() -> None:
    policy = RetryPolicy(base_s=9)

    call = planned(PUBLIC, {}, {"retry": policy, "max_retries": 5})

    assert (call.policy.base_s, call.policy.max_retries) == (9, 5)


def test_without_a_key_a_private_operation_is_not_even_sent() -> None:
    with pytest.raises(ConfigurationError, match="ARAGORA_API_KEY"):
        planned(GET, {"debate_id": "d"}, api_key=None)


def test_without_a_key_a_public_operation_works() -> None:
    assert "authorization" not in planned(PUBLIC, api_key=None).headers


def test_models_and_times_in_a_body_find_their_wire_form() -> None:
    when = datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    value = {"agents": (AgentSpec(model="scripted:careful"),), "at": when, "ids": {"a"}}

    assert json.loads(encode_json(value)) == {
        "agents": [{"model": "scripted:careful"}],
        "at": "2026-11-22T09:30:00Z",
        "ids": ["a"],
    }


@pytest.mark.parametrize("value", [float("nan"), object(), b"bytes", datetime(2026, 1, 1)])  # noqa: DTZ001
def test_what_json_cannot_say_is_refused_before_sending(value: object) -> None:
    with pytest.raises(ConfigurationError):
        encode_json({"x": value})


def test_a_time_in_the_query_is_utc() -> None:
    when = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

    assert encode_query([("from", when)]) == "?from=2026-11-22T09%3A30%3A00Z"


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_any_query_survives_the_way_to_the_server(pairs: list[tuple[str, str]]) -> None:
    from urllib.parse import parse_qsl

    text = encode_query(pairs)

    assert text.isascii()
    assert " " not in text
    assert parse_qsl(text[1:], keep_blank_values=True, errors="strict") == pairs
