"""From final ballots to the verdict, and to what must stand beside it: dissent and flips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .options import option_of, options_of
from .protocol import Protocol
from .seating import visible
from .transcript import (
    Answer,
    Argument,
    Ballot,
    Conclude,
    Dissent,
    Flip,
    FlipKind,
    Option,
    Outcome,
    Record,
    Setup,
    StopReason,
    Verdict,
)
from .voting import Tally, tally

_FAILED: frozenset[StopReason] = frozenset({"quorum_lost", "provider_failure"})
_AGREED: frozenset[StopReason] = frozenset({"agreed", "agreed_after_critique"})
_IN_WORDS: dict[Outcome, str] = {"no_consensus": "No consensus", "no_decision": "No decision"}


def conclude(
    protocol: Protocol, setup: Setup, said: Sequence[Record], *, reason: StopReason
) -> Conclude:
    """Count the latest ballot of each agent. `said` is in call order, closed rounds only."""
    options = options_of(setup, said)
    final = latest_ballots(said)
    asked = {record.agent for record in said}
    counted = tally(
        protocol.decision,
        final,
        options=[option.id for option in options],
        eligible=len(asked) if reason in _AGREED else len(setup.seats),
        sealed=sealed_ballots(said),
    )
    is_failed = reason in _FAILED
    return Conclude(
        status="failed" if is_failed else "concluded",
        stop_reason=reason,
        verdict=_verdict(protocol, counted, final, options, reason),
        options=options,
        ballots=final,
        dissents=() if is_failed else _dissents(said, final, counted.winner),
        flips=_flips(protocol, setup, said, final),
    )


def ballots_of(said: Iterable[Record]) -> tuple[Ballot, ...]:
    return tuple(r.ballot for r in said if isinstance(r, Answer) and r.ballot is not None)


def latest_ballots(said: Iterable[Record]) -> tuple[Ballot, ...]:
    """Each agent's last ballot. Abstaining replaces an earlier vote; a failed call leaves it."""
    return tuple({ballot.agent: ballot for ballot in ballots_of(said)}.values())


def sealed_ballots(said: Iterable[Record]) -> tuple[Ballot, ...]:
    """Each agent's first ballot that chose something."""
    first: dict[str, Ballot] = {}
    for ballot in ballots_of(said):
        if ballot.choice is not None:
            first.setdefault(ballot.agent, ballot)
    return tuple(first.values())


def _verdict(
    protocol: Protocol,
    counted: Tally,
    final: Sequence[Ballot],
    options: Sequence[Option],
    reason: StopReason,
) -> Verdict:
    winner = None if reason in _FAILED else counted.winner
    outcome: Outcome = "no_consensus" if counted.quorum.met else "no_decision"
    label = next((option.label for option in options if option.id == winner), None)
    supporters = [ballot for ballot in final if winner is not None and ballot.choice == winner]
    sure = [b.confidence_ppm for b in supporters if b.confidence_ppm is not None]
    return Verdict(
        outcome="decided" if winner is not None else outcome,
        option_id=winner,
        answer=label if label is not None else _IN_WORDS[outcome],
        rule=protocol.decision.rule,
        tally=counted.entries,
        margin=counted.margin,
        tie_rule_used=counted.tie_rule_used,
        quorum=counted.quorum,
        abstentions=counted.abstentions,
        supported_by=tuple(ballot.agent for ballot in supporters),
        confidence_ppm=sum(sure) // len(sure) if sure else None,
        stop_reason=reason,
    )


def _dissents(
    said: Sequence[Record], final: Sequence[Ballot], winner: str | None
) -> tuple[Dissent, ...]:
    if winner is None:
        return ()
    sealed = {ballot.agent: ballot.choice for ballot in sealed_ballots(said)}
    words = {r.call_no: _words(r) for r in said if isinstance(r, Answer)}
    return tuple(
        Dissent(
            agent=ballot.agent,
            round=ballot.round,
            option_id=ballot.choice,
            ballot_id=ballot.id,
            text=words[ballot.call_no],
            flipped_from=sealed[ballot.agent] if sealed[ballot.agent] != ballot.choice else None,
        )
        for ballot in final
        if ballot.choice is not None and ballot.choice != winner
    )


def _words(answer: Answer) -> str:
    """The agent's reasons, whole: its argument where the step made one, else the ballot's."""
    if answer.argument is not None:
        return answer.argument.text
    return answer.ballot.reason if answer.ballot is not None else ""


def _flips(
    protocol: Protocol, setup: Setup, said: Sequence[Record], final: Sequence[Ballot]
) -> tuple[Flip, ...]:
    """Who ended elsewhere than they began; `conformed` when most of what they saw stood there."""
    sealed = {ballot.agent: ballot.choice for ballot in sealed_ballots(said)}
    by_call = {record.call_no: record for record in said}
    flips = []
    for ballot in final:
        before = sealed.get(ballot.agent)
        if before is None or ballot.choice is None or ballot.choice == before:
            continue
        step = protocol.step(by_call[ballot.call_no].step)
        heard = [record for record in said if record.round < ballot.round]
        seen = (r.argument for r in visible(step, setup, ballot.agent, heard))
        leading = _leading(seen, options_of(setup, heard))
        kind: FlipKind = "conformed" if ballot.choice == leading else "moved"
        flips.append(Flip(agent=ballot.agent, kind=kind, sealed=before, final=ballot.choice))
    return tuple(flips)


def _leading(arguments: Iterable[Argument | None], options: Sequence[Option]) -> str | None:
    """The one option that most of these arguments are for."""
    chosen = [option_of(argument, options) for argument in arguments if argument is not None]
    ranked = sorted(set(chosen) - {None}, key=lambda option: (-chosen.count(option), str(option)))
    if not ranked or (len(ranked) > 1 and chosen.count(ranked[0]) == chosen.count(ranked[1])):
        return None
    return ranked[0]
