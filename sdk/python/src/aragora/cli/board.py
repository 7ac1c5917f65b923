"""What a watcher knows of a debate: events in, one value out. No output here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from aragora import UnknownEvent
from aragora.types import Debate, DebateUsage, Dissent, Verdict
from aragora.types import events as ev


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The state after some event. `waiting`: who was asked in this round and has not answered."""

    question: str
    agents: tuple[str, ...]
    options: Mapping[str, str]
    protocol: str
    label: str = "waiting for a runner"
    waiting: tuple[str, ...] = ()
    partial: Mapping[str, str] = dataclasses.field(default_factory=dict)
    authors: Mapping[str, str] = dataclasses.field(default_factory=dict)
    said: Mapping[str, str] = dataclasses.field(default_factory=dict)
    spent_usd: str = "0"
    remaining_usd: str | None = None
    dissents: tuple[Dissent, ...] = ()
    verdict: Verdict | None = None
    usage: DebateUsage | None = None
    receipt_id: str | None = None

    @classmethod
    def of(cls, debate: Debate) -> Board:
        return cls(
            question=debate.question,
            agents=tuple(agent.name for agent in debate.agents),
            options={option.id: option.label for option in debate.options},
            protocol=debate.protocol.id,
        )

    def name(self, option_id: str | None) -> str:
        """An option as a reader knows it."""
        if option_id is None:
            return "nothing"
        return self.options.get(option_id, option_id.replace("_", " "))

    def heard(self, agent: str) -> Board:
        """`agent` has answered what this round asked."""
        waiting = tuple(name for name in self.waiting if name != agent)
        partial = {name: text for name, text in self.partial.items() if name != agent}
        return dataclasses.replace(self, waiting=waiting, partial=partial)


def told(board: Board, event: ev.DebateEvent | UnknownEvent) -> Board:
    """The board after `event`."""
    change: dict[str, Any] = {}
    match event:
        case ev.TokenDeltaEvent(data=delta):
            text = board.partial.get(delta.agent, "") + delta.text
            change = {"partial": {**board.partial, delta.agent: text}}
        case ev.RoundStartedEvent(data=opened):
            waiting = tuple(opened.participants)
            change = {"label": opened.label, "waiting": waiting, "partial": {}}
        case ev.ArgumentAddedEvent(data=argument):
            board = board.heard(argument.agent)
            change = {
                "authors": {**board.authors, argument.id: argument.agent},
                "said": {**board.said, argument.agent: argument.text},
            }
        case ev.CritiqueAddedEvent(data=said) | ev.BallotSealedEvent(data=said):
            board = board.heard(said.agent)
        case ev.BallotCastEvent(data=cast):
            board = board.heard(cast.ballot.agent)
        case ev.BudgetUpdatedEvent(data=money):
            change = {"spent_usd": money.spent_usd, "remaining_usd": money.remaining_usd}
        case _:
            change = _ending(board, event)
    return dataclasses.replace(board, **change) if change else board


def _ending(board: Board, event: ev.DebateEvent | UnknownEvent) -> dict[str, Any]:
    match event:
        case ev.DissentRecordedEvent(data=dissent):
            return {"dissents": (*board.dissents, dissent)}
        case ev.DebateConcludedEvent(data=end):
            return {"verdict": end.verdict, "usage": end.usage, "waiting": (), "label": "concluded"}
        case ev.DebateCancelledEvent(data=end):
            return {"usage": end.usage, "waiting": (), "label": "cancelled"}
        case ev.DebateFailedEvent():
            return {"waiting": (), "label": "failed"}
        case ev.ReceiptIssuedEvent(data=issued):
            return {"receipt_id": issued.receipt_id}
    return {}
