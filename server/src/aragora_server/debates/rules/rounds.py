"""What a debate needs next, decided from its transcript alone: no clock, no chance, no await.

Same transcript, same answer: a run can stop anywhere and be taken up again. `call_no` counts
from 1 in ask order, so a call keeps its number whichever reply comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from .conclusion import ballots_of, conclude, latest_ballots
from .options import options_of
from .protocol import Protocol, Step, Stop
from .seating import can_take_part, group, visible
from .transcript import (
    Answer,
    Ask,
    Conclude,
    CutReason,
    Failed,
    Record,
    Round,
    Setup,
    StopReason,
    Transcript,
    Unparsed,
)
from .voting import count, quorum


@attrs.frozen(kw_only=True)
class Plan:
    """Where the debate stands: its rounds so far, and the calls to make or else the end."""

    rounds: tuple[Round, ...]
    asks: tuple[Ask, ...] = ()
    end: Conclude | None = None


def plan(protocol: Protocol, setup: Setup, transcript: Transcript) -> Plan:
    rounds: tuple[Round, ...] = ()
    heard: tuple[Record, ...] = ()
    for step in protocol.steps:
        able = _able(step, setup, heard)
        if not able:
            continue
        asks = _asks(step, able, transcript, first=len(heard) + 1, round_no=len(rounds))
        said = in_order(transcript, calls={ask.call_no for ask in asks})
        missing = _unanswered(asks, said)
        rounds += (_view(protocol, setup, asks, heard, said),)
        if missing:
            return Plan(rounds=rounds, asks=missing)
        heard += said
        if end := _end_after(protocol, setup, step, heard):
            return Plan(rounds=rounds, end=end)
    return Plan(rounds=rounds, end=conclude(protocol, setup, heard, reason="rounds_exhausted"))


def cut_short(
    protocol: Protocol, setup: Setup, transcript: Transcript, reason: CutReason
) -> Conclude:
    """The end when money or time runs out: closed rounds count, an open one does not."""
    closed = {r.no for r in plan(protocol, setup, transcript).rounds if r.is_closed}
    said = tuple(record for record in in_order(transcript) if record.round in closed)
    return conclude(protocol, setup, said, reason=reason)


def seen_by(
    protocol: Protocol, setup: Setup, transcript: Transcript, ask: Ask
) -> tuple[Answer, ...]:
    """The answers this ask shows its agent; only closed rounds are ever shown."""
    heard = tuple(record for record in in_order(transcript) if record.round < ask.round)
    return visible(protocol.step(ask.step), setup, ask.agent, heard)


def calls_bound(protocol: Protocol, setup: Setup) -> dict[str, int]:
    """Most calls each agent can be asked for: the steps it belongs to, each repaired once."""
    steps = [step for step in protocol.steps if setup.answer_kind in step.answer_kinds]
    groups = [group(step, setup) for step in steps]
    return {seat.name: 2 * sum(seat.name in names for names in groups) for seat in setup.seats}


def in_order(transcript: Iterable[Record], calls: set[int] | None = None) -> tuple[Record, ...]:
    kept = (record for record in transcript if calls is None or record.call_no in calls)
    return tuple(sorted(kept, key=lambda record: record.call_no))


def _able(step: Step, setup: Setup, heard: Sequence[Record]) -> tuple[str, ...]:
    if setup.answer_kind not in step.answer_kinds:
        return ()
    return tuple(n for n in group(step, setup) if can_take_part(n, step, setup, heard))


def _asks(
    step: Step, able: Sequence[str], transcript: Transcript, *, first: int, round_no: int
) -> tuple[Ask, ...]:
    """The round's asks; once all are answered, those that could not be read are asked again."""
    asks = tuple(
        Ask(call_no=first + place, round=round_no, step=step.id, kind=step.kind, agent=name)
        for place, name in enumerate(able)
    )
    records = {record.call_no: record for record in transcript}
    if any(ask.call_no not in records for ask in asks):
        return asks
    unread = [ask for ask in asks if isinstance(records[ask.call_no], Unparsed)]
    return asks + tuple(
        attrs.evolve(ask, call_no=first + len(asks) + place, repairs=ask.call_no)
        for place, ask in enumerate(unread)
    )


def _unanswered(asks: Sequence[Ask], said: Sequence[Record]) -> tuple[Ask, ...]:
    answered = {record.call_no for record in said}
    return tuple(ask for ask in asks if ask.call_no not in answered)


def _view(
    protocol: Protocol,
    setup: Setup,
    asks: Sequence[Ask],
    heard: tuple[Record, ...],
    said: tuple[Record, ...],
) -> Round:
    step = protocol.step(asks[0].step)
    participants = tuple(dict.fromkeys(ask.agent for ask in asks))
    before = {ballot.agent: ballot.choice for ballot in latest_ballots(heard)}
    ballots = ballots_of(said)
    options = [option.id for option in options_of(setup, heard + said)]
    return Round(
        no=asks[0].round,
        step=step.id,
        kind=step.kind,
        label=step.label,
        participants=participants,
        skipped=tuple(name for name in group(step, setup) if name not in participants),
        is_closed=len(said) == len(asks),
        ballots=ballots,
        tally=count(protocol.decision, latest_ballots(heard + said), options),
        moved=tuple(b.agent for b in ballots if before.get(b.agent, b.choice) != b.choice),
        abstentions=sum(ballot.kind == "abstain" for ballot in ballots),
    )


def _end_after(
    protocol: Protocol, setup: Setup, step: Step, heard: tuple[Record, ...]
) -> Conclude | None:
    """Agreement ends a debate early, and so does the certainty that no quorum can be reached."""
    for stop in protocol.stop:
        if stop.after == step.id and _is_agreed(stop, heard):
            return conclude(protocol, setup, heard, reason=stop.reason)
    rest = protocol.steps[protocol.steps.index(step) + 1 :]
    voters = {ballot.agent for ballot in latest_ballots(heard) if ballot.choice is not None}
    voters |= {name for later in rest for name in _able(later, setup, heard)}
    failed = {record.agent for record in heard if isinstance(record, Failed)}
    if _is_quorum(protocol, setup, voters) or not _is_quorum(protocol, setup, voters | failed):
        return None
    is_silent = all(isinstance(record, Failed) for record in heard)
    reason: StopReason = "provider_failure" if is_silent else "quorum_lost"
    return conclude(protocol, setup, heard, reason=reason)


def _is_quorum(protocol: Protocol, setup: Setup, voters: set[str]) -> bool:
    return quorum(protocol.decision, cast=len(voters), eligible=len(setup.seats)).met


def _is_agreed(stop: Stop, heard: tuple[Record, ...]) -> bool:
    """Everyone asked in the last round chose the same, each sure enough."""
    last = [record for record in heard if record.round == heard[-1].round]
    asked = {record.agent for record in last}
    ballots = ballots_of(last)
    sure = (ballot.confidence_ppm or 0 for ballot in ballots)
    return (
        len(asked) >= 2
        and {ballot.agent for ballot in ballots} == asked
        and len({ballot.choice for ballot in ballots}) == 1
        and ballots[0].choice is not None
        and min(sure) >= stop.min_confidence_ppm
    )
