"""What is told of each step of a debate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from aragora_server.debates.model import Call, Cost, Debate, EndReason
from aragora_server.debates.rules.transcript import Answer, Ballot, Failed, Record, Unparsed

from . import shapes, speech
from .events import Draft

FAULTS: dict[EndReason, str] = {
    "quorum_lost": "Too few agents could answer for a valid vote.",
    "provider_failure": "No agent could answer.",
    "internal_error": "The server met an error of its own; what was spent is booked.",
}


class Issued(Protocol):
    @property
    def receipt_id(self) -> str: ...
    @property
    def digest(self) -> str: ...


class Said(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, object]: ...


class Failure(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def detail(self) -> str: ...


def of_opening(debate: Debate) -> Iterator[Draft]:
    yield Draft("debate.created", shapes.created(debate))
    for warning in debate.warnings:
        yield _warning(warning.code, warning.detail, None)


def of_record(record: Record, attempt: int) -> Iterator[Draft]:
    if isinstance(record, Answer):
        if record.argument is not None:
            yield Draft("argument.added", speech.argument(record.argument))
        for critique in record.critiques:
            yield Draft("critique.added", speech.critique(critique))
        if record.ballot is not None:
            yield Draft("ballot.sealed", speech.sealed(record.ballot))
    if isinstance(record, Unparsed):
        yield _failed(record, record.call_no, attempt, ("unparseable", record.error), 0)
    if not isinstance(record, Failed):
        for warning in record.warnings:
            yield _warning(warning.code, warning.detail, record.agent)


def of_failure(call: Call, failure: Failure, retry_in_s: float | None) -> Draft:
    told = (failure.code, failure.detail)
    return _failed(call, call.call_no, call.attempt, told, retry_in_s)


def of_ballot(ballot: Ballot, weight: int) -> Draft:
    return Draft("ballot.cast", {"ballot": speech.ballot(ballot, weight), "salt": ballot.salt})


def of_budgets(said: Iterable[Said]) -> tuple[Draft, ...]:
    return tuple(Draft(one.type, one.data) for one in said)


def of_verdict(over: Debate, cost: Cost, issued: Issued) -> Iterator[Draft]:
    for dissent in over.dissents:
        yield Draft("dissent.recorded", speech.dissent(dissent))
    verdict = over.verdict and speech.verdict(over.verdict)
    yield Draft("debate.concluded", {"verdict": verdict, "usage": shapes.usage(cost)})
    yield Draft("receipt.issued", {"receipt_id": issued.receipt_id, "digest": issued.digest})


def of_cancel(debate: Debate, cost: Cost) -> Draft:
    return Draft("debate.cancelled", {"by": debate.cancelled_by, "usage": shapes.usage(cost)})


def of_fault(reason: EndReason) -> Draft:
    return Draft("debate.failed", {"code": reason, "detail": FAULTS[reason]})


class _Speaker(Protocol):
    @property
    def agent(self) -> str: ...


def _failed(
    speaker: _Speaker, call_no: int, attempt: int, told: tuple[str, str], retry_in_s: float | None
) -> Draft:
    code, detail = told
    data = {
        "agent": speaker.agent,
        "call_no": call_no,
        "attempt": attempt,
        "code": code,
        "detail": detail,
        "retry_in_s": None if retry_in_s is None else round(retry_in_s),
    }
    return Draft("agent.failed", data)


def _warning(code: str, detail: str, agent: str | None) -> Draft:
    return Draft("debate.warning", {"code": code, "detail": detail, "agent": agent})
