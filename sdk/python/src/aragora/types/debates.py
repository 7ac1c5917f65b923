# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo


class AgentEstimate(Model):
    """What one agent may cost."""

    agent: str
    """The agent's name."""
    calls_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most calls."""
    cost_max_usd: common.Money
    model: str
    """Provider and model."""
    unpriced: bool
    """Nobody knows what its model costs, and the budgets allow it; it counts as 0."""


class AgentSpec(Model):
    """One seat in a debate."""

    max_output_tokens: Annotated[int | None, Field(ge=16, le=65536)] = None
    """Most tokens of one answer; default 1024."""
    model: Annotated[str, Field(max_length=240, pattern="^[a-z0-9_]+:[!-9;-~][!-~]{0,199}$")]
    """The provider, a colon, and the provider's model, such as `scripted:careful` or `openai:gpt-5-mini`."""
    name: Annotated[
        str | None, Field(max_length=64, pattern="^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$")
    ] = None
    """The agent's name, unique in the debate; default: made from the model."""
    persona: Annotated[
        str | None, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")
    ] = None
    """A point of view to argue from."""
    role: Annotated[str | None, Field(max_length=32, pattern="^[a-z0-9_]{1,32}$")] = None
    """A role that the protocol knows."""
    temperature: Annotated[
        str | None,
        Field(max_length=4, pattern="^(0|1)(\\.[0-9]{1,2})?$|^2(\\.0{1,2})?$"),
    ] = None
    """Sampling temperature as a decimal string, `0` to `2`; default: the provider's."""


class AgentUsage(Model):
    """What one agent used."""

    agent: str
    """The agent's name."""
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Calls that were answered."""
    cost_usd: common.Money
    is_estimated: bool
    """True when a provider did not report and the server counted."""
    usage: common.TokenUsage


class Argument(Model):
    """An answer with its reasons."""

    agent: str
    """Who said it."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    confidence_ppm: common.Ppm | None
    id: common.Id
    is_truncated: bool
    """Whether the text was cut at the limit."""
    option_id: str | None
    """The option it argues for."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    sources: list[str]
    """Cited passages, such as `D1:p3`."""
    text: str
    """The argument."""


class Ballot(Model):
    """A vote."""

    agent: str
    """Who voted."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    choices: list[str]
    """Option ids; empty when abstaining."""
    commitment: common.Digest
    """SHA-256 that sealed the ballot before it was revealed."""
    confidence_ppm: common.Ppm | None
    id: common.Id
    kind: Literal["single", "abstain"] | str
    """The form of the vote."""
    reason: str
    """Why."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    weight: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Its weight under the voting rule."""


class Critique(Model):
    """What one agent finds wrong in another's argument."""

    agent: str
    """Who said it."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call that produced it."""
    id: common.Id
    issues: list[str]
    """Each weakness."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""
    severity: Annotated[int, Field(ge=0, le=10)]
    """0 (none) to 10 (fatal)."""
    target_argument_id: common.Id
    text: str
    """The critique."""


class DebateAgent(Model):
    """A seat as the debate runs it."""

    family: str
    """The model's family."""
    max_output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most tokens of one answer."""
    model: str
    """Provider and model."""
    name: str
    """Unique in the debate."""
    persona: str | None
    """Its point of view."""
    provider: str
    """Who answers."""
    role: str | None
    """Its role in the protocol."""
    temperature: str | None
    """Sampling temperature."""


Tag = TypeAliasType(
    "Tag", Annotated[str, Field(max_length=64, pattern="^[a-z0-9][a-z0-9._-]{0,63}$")]
)
"""A tag."""


class DebateEstimate(Model):
    """What a debate may cost. Nothing is reserved and nothing is promised."""

    by_agent: list[AgentEstimate]
    """The same, by agent."""
    calls_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Most calls."""
    calls_min: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Fewest calls."""
    cost_likely_usd: common.Money
    cost_max_usd: common.Money
    """The debate never costs more than this; what an `unpriced` agent costs is not in it."""
    input_tokens_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Upper bound of input tokens."""
    output_tokens_max: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Upper bound of output tokens."""
    protocol: common.ProtocolRef


class DebateLimits(Model):
    """What may end a debate early."""

    deadline_at: common.Timestamp
    max_cost_usd: common.Money | None


class DebateUsage(Model):
    """What the debate used so far."""

    by_agent: list[AgentUsage]
    """The same, by agent."""
    calls: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Calls that were answered."""
    cost_usd: common.Money
    usage: common.TokenUsage


