"""A watcher that is cut fifty times at random is told every event once and in order."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from aragora import Aragora, AsyncAragora

from tests.chaos.conftest import SEED
from tests.chaos.crowd import pour
from tests.chaos.oracle import Told
from tests.chaos.relay import Relay, cutting
from tests.chaos.run import PATIENT, Run
from tests.chaos.tables import canonical
from tests.chaos.watchers import TRANSPORTS

CUTS, BEFORE, AT_A_TIME, EVERY_S = 50, 200, 5, 0.25
WITHIN_S, END_WITHIN_S = 300, 60
SCRIPT = Path(__file__).with_name("watch.mjs")

Follow = Callable[[str, str, str, Any], list[Told]]


def by_python(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    with (
        Aragora(api_key=api_key, base_url=url, retry=PATIENT) as client,
        client.debates.events(debate_id, transport=transport) as stream,
    ):
        return numbered(event.to_dict() for event in stream)


def by_async_python(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    async def follow() -> list[dict[str, Any]]:
        async with (
            AsyncAragora(api_key=api_key, base_url=url, retry=PATIENT) as client,
            client.debates.events(debate_id, transport=transport) as stream,
        ):
            return [event.to_dict() async for event in stream]

    return numbered(asyncio.run(follow()))


def by_typescript(url: str, api_key: str, debate_id: str, transport: Any) -> list[Told]:
    node = shutil.which("node")
    assert node is not None, "node is not on the path: `nox -s chaos` puts it there"
    command = [node, str(SCRIPT), url, api_key, debate_id, transport]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=WITHIN_S + END_WITHIN_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return numbered(json.loads(done.stdout))


@pytest.mark.parametrize("follow", [by_python, by_async_python, by_typescript])
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
            write_until_cut(embedded, open_debate, relays)
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


def write_until_cut(run: Run, debate_id: str, relays: list[Relay]) -> None:
    """The debate goes on while its watchers are cut."""
    end = time.monotonic() + WITHIN_S
    while any(relay.made < CUTS for relay in relays):
        assert time.monotonic() < end, ([relay.made for relay in relays], SEED, run.logs())
        pour(run, debate_id, AT_A_TIME)
        time.sleep(EVERY_S)


def numbered(events: Iterable[dict[str, Any]]) -> list[Told]:
    return [
        Told(one["seq"], one["type"], canonical(one["data"]))
        for one in events
        if one.get("seq") is not None
    ]
