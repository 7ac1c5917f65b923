"""Who takes part in a step, and whose words they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from .options import options_of
from .protocol import Step
from .transcript import Answer, Failed, Record, Setup


def group(step: Step, setup: Setup) -> tuple[str, ...]:
    """The agents that a step is for, in seat order."""
    first_two = pair(setup)
    match step.who:
        case "all":
            return tuple(seat.name for seat in setup.seats)
        case "pair":
            return first_two
        case "rest":
            return tuple(seat.name for seat in setup.seats if seat.name not in first_two)


def pair(setup: Setup) -> tuple[str, str]:
    """The first agent, and the first of another family: agents of one family err alike."""
    first, *others = setup.seats
    second = next((seat for seat in others if seat.family != first.family), others[0])
    return first.name, second.name


def can_take_part(name: str, step: Step, setup: Setup, heard: Sequence[Record]) -> bool:
    """Not an agent that is out, nor one with nobody to criticise or nothing to choose from."""
    if is_out(name, heard):
        return False
    if setup.answer_kind == "text" and step.kind != "argument" and not options_of(setup, heard):
        return False
    return step.kind != "critique" or bool(visible(step, setup, name, heard))


def is_out(name: str, heard: Sequence[Record]) -> bool:
    """Two failed rounds in a row and the agent is not asked again."""
    by_round = {record.round: record for record in heard if record.agent == name}
    last = [by_round[no] for no in sorted(by_round)][-2:]
    return len(last) == 2 and all(isinstance(record, Failed) for record in last)


def visible(step: Step, setup: Setup, name: str, heard: Sequence[Record]) -> tuple[Answer, ...]:
    """What an agent is shown: the latest argument of each other agent of its group."""
    if step.sees == "none":
        return ()
    latest = {
        record.agent: record
        for record in heard
        if isinstance(record, Answer) and record.argument is not None
    }
    peers = (peer for peer in group(step, setup) if peer != name)
    return tuple(latest[peer] for peer in peers if peer in latest)
