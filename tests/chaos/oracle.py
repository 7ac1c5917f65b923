"""The oracle: what was seen from outside, against what the tables say. Pure; its own tests plant
each violation and see it found.

Its witnesses are independent of each other: the log that scripted agents write outside of any
database, the tables as plain SQL reads them, and the events that watchers received.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import attrs

Key = tuple[str, int]
Row = Mapping[str, Any]
SPOKEN = ("argument.added", "critique.added", "ballot.sealed", "ballot.cast")


@attrs.frozen
class Line:
    """A call as its agent saw it: begun or done, in the order of the log."""

    event: str
    debate_id: str
    call_no: int
    attempt: int
    agent: str
    pid: int
    at_ms: int

    @property
    def key(self) -> Key:
        return self.debate_id, self.call_no


def read_log(text: str) -> tuple[Line, ...]:
    """A last line without its end is still being written, and is left out."""
    lines = (line.split() for line in text[: text.rfind("\n") + 1].splitlines())
    return tuple(
        Line(event, debate_id, int(call_no), int(attempt), agent, int(pid), int(at_ms))
        for event, debate_id, call_no, attempt, agent, pid, at_ms in lines
    )


@attrs.frozen(kw_only=True)
class Tables:
    debates: tuple[Row, ...] = ()
    calls: tuple[Row, ...] = ()
    attempts: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()
    receipts: tuple[Row, ...] = ()
    holds: tuple[Row, ...] = ()
    hold_periods: tuple[Row, ...] = ()
    ledger: tuple[Row, ...] = ()
    periods: tuple[Row, ...] = ()


@attrs.frozen
class Told:
    """An event as a watcher received it; `text` is its data as canonical JSON."""

    seq: int
    type: str
    text: str


@attrs.frozen
class Cut:
    """A process that was killed or frozen, and the calls of it that were not committed then. The
    log had so many `lines`."""

    pid: int
    in_flight: frozenset[Key]
    at_ms: int = 0
    lines: int | None = None


@attrs.frozen(kw_only=True)
class Seen:
    """Everything known of one run. `receipts` tells of each debate's whether it verifies."""

    log: tuple[Line, ...]
    tables: Tables
    streams: Mapping[str, Sequence[Sequence[Told]]]
    receipts: Mapping[str, str]
    cuts: tuple[Cut, ...] = ()
    opened: tuple[str, ...] = ()
    calls_each: int | None = None


@attrs.frozen
class Violation:
    rule: str
    subject: str
    detail: str


Found = Iterator[Violation]


def judge(seen: Seen) -> list[Violation]:
    """All that went wrong; nothing at all when every promise was kept."""
    return [violation for rule in RULES for violation in rule(seen)]


def debates_ended(seen: Seen) -> Found:
    """What was answered with 202 exists, and came to its verdict."""
    status = {row["id"]: row["status"] for row in seen.tables.debates}
    for debate_id in seen.opened:
        found = status.get(debate_id, "lost")
        if found != "concluded":
            yield Violation("ended", debate_id, found)


def calls_done(seen: Seen) -> Found:
    """Every call was committed once, and its agent says so too."""
    done = {(line.key, line.attempt) for line in seen.log if line.event == "DONE"}
    rows = Counter((row["debate_id"], row["call_no"]) for row in seen.tables.calls)
    for key, count in rows.items():
        if count > 1:
            yield Violation("calls", _name(key), f"{count} rows")
    for row in seen.tables.calls:
        key = (row["debate_id"], row["call_no"])
        if row["state"] != "done":
            yield Violation("calls", _name(key), row["state"])
        elif (key, row["attempt"]) not in done:
            yield Violation("calls", _name(key), "committed, but no agent has answered")
    if seen.calls_each is not None:
        made = Counter(debate_id for debate_id, _ in rows)
        for debate_id in seen.opened:
            if made[debate_id] != seen.calls_each:
                yield Violation("calls", debate_id, f"{made[debate_id]} of {seen.calls_each}")


