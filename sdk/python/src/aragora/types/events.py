# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model, UnknownEvent
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common, debates
from .common import PageInfo


class AgentFailedData(Model):
    """A call to an agent failed."""

    agent: str
    """Whose call."""
    attempt: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Counted from 1."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call."""
    code: str
    """What went wrong."""
    detail: str
    """In words."""
    retry_in_s: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """Seconds until the next attempt; null when there is none."""


class AgentFailedEvent(Model):
    """A call to an agent failed."""

    at: common.Timestamp
    data: AgentFailedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["agent.failed"]


class ArgumentAddedEvent(Model):
    """An agent argued."""

    at: common.Timestamp
    data: debates.Argument
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["argument.added"]


class BallotCastData(Model):
    """A sealed ballot was revealed."""

    ballot: debates.Ballot
    salt: str
    """The salt of the commitment, in base64url."""


class BallotCastEvent(Model):
    """A sealed ballot was revealed."""

    at: common.Timestamp
    data: BallotCastData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["ballot.cast"]


class BallotSealedData(Model):
    """A ballot was cast and sealed."""

    agent: str
    """Who voted."""
    commitment: common.Digest
    id: common.Id
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The round."""


class BallotSealedEvent(Model):
    """A ballot was cast and sealed."""

    at: common.Timestamp
    data: BallotSealedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["ballot.sealed"]


class BudgetStanding(Model):
    """A budget as it stood at an event."""

    held_usd: common.Money
    """Reserved for calls under way."""
    id: common.Id
    """The budget."""
    limit_usd: common.Money
    """Its limit."""
    name: str
    """What it is for."""
    period_end: common.Timestamp | None
    period_start: common.Timestamp
    remaining_usd: common.Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "debate", "tag"] | str
    """Whose spending counts."""
    scope_id: str | None
    """The API key, debate or tag; null for the workspace."""
    spent_usd: common.Money
    """Spent in the period."""


class BudgetThresholdReachedData(Model):
    """A budget has spent a share of its limit that it warns at."""

    budget: BudgetStanding
    threshold_percent: Annotated[int, Field(ge=1, le=1000)]
    """The share that was reached, of the limit."""


class BudgetThresholdReachedEvent(Model):
    """A budget has spent a share of its limit that it warns at."""

    data: BudgetThresholdReachedData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["budget.threshold_reached"]
    workspace_id: common.Id
    """The workspace that it happened in."""


class BudgetUpdatedData(Model):
    """Money moved."""

    held_usd: common.Money
    """Reserved for its calls under way."""
    remaining_usd: common.Money | None
    spent_usd: common.Money
    """Spent by this debate."""


class BudgetUpdatedEvent(Model):
    """Money moved."""

    at: common.Timestamp
    data: BudgetUpdatedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.updated"]


class CritiqueAddedEvent(Model):
    """An agent criticised an argument."""

    at: common.Timestamp
    data: debates.Critique
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["critique.added"]


class DebateBudget(Model):
    """A budget as the readers of a debate under it see it, with or without `budgets:read`."""

    id: common.Id
    """The budget."""
    limit_usd: common.Money
    """Its limit."""
    name: str
    """What it is for."""
    period_end: common.Timestamp | None
    remaining_usd: common.Money | None
    """What it still admits; null when it never refuses."""
    scope: Literal["workspace", "api_key", "debate", "tag"] | str
    """Whose spending counts."""


class DebateBudgetExhaustedData(Model):
    """A budget has refused for the first time in its period, or has spent all, by a call of this debate."""

    budget: DebateBudget
    needed_usd: common.Money | None
    """What was asked for and refused; null when nothing was refused, but all is spent."""


class DebateBudgetExhaustedEvent(Model):
    """A budget has refused for the first time in its period, or has spent all, by a call of this debate."""

    at: common.Timestamp
    data: DebateBudgetExhaustedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.exhausted"]


class DebateBudgetHoldSweptData(Model):
    """A call of this debate was lost with the process that made it; what was reserved for it counts as spent."""

    budget: DebateBudget
    settled_usd: common.Money
    """What counts as spent: all of the reservation."""


class DebateBudgetHoldSweptEvent(Model):
    """A call of this debate was lost with the process that made it; what was reserved for it counts as spent."""

    at: common.Timestamp
    data: DebateBudgetHoldSweptData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.hold_swept"]


class DebateBudgetOverageRecordedData(Model):
    """A call of this debate cost more than was reserved for it; the excess is counted against the budget."""

    budget: DebateBudget
    overage_usd: common.Money
    """What it cost beyond its reservation."""


class DebateBudgetOverageRecordedEvent(Model):
    """A call of this debate cost more than was reserved for it; the excess is counted against the budget."""

    at: common.Timestamp
    data: DebateBudgetOverageRecordedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.overage_recorded"]


class DebateBudgetThresholdReachedData(Model):
    """A call of this debate took a budget to a share of its limit that it warns at."""

    budget: DebateBudget
    threshold_percent: Annotated[int, Field(ge=1, le=1000)]
    """The share that was reached, of the limit."""


class DebateBudgetThresholdReachedEvent(Model):
    """A call of this debate took a budget to a share of its limit that it warns at."""

    at: common.Timestamp
    data: DebateBudgetThresholdReachedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["budget.threshold_reached"]


class DebateCancelledData(Model):
    """The debate was cancelled."""

    by: common.Id
    """The API key that cancelled it."""
    usage: debates.DebateUsage


class DebateCancelledEvent(Model):
    """The debate was cancelled."""

    at: common.Timestamp
    data: DebateCancelledData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.cancelled"]


class DebateConcludedData(Model):
    """The debate has a verdict."""

    usage: debates.DebateUsage
    verdict: debates.Verdict


class DebateConcludedEvent(Model):
    """The debate has a verdict."""

    at: common.Timestamp
    data: DebateConcludedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.concluded"]


class DebateCreatedData(Model):
    """The debate was opened."""

    agents: list[str]
    """Names of the agents."""
    max_cost_usd: common.Money | None
    question_sha256: common.Digest
    """SHA-256 of the question's UTF-8 text."""


