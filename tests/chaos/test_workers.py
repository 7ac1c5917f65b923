"""Workers that are killed, frozen and stopped while they run debates of others and their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import attrs
import pytest

from tests.chaos.conftest import assert_flawless
from tests.chaos.full import TIMEOUT_S, Full
from tests.chaos.oracle import Cut, takeovers_s

DEBATES = 60
SHARES, PACES_S = (0.15, 0.5, 0.85), ("0.02", "0.5")
KILLS = tuple((share, pace_s) for pace_s in PACES_S for share in SHARES)
EXIT_WITHIN_S = 10
# What the design promises, and some seconds for a machine that has other things to do.
TAKEOVER_WITHIN_S = TIMEOUT_S + 2 + 5


@pytest.mark.smoke
def test_a_killed_workers_debates_are_taken_over(full: Full, tell: Callable[..., None]) -> None:
    kill_one(full, share=0.5, pace_s="0.2", debates=12)

    seen = full.finish()

    tell(full)
    assert_flawless(full, seen)


@pytest.mark.parametrize(("share", "pace_s"), KILLS)
def test_a_worker_killed_under_load_loses_nothing(
    full: Full, share: float, pace_s: str, tell: Callable[..., None]
) -> None:
    kill_one(full, share=share, pace_s=pace_s, debates=DEBATES)

    seen = full.finish()

    tell(full)
    assert_flawless(full, seen)
    assert max(full.takeovers_s(), default=0) <= TAKEOVER_WITHIN_S


def test_a_frozen_worker_that_wakes_up_changes_nothing_any_more(
    full: Full, tell: Callable[..., None]
) -> None:
    cut = freeze_one(full, debates=DEBATES)

    seen = full.finish()
    adjusted = [entry["hold_id"] for entry in seen.tables.ledger if entry["kind"] == "adjust"]
    tell(full, adjusted=len(adjusted))
    assert_flawless(full, seen)
    assert cut.in_flight, "it was frozen with nothing under way"
    assert len(adjusted) == len(set(adjusted))
    assert len(adjusted) <= len(cut.in_flight)
    assert max(full.takeovers_s(), default=0) <= TAKEOVER_WITHIN_S


def test_a_worker_that_wakes_up_at_its_takeover_writes_nothing_either(
    full: Full, tell: Callable[..., None]
) -> None:
    cut = freeze_until_taken_over(full, debates=12)

    seen = full.finish()

    adjusted = [entry for entry in seen.tables.ledger if entry["kind"] == "adjust"]
    tell(full, adjusted=len(adjusted))
    assert_flawless(full, seen)
    assert len(adjusted) <= len(cut.in_flight)


def test_processes_that_are_asked_to_stop_hand_over_at_once(
    full: Full, tell: Callable[..., None]
) -> None:
    set_pace(full, "0.3", debates=DEBATES)
    full.start()
    with AskingAllTheTime(full) as asking:
        took = [stop_and_replace(full) for _ in range(3)]
        server_began = time.monotonic()
        server_code = full.server.terminate()
        took.append((server_code, time.monotonic() - server_began))
        full.server.start()

    seen = full.finish()
    tell(full, stops=[round(seconds, 1) for _, seconds in took], asked=len(full.opened))
    assert asking.faults == []
    assert [code for code, _ in took] == [0, 0, 0, 0]
    assert max(seconds for _, seconds in took) <= EXIT_WITHIN_S
    assert_flawless(full, seen)


def test_what_a_stop_cuts_goes_on_elsewhere_at_once(full: Full, tell: Callable[..., None]) -> None:
    set_pace(full, "4", debates=24)  # each worker has room for all of them
    full.server.settings["ARAGORA_DRAIN_S"] = "0.5"
    full.start()
    full.open(12)
    full.wait(lambda: len(full.log()) >= 24, "the first round is asked")
    worker = full.busiest()
    told_ms = time.time_ns() // 1_000_000
    code = worker.terminate()
    cut = full.note_cut(worker)

    seen = full.finish()

    tell(full)
    assert code == 0
    assert cut.in_flight, "it was stopped with nothing under way"
    assert_flawless(full, seen)
    # Nobody had to find out that it was gone: they went on before it was.
    assert max(takeovers_s(full.log(), attrs.evolve(cut, at_ms=told_ms))) < TIMEOUT_S


class AskingAllTheTime:
    """A caller that opens debates, and repeats by the client's own rules what was refused."""

    def __init__(self, full: Full) -> None:
        self.faults: list[BaseException] = []
        self._full = full
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> AskingAllTheTime:
        self._thread.start()
        time.sleep(3)
        return self

    def __exit__(self, *_: object) -> None:
        time.sleep(3)
        self._is_over.set()
        self._thread.join()

    def _ask(self) -> None:
        try:
            while not self._is_over.is_set():
                if self._full.unfinished() < 20:
                    self._full.open(1)
                else:
                    time.sleep(0.05)
        except BaseException as fault:  # noqa: BLE001 - told to the test, in its own thread
            self.faults.append(fault)


def kill_one(full: Full, *, share: float, pace_s: str, debates: int) -> None:
    set_pace(full, pace_s, debates=debates)
    full.start()
    full.open(debates)
    full.wait_for_share(share)
    full.kill(full.busiest())


def freeze_one(full: Full, *, debates: int) -> Cut:
    """For longer than it takes to be given up, and then it goes on where it was."""
    set_pace(full, "0.5", debates=debates)
    full.start()
    full.open(debates)
    full.wait_for_share(0.3)
    frozen = full.busiest()
    frozen.pause()
    cut = full.note_cut(frozen)
    time.sleep(7)
    frozen.proceed()
    return cut


def freeze_until_taken_over(full: Full, *, debates: int) -> Cut:
    """Both have the same calls under way then, and the one that lost them would answer first."""
    set_pace(full, "4", debates=debates)
    full.start()
    full.open(debates)
    full.wait(lambda: len(full.log()) >= 2 * debates, "the first round is asked")
    time.sleep(2)
    frozen = full.busiest()
    frozen.pause()
    cut = full.note_cut(frozen)
    lost = len({debate_id for debate_id, _ in cut.in_flight})
    full.wait(lambda: full.adopted_twice() >= lost, "its debates are taken over", within_s=30)
    frozen.proceed()
    return cut


def set_pace(full: Full, pace_s: str, *, debates: int) -> None:
    """No worker may take more than half of them, or the other one has nothing to lose."""
    full.server.settings |= {
        "ARAGORA_SCRIPTED_PACE_S": pace_s,
        "ARAGORA_SCRIPTED_SLOW_S": pace_s,
        "ARAGORA_MAX_DEBATES": str(debates // 2),
    }


def stop_and_replace(full: Full) -> tuple[int, float]:
    worker = full.busiest()
    full.replace(worker)
    full.wait_for_workers()
    begin = time.monotonic()
    code = worker.terminate()
    took = time.monotonic() - begin
    full.note_cut(worker)
    return code, took
