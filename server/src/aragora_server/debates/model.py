"""A debate and the rules it obeys. Pure: no clock, no database, no network.

queued -> running -> concluded | cancelled | failed        the last three never change
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import attrs

from aragora_server.kernel.errors import Conflict, Invalid, NotFound

from .documents import Snapshot
from .rules.transcript import (
    AnswerKind,
    Ballot,
    Conclude,
    Dissent,
    Flip,
    Option,
    Seat,
    Setup,
    StopReason,
    Transcript,
    Verdict,
    Warned,
)

Status = Literal["queued", "running", "concluded", "cancelled", "failed"]
EndReason = StopReason | Literal["cancelled", "internal_error"]

LIVE: frozenset[Status] = frozenset({"queued", "running"})


class DebateNotFound(NotFound):
    code = "debate_not_found"


class DebateOver(Conflict):
    code = "debate_over"


class AgentsInvalid(Invalid):
    code = "agents_invalid"


class OptionsInvalid(Invalid):
    code = "options_invalid"


class AfterBeyondEnd(Invalid):
    code = "after_beyond_end"


@attrs.frozen(kw_only=True)
class ProtocolRef:
    """The exact protocol file: its hash is part of the evidence."""

    id: str
    version: int
    sha256: str


@attrs.frozen(kw_only=True)
class Debate:
    id: str
    workspace_id: str
    created_by: str
    question: str
    context: str | None
    options: tuple[Option, ...]
    answer_kind: AnswerKind
    protocol: ProtocolRef
    seats: tuple[Seat, ...]
    tags: tuple[str, ...]
    seed: int
    max_cost_micro_usd: int | None
    cost_bound_micro_usd: int
    deadline_at: datetime
    created_at: datetime
    documents: tuple[Snapshot, ...] = ()
    status: Status = "queued"
    stop_reason: EndReason | None = None
    verdict: Verdict | None = None
    dissents: tuple[Dissent, ...] = ()
    changed_answers: int = 0
    warnings: tuple[Warned, ...] = ()
    receipt_id: str | None = None
    cancelled_by: str | None = None
    last_seq: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.status not in LIVE

    def setup(self) -> Setup:
        return Setup(
            debate_id=self.id,
            question=self.question,
            seats=self.seats,
            seed=self.seed,
            answer_kind=self.answer_kind,
            context=self.context or "",
            documents=tuple(document.for_agents() for document in self.documents),
            options=self.options,
        )

    def start(self, at: datetime) -> Debate:
        self._must_be_live()
        return attrs.evolve(self, status="running", started_at=self.started_at or at)

    def ask_to_cancel(self, by: str) -> Debate:
        """Asking twice is asking once; a verdict cannot be cancelled."""
        if self.status == "cancelled":
            return self
        self._must_be_live()
        return attrs.evolve(self, cancelled_by=self.cancelled_by or by)

    def cancel(self, at: datetime) -> Debate:
        self._must_be_live()
        return attrs.evolve(self, status="cancelled", stop_reason="cancelled", ended_at=at)

    def conclude(self, decided: Conclude, at: datetime) -> Debate:
        self._must_be_live()
        return attrs.evolve(
            self,
            status="concluded",
            stop_reason=decided.stop_reason,
            verdict=decided.verdict,
            dissents=decided.dissents,
            changed_answers=len(decided.flips),
            ended_at=at,
        )

    def fail(self, reason: EndReason, at: datetime) -> Debate:
        self._must_be_live()
        return attrs.evolve(self, status="failed", stop_reason=reason, ended_at=at)

    def _must_be_live(self) -> None:
        if self.is_over:
            raise DebateOver(f"debate {self.id} is {self.status}")


@attrs.frozen(kw_only=True)
class RoundRow:
    """A round as it was opened; its ballots are shown once it is closed."""

    no: int
    kind: str
    label: str
    participants: tuple[str, ...]
    opened_at: datetime
    closed_at: datetime | None


@attrs.frozen(kw_only=True)
class Pulse:
    """How far a debate has come; all that a reader of its events must know."""

    status: Status
    last_seq: int

    @property
    def is_over(self) -> bool:
        return self.status not in LIVE

    def check_after(self, after: int) -> None:
        if after > self.last_seq:
            raise AfterBeyondEnd(
                f"the newest event of this debate is {self.last_seq}",
                members={"last_seq": self.last_seq},
            )


@attrs.frozen(kw_only=True)
class Message:
    """One thing that was said, in transcript order."""

    call_no: int
    round: int
    phase: str
    agent: str
    at: datetime
    text: str
    model_version: str


@attrs.frozen(kw_only=True)
class AgentTotal:
    """What one agent used, over its answered calls."""

    agent: str
    calls: int
    input_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    output_tokens: int
    reasoning_tokens: int
    cost_micro_usd: int
    is_estimated: bool


@attrs.frozen(kw_only=True)
class Cost:
    total_micro_usd: int
    overage_micro_usd: int
    price_versions: tuple[str, ...]
    agents: tuple[AgentTotal, ...]

    @property
    def calls(self) -> int:
        return sum(agent.calls for agent in self.agents)


@attrs.frozen(kw_only=True)
class Standing:
    """Where a debate stands with its money; None remains where no budget limits it."""

    spent_micro_usd: int
    held_micro_usd: int
    remaining_micro_usd: int | None


@attrs.frozen(kw_only=True)
class Decision:
    """Everything that the receipt of a debate must bind. `weights` are by ballot id."""

    debate: Debate
    verdict: Verdict
    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    weights: Mapping[str, int]
    dissents: tuple[Dissent, ...]
    flips: tuple[Flip, ...]
    messages: tuple[Message, ...]
    rounds: int
    cost: Cost


@attrs.frozen(kw_only=True)
class Call:
    """A call that was taken and has not ended. Without a hold it waits for another attempt."""

    call_no: int
    round: int
    agent: str
    attempt: int
    epoch: int
    hold_id: str | None


@attrs.frozen
class Tenure:
    """Under which adoption somebody writes. The debate of a later one is not theirs any more."""

    debate_id: str
    epoch: int


@attrs.frozen(kw_only=True)
class Progress:
    """A debate and what is known of it: all that a runner needs to go on."""

    tenure: Tenure
    debate: Debate
    transcript: Transcript
    closed: frozenset[int]