def nothing_committed_is_asked_again(seen: Seen) -> Found:
    """No call starts after the attempt was done whose answer was kept.

    The order is that of the log, so no clock is needed. Between that attempt's end and its commit
    another one may start only if the first is lost; then it is not the attempt that was kept.
    """
    kept = {
        (row["debate_id"], row["call_no"]): row["attempt"]
        for row in seen.tables.calls
        if row["state"] == "done"
    }
    over: set[Key] = set()
    for line in seen.log:
        if line.event == "DONE" and kept.get(line.key) == line.attempt:
            over.add(line.key)
        elif line.event == "START" and line.key in over:
            yield Violation("asked again", _name(line.key), f"attempt {line.attempt}, {line.pid}")


def repeats_are_excused(seen: Seen) -> Found:
    """A call is asked again only if its process was cut while it waited: once for each cut."""
    excuses = Counter(
        (cut.pid, key) for cut in seen.cuts for key in cut.in_flight | told_late(seen.log, cut)
    )
    last: dict[Key, Line] = {}
    for line in seen.log:
        if line.event != "START":
            continue
        before = last.get(line.key)
        last[line.key] = line
        if before is None:
            continue
        if excuses[before.pid, line.key] > 0:
            excuses[before.pid, line.key] -= 1
        else:
            yield Violation("repeated", _name(line.key), f"{before.pid} was not cut in it")


def attempts_have_one_answer(seen: Seen) -> Found:
    """One attempt of each call is answered: the one that its row names."""
    by_key: dict[Key, list[Row]] = defaultdict(list)
    for row in seen.tables.attempts:
        by_key[row["debate_id"], row["call_no"]].append(row)
    for row in seen.tables.calls:
        key = (row["debate_id"], row["call_no"])
        answered = [one["attempt"] for one in by_key[key] if one["outcome"] == "answered"]
        numbers = sorted(one["attempt"] for one in by_key[key])
        if row["state"] == "done" and answered != [row["attempt"]]:
            yield Violation("attempts", _name(key), f"{answered} of {row['attempt']} answered")
        if numbers != list(range(1, len(numbers) + 1)):
            yield Violation("attempts", _name(key), f"numbered {numbers}")


def events_are_gapless(seen: Seen) -> Found:
    """The log of each debate counts from 1 to its `last_seq`; nothing is said twice."""
    logs: dict[str, list[int]] = defaultdict(list)
    for row in seen.tables.events:
        logs[row["debate_id"]].append(row["seq"])
    for row in seen.tables.debates:
        found, wanted = sorted(logs[row["id"]]), list(range(1, row["last_seq"] + 1))
        if found != wanted:
            yield Violation("events", row["id"], f"{len(found)} of {len(wanted)}")
    yield from _said_twice(seen.tables.events)


def _said_twice(events: Collection[Row]) -> Found:
    said: Counter[tuple[Any, ...]] = Counter()
    for row in events:
        data = row["data"].get("ballot", row["data"])
        if row["type"] in SPOKEN:
            said[row["debate_id"], row["type"], data["round"], data["agent"]] += 1
        elif row["type"].startswith("round."):
            said[row["debate_id"], row["type"], data["round"]] += 1
        elif row["type"].startswith(("debate.con", "debate.start", "debate.crea", "receipt.")):
            said[row["debate_id"], row["type"]] += 1
    for (debate_id, *what), count in said.items():
        if count > 1:
            yield Violation("events", debate_id, f"{count} times {what}")


def streams_are_exact(seen: Seen) -> Found:
    """Every watcher received the log: each event once, in order, word for word."""
    logs: dict[str, list[Row]] = defaultdict(list)
    for row in seen.tables.events:
        logs[row["debate_id"]].append(row)
    for debate_id, watchers in seen.streams.items():
        log = [(row["seq"], row["type"], row["text"]) for row in logs[debate_id]]
        wanted = sorted(log)
        for no, stream in enumerate(watchers):
            received = [(told.seq, told.type, told.text) for told in stream]
            if received != wanted:
                yield Violation("streams", f"{debate_id} #{no}", _difference(received, wanted))


def _difference(received: Sequence[Any], wanted: Sequence[Any]) -> str:
    for got, due in itertools.zip_longest(received, wanted):
        if got != due:
            return f"received {got and got[:2]} where {due and due[:2]} was due"
    return "equal"


