# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.debates`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from aragora._core.call import Op
from aragora._core.follow import StreamOp
from aragora._core.job import AsyncRun, JobOp, Run
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.model import Model, UnknownEvent
    from aragora._core.page import AsyncPage, Page
    from aragora._core.response import BinaryResponse
    from aragora._core.stream import AsyncEventStream, EventStream, OnReconnect, Transport
    from aragora.types.debates import (
        AgentSpec,
        AgentSpecParam,
        Debate,
        DebateEstimate,
        DebatePage,
        DocumentInput,
        DocumentInputParam,
        OptionInput,
        OptionInputParam,
        Transcript,
    )
    from aragora.types.events import DebateEvent, DebateEventPage


def _Debate() -> type[Debate]:
    from aragora.types import Debate

    return Debate


def _DebateEstimate() -> type[DebateEstimate]:
    from aragora.types import DebateEstimate

    return DebateEstimate


def _DebateEventPage() -> type[DebateEventPage]:
    from aragora.types import DebateEventPage

    return DebateEventPage


def _DebatePage() -> type[DebatePage]:
    from aragora.types import DebatePage

    return DebatePage


def _Transcript() -> type[Transcript]:
    from aragora.types import Transcript

    return Transcript


def _load_events() -> Mapping[str, type[Model]]:
    from aragora.types import events

    return {
        "agent.failed": events.AgentFailedEvent,
        "argument.added": events.ArgumentAddedEvent,
        "ballot.cast": events.BallotCastEvent,
        "ballot.sealed": events.BallotSealedEvent,
        "budget.exhausted": events.DebateBudgetExhaustedEvent,
        "budget.hold_swept": events.DebateBudgetHoldSweptEvent,
        "budget.overage_recorded": events.DebateBudgetOverageRecordedEvent,
        "budget.threshold_reached": events.DebateBudgetThresholdReachedEvent,
        "budget.updated": events.BudgetUpdatedEvent,
        "critique.added": events.CritiqueAddedEvent,
        "debate.cancelled": events.DebateCancelledEvent,
        "debate.concluded": events.DebateConcludedEvent,
        "debate.created": events.DebateCreatedEvent,
        "debate.failed": events.DebateFailedEvent,
        "debate.started": events.DebateStartedEvent,
        "debate.warning": events.DebateWarningEvent,
        "dissent.recorded": events.DissentRecordedEvent,
        "heartbeat": events.HeartbeatEvent,
        "receipt.issued": events.ReceiptIssuedEvent,
        "round.completed": events.RoundCompletedEvent,
        "round.started": events.RoundStartedEvent,
        "token.delta": events.TokenDeltaEvent,
    }


