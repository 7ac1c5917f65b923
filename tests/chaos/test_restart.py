"""A server that is stopped and started again under those who watch a debate."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import attrs
import httpx2
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.chaos.conftest import assert_flawless
from tests.chaos.crowd import opened
from tests.chaos.follow import FOLLOWERS
from tests.chaos.run import Run
from tests.chaos.watchers import TRANSPORTS

PACE_S = "3"
STOPS, CALLS_BEFORE = 2, 2
EXIT_WITHIN_S, RESTARTING = 10, 1012
WITHIN_S = 60
EVERYBODY = len(FOLLOWERS) * len(TRANSPORTS)


def test_every_client_follows_a_debate_over_restarts_without_a_gap(
    embedded: Run, tell: Callable[..., None]
) -> None:
    server = embedded.server
    server.settings |= {"ARAGORA_SCRIPTED_PACE_S": PACE_S, "ARAGORA_SCRIPTED_SLOW_S": PACE_S}
    server.start()
    embedded.open_budget()
    embedded.open(1)
    (debate_id,) = embedded.opened
    with ThreadPoolExecutor(EVERYBODY) as pool:
        watching = [
            pool.submit(follow, server.url, server.api_key, debate_id, transport)
            for follow in FOLLOWERS
            for transport in TRANSPORTS
        ]
        stops = [stop_and_start(embedded, no) for no in range(1, STOPS + 1)]
        embedded.wait(embedded.is_over, "the debate ends")
        seen = [one.result(timeout=WITHIN_S) for one in watching]

    tell(embedded, events=len(seen[0]), stops=[round(one.took_s, 1) for one in stops])
    assert [(one.code, one.socket, one.is_whole) for one in stops] == [(0, RESTARTING, True)] * 2
    assert max(one.took_s for one in stops) <= EXIT_WITHIN_S
    assert "debate.concluded" in {told.type for told in seen[0]}
    assert_flawless(embedded, attrs.evolve(embedded.finish(), streams={debate_id: seen}))


@attrs.frozen(kw_only=True)
class Stop:
    """How a server went: its exit code, and what those on bare connections were told."""

    code: int
    took_s: float
    socket: int | None
    is_whole: bool


def stop_and_start(run: Run, no: int) -> Stop:
    """In the middle of a round, with everybody watching."""
    run.wait(lambda: len(run.log()) >= run.done() + CALLS_BEFORE, "calls are under way")
    with ThreadPoolExecutor(2) as pool:
        socket, events = pool.submit(socket_code, run), pool.submit(is_ended_whole, run)
        run.wait(lambda: opened(run) == EVERYBODY + 2, "everybody watches", within_s=WITHIN_S)
        assert run.unfinished(), f"the debate was over before stop {no}"
        began = time.monotonic()
        code = run.server.terminate()
        took_s = time.monotonic() - began
        told = socket.result(timeout=WITHIN_S), events.result(timeout=WITHIN_S)
    run.note_cut(run.server)
    run.server.start()
    return Stop(code=code, took_s=took_s, socket=told[0], is_whole=told[1])


def socket_code(run: Run) -> int | None:
    """With which code a WebSocket is closed."""
    headers = {"authorization": f"Bearer {run.server.api_key}"}
    url = f"ws://127.0.0.1:{run.server.port}/v1/debates/{run.opened[0]}/events/socket"
    with connect(url, additional_headers=headers) as link:
        try:
            while True:
                link.recv(timeout=WITHIN_S)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else None


def is_ended_whole(run: Run) -> bool:
    """Whether an SSE stream comes to an end of its own, and is not cut."""
    path = f"/v1/debates/{run.opened[0]}/events/stream"
    try:
        with run.server.client().stream("GET", path) as answer:
            for _ in answer.iter_bytes():
                continue
    except httpx2.TransportError:
        return False
    return answer.status_code == 200
