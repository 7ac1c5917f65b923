"""A watcher that is cut fifty times at random is told every event once and in order."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.chaos.conftest import SEED
from tests.chaos.crowd import pour
from tests.chaos.follow import FOLLOWERS, Follow
from tests.chaos.oracle import Told
from tests.chaos.relay import Relay, cutting
from tests.chaos.run import Run
from tests.chaos.watchers import TRANSPORTS

CUTS, BEFORE, AT_A_TIME, EVERY_S = 50, 200, 5, 0.25
WITHIN_S, END_WITHIN_S = 300, 60


@pytest.mark.parametrize("follow", FOLLOWERS)
def test_a_watcher_cut_fifty_times_at_random_is_told_everything_once_and_in_order(
    embedded: Run,
    open_debate: str,
    chance: random.Random,
    tell: Callable[..., None],
    follow: Follow,
) -> None:
    server = embedded.server
    pour(embedded, open_debate, BEFORE)
    with ExitStack() as stack:
        relays = [
            stack.enter_context(cutting(server.port, random.Random(chance.random()), CUTS))
            for _ in TRANSPORTS
        ]
        with ThreadPoolExecutor() as pool:
            watching = [
                pool.submit(follow, relay.url, server.api_key, open_debate, transport)
                for relay, transport in zip(relays, TRANSPORTS, strict=True)
            ]
            try:
                write_until_cut(embedded, open_debate, relays, watching)
            finally:
                with embedded.client() as client:
                    client.debates.cancel(open_debate)
            seen = [one.result(timeout=END_WITHIN_S) for one in watching]

    written = sorted(embedded.store.read().events, key=lambda row: row["seq"])
    expected = [Told(row["seq"], row["type"], row["text"]) for row in written]
    tell(embedded, events=len(expected), cuts_each=[relay.made for relay in relays])
    assert [relay.made for relay in relays] == [CUTS] * len(relays)
    assert len(expected) > BEFORE
    for transport, told in zip(TRANSPORTS, seen, strict=True):
        assert [one.seq for one in told] == list(range(1, len(expected) + 1)), (transport, SEED)
        assert told == expected, (transport, SEED)


def write_until_cut(
    run: Run, debate_id: str, relays: list[Relay], watching: list[Future[list[Told]]]
) -> None:
    """The debate goes on while its watchers are cut."""
    end = time.monotonic() + WITHIN_S
    while any(relay.made < CUTS for relay in relays):
        for one in watching:
            if one.done():  # before its time: it raises what it met
                raise AssertionError(one.result())
        assert time.monotonic() < end, ([relay.made for relay in relays], SEED, run.logs())
        pour(run, debate_id, AT_A_TIME)
        time.sleep(EVERY_S)