_LIST: Op[DebatePage] = Op(
    id="listDebates",
    method="GET",
    path="/v1/debates",
    returns=_DebatePage,
    query=(
        "status",
        "protocol",
        "tag",
        "created_from",
        "created_to",
        "question",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_CREATE: Op[Debate] = Op(
    id="createDebate",
    method="POST",
    path="/v1/debates",
    returns=_Debate,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_ESTIMATE: Op[DebateEstimate] = Op(
    id="estimateDebate",
    method="POST",
    path="/v1/debates/estimate",
    returns=_DebateEstimate,
    sends="application/json",
)
_GET: Op[Debate] = Op(
    id="getDebate",
    method="GET",
    path="/v1/debates/{debate_id}",
    returns=_Debate,
    repeatable=True,
)
_CANCEL: Op[Debate] = Op(
    id="cancelDebate",
    method="POST",
    path="/v1/debates/{debate_id}/cancel",
    returns=_Debate,
)
_LIST_EVENTS: Op[DebateEventPage] = Op(
    id="listEvents",
    method="GET",
    path="/v1/debates/{debate_id}/events",
    returns=_DebateEventPage,
    query=(
        "after",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_EVENTS: StreamOp[DebateEvent | UnknownEvent] = StreamOp(
    op=Op(
        id="streamEvents",
        method="GET",
        path="/v1/debates/{debate_id}/events/stream",
        reads="stream",
        accept="text/event-stream",
        query=(
            "after",
            "deltas",
        ),
        repeatable=True,
        idle_s=45,
    ),
    models=_load_events,
    terminal=frozenset(
        {
            "debate.concluded",
            "debate.cancelled",
            "debate.failed",
        }
    ),
    ephemeral=frozenset(
        {
            "token.delta",
            "heartbeat",
        }
    ),
    websocket_path="/v1/debates/{debate_id}/events/socket",
)
_TRANSCRIPT: Op[Transcript] = Op(
    id="getTranscript",
    method="GET",
    path="/v1/debates/{debate_id}/transcript",
    returns=_Transcript,
    repeatable=True,
)


def _load_result() -> Op[BinaryResponse]:
    from aragora.resources.receipts import _BUNDLE

    return _BUNDLE


_JOB: JobOp[Debate, DebateEvent | UnknownEvent, BinaryResponse] = JobOp(
    get=_GET,
    cancel=_CANCEL,
    events=_EVENTS,
    result=_load_result,
    id_param="debate_id",
    result_param="receipt_id",
    status_field="status",
    terminal=frozenset(
        {
            "cancelled",
            "concluded",
            "failed",
        }
    ),
)
DebateRun: TypeAlias = Run["Debate", "DebateEvent | UnknownEvent", "BinaryResponse"]
AsyncDebateRun: TypeAlias = AsyncRun["Debate", "DebateEvent | UnknownEvent", "BinaryResponse"]


class DebatesResource(Resource):
    """Operations on debates."""

    def list(
        self,
        *,
        status: Literal["queued", "running", "concluded", "cancelled", "failed"] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        tag: str | Omit = OMIT,
        created_from: datetime | str | Omit = OMIT,
        created_to: datetime | str | Omit = OMIT,
        question: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Debate]:
        """List debates.

        Debates of the workspace, newest first.

        Args:
            status: Only debates with this status.
            protocol: Only debates under this protocol.
            tag: Only debates with this tag.
            created_from: Only debates created at or after this instant.
            created_to: Only debates created before this instant.
            question: Only debates whose question contains this text, whatever its case.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for debate in client.debates.list(limit=20):
                    print(debate)
        """
        return self._page(
            _LIST,
            {
                "status": status,
                "protocol": protocol,
                "tag": tag,
                "created_from": created_from,
                "created_to": created_to,
                "question": question,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def create(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Debate:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                debate = client.debates.create(
                    question="Ship on Friday?",
                    agents=[
                        {"model": "scripted:careful"},
                        {"model": "scripted:steady"},
                        {"model": "scripted:contrarian"},
                    ],
                    documents=[
                        {
                            "media_type": "text/markdown",
                            "name": "memo.md",
                            "text": "# Release\\n\\nNobody is on call at the weekend.",
                        },
                    ],
                    max_cost_usd="0.50",
                    options=[
                        {"id": "ship", "label": "Ship on Friday"},
                        {"id": "wait", "label": "Wait for Monday"},
                    ],
                    seed=7,
                    tags=["team-checkout"],
                )
                print(debate)
        """
        return self._call(
            _CREATE,
            {
                "question": question,
                "agents": agents,
                "answer_kind": answer_kind,
                "context": context,
                "deadline_s": deadline_s,
                "documents": documents,
                "max_cost_usd": max_cost_usd,
                "options": options,
                "protocol": protocol,
                "seed": seed,
                "tags": tags,
            },
            request_options,
        )

    def start(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> DebateRun:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Returns a handle to follow, wait for or cancel the debate.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType
        """
        job = self.create(
            question=question,
            agents=agents,
            answer_kind=answer_kind,
            context=context,
            deadline_s=deadline_s,
            documents=documents,
            max_cost_usd=max_cost_usd,
            options=options,
            protocol=protocol,
            seed=seed,
            tags=tags,
            request_options=request_options,
        )
        return self.attach(job.id, job)

    def run(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        timeout_s: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Debate:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Waits until the debate is over and returns it.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType
        """
        job = self.start(
            question=question,
            agents=agents,
            answer_kind=answer_kind,
            context=context,
            deadline_s=deadline_s,
            documents=documents,
            max_cost_usd=max_cost_usd,
            options=options,
            protocol=protocol,
            seed=seed,
            tags=tags,
            request_options=request_options,
        )
        return job.wait(timeout_s=timeout_s)

    def attach(self, debate_id: str, debate: Debate | None = None) -> DebateRun:
        """A handle on a debate that runs already. Sends nothing.

        Args:
            debate_id: The debate.
            debate: Its last known state, if there is one.
        """
        return Run(self._sender, _JOB, debate_id, debate)

    def estimate(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> DebateEstimate:
        """What would it cost?.

        Bounds of calls, tokens and cost for the very body that would open the debate. Nothing is
        opened, reserved or promised.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, ContextTooLarge, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                debate_estimate = client.debates.estimate(
                    question="Ship on Friday?",
                    agents=[
                        {"model": "scripted:careful"},
                        {"model": "scripted:steady"},
                        {"model": "scripted:contrarian"},
                    ],
                    documents=[
                        {
                            "media_type": "text/markdown",
                            "name": "memo.md",
                            "text": "# Release\\n\\nNobody is on call at the weekend.",
                        },
                    ],
                    max_cost_usd="0.50",
                    options=[
                        {"id": "ship", "label": "Ship on Friday"},
                        {"id": "wait", "label": "Wait for Monday"},
                    ],
                    seed=7,
                )
                print(debate_estimate)
        """
        return self._call(
            _ESTIMATE,
            {
                "question": question,
                "agents": agents,
                "answer_kind": answer_kind,
                "context": context,
                "deadline_s": deadline_s,
                "documents": documents,
                "max_cost_usd": max_cost_usd,
                "options": options,
                "protocol": protocol,
                "seed": seed,
                "tags": tags,
            },
            request_options,
        )

    def get(self, debate_id: str, *, request_options: RequestOptions | None = None) -> Debate:
        """Read a debate.

        Where the debate stands, with verdict, dissent and cost once it is over.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate = client.debates.get(debate_id)
                print(debate)
        """
        return self._call(
            _GET,
            {
                "debate_id": debate_id,
            },
            request_options,
        )

    def cancel(self, debate_id: str, *, request_options: RequestOptions | None = None) -> Debate:
        """Cancel a debate.

        No further agent is asked; calls under way are closed and paid as counted. Repeating it
        changes nothing. A debate that has concluded or failed stays as it is: 409.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, DebateOver, InternalError, InvalidRequest, NotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate = client.debates.cancel(debate_id)
                print(debate)
        """
        return self._call(
            _CANCEL,
            {
                "debate_id": debate_id,
            },
            request_options,
        )

    def list_events(
        self,
        debate_id: str,
        *,
        after: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[DebateEvent | UnknownEvent]:
        """List a debate's events.

        The event log as pages, oldest first: the same events that the stream sends, without the
        ephemeral ones.

        Args:
            debate_id: The debate.
            after: Only events after this sequence number; default 0, from the start.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            AfterBeyondEnd, DebateNotFound, InternalError, InvalidCursor, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                for debate_event in client.debates.list_events(debate_id, limit=20):
                    print(debate_event)
        """
        return self._page(
            _LIST_EVENTS,
            {
                "debate_id": debate_id,
                "after": after,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def events(
        self,
        debate_id: str,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> EventStream[DebateEvent | UnknownEvent]:
        """Follow a debate.

        Server-sent events: the log from `after` on, then each event as it happens. After the last
        event the server closes the stream. Resume with `Last-Event-ID` (it wins) or `after`: every
        stored event arrives once and in order. The same events travel over WebSocket at the path in
        `x-stream`: one JSON object a message, `after` as a query parameter, the API key in the
        `Authorization` header. Close codes: 1000 the debate is over, 1011 the server failed, 1012
        it restarts, 4401 the key is missing or revoked, 4404 no such debate, 4422 `after` lies
        beyond the end, 4008 the reader is too slow, 4429 too many streams.

        Args:
            debate_id: The debate.
            after: Only events after this sequence number; default 0, from the start.
            deltas: Send pieces of answers while they are written; default false.

        Raises:
            AfterBeyondEnd, DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited,
            ScopeMissing, TooManyStreams, TooManyStreamsOfKey, Unauthenticated, Unavailable

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                for event in client.debates.events(debate_id):
                    print(event.seq, event.type)
        """
        return self._sender.stream(
            _EVENTS,
            {"debate_id": debate_id, "after": after, "deltas": deltas},
            request_options,
            transport=transport,
            on_reconnect=on_reconnect,
        )

    def transcript(
        self, debate_id: str, *, request_options: RequestOptions | None = None
    ) -> Transcript:
        """Read all that was said.

        Rounds with their arguments, critiques and revealed ballots. A sealed ballot appears when
        its round closes.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                transcript = client.debates.transcript(debate_id)
                print(transcript)
        """
        return self._call(
            _TRANSCRIPT,
            {
                "debate_id": debate_id,
            },
            request_options,
        )


class AsyncDebatesResource(AsyncResource):
    """Operations on debates."""

    async def list(
        self,
        *,
        status: Literal["queued", "running", "concluded", "cancelled", "failed"] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        tag: str | Omit = OMIT,
        created_from: datetime | str | Omit = OMIT,
        created_to: datetime | str | Omit = OMIT,
        question: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Debate]:
        """List debates.

        Debates of the workspace, newest first.

        Args:
            status: Only debates with this status.
            protocol: Only debates under this protocol.
            tag: Only debates with this tag.
            created_from: Only debates created at or after this instant.
            created_to: Only debates created before this instant.
            question: Only debates whose question contains this text, whatever its case.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for debate in client.debates.list(limit=20):
                    print(debate)
        """
        return await self._page(
            _LIST,
            {
                "status": status,
                "protocol": protocol,
                "tag": tag,
                "created_from": created_from,
                "created_to": created_to,
                "question": question,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def create(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Debate:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                debate = client.debates.create(
                    question="Ship on Friday?",
                    agents=[
                        {"model": "scripted:careful"},
                        {"model": "scripted:steady"},
                        {"model": "scripted:contrarian"},
                    ],
                    documents=[
                        {
                            "media_type": "text/markdown",
                            "name": "memo.md",
                            "text": "# Release\\n\\nNobody is on call at the weekend.",
                        },
                    ],
                    max_cost_usd="0.50",
                    options=[
                        {"id": "ship", "label": "Ship on Friday"},
                        {"id": "wait", "label": "Wait for Monday"},
                    ],
                    seed=7,
                    tags=["team-checkout"],
                )
                print(debate)
        """
        return await self._call(
            _CREATE,
            {
                "question": question,
                "agents": agents,
                "answer_kind": answer_kind,
                "context": context,
                "deadline_s": deadline_s,
                "documents": documents,
                "max_cost_usd": max_cost_usd,
                "options": options,
                "protocol": protocol,
                "seed": seed,
                "tags": tags,
            },
            request_options,
        )

    async def start(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncDebateRun:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Returns a handle to follow, wait for or cancel the debate.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType
        """
        job = await self.create(
            question=question,
            agents=agents,
            answer_kind=answer_kind,
            context=context,
            deadline_s=deadline_s,
            documents=documents,
            max_cost_usd=max_cost_usd,
            options=options,
            protocol=protocol,
            seed=seed,
            tags=tags,
            request_options=request_options,
        )
        return self.attach(job.id, job)

    async def run(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        timeout_s: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Debate:
        """Open a debate.

        Opens a debate and answers at once; it runs on the server. Follow it with the event stream,
        or read it until its status is final. Under a budget, the first round is reserved before
        anything is asked, so a debate that cannot be paid for is refused here.

        Waits until the debate is over and returns it.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, BudgetExceeded, BudgetPaused,
            ContextTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, StorageFull, Unauthenticated, Unavailable,
            UnsupportedMediaType
        """
        job = await self.start(
            question=question,
            agents=agents,
            answer_kind=answer_kind,
            context=context,
            deadline_s=deadline_s,
            documents=documents,
            max_cost_usd=max_cost_usd,
            options=options,
            protocol=protocol,
            seed=seed,
            tags=tags,
            request_options=request_options,
        )
        return await job.wait(timeout_s=timeout_s)

    def attach(self, debate_id: str, debate: Debate | None = None) -> AsyncDebateRun:
        """A handle on a debate that runs already. Sends nothing.

        Args:
            debate_id: The debate.
            debate: Its last known state, if there is one.
        """
        return AsyncRun(self._sender, _JOB, debate_id, debate)

    async def estimate(
        self,
        *,
        question: str,
        agents: Sequence[AgentSpecParam | AgentSpec] | Omit = OMIT,
        answer_kind: Literal["choice", "verdict", "number", "text"] | Omit = OMIT,
        context: str | Omit = OMIT,
        deadline_s: int | Omit = OMIT,
        documents: Sequence[DocumentInputParam | DocumentInput] | Omit = OMIT,
        max_cost_usd: str | Omit = OMIT,
        options: Sequence[OptionInputParam | OptionInput] | Omit = OMIT,
        protocol: str | Omit = OMIT,
        seed: int | Omit = OMIT,
        tags: Sequence[str] | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> DebateEstimate:
        """What would it cost?.

        Bounds of calls, tokens and cost for the very body that would open the debate. Nothing is
        opened, reserved or promised.

        Args:
            question: What is to be decided.
            agents: Who argues; default: the server's own team of three.
            answer_kind: The form of the answer; default `choice` when options are given, else
                `verdict` (approve, approve_with_conditions, reject).
            context: Background that every agent gets.
            deadline_s: Seconds after which the debate concludes with what it has; default 3600.
            documents: Documents that every agent gets and may quote.
            max_cost_usd: This debate's own limit; it stops before it would cost more.
            options: The answers to choose from.
            protocol: The protocol's name; default `escalate`.
            seed: Fixes labels and scripted agents, so that a run can be repeated; default:
                random.
            tags: What the debate belongs to, such as `team-checkout`. Debates are found and
                costs are reported by tag, and a budget may limit one. A tag given twice counts
                once. Tags stay when the texts of a debate are erased, so name no person.

        Raises:
            AgentUnknown, AgentsInvalid, BodyTooLarge, ContextTooLarge, InternalError,
            InvalidAmount, InvalidRequest, MalformedRequest, ModelUnpriced, OptionsInvalid,
            ProtocolUnknown, ProviderKeyMissing, ProviderSupportMissing, RateLimited,
            RequestTimeout, ScopeMissing, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                debate_estimate = client.debates.estimate(
                    question="Ship on Friday?",
                    agents=[
                        {"model": "scripted:careful"},
                        {"model": "scripted:steady"},
                        {"model": "scripted:contrarian"},
                    ],
                    documents=[
                        {
                            "media_type": "text/markdown",
                            "name": "memo.md",
                            "text": "# Release\\n\\nNobody is on call at the weekend.",
                        },
                    ],
                    max_cost_usd="0.50",
                    options=[
                        {"id": "ship", "label": "Ship on Friday"},
                        {"id": "wait", "label": "Wait for Monday"},
                    ],
                    seed=7,
                )
                print(debate_estimate)
        """
        return await self._call(
            _ESTIMATE,
            {
                "question": question,
                "agents": agents,
                "answer_kind": answer_kind,
                "context": context,
                "deadline_s": deadline_s,
                "documents": documents,
                "max_cost_usd": max_cost_usd,
                "options": options,
                "protocol": protocol,
                "seed": seed,
                "tags": tags,
            },
            request_options,
        )

    async def get(self, debate_id: str, *, request_options: RequestOptions | None = None) -> Debate:
        """Read a debate.

        Where the debate stands, with verdict, dissent and cost once it is over.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate = client.debates.get(debate_id)
                print(debate)
        """
        return await self._call(
            _GET,
            {
                "debate_id": debate_id,
            },
            request_options,
        )

    async def cancel(
        self, debate_id: str, *, request_options: RequestOptions | None = None
    ) -> Debate:
        """Cancel a debate.

        No further agent is asked; calls under way are closed and paid as counted. Repeating it
        changes nothing. A debate that has concluded or failed stays as it is: 409.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, DebateOver, InternalError, InvalidRequest, NotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                debate = client.debates.cancel(debate_id)
                print(debate)
        """
        return await self._call(
            _CANCEL,
            {
                "debate_id": debate_id,
            },
            request_options,
        )

    async def list_events(
        self,
        debate_id: str,
        *,
        after: int | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[DebateEvent | UnknownEvent]:
        """List a debate's events.

        The event log as pages, oldest first: the same events that the stream sends, without the
        ephemeral ones.

        Args:
            debate_id: The debate.
            after: Only events after this sequence number; default 0, from the start.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            AfterBeyondEnd, DebateNotFound, InternalError, InvalidCursor, InvalidRequest,
            MalformedRequest, NotFound, RateLimited, ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                for debate_event in client.debates.list_events(debate_id, limit=20):
                    print(debate_event)
        """
        return await self._page(
            _LIST_EVENTS,
            {
                "debate_id": debate_id,
                "after": after,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def events(
        self,
        debate_id: str,
        *,
        after: int = 0,
        deltas: bool = False,
        transport: Transport = "sse",
        on_reconnect: OnReconnect | None = None,
        request_options: RequestOptions | None = None,
    ) -> AsyncEventStream[DebateEvent | UnknownEvent]:
        """Follow a debate.

        Server-sent events: the log from `after` on, then each event as it happens. After the last
        event the server closes the stream. Resume with `Last-Event-ID` (it wins) or `after`: every
        stored event arrives once and in order. The same events travel over WebSocket at the path in
        `x-stream`: one JSON object a message, `after` as a query parameter, the API key in the
        `Authorization` header. Close codes: 1000 the debate is over, 1011 the server failed, 1012
        it restarts, 4401 the key is missing or revoked, 4404 no such debate, 4422 `after` lies
        beyond the end, 4008 the reader is too slow, 4429 too many streams.

        Args:
            debate_id: The debate.
            after: Only events after this sequence number; default 0, from the start.
            deltas: Send pieces of answers while they are written; default false.

        Raises:
            AfterBeyondEnd, DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited,
            ScopeMissing, TooManyStreams, TooManyStreamsOfKey, Unauthenticated, Unavailable

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                for event in client.debates.events(debate_id):
                    print(event.seq, event.type)
        """
        return self._sender.stream(
            _EVENTS,
            {"debate_id": debate_id, "after": after, "deltas": deltas},
            request_options,
            transport=transport,
            on_reconnect=on_reconnect,
        )

    async def transcript(
        self, debate_id: str, *, request_options: RequestOptions | None = None
    ) -> Transcript:
        """Read all that was said.

        Rounds with their arguments, critiques and revealed ballots. A sealed ballot appears when
        its round closes.

        Args:
            debate_id: The debate.

        Raises:
            DebateNotFound, InternalError, InvalidRequest, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            debate_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                transcript = client.debates.transcript(debate_id)
                print(transcript)
        """
        return await self._call(
            _TRANSCRIPT,
            {
                "debate_id": debate_id,
            },
            request_options,
        )
