"""One process and one file: killed, started twice, and on a clock that jumps."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from tests.chaos import start
from tests.chaos.conftest import assert_flawless
from tests.chaos.oracle import Seen
from tests.chaos.run import Run
from tests.serving import Server

KILLS = int(os.environ.get("ARAGORA_CHAOS_KILLS") or 50)
HOUR_S = 3600
LONG = {"deadline_s": 86_400}
MODULE = "tests.chaos.start"


@pytest.mark.smoke
def test_a_killed_server_goes_on_where_it_was(embedded: Run, tell: Callable[..., None]) -> None:
    kill_at(embedded, (0.15, 0.5, 0.85), debates=12)

    seen = embedded.finish()

    tell(embedded)
    assert_flawless(embedded, seen)
    assert embedded.store.is_whole()


def test_a_server_killed_at_random_points_keeps_what_it_answered(
    embedded: Run, chance: random.Random, tell: Callable[..., None]
) -> None:
    embedded.server.start()
    embedded.open_budget()
    embedded.watch()
    answered: list[str] = []
    for no in range(KILLS):
        embedded.open(1)
        answered += keys_until_killed(embedded, no, after_s=chance.uniform(0, 0.3))
        if chance.random() < 0.3:
            # In the middle of a start, while it takes up what the last one left.
            embedded.server.launch()
            time.sleep(chance.uniform(0, 1.0))
            embedded.kill(embedded.server)
        embedded.server.start()

    seen = embedded.finish(within_s=300)

    (stored,) = embedded.store.ask("SELECT id FROM api_keys")
    tell(embedded, kills=KILLS, answered=len(answered))
    assert set(answered) <= {row["id"] for row in stored}
    assert_flawless(embedded, seen)
    assert embedded.store.is_whole()


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_jumps_by_an_hour_harms_nothing(
    embedded: Run, tmp_path: Path, hours: int, tell: Callable[..., None]
) -> None:
    clock = tmp_path / "clock"
    clock.write_text("0")
    embedded.server.module = MODULE
    embedded.server.settings |= {start.CLOCK: str(clock), "ARAGORA_SCRIPTED_PACE_S": "0.3"}
    embedded.server.start()
    embedded.open_budget()
    embedded.watch()
    embedded.open(12, **LONG)
    embedded.wait_for_share(0.3)

    clock.write_text(str(hours * HOUR_S))
    embedded.open(3, **LONG)
    embedded.wait_for_share(0.7)
    clock.write_text("0")

    seen = embedded.finish()
    tell(embedded)
    assert_flawless(embedded, seen)


def test_a_second_server_on_the_same_directory_leaves_the_first_alone(
    embedded: Run, tell: Callable[..., None]
) -> None:
    second, seen = with_a_second_server(embedded)

    tell(embedded)
    assert second.process is not None
    assert second.process.poll() == 2, second.log
    assert f"pid {embedded.server.pid}" in second.log
    assert_flawless(embedded, seen)


def with_a_second_server(run: Run) -> tuple[Server, Seen]:
    """Debates are under way from before its start until it has refused, or is ready to do harm."""
    run.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "1"
    run.server.start()
    run.open_budget()
    run.watch()
    second = Server(run.server.home, dict(run.server.settings), name="second")
    second.sources = run.server.sources
    run.workers.append(second)
    run.open(6)
    second.launch()
    while second.is_running and not second.is_ready():
        run.open(max(0, 6 - run.unfinished()))
        time.sleep(0.05)
    return second, run.finish()


def test_the_database_itself_refuses_a_second_row_for_a_call(embedded: Run) -> None:
    assert not add_a_second_row(embedded)


def add_a_second_row(run: Run) -> bool:
    """As a writer would that knows nothing of epochs; True when nothing stops it."""
    run.server.start()
    run.open(1)
    run.wait(run.is_over, "the debate ends")
    run.server.stop()
    path = run.store.url.removeprefix("sqlite:///")
    copy = "INSERT INTO calls SELECT * FROM calls LIMIT 1"
    with closing(sqlite3.connect(path)) as link:
        try:
            return link.execute(copy).rowcount == 1
        except sqlite3.IntegrityError:
            return False


def kill_at(run: Run, shares: tuple[float, ...], *, debates: int) -> None:
    run.server.start()
    run.open_budget()
    run.watch()
    run.open(debates)
    for share in shares:
        run.wait_for_share(share)
        run.kill(run.server)
        run.server.start()


def keys_until_killed(run: Run, no: int, *, after_s: float) -> list[str]:
    """Create keys from four callers while the server is killed; the ids it answered."""
    headers = {"authorization": f"Bearer {run.server.api_key}"}
    answered: list[str] = []

    def create(caller: int) -> None:
        with httpx2.Client(base_url=run.server.url, headers=headers, timeout=10) as client:
            for turn in range(1000):
                asked = {"name": f"{no} {caller} {turn}", "scopes": ["debates:read"]}
                try:
                    answer = client.post("/v1/api-keys", json=asked)
                except httpx2.TransportError:
                    return
                if answer.status_code == 201:
                    answered.append(answer.json()["api_key"]["id"])

    with ThreadPoolExecutor(4) as pool:
        callers = [pool.submit(create, caller) for caller in range(4)]
        time.sleep(after_s)
        run.kill(run.server)
        for one in callers:
            one.result()
    return answered
