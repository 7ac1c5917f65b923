"""PostgreSQL, Redis and the queue: gone, emptied and back, while debates run and are watched."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import httpx2

from tests.chaos import start
from tests.chaos.conftest import assert_flawless
from tests.chaos.full import Full

GONE_S = 20
MODULE = "tests.chaos.start"
# What the design promises, and some seconds for a machine that has other things to do.
POLLED_WITHIN_S = 1.5 + 3
SAFETY_POLL_WITHIN_S = 5.5 + 3


def test_without_redis_events_come_by_polling_and_with_it_again_by_wake_ups(
    full: Full, tell: Callable[..., None]
) -> None:
    full.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "0.5"
    full.server.start()
    full.open_budget()
    watchers = full.watch(deltas=True)
    for _ in range(2):
        full.start_worker()
    full.wait_for_workers()

    keep_busy(full, 5)
    full.redis.kill()
    gone_at = time.time()
    keep_busy(full, GONE_S)
    full.redis.start()
    back_at = time.time()
    keep_busy(full, 8)

    seen = full.finish()
    late = max(watchers.delays_s(since=gone_at))
    tell(full, delay_without_redis=round(late, 2))
    assert_flawless(full, seen)
    assert late <= POLLED_WITHIN_S
    assert [at for at in watchers.deltas_at() if at > back_at + 3], "deltas did not resume"


def test_lost_wake_ups_are_made_up_for(full: Full, tell: Callable[..., None]) -> None:
    full.server.module = MODULE
    full.server.settings |= {start.DROP_WAKE_UP: "3", "ARAGORA_SCRIPTED_PACE_S": "0.3"}
    full.start()
    full.open(20)

    seen = full.finish()

    assert full.watchers is not None
    late = max(full.watchers.delays_s())
    tell(full)
    assert_flawless(full, seen)
    assert late <= SAFETY_POLL_WITHIN_S


def test_a_flushed_redis_loses_nothing(full: Full, tell: Callable[..., None]) -> None:
    full.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "0.3"
    full.start()
    for _ in range(5):
        full.open(6)
        full.redis.command("FLUSHALL")
        time.sleep(0.5)

    seen = full.finish()

    tell(full)
    assert_flawless(full, seen)


def test_an_emptied_queue_delays_debates_and_loses_none(
    full: Full, tell: Callable[..., None]
) -> None:
    full.server.settings |= {"ARAGORA_SCRIPTED_PACE_S": "1", "ARAGORA_MAX_DEBATES": "10"}
    full.start()
    full.open(60)
    emptied = 0
    while not full.is_over():
        full.empty_queue()
        emptied += 1
        time.sleep(2)
        assert emptied < 60, full.logs()

    seen = full.finish()

    tell(full, emptied=emptied)
    assert emptied >= 3
    assert_flawless(full, seen)


def test_a_database_that_is_away_is_waited_for(full: Full, tell: Callable[..., None]) -> None:
    full.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "1"
    full.start()
    full.open(20)
    full.wait_for_share(0.1)
    client = full.server.client()
    statuses: Counter[int] = Counter()

    with full.without_postgres(GONE_S):
        end = time.monotonic() + GONE_S - 2
        while time.monotonic() < end:
            answer = client.get(f"/v1/debates/{full.opened[0]}")
            statuses[answer.status_code] += 1
            assert answer.status_code != 503 or "retry-after" in answer.headers
            time.sleep(0.2)
        alive = httpx2.get(f"{full.server.url}/healthz").status_code

    seen = full.finish()
    (epochs,) = full.store.ask("SELECT id, epoch FROM debates")
    tell(full, statuses=dict(statuses), epochs=dict(Counter(row["epoch"] for row in epochs)))
    assert set(statuses) == {503}
    assert alive == 200
    assert_flawless(full, seen)
    assert {row["epoch"] for row in epochs} == {1}, "somebody adopted what was not lost"


def keep_busy(full: Full, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        full.open(max(0, 6 - full.unfinished()))
        time.sleep(0.1)
