"""Anything at any time, for as long as `ARAGORA_CHAOS_MINUTES` says: ten of them at night."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable

from tests.chaos.conftest import MINUTES, assert_flawless
from tests.chaos.full import TIMEOUT_S, Full
from tests.chaos.run import Run

DEBATES = 10


def test_random_acts_on_one_server_lose_nothing(
    embedded: Run, chance: random.Random, tell: Callable[..., None]
) -> None:
    embedded.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "0.1"
    embedded.server.start()
    embedded.open_budget()
    embedded.watch()
    acts = go_on(embedded, (killed, killed, killed_at_its_start, stopped, frozen), chance)

    seen = embedded.finish(within_s=300)

    tell(embedded, acts=acts)
    assert_flawless(embedded, seen)
    assert embedded.store.is_whole()


def test_random_acts_on_many_processes_lose_nothing(
    full: Full, chance: random.Random, tell: Callable[..., None]
) -> None:
    full.server.settings["ARAGORA_SCRIPTED_PACE_S"] = "0.2"
    full.start()
    on_workers = (worker_killed, worker_killed, worker_frozen, worker_stopped)
    acts = go_on(full, (*on_workers, killed, queue_emptied, redis_restarted), chance)

    seen = full.finish(within_s=300)

    tell(full, acts=acts)
    assert_flawless(full, seen)


def go_on(run: Run, acts: tuple[Callable[..., None], ...], chance: random.Random) -> Counter[str]:
    """Always some debates under way, and after each act a moment without one."""
    done: Counter[str] = Counter()
    end = time.monotonic() + MINUTES * 60
    while time.monotonic() < end:
        run.open(max(0, DEBATES - run.unfinished()))
        time.sleep(chance.uniform(0, 2))
        act = chance.choice(acts)
        act(run, chance)
        done[act.__name__] += 1
        run.assert_all_run()
    return done


def killed(run: Run, chance: random.Random) -> None:
    run.kill(run.server)
    run.server.start()


def killed_at_its_start(run: Run, chance: random.Random) -> None:
    run.kill(run.server)
    run.server.launch()
    time.sleep(chance.uniform(0, 1))
    run.kill(run.server)
    run.server.start()


def stopped(run: Run, chance: random.Random) -> None:
    assert run.server.terminate() == 0
    run.note_cut(run.server)
    run.server.start()


def frozen(run: Run, chance: random.Random) -> None:
    run.server.pause()
    time.sleep(chance.uniform(0, 5))
    run.server.proceed()


def worker_killed(run: Full, chance: random.Random) -> None:
    worker = chance.choice(run.workers)
    run.kill(worker)
    run.replace(worker)


def worker_frozen(run: Full, chance: random.Random) -> None:
    worker = chance.choice(run.workers)
    worker.pause()
    run.note_cut(worker)
    time.sleep(chance.uniform(0, 2.5 * TIMEOUT_S))
    worker.proceed()


def worker_stopped(run: Full, chance: random.Random) -> None:
    run.wait_for_workers()  # one that is still starting heeds no signal yet, it just dies of it
    worker = chance.choice(run.workers)
    assert worker.terminate() == 0
    run.note_cut(worker)
    run.replace(worker)


def queue_emptied(run: Full, chance: random.Random) -> None:
    run.empty_queue()


def redis_restarted(run: Full, chance: random.Random) -> None:
    run.redis.kill()
    time.sleep(chance.uniform(0, 3))
    run.redis.start()
