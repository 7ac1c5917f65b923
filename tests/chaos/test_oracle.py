"""An oracle that cannot fail is worthless: each violation is planted, and found by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from tests.chaos.oracle import (
    Cut,
    Line,
    Seen,
    Tables,
    Told,
    in_flight,
    judge,
    read_log,
    repeats,
    takeovers_s,
    told_late,
)

pytestmark = pytest.mark.smoke

EVENTS = (
    ("debate.created", {}),
    ("debate.started", {}),
    ("round.started", {"round": 0}),
    ("ballot.sealed", {"round": 0, "agent": "ada"}),
    ("ballot.sealed", {"round": 0, "agent": "bob"}),
    ("debate.concluded", {}),
    ("receipt.issued", {}),
)
KEY = ("d", 2)


def line(event: str, call_no: int, attempt: int = 1, pid: int = 10) -> Line:
    return Line(event, "d", call_no, attempt, "ada", pid, 0)


def call(call_no: int, attempt: int = 1, state: str = "done") -> dict[str, Any]:
    return {"debate_id": "d", "call_no": call_no, "attempt": attempt, "state": state}


def attempt(call_no: int, no: int = 1, outcome: str | None = "answered") -> dict[str, Any]:
    return {"debate_id": "d", "call_no": call_no, "attempt": no, "outcome": outcome}


def event(seq: int, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"debate_id": "d", "seq": seq, "type": kind, "data": data, "text": str(data)}


def hold(no: int, state: str = "settled") -> dict[str, Any]:
    return {"id": f"h{no}", "state": state, "amount_micro_usd": 5}


def entry(no: int, kind: str, amount: int) -> dict[str, Any]:
    return {"hold_id": f"h{no}", "kind": kind, "amount_micro_usd": amount}


def flawless() -> Seen:
    """Two calls; the second one's first process was killed while it asked."""
    return Seen(
        log=(
            line("START", 1),
            line("START", 2),
            line("DONE", 1),
            line("START", 2, attempt=2, pid=20),
            line("DONE", 2, attempt=2, pid=20),
        ),
        tables=Tables(
            debates=({"id": "d", "status": "concluded", "last_seq": len(EVENTS)},),
            calls=(call(1), call(2, attempt=2)),
            attempts=(attempt(1), attempt(2, outcome="lost"), attempt(2, no=2)),
            events=tuple(event(seq, *one) for seq, one in enumerate(EVENTS, 1)),
            receipts=({"debate_id": "d"},),
            holds=(hold(1), hold(2), hold(3)),
            hold_periods=tuple({"hold_id": f"h{no}", "period_id": "p"} for no in (1, 2, 3)),
            ledger=tuple(
                entry(no, kind, amount)
                for no in (1, 2, 3)
                for kind, amount in (("reserve", 5), ("settle", 3))
            ),
            periods=(
                {"id": "p", "spent_micro_usd": 9, "held_micro_usd": 0, "overage_micro_usd": 0},
            ),
        ),
        streams={"d": (stream(), stream())},
        receipts={"d": "verified"},
        cuts=(Cut(10, frozenset({KEY})),),
        opened=("d",),
        calls_each=2,
    )


def stream() -> tuple[Told, ...]:
    return tuple(Told(seq, kind, str(data)) for seq, (kind, data) in enumerate(EVENTS, 1))


def with_tables(seen: Seen, **changes: object) -> Seen:
    return attrs.evolve(seen, tables=attrs.evolve(seen.tables, **changes))


def log_plus(*lines: Line) -> Callable[[Seen], Seen]:
    return lambda seen: attrs.evolve(seen, log=(*seen.log, *lines))


def log_without(place: int) -> Callable[[Seen], Seen]:
    return lambda seen: attrs.evolve(seen, log=seen.log[:place] + seen.log[place + 1 :])


