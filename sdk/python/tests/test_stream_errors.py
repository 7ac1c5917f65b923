"""Streams that break the contract end with a typed error, never with a wrong event."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aragora import EventsTrimmed, Gone, StreamError
from aragora.testing import FakeServer, Reply, problem

from tests.debate_wire import ID, event

STREAM = f"/v1/debates/{ID}/events/stream"
HEAD = {"content-type": "text/event-stream"}


def sent(data: str) -> FakeServer:
    return FakeServer().on("GET", STREAM, Reply(200, HEAD, f"data: {data}\n\n".encode()))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ("{}", "no type"),
        ('{"type": 3}', "no type"),
        (json.dumps({**event(1, "moon.rose", {}), "seq": "1"}), "impossible sequence number"),
        (json.dumps(event(1, "token.delta", {})), "impossible sequence number"),
        (json.dumps({"type": "debate.started", "data": {}}), "no sequence number"),
        (json.dumps(event(1, "debate.started", {"seed": "x"})), "contract promises"),
    ],
)
def test_an_event_that_breaks_the_contract_is_refused(value: str, said: str) -> None:
    with pytest.raises(StreamError, match=said):
        next(sent(value).client().debates.events(ID))


@pytest.mark.parametrize("inner", [{"problem": "text"}, {"problem": {"status": "x"}}])
def test_an_error_event_without_a_status_is_a_server_error(inner: dict[str, Any]) -> None:
    from aragora import ServerError

    with pytest.raises(ServerError):
        next(sent(json.dumps({"type": "error", **inner})).client().debates.events(ID))


def test_trimmed_events_have_a_class_of_their_own() -> None:
    server = FakeServer().on("GET", STREAM, problem("events_trimmed", 410))

    with pytest.raises(EventsTrimmed) as caught:
        next(server.client().debates.events(ID))

    assert isinstance(caught.value, Gone)
    assert isinstance(caught.value, StreamError)
    assert caught.value.code == "events_trimmed"