class DebateWarning(Model):
    """Something a reader of the verdict should know."""

    code: str
    """Such as `homogeneous_agents`."""
    detail: str
    """What was seen."""


class Dissent(Model):
    """A final ballot unlike the verdict, kept with its reasons."""

    agent: str
    """Who dissents."""
    flipped_from: str | None
    """The agent's sealed choice, where it differs."""
    option_id: str | None
    """What the agent chose instead."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round of the ballot."""
    text: str
    """Why, in the agent's own words."""


class Document(Model):
    """A document as the debate saw it."""

    bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Length of its UTF-8 text in bytes."""
    media_type: str
    """What the text is."""
    name: str
    """Its name."""
    passages: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Passages that arguments can cite as `D1:p3`."""
    sha256: common.Digest
    """SHA-256 of its UTF-8 text."""


class DocumentInput(Model):
    """A document that the agents may quote."""

    media_type: Literal["text/plain", "text/markdown"] | None = None
    """What the text is; default `text/plain`."""
    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """Its name, such as `memo.md`."""
    text: Annotated[str, Field(max_length=400000, min_length=1, pattern="^[^\\u0000]*$")]
    """The text itself."""


class Option(Model):
    """An answer that can be chosen."""

    id: str
    """Its short name."""
    label: str
    """What choosing it means."""


class OptionInput(Model):
    """One answer that the agents may choose."""

    id: Annotated[str, Field(max_length=32, pattern="^[a-z0-9][a-z0-9_-]{0,31}$")]
    """A short name, unique in the debate."""
    label: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """What choosing it means."""


class Quorum(Model):
    """Whether enough agents voted."""

    cast: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose something."""
    eligible: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Agents who could vote."""
    is_met: bool
    """Whether the rule's quorum was reached."""


class Round(Model):
    """One round of a debate."""

    arguments: list[Argument]
    """Arguments of the round."""
    ballots: list[Ballot]
    """Ballots, once revealed."""
    closed_at: common.Timestamp | None
    critiques: list[Critique]
    """Critiques of the round."""
    kind: str
    """What the round is for."""
    label: str
    """The round in words."""
    no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""
    opened_at: common.Timestamp
    participants: list[str]
    """Agents asked."""


class TallyEntry(Model):
    """Support for one option."""

    count: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots for it."""
    option_id: str
    """The option."""
    weight: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Their weight under the voting rule."""


class Transcript(Model):
    """All that was said, round by round."""

    debate_id: common.Id
    rounds: list[Round]
    """In order."""


class Verdict(Model):
    """What the debate decided."""

    abstentions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose nothing."""
    answer: str
    """The decision in words."""
    confidence_ppm: common.Ppm | None
    margin: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Weight between the first and the second."""
    option_id: str | None
    """The option that won."""
    outcome: Literal["decided", "no_consensus", "no_decision"] | str
    """`no_consensus`: the ballots are complete and the rule is not met; `no_decision`: the quorum is missing or the debate stopped before ballots."""
    quorum: Quorum
    rule: str
    """The voting rule."""
    stop_reason: str
    """Why the debate ended."""
    supported_by: list[str]
    """Agents whose final ballot chose the winner."""
    tally: list[TallyEntry]
    """Support by option."""
    tie_rule_used: str | None
    """The declared rule that broke a tie."""