def tables(**changes: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Callable[[Seen], Seen]:
    return lambda seen: with_tables(
        seen, **{name: change(getattr(seen.tables, name)) for name, change in changes.items()}
    )


def told(change: Callable[[tuple[Told, ...]], tuple[Told, ...]]) -> Callable[[Seen], Seen]:
    return lambda seen: attrs.evolve(seen, streams={"d": (stream(), change(stream()))})


def replaced(place: int, **changes: object) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    return lambda rows: (*rows[:place], {**rows[place], **changes}, *rows[place + 1 :])


def less(place: int) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    return lambda rows: rows[:place] + rows[place + 1 :]


PLANTED: dict[str, tuple[str, Callable[[Seen], Seen]]] = {
    "a debate that still runs": ("ended", tables(debates=replaced(0, status="running"))),
    "a debate that failed": ("ended", tables(debates=replaced(0, status="failed"))),
    "a debate that is lost": ("ended", lambda seen: attrs.evolve(seen, opened=("d", "gone"))),
    "a call that is still claimed": ("calls", tables(calls=replaced(1, state="claimed"))),
    "a call with two rows": ("calls", tables(calls=lambda rows: (*rows, rows[0]))),
    "a call that is missing": ("calls", tables(calls=less(1))),
    "an answer that no agent gave": ("calls", log_without(4)),
    "a committed call asked by its own process": ("asked again", log_plus(line("START", 1, 2))),
    "a committed call asked by another one": (
        "asked again",
        log_plus(line("START", 2, attempt=3, pid=30)),
    ),
    "a committed call asked late by the one that lost it": (
        "asked again",
        log_plus(line("START", 2, attempt=1, pid=10)),
    ),
    "a repeat after a kill that is not on record": (
        "repeated",
        lambda seen: attrs.evolve(seen, cuts=()),
    ),
    "a repeat of a call that was not in flight": (
        "repeated",
        lambda seen: attrs.evolve(seen, cuts=(Cut(10, frozenset({("d", 1)})),)),
    ),
    "two repeats for one kill": ("repeated", log_plus(line("START", 2, 3, pid=20))),
    "an attempt kept that was not the last": ("attempts", tables(calls=replaced(1, attempt=1))),
    "two answered attempts": ("attempts", tables(attempts=replaced(1, outcome="answered"))),
    "an attempt that is missing": ("attempts", tables(attempts=less(1))),
    "an event that is lost": ("events", tables(events=less(3))),
    "an event behind the last": ("events", tables(debates=replaced(0, last_seq=6))),
    "a ballot that is sealed twice": (
        "events",
        tables(events=replaced(4, data={"round": 0, "agent": "ada"})),
    ),
    "a round that is opened twice": (
        "events",
        tables(events=replaced(1, type="round.started", data={"round": 0})),
    ),
    "a debate that is concluded twice": (
        "events",
        tables(events=replaced(6, type="debate.concluded")),
    ),
    "an event that a watcher missed": ("streams", told(lambda log: log[:3] + log[4:])),
    "an event that a watcher saw twice": ("streams", told(lambda log: (*log[:3], *log[2:]))),
    "events in another order": ("streams", told(lambda log: (log[1], log[0], *log[2:]))),
    "an event with other words": (
        "streams",
        told(lambda log: (*log[:-1], attrs.evolve(log[-1], text="other"))),
    ),
    "a watcher that was not told the end": ("streams", told(lambda log: log[:-1])),
    "a receipt that is lost": ("receipts", tables(receipts=less(0))),
    "a debate with two receipts": ("receipts", tables(receipts=lambda rows: rows * 2)),
    "a receipt of a debate that is gone": (
        "receipts",
        tables(receipts=lambda rows: (*rows, {"debate_id": "gone"})),
    ),
    "a receipt that does not verify": (
        "receipts",
        lambda seen: attrs.evolve(seen, receipts={"d": "refuted"}),
    ),
    "a receipt that nobody could read": ("receipts", lambda seen: attrs.evolve(seen, receipts={})),
    "a hold that is left": ("holds", tables(holds=replaced(0, state="held"))),
    "a hold that ended twice": (
        "holds",
        tables(ledger=lambda rows: (*rows, entry(1, "release", 5))),
    ),
    "a hold that ended without a word": ("holds", tables(ledger=less(1))),
    "a counter that says less": ("books", tables(periods=replaced(0, spent_micro_usd=6))),
    "a counter that says more": ("books", tables(periods=replaced(0, overage_micro_usd=1))),
    "a correction that no counter knows": (
        "books",
        tables(ledger=lambda rows: (*rows, entry(1, "adjust", -1))),
    ),
    "money held for nothing": ("books", tables(periods=replaced(0, held_micro_usd=5))),
}


def test_a_flawless_run_has_no_violation():
    assert judge(flawless()) == []


@pytest.mark.parametrize(("rule", "plant"), PLANTED.values(), ids=PLANTED.keys())
def test_what_went_wrong_is_found(rule: str, plant: Callable[[Seen], Seen]):
    found = judge(plant(flawless()))

    assert rule in {violation.rule for violation in found}


def test_every_rule_has_a_violation_planted_against_it():
    names = {"ended", "calls", "asked again", "repeated", "attempts", "events", "streams"}

    assert {rule for rule, _ in PLANTED.values()} == names | {"receipts", "holds", "books"}


def test_a_line_that_is_being_written_is_not_read():
    lines = read_log("START d 1 1 ada 10 1000\nDONE d 1 1 ada 10 1020\nSTART d 2")

    assert [(one.event, one.key, one.pid, one.at_ms) for one in lines] == [
        ("START", ("d", 1), 10, 1000),
        ("DONE", ("d", 1), 10, 1020),
    ]


def test_in_flight_is_what_was_begun_and_not_committed():
    log = (line("START", 1), line("START", 2), line("DONE", 2), line("START", 3, pid=20))

    assert in_flight(log, [call(1), call(2, state="claimed")], 10) == {("d", 2)}


def test_what_a_frozen_process_had_begun_may_be_told_late():
    """It was stopped between the moment it took and the line it wrote."""
    before, after = Line("START", "d", 1, 1, "ada", 10, 400), line("START", 2)
    late, new = (Line("START", "d", no, 1, "ada", 10, at) for no, at in ((3, 500), (4, 501)))
    other = Line("START", "d", 5, 1, "ada", 20, 500)

    log = (before, after, late, new, other)

    assert told_late(log, Cut(10, frozenset(), 500, 2)) == {("d", 3)}
    assert told_late(log, Cut(10, frozenset(), 500)) == frozenset()


def test_a_correction_of_what_was_spent_is_part_of_the_ledger():
    corrected = tables(
        ledger=lambda rows: (*rows, entry(1, "adjust", -1)),
        periods=replaced(0, spent_micro_usd=8),
    )

    assert judge(corrected(flawless())) == []


def test_a_takeover_is_the_time_until_another_process_goes_on():
    log = (line("START", 1), Line("START", "d", 1, 2, "ada", 20, 3500))

    assert takeovers_s(log, Cut(10, frozenset({("d", 1)}), at_ms=500)) == [3.0]


def test_repeats_are_counted_by_their_starts():
    assert repeats(flawless().log) == 1
