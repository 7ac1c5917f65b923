"""What an outcome means: done, again, or over. Pure; the clock and chance are handed in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from aragora._core.call import Call
from aragora._core.options import RetryPolicy
from aragora.errors import (
    AragoraError,
    ConnectionFailed,
    DeadlineExceeded,
    FieldError,
    IdleTimeout,
    Problem,
    StatusError,
    class_for,
)

ErrorTypes = Callable[[], Mapping[str, type[StatusError]]]

_RETRY_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_UNSENT_STATUSES = frozenset({429, 503})
_PROBLEM_MEMBERS = frozenset(
    {"type", "title", "status", "detail", "instance", "code", "request_id", "doc_url", "errors"}
)
_DETAIL_BYTES = 2048


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server, or of somebody on the way. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def request_id(self) -> str | None:
        return self.headers.get("aragora-request-id")


@dataclasses.dataclass(frozen=True, slots=True)
class Broke:
    """No answer. `connect`: nothing was sent. `lost`, `idle`: bytes may have been sent."""

    how: Literal["connect", "lost", "idle", "deadline"]
    cause: BaseException


Outcome = Answer | Broke


@dataclasses.dataclass(frozen=True, slots=True)
class Moment:
    """When an outcome is judged. `left_s`: what remains of the deadline. `chance`: in [0, 1)."""

    attempt: int
    left_s: float | None
    now_epoch_s: float
    chance: float


@dataclasses.dataclass(frozen=True, slots=True)
class Done:
    answer: Answer


@dataclasses.dataclass(frozen=True, slots=True)
class Retry:
    delay_s: float
    error: AragoraError


@dataclasses.dataclass(frozen=True, slots=True)
class Fail:
    error: AragoraError


def decide(
    call: Call[Any], moment: Moment, outcome: Outcome, error_types: ErrorTypes
) -> Done | Retry | Fail:
    """Judge one attempt; the first attempt is number 1."""
    if isinstance(outcome, Answer) and 200 <= outcome.status < 300:
        return Done(outcome)
    error = to_error(call, outcome, error_types, moment.now_epoch_s)
    if moment.attempt > call.policy.max_retries or not _may_repeat(call, outcome, error):
        return Fail(error)
    retry_after = error.retry_after_s if isinstance(error, StatusError) else None
    delay = max(backoff(call.policy, moment.attempt, moment.chance), retry_after or 0.0)
    too_patient = retry_after is not None and retry_after > call.policy.max_retry_after_s
    too_late = moment.left_s is not None and delay >= moment.left_s
    return Fail(error) if too_patient or too_late else Retry(delay, error)


def backoff(policy: RetryPolicy, attempt: int, chance: float) -> float:
    """Full jitter: anything between nothing and the doubled base, below the cap."""
    ceiling: float = min(policy.cap_s, policy.base_s * 2.0 ** min(attempt - 1, 32))
    return chance * ceiling


def _may_repeat(call: Call[Any], outcome: Outcome, error: AragoraError) -> bool:
    if isinstance(outcome, Broke):
        if outcome.how == "deadline":
            return False
        return call.repeatable or outcome.how == "connect"
    hint = error.retry_hint if isinstance(error, StatusError) else None
    if hint == "never":
        return False
    if call.repeatable:
        return outcome.status in _RETRY_STATUSES or (outcome.status == 409 and hint == "safe")
    return outcome.status in _UNSENT_STATUSES and "retry-after" in outcome.headers


def to_error(
    call: Call[Any], outcome: Outcome, error_types: ErrorTypes, now_epoch_s: float
) -> AragoraError:
    """The typed error of an outcome that is no success."""
    if isinstance(outcome, Answer):
        problem = read_problem(outcome, now_epoch_s)
        known = error_types().get(problem.code) if problem.code else None
        return (known or class_for(outcome.status))(problem)
    where = f"{call.op.method} {call.url.partition('?')[0]}"
    reason = str(outcome.cause) or type(outcome.cause).__name__
    error: AragoraError
    if outcome.how == "idle":
        error = IdleTimeout(f"{where}: no byte for {call.idle_s:g} s")
    elif outcome.how == "deadline":
        error = DeadlineExceeded(f"{where}: over the deadline of {call.timeouts.deadline_s} s")
    else:
        error = ConnectionFailed(f"{where}: {reason}")
    error.__cause__ = outcome.cause
    return error


def read_problem(answer: Answer, now_epoch_s: float) -> Problem:
    """A problem document; of anything else the first 2 KiB become the detail."""
    facts: dict[str, Any] = {
        "status": answer.status,
        "headers": dict(answer.headers),
        "body": answer.body,
        "request_id": answer.request_id,
        "retry_after_s": retry_after_s(answer.headers.get("retry-after"), now_epoch_s),
    }
    try:
        document = json.loads(answer.body)
    except ValueError:
        document = None
    if not isinstance(document, dict) or not isinstance(document.get("code"), str):
        text = answer.body[:_DETAIL_BYTES].decode(errors="replace").strip()
        return Problem(detail=text or None, **facts)
    for name in ("code", "title", "detail", "doc_url", "request_id"):
        if isinstance(document.get(name), str):
            facts[name] = document[name]
    members = {k: v for k, v in document.items() if k not in _PROBLEM_MEMBERS}
    return Problem(errors=_field_errors(document.get("errors")), members=members, **facts)


def _field_errors(entries: object) -> tuple[FieldError, ...]:
    if not isinstance(entries, list):
        return ()
    return tuple(
        FieldError(*(str(e.get(name, "")) for name in ("location", "pointer", "code", "message")))
        for e in entries
        if isinstance(e, dict)
    )


def retry_after_s(value: str | None, now_epoch_s: float) -> float | None:
    """`Retry-After` in seconds or as an HTTP date; None when it is neither."""
    if value is None:
        return None
    value = value.strip()
    # isdecimal alone lets through digits of other scripts, and int() would read them.
    if value.isascii() and value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when
    return max(0.0, when.timestamp() - now_epoch_s)