class Debate(Model):
    """A debate and where it stands."""

    agents: list[DebateAgent]
    """Who argues."""
    answer_kind: Literal["choice", "verdict", "number", "text"] | str
    """The form of the answer."""
    context: str | None
    """Background that every agent got."""
    created_at: common.Timestamp
    created_by: common.Id
    """The API key that opened it."""
    dissents: list[Dissent]
    """Final ballots unlike the verdict."""
    documents: list[Document]
    """Documents, in order."""
    ended_at: common.Timestamp | None
    id: common.Id
    last_seq: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Sequence number of the newest event."""
    limits: DebateLimits
    options: list[Option]
    """Answers that can be chosen."""
    protocol: common.ProtocolRef
    question: str
    """What is to be decided."""
    receipt_id: common.Id | None
    seed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The seed of labels and scripted agents."""
    started_at: common.Timestamp | None
    status: Literal["queued", "running", "concluded", "cancelled", "failed"] | str
    """The last three never change."""
    stop_reason: str | None
    """Why it ended, such as `agreed` or `budget`."""
    tags: list[str]
    """What the debate belongs to, in the order given."""
    usage: DebateUsage
    verdict: Verdict | None
    warnings: list[DebateWarning]
    """What a reader should know."""


class DebateCreate(Model):
    """A question, who argues it, and by which protocol."""

    agents: Annotated[list[AgentSpec] | None, Field(max_length=12, min_length=2)] = None
    """Who argues; default: the server's own team of three."""
    answer_kind: Literal["choice", "verdict", "number", "text"] | None = None
    """The form of the answer; default `choice` when options are given, else `verdict` (approve, approve_with_conditions, reject)."""
    context: Annotated[
        str | None, Field(max_length=100000, min_length=1, pattern="^[^\\u0000]*$")
    ] = None
    """Background that every agent gets."""
    deadline_s: Annotated[int | None, Field(ge=1, le=86400)] = None
    """Seconds after which the debate concludes with what it has; default 3600."""
    documents: Annotated[list[DocumentInput] | None, Field(max_length=20, min_length=1)] = None
    """Documents that every agent gets and may quote."""
    max_cost_usd: common.Money | None = None
    """This debate's own limit; it stops before it would cost more."""
    options: Annotated[list[OptionInput] | None, Field(max_length=20, min_length=2)] = None
    """The answers to choose from."""
    protocol: Annotated[str | None, Field(max_length=64, pattern="^[a-z0-9_]{1,64}$")] = None
    """The protocol's name; default `escalate`."""
    question: Annotated[str, Field(max_length=8000, min_length=1, pattern="^[^\\u0000]*$")]
    """What is to be decided."""
    seed: Annotated[int | None, Field(ge=0, le=9007199254740991)] = None
    """Fixes labels and scripted agents, so that a run can be repeated; default: random."""
    tags: Annotated[list[Tag] | None, Field(max_length=10, min_length=1)] = None
    """What the debate belongs to, such as `team-checkout`. Debates are found and costs are reported by tag, and a budget may limit one. A tag given twice counts once. Tags stay when the texts of a debate are erased, so name no person."""


class DebatePage(PageInfo):
    """A page of debates, newest first."""

    items: list[Debate]
    """This page, in order."""


class AgentSpecParam(TypedDict):
    """One seat in a debate."""

    max_output_tokens: NotRequired[int]
    """Most tokens of one answer; default 1024."""
    model: str
    """The provider, a colon, and the provider's model, such as `scripted:careful` or
    `openai:gpt-5-mini`.
    """
    name: NotRequired[str]
    """The agent's name, unique in the debate; default: made from the model."""
    persona: NotRequired[str]
    """A point of view to argue from."""
    role: NotRequired[str]
    """A role that the protocol knows."""
    temperature: NotRequired[str]
    """Sampling temperature as a decimal string, `0` to `2`; default: the provider's."""


class DocumentInputParam(TypedDict):
    """A document that the agents may quote."""

    media_type: NotRequired[Literal["text/plain", "text/markdown"]]
    """What the text is; default `text/plain`."""
    name: str
    """Its name, such as `memo.md`."""
    text: str
    """The text itself."""


class OptionInputParam(TypedDict):
    """One answer that the agents may choose."""

    id: str
    """A short name, unique in the debate."""
    label: str
    """What choosing it means."""