class DebateCreatedEvent(Model):
    """The debate was opened."""

    at: common.Timestamp
    data: DebateCreatedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.created"]


class DebateFailedData(Model):
    """The debate ended without a verdict."""

    code: str
    """The stop reason."""
    detail: str
    """What happened."""


class DebateFailedEvent(Model):
    """The debate ended without a verdict."""

    at: common.Timestamp
    data: DebateFailedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.failed"]


class DebateStartedData(Model):
    """A runner took the debate up."""

    cost_max_usd: common.Money
    """Upper bound before the first call."""
    protocol: common.ProtocolRef
    seed: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The seed of labels and scripted agents."""


class DebateStartedEvent(Model):
    """A runner took the debate up."""

    at: common.Timestamp
    data: DebateStartedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.started"]


class DebateWarningData(Model):
    """A reader of the verdict should know this."""

    agent: str | None
    """Whom it concerns."""
    code: str
    """Such as `homogeneous_agents`."""
    detail: str
    """What was seen."""


class DebateWarningEvent(Model):
    """A reader of the verdict should know this."""

    at: common.Timestamp
    data: DebateWarningData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["debate.warning"]


class DissentRecordedEvent(Model):
    """A minority view was kept."""

    at: common.Timestamp
    data: debates.Dissent
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["dissent.recorded"]


class HeartbeatEvent(Model):
    """The stream is alive. Not stored, not replayed."""

    at: common.Timestamp
    debate_id: common.Id
    type: Literal["heartbeat"]


class ReceiptIssuedData(Model):
    """The receipt was signed."""

    digest: common.Digest
    """SHA-256 of the signed payload."""
    receipt_id: common.Id


class ReceiptIssuedEvent(Model):
    """The receipt was signed."""

    at: common.Timestamp
    data: ReceiptIssuedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["receipt.issued"]


class RoundCompletedData(Model):
    """A round was closed and its ballots revealed."""

    abstentions: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Ballots that chose nothing."""
    moved: list[str]
    """Agents whose ballot changed."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""
    tally: list[debates.TallyEntry]
    """Support so far."""


class RoundCompletedEvent(Model):
    """A round was closed and its ballots revealed."""

    at: common.Timestamp
    data: RoundCompletedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["round.completed"]


class RoundStartedData(Model):
    """A round was opened."""

    kind: str
    """What the round is for."""
    label: str
    """The round in words."""
    participants: list[str]
    """Agents asked."""
    round: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Counted from 0."""


class RoundStartedEvent(Model):
    """A round was opened."""

    at: common.Timestamp
    data: RoundStartedData
    debate_id: common.Id
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1, within the debate."""
    type: Literal["round.started"]


class TokenDeltaData(Model):
    """A piece of an answer that is being written. Not stored, not replayed."""

    agent: str
    """Who writes."""
    call_no: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The call."""
    text: str
    """The piece."""


