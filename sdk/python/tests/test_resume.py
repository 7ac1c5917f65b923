"""Whatever happens to connections, the durable log arrives once and in order, or a gap is told."""

from __future__ import annotations

from typing import Any

import pytest
from aragora import EventGap, RetryPolicy
from aragora.testing import FakeServer, Reply, events, lost
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.debate_wire import ID, delta, event, heartbeat

STREAM = f"/v1/debates/{ID}/events/stream"
MANY = RetryPolicy(max_retries=1000, base_s=0)


def log_of(length: int) -> list[dict[str, Any]]:
    middle = [event(seq, "future.type", {"n": seq}) for seq in range(1, length)]
    return [*middle, event(length, "debate.failed", {"code": "x", "detail": "y"})]


class Replaying(FakeServer):
    """Serves the log from `after`, cut where the test says, with noise in between."""

    def __init__(self, log: list[dict[str, Any]], cuts: list[tuple[int, int, int]]) -> None:
        super().__init__()
        self._log, self._cuts = log, list(cuts)

    def _next(self, request: Any) -> Reply:
        after = int(request.url.params["after"])
        if not self._cuts:
            return events(*self._log[after:])
        take, repeat, noise = self._cuts.pop(0)
        # Some servers repeat events around the resume point.
        start = max(0, after - repeat)
        sent: list[dict[str, Any]] = []
        for position, entry in enumerate(self._log[start : after + take]):
            sent.append(entry)
            if noise and position % noise == 0:
                sent += [heartbeat(), delta("careful", "..")]
        return events(*sent, fault="ReadError") if sent else lost()


@settings(max_examples=150, deadline=None)
@given(
    length=st.integers(1, 30),
    cuts=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 3)), max_size=12),
    after=st.integers(0, 30),
)
def test_any_cuts_and_duplicates_deliver_the_log_once(
    length: int, cuts: list[tuple[int, int, int]], after: int
) -> None:
    after = min(after, length - 1)
    server = Replaying(log_of(length), cuts)

    with server.client(retry=MANY).debates.events(ID, after=after, deltas=True) as stream:
        seen = [e.seq for e in stream if getattr(e, "seq", None) is not None]  # type: ignore[union-attr]

    assert seen == list(range(after + 1, length + 1))


@settings(max_examples=60, deadline=None)
@given(length=st.integers(3, 30), hole=st.integers(1, 28))
def test_a_missing_event_is_a_typed_gap(length: int, hole: int) -> None:
    hole = min(hole, length - 2)
    log = log_of(length)
    server = FakeServer().on("GET", STREAM, events(*log[:hole], *log[hole + 1 :]))
    seen: list[int] = []
    stream = server.client(retry=MANY).debates.events(ID)

    with pytest.raises(EventGap) as caught:
        seen.extend(one.seq for one in stream)  # type: ignore[union-attr, misc]

    assert (caught.value.expected, caught.value.got) == (hole + 1, hole + 2)
    assert seen == list(range(1, hole + 1))
