"""Server-sent events and how a log is followed, from openapi/vectors/sse."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aragora import RetryPolicy, StreamError, UnknownEvent, errors
from aragora._core.follow import meaning_of_close
from aragora._core.retry import Answer, Broke
from aragora._core.sse import MAX_EVENT_BYTES, ServerSent, SseDecoder
from aragora.resources import debates
from aragora.testing import AT_ONCE, FakeServer, Reply, events, lost, problem

FOLDER = Path(__file__).parents[3] / "openapi/vectors/sse"
DECODE = json.loads((FOLDER / "decode.json").read_text("utf-8"))
FOLLOW = json.loads((FOLDER / "follow.json").read_text("utf-8"))
CLOSES = json.loads((FOLDER / "closes.json").read_text("utf-8"))
PATH = "/v1/debates/d1/events/stream"
pytestmark = pytest.mark.anyio


def decoded(chunks: list[bytes]) -> list[ServerSent]:
    decoder = SseDecoder()
    return [sent for chunk in chunks for sent in decoder.feed(chunk)]


@pytest.mark.parametrize("case", DECODE["decode"], ids=lambda case: case["name"])
def test_bytes_become_the_events_of_the_shared_vectors(case: Mapping[str, Any]) -> None:
    chunks = [base64.b64decode(chunk) for chunk in case["chunks_base64"]]

    assert decoded(chunks) == [ServerSent(**expected) for expected in case["expect"]]


@pytest.mark.parametrize("chunk", [b"data: " + b"x" * 70_000, b"data: " + b"x" * 70_000 + b"\n"])
def test_an_event_without_end_is_refused(chunk: bytes) -> None:
    with pytest.raises(StreamError, match=str(MAX_EVENT_BYTES)):
        decoded([chunk] * 20)


def connection(case: Mapping[str, Any]) -> Reply:
    if "status" in case:
        code = case["code"]
        return problem(code, case["status"]) if code else Reply(case["status"])
    sent = [
        {**event, "debate_id": "d1", "at": "2026-11-22T09:30:00.000Z", "data": {}, "foreign": True}
        for event in case["events"]
    ]
    if not sent and case["close"] == "lost":
        return lost()
    return events(*sent, fault="ReadError" if case["close"] == "lost" else None)


def name_of(event: Any) -> int | str:
    return event.type if event.seq is None else event.seq


def server_of(case: Mapping[str, Any]) -> FakeServer:
    return FakeServer().on("GET", PATH, *(connection(c) for c in case["connections"]))


def afters(server: FakeServer) -> list[int]:
    return [int(asked.query.split("&")[0].removeprefix("after=")) for asked in server.requests]


def judge(case: Mapping[str, Any], server: FakeServer, seen: list[Any], error: object) -> None:
    assert seen == case["delivered"]
    assert afters(server) == case["connects_after"]
    if case["end"]["outcome"] == "end":
        assert error is None
        return
    found = {cls.__name__ for cls in type(error).__mro__}
    assert case["end"]["error"] in found
    if "expected" in case["end"]:
        assert (error.expected, error.got) == (  # type: ignore[attr-defined]
            case["end"]["expected"],
            case["end"]["got"],
        )


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vectors speak of types and numbers only; every event is read as one not known."""
    stream = dataclasses.replace(debates._EVENTS, models=dict)
    monkeypatch.setattr(debates, "_EVENTS", stream)


@pytest.mark.usefixtures("no_models")
@pytest.mark.parametrize("case", FOLLOW["follow"], ids=lambda case: case["name"])
def test_a_log_is_followed_as_the_shared_vectors_say(case: Mapping[str, Any]) -> None:
    server, seen, error = server_of(case), [], None
    client = server.client(retry=RetryPolicy(max_retries=FOLLOW["max_retries"], base_s=0))

    try:
        for event in client.debates.events("d1", after=case["after"], deltas=True):
            seen.append(name_of(event))
    except errors.AragoraError as raised:
        error = raised

    judge(case, server, seen, error)


@pytest.mark.usefixtures("no_models")
@pytest.mark.parametrize("case", FOLLOW["follow"], ids=lambda case: case["name"])
async def test_async_a_log_is_followed_alike(case: Mapping[str, Any]) -> None:
    server, seen, error = server_of(case), [], None
    client = server.async_client(retry=RetryPolicy(max_retries=FOLLOW["max_retries"], base_s=0))

    try:
        async for event in client.debates.events("d1", after=case["after"], deltas=True):
            seen.append(name_of(event))
    except errors.AragoraError as raised:
        error = raised

    judge(case, server, seen, error)


@pytest.mark.parametrize("case", CLOSES["closes"], ids=lambda case: str(case["code"]))
def test_a_websocket_close_means_what_the_shared_vectors_say(case: Mapping[str, Any]) -> None:
    if case["action"] == "raise" and case["error"] == "StreamError":
        with pytest.raises(StreamError):
            meaning_of_close(case["code"], "reason")
        return
    meaning = meaning_of_close(case["code"], "some_code")

    if case["action"] == "end":
        assert meaning is None
    elif case["action"] == "reconnect":
        assert isinstance(meaning, Broke)
    else:
        assert isinstance(meaning, Answer)
        assert errors.class_for(meaning.status).__name__ == case["error"]


def test_an_unknown_event_keeps_everything() -> None:
    raw = {"seq": 1, "debate_id": "d1", "type": "moon.rose", "at": "now", "data": {"x": [1]}}
    end = {"seq": 2, "debate_id": "d1", "type": "moon.set", "at": "now"}
    server = FakeServer().on("GET", PATH, events(raw, end))

    first = next(iter(server.client(retry=AT_ONCE).debates.events("d1")))

    assert isinstance(first, UnknownEvent)
    assert (first.type, first.seq, first.raw) == ("moon.rose", 1, raw)
