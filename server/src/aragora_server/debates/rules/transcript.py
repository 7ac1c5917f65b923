"""What a debate is made of: who takes part, what was asked, what was said. Plain frozen data.

Setup       what the debate is about; fixed when it starts
Ask         one call that the debate needs, with its place in ask order
Record      how that call ended:  Answer | Unparsed | Failed     (exactly one per call_no)
Transcript  the records so far, in call order; holes are calls still to be made
Round       a view of the transcript: who was asked, is it closed, what do ballots say
Conclude    the verdict, with the dissents and flips that stand beside it
"""

from __future__ import annotations

from typing import Literal

import attrs

AnswerKind = Literal["choice", "verdict", "number", "text"]
StepKind = Literal["argument", "critique", "ballot"]
BallotKind = Literal["single", "abstain"]
Outcome = Literal["decided", "no_consensus", "no_decision"]
StopReason = Literal[
    "agreed",
    "agreed_after_critique",
    "rounds_exhausted",
    "budget",
    "deadline",
    "quorum_lost",
    "provider_failure",
]
CutReason = Literal["budget", "deadline"]
FlipKind = Literal["conformed", "moved"]


@attrs.frozen(kw_only=True)
class Option:
    id: str
    label: str


VERDICTS = (
    Option(id="approve", label="Approve"),
    Option(id="approve_with_conditions", label="Approve with conditions"),
    Option(id="reject", label="Reject"),
)


@attrs.frozen(kw_only=True)
class Document:
    """A snapshot, cut into numbered passages: the third of the first document is [D1:p3]."""

    name: str
    passages: tuple[str, ...]
    media_type: str = "text/plain"
    sha256: str = ""
    text_sha256: str = ""


@attrs.frozen(kw_only=True)
class Seat:
    """An agent of this debate. `model` is `provider:model`."""

    name: str
    model: str
    family: str
    persona: str | None = None
    role: str | None = None
    max_output_tokens: int = 1024
    temperature: str | None = None

    @property
    def provider(self) -> str:
        return self.model.partition(":")[0]


@attrs.frozen(kw_only=True)
class Setup:
    debate_id: str
    question: str
    seats: tuple[Seat, ...]
    seed: int
    answer_kind: AnswerKind = "verdict"
    context: str = ""
    documents: tuple[Document, ...] = ()
    options: tuple[Option, ...] = ()

    def seat(self, name: str) -> Seat:
        return next(seat for seat in self.seats if seat.name == name)


@attrs.frozen(kw_only=True)
class Ask:
    """A call to make. `repairs` names the call whose reply could not be read."""

    call_no: int
    round: int
    step: str
    kind: StepKind
    agent: str
    repairs: int | None = None


@attrs.frozen(kw_only=True)
class Argument:
    id: str
    round: int
    agent: str
    call_no: int
    text: str
    answer: str
    option_id: str | None = None
    confidence_ppm: int | None = None
    sources: tuple[str, ...] = ()
    truncated: bool = False


@attrs.frozen(kw_only=True)
class Critique:
    id: str
    round: int
    agent: str
    call_no: int
    target_argument_id: str
    text: str
    issues: tuple[str, ...] = ()
    severity: int = 0


@attrs.frozen(kw_only=True)
class Ballot:
    """A vote. Abstaining is one too, with the reason `unparseable` when nothing could be read."""

    id: str
    round: int
    agent: str
    call_no: int
    kind: BallotKind
    choices: tuple[str, ...] = ()
    confidence_ppm: int | None = None
    reason: str = ""
    salt: str
    commitment: str

    @property
    def choice(self) -> str | None:
        return self.choices[0] if self.kind == "single" else None


@attrs.frozen(kw_only=True)
class Warned:
    """Something a reader must know about a reply: `canary_leaked`, `truncated`, ..."""

    code: str
    detail: str


@attrs.frozen(kw_only=True)
class Answer:
    call_no: int
    round: int
    step: str
    agent: str
    argument: Argument | None = None
    critiques: tuple[Critique, ...] = ()
    ballot: Ballot | None = None
    warnings: tuple[Warned, ...] = ()
    repairs: int | None = None


@attrs.frozen(kw_only=True)
class Unparsed:
    """A reply that did not fit the step's schema; it is followed by one repair ask."""

    call_no: int
    round: int
    step: str
    agent: str
    error: str
    text: str
    warnings: tuple[Warned, ...] = ()
    repairs: int | None = None


@attrs.frozen(kw_only=True)
class Failed:
    """A call that gave nothing after all its attempts; `code` is that of the last failure."""

    call_no: int
    round: int
    step: str
    agent: str
    code: str
    detail: str = ""
    repairs: int | None = None


Record = Answer | Unparsed | Failed
Transcript = tuple[Record, ...]


@attrs.frozen(kw_only=True)
class TallyEntry:
    option_id: str
    count: int
    weight: int


@attrs.frozen(kw_only=True)
class Round:
    """A round as the transcript shows it; `tally` counts the latest ballots of all rounds so far.

    `ballots` are this round's, in call order; `moved` are agents whose choice changed in it.
    """

    no: int
    step: str
    kind: StepKind
    label: str
    participants: tuple[str, ...]
    skipped: tuple[str, ...]
    is_closed: bool
    ballots: tuple[Ballot, ...] = ()
    tally: tuple[TallyEntry, ...] = ()
    moved: tuple[str, ...] = ()
    abstentions: int = 0


@attrs.frozen(kw_only=True)
class Quorum:
    cast: int
    eligible: int
    met: bool


@attrs.frozen(kw_only=True)
class Verdict:
    """`supported_by` are agents; `confidence_ppm` is the mean of theirs, rounded down."""

    outcome: Outcome
    option_id: str | None
    answer: str | None
    rule: str
    tally: tuple[TallyEntry, ...]
    margin: int
    tie_rule_used: str | None
    quorum: Quorum
    abstentions: int
    supported_by: tuple[str, ...]
    confidence_ppm: int | None
    stop_reason: StopReason


@attrs.frozen(kw_only=True)
class Dissent:
    """A final ballot unlike the winner, in the agent's own words."""

    agent: str
    round: int
    option_id: str
    ballot_id: str
    text: str
    flipped_from: str | None = None


@attrs.frozen(kw_only=True)
class Flip:
    """A final ballot unlike the agent's sealed one."""

    agent: str
    kind: FlipKind
    sealed: str
    final: str


@attrs.frozen(kw_only=True)
class Conclude:
    """`status` is failed when the reason is the loss of the quorum or of every provider."""

    status: Literal["concluded", "failed"]
    stop_reason: StopReason
    verdict: Verdict
    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    dissents: tuple[Dissent, ...] = ()
    flips: tuple[Flip, ...] = ()