def receipts_verify(seen: Seen) -> Found:
    """Each verdict has one receipt, and that is valid without the server."""
    issued = Counter(row["debate_id"] for row in seen.tables.receipts)
    for debate_id in {row["id"] for row in seen.tables.debates if row["status"] == "concluded"}:
        if issued[debate_id] != 1:
            yield Violation("receipts", debate_id, f"{issued[debate_id]} receipts")
        if (verdict := seen.receipts.get(debate_id, "lost")) != "verified":
            yield Violation("receipts", debate_id, verdict)
    for debate_id in issued.keys() - {row["id"] for row in seen.tables.debates}:
        yield Violation("receipts", debate_id, "of no debate")


def no_hold_is_left(seen: Seen) -> Found:
    """Each hold was taken once and ended once."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for entry in seen.tables.ledger:
        kinds[entry["hold_id"]].append(entry["kind"])
    for hold in seen.tables.holds:
        found = Counter(kinds[hold["id"]])
        if hold["state"] == "held":
            yield Violation("holds", hold["id"], "still held")
        elif found["reserve"] != 1 or found["settle"] + found["release"] != 1:
            yield Violation("holds", hold["id"], f"{dict(found)}")


def counters_equal_the_ledger(seen: Seen) -> Found:
    """What each budget says was spent and held is the sum of its ledger."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in seen.tables.ledger:
        over = entry.get("overage_micro_usd", 0) if entry["kind"] == "adjust" else 0
        kinds[entry["hold_id"]][entry["kind"]] += entry["amount_micro_usd"] - over
        kinds[entry["hold_id"]]["overage"] += over
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    held: Counter[str] = Counter()
    amounts = {hold["id"]: hold for hold in seen.tables.holds}
    for link in seen.tables.hold_periods:
        # An adjustment may be negative, and Counter's own += would drop it.
        sums[link["period_id"]].update(kinds[link["hold_id"]])
        hold = amounts[link["hold_id"]]
        held[link["period_id"]] += hold["amount_micro_usd"] if hold["state"] == "held" else 0
    for period in seen.tables.periods:
        booked = sums[period["id"]]
        for name, due in (
            ("spent_micro_usd", booked["settle"] + booked["adjust"]),
            ("overage_micro_usd", booked["overage"]),
            ("held_micro_usd", held[period["id"]]),
        ):
            if period[name] != due:
                yield Violation("books", period["id"], f"{name} {period[name]}, ledger {due}")


def _name(key: Key) -> str:
    return f"{key[0]}|{key[1]}"


RULES: tuple[Callable[[Seen], Found], ...] = (
    debates_ended,
    calls_done,
    nothing_committed_is_asked_again,
    repeats_are_excused,
    attempts_have_one_answer,
    events_are_gapless,
    streams_are_exact,
    receipts_verify,
    no_hold_is_left,
    counters_equal_the_ledger,
)


def in_flight(log: Sequence[Line], calls: Collection[Row], pid: int) -> frozenset[Key]:
    """What a process had asked and not committed."""
    committed = {(row["debate_id"], row["call_no"]) for row in calls if row["state"] == "done"}
    begun = {line.key for line in log if line.event == "START" and line.pid == pid}
    return frozenset(begun - committed)


def told_late(log: Sequence[Line], cut: Cut) -> frozenset[Key]:
    """Calls that a frozen process had begun, and wrote down only when it woke up."""
    if cut.lines is None:
        return frozenset()
    return frozenset(
        line.key
        for line in log[cut.lines :]
        if (line.event, line.pid) == ("START", cut.pid) and line.at_ms <= cut.at_ms
    )


def takeovers_s(log: Sequence[Line], cut: Cut) -> list[float]:
    """How long each debate with a call in flight then waited for somebody else."""
    waited: dict[str, float] = {}
    lost = {debate_id for debate_id, _ in cut.in_flight}
    for line in log:
        if line.debate_id in lost and line.pid != cut.pid and line.at_ms > cut.at_ms:
            waited.setdefault(line.debate_id, (line.at_ms - cut.at_ms) / 1000)
    return sorted(waited.values())


def repeats(log: Sequence[Line]) -> int:
    """How many calls were asked more than once."""
    asked = Counter(line.key for line in log if line.event == "START")
    return sum(count - 1 for count in asked.values())
