"""Events in words: the same words for a terminal and for a log."""

from __future__ import annotations

import dataclasses
from typing import Literal

from aragora import UnknownEvent
from aragora.cli.board import Board
from aragora.types import Ballot, TokenUsage
from aragora.types import events as ev

Tone = Literal["round", "argument", "critique", "ballot", "quiet", "warning"]


@dataclasses.dataclass(frozen=True, slots=True)
class Telling:
    """One thing to show: a head line, who it is about, and text below it."""

    tone: Tone
    head: str
    agent: str | None = None
    text: str = ""


def tell(board: Board, event: ev.DebateEvent | UnknownEvent) -> Telling | None:
    """What to show of `event`, on the board before it; None for what only the board shows."""
    match event:
        case ev.RoundStartedEvent(data=opened):
            return Telling("round", f"Round {opened.round} · {opened.label}")
        case ev.ArgumentAddedEvent(data=said):
            stance = f" for {board.name(said.option_id)}" if said.option_id else ""
            sources = f" [{', '.join(said.sources)}]" if said.sources else ""
            head = f"argues{stance}{_sure(said.confidence_ppm)}{sources}"
            return Telling("argument", head, said.agent, said.text)
        case ev.CritiqueAddedEvent(data=said):
            target = board.authors.get(said.target_argument_id, "an argument")
            head = f"answers {target} (severity {said.severity} of 10)"
            return Telling("critique", head, said.agent, said.text)
        case ev.BallotSealedEvent(data=sealed):
            return Telling("ballot", f"sealed a ballot {sealed.commitment[:12]}…", sealed.agent)
        case ev.BallotCastEvent(data=cast):
            ballot = cast.ballot
            # A reason that the argument gave already would only be read twice.
            is_new = ballot.reason not in board.said.get(ballot.agent, "")
            reason = ballot.reason if is_new else ""
            return Telling("ballot", _vote(board, ballot), ballot.agent, reason)
    return _tell_rest(event)


def _tell_rest(event: ev.DebateEvent | UnknownEvent) -> Telling | None:
    match event:
        case ev.DebateStartedEvent(data=start):
            head = f"protocol {start.protocol.id}, seed {start.seed}"
            return Telling("quiet", f"{head}, at most {start.cost_max_usd} USD")
        case ev.RoundCompletedEvent(data=closed) if closed.moved:
            return Telling("quiet", f"changed their ballot: {', '.join(closed.moved)}")
        case ev.AgentFailedEvent(data=failed):
            again = "" if failed.retry_in_s is None else f", again in {failed.retry_in_s} s"
            return Telling("warning", f"failed: {failed.detail}{again}", failed.agent)
        case ev.DebateWarningEvent(data=warning):
            return Telling("warning", f"{warning.code}: {warning.detail}")
    return _tell_money(event)


def _tell_money(event: ev.DebateEvent | UnknownEvent) -> Telling | None:
    match event:
        case ev.DebateBudgetThresholdReachedEvent(data=told):
            share = f"has reached {told.threshold_percent} % of {told.budget.limit_usd} USD"
            return Telling("warning", f"budget {told.budget.name} {share}{_left(told.budget)}")
        case ev.DebateBudgetExhaustedEvent(data=told):
            needed = f", {told.needed_usd} USD were needed" if told.needed_usd else ""
            head = f"budget {told.budget.name} admits nothing more{_left(told.budget)}{needed}"
            return Telling("warning", head)
        case ev.DebateBudgetOverageRecordedEvent(data=told):
            head = f"a call cost {told.overage_usd} USD more than was reserved"
            return Telling("warning", f"{head}, counted against budget {told.budget.name}")
        case ev.DebateBudgetHoldSweptEvent(data=told):
            head = f"a call was lost, {told.settled_usd} USD count as spent"
            return Telling("warning", f"{head} in budget {told.budget.name}")
    return _tell_end(event)


def _left(budget: ev.DebateBudget) -> str:
    return "" if budget.remaining_usd is None else f", {budget.remaining_usd} USD left"


def _tell_end(event: ev.DebateEvent | UnknownEvent) -> Telling | None:
    match event:
        case ev.DebateFailedEvent(data=failed):
            return Telling("warning", f"the debate failed: {failed.code}: {failed.detail}")
        case ev.DebateCancelledEvent():
            return Telling("warning", "the debate was cancelled")
    return None


def _vote(board: Board, ballot: Ballot) -> str:
    if not ballot.choices:
        return "abstains"
    choices = ", ".join(board.name(choice) for choice in ballot.choices)
    return f"votes for {choices}{_sure(ballot.confidence_ppm)}"


def _sure(ppm: int | None) -> str:
    return "" if ppm is None else f" ({round(ppm / 10_000)} % sure)"


def tokens(usage: TokenUsage) -> tuple[int, int]:
    """Tokens in and out, caches included."""
    read = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    return read, usage.output_tokens


@dataclasses.dataclass(frozen=True, slots=True)
class Summary:
    """The end of a debate in words."""

    verdict: str
    outcome: str
    rule: str
    tally: tuple[tuple[str, int, int], ...]
    dissents: tuple[tuple[str, str, str], ...]
    tokens_in: int
    tokens_out: int
    calls: int
    cost_usd: str


def summary(board: Board) -> Summary | None:
    """None when there is no verdict."""
    verdict, usage = board.verdict, board.usage
    if verdict is None or usage is None:
        return None
    read, written = tokens(usage.usage)
    stopped = verdict.stop_reason.replace("_", " ")
    return Summary(
        verdict=verdict.answer,
        outcome=verdict.outcome.replace("_", " "),
        rule=f"{verdict.rule}, margin {verdict.margin}, stopped: {stopped}",
        tally=tuple((board.name(e.option_id), e.count, e.weight) for e in verdict.tally),
        dissents=tuple((d.agent, board.name(d.option_id), d.text) for d in board.dissents),
        tokens_in=read,
        tokens_out=written,
        calls=usage.calls,
        cost_usd=usage.cost_usd,
    )


def ballots(count: int) -> str:
    return "1 ballot" if count == 1 else f"{count} ballots"