class TokenDeltaEvent(Model):
    """A piece of an answer that is being written. Not stored, not replayed."""

    at: common.Timestamp
    data: TokenDeltaData
    debate_id: common.Id
    type: Literal["token.delta"]


class WebhookTestData(Model):
    """Somebody tried whether the endpoint works."""

    webhook_id: common.Id
    """The endpoint."""


class WebhookTestEvent(Model):
    """Somebody tried whether the endpoint works."""

    data: WebhookTestData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["webhook.test"]
    workspace_id: common.Id
    """The workspace that it happened in."""


class BudgetExhaustedData(Model):
    """A budget has refused to admit more for the first time in its period."""

    budget: BudgetStanding
    needed_usd: common.Money | None


class BudgetExhaustedEvent(Model):
    """A budget has refused to admit more for the first time in its period."""

    data: BudgetExhaustedData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["budget.exhausted"]
    workspace_id: common.Id
    """The workspace that it happened in."""


class BudgetHoldSweptData(Model):
    """A call was lost with the process that made it; what was reserved for it counts as spent."""

    amount_usd: common.Money
    """How much was reserved."""
    budget: BudgetStanding
    debate_id: common.Id
    """The debate of the reservation."""
    settled_usd: common.Money
    """How much of it counts as spent: all of it, for the request had been sent."""


class BudgetHoldSweptEvent(Model):
    """A call was lost with the process that made it; what was reserved for it counts as spent."""

    data: BudgetHoldSweptData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["budget.hold_swept"]
    workspace_id: common.Id
    """The workspace that it happened in."""


class BudgetOverageRecordedData(Model):
    """A call cost more than was reserved for it; the excess is counted against the budget."""

    budget: BudgetStanding
    debate_id: common.Id
    """The debate of the call."""
    overage_usd: common.Money
    """What it cost beyond its reservation."""


class BudgetOverageRecordedEvent(Model):
    """A call cost more than was reserved for it; the excess is counted against the budget."""

    data: BudgetOverageRecordedData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["budget.overage_recorded"]
    workspace_id: common.Id
    """The workspace that it happened in."""


class BudgetOverrideGrantedData(Model):
    """Somebody has granted a budget more than its limit, for a time."""

    amount_usd: common.Money
    """How much more."""
    budget: BudgetStanding
    expires_at: common.Timestamp | None
    override_id: common.Id
    """The override."""
    reason: str
    """Why, in the words of who granted it."""


class BudgetOverrideGrantedEvent(Model):
    """Somebody has granted a budget more than its limit, for a time."""

    data: BudgetOverrideGrantedData
    timestamp: common.Timestamp
    """When it happened."""
    type: Literal["budget.override_granted"]
    workspace_id: common.Id
    """The workspace that it happened in."""


DebateEvent = TypeAliasType(
    "DebateEvent",
    Annotated[
        DebateCreatedEvent
        | DebateStartedEvent
        | RoundStartedEvent
        | RoundCompletedEvent
        | ArgumentAddedEvent
        | CritiqueAddedEvent
        | BallotSealedEvent
        | BallotCastEvent
        | AgentFailedEvent
        | BudgetUpdatedEvent
        | DebateBudgetThresholdReachedEvent
        | DebateBudgetExhaustedEvent
        | DebateBudgetOverageRecordedEvent
        | DebateBudgetHoldSweptEvent
        | DebateWarningEvent
        | DissentRecordedEvent
        | DebateConcludedEvent
        | DebateCancelledEvent
        | DebateFailedEvent
        | ReceiptIssuedEvent
        | TokenDeltaEvent
        | HeartbeatEvent,
        Field(discriminator="type"),
    ],
)
"""What happens in a debate, as it happens."""


class DebateEventPage(PageInfo):
    """A page of events, in order."""

    items: list[DebateEvent | UnknownEvent]
    """This page, in order."""


WebhookEvent = TypeAliasType(
    "WebhookEvent",
    Annotated[
        BudgetThresholdReachedEvent
        | BudgetExhaustedEvent
        | BudgetOverageRecordedEvent
        | BudgetOverrideGrantedEvent
        | BudgetHoldSweptEvent
        | WebhookTestEvent,
        Field(discriminator="type"),
    ],
)
"""What is sent to a webhook endpoint. Kinds are added: what you do not know, answer with 2xx and leave."""
