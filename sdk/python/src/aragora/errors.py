"""Everything that the SDK raises.

AragoraError
├─ ConfigurationError (ValueError)         the call could not be made as written
├─ ConnectionFailed (ConnectionError)      nothing usable came back
├─ IdleTimeout (TimeoutError)              no byte arrived for `idle_s`
├─ DeadlineExceeded (TimeoutError)         the whole call took longer than `deadline_s`
├─ ResponseInvalid                         a 2xx answer that the contract does not allow
├─ StreamError
│  ├─ EventGap                             a sequence number is missing
│  └─ EventsTrimmed                        the server no longer has the events asked for
├─ JobError
│  ├─ DebateFailed
│  └─ DebateCancelled
└─ StatusError                             the server answered, and refused
   ├─ InvalidRequest 400 422   Unauthenticated 401   PaymentRequired 402   Forbidden 403
   ├─ NotFound 404   Conflict 409   Gone 410   TooLarge 413   RateLimited 429
   └─ ServerError 5xx
      └─ Unavailable 503

`aragora.types.errors` adds one class a code below these (`BudgetExceeded(PaymentRequired)`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar, Literal


class AragoraError(Exception):
    """Root of every error of this SDK."""


class ConfigurationError(AragoraError, ValueError):
    """The call could not be made as written; nothing was sent."""


class ConnectionFailed(AragoraError, ConnectionError):
    """No usable answer arrived: the connection could not be made, or broke."""


class IdleTimeout(AragoraError, TimeoutError):
    """No byte arrived for `idle_s` seconds."""


class DeadlineExceeded(AragoraError, TimeoutError):
    """The whole call, with its retries, took longer than `deadline_s`."""


class ResponseInvalid(AragoraError):
    """The server said success, and its answer is not what the contract promises."""

    def __init__(
        self, message: str, status: int = 0, body: bytes = b"", request_id: str | None = None
    ) -> None:
        super().__init__(message, status, body, request_id)
        self.status: int = status
        self.body: bytes = body
        self.request_id: str | None = request_id

    def __str__(self) -> str:
        suffix = f" [{self.request_id}]" if self.request_id else ""
        return f"{self.args[0]}{suffix}"


class StreamError(AragoraError):
    """An event stream that cannot be followed any further."""


class EventGap(StreamError):
    """The stream skipped a sequence number: events are missing."""

    def __init__(self, expected: int, got: int) -> None:
        super().__init__(expected, got)
        self.expected: int = expected
        self.got: int = got

    def __str__(self) -> str:
        return f"expected event {self.expected}, got {self.got}"


class JobError(AragoraError):
    """A debate that ended without a verdict. `debate` is its last state."""

    def __init__(self, message: str, debate: Any = None) -> None:
        super().__init__(message, debate)
        self.debate: Any = debate

    def __str__(self) -> str:
        return str(self.args[0])


class DebateFailed(JobError):
    """The debate failed on the server."""


class DebateCancelled(JobError):
    """Somebody cancelled the debate."""


@dataclasses.dataclass(frozen=True)
class FieldError:
    """One place of a request that the server refused."""

    location: str
    pointer: str
    code: str
    message: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Problem:
    """The facts of a refusal: a problem document (RFC 9457), or what a proxy sent instead."""

    status: int
    code: str | None = None
    title: str | None = None
    detail: str | None = None
    errors: tuple[FieldError, ...] = ()
    doc_url: str | None = None
    request_id: str | None = None
    retry_after_s: float | None = None
    headers: Mapping[str, str] = dataclasses.field(default_factory=dict)
    body: bytes = b""
    members: Mapping[str, Any] = dataclasses.field(default_factory=dict)


class StatusError(AragoraError):
    """The server answered, and refused."""

    retry_hint: ClassVar[Literal["never", "safe"] | None] = None

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem
        self.status: int = problem.status
        self.code: str | None = problem.code
        self.title: str | None = problem.title
        self.detail: str | None = problem.detail
        self.errors: tuple[FieldError, ...] = problem.errors
        self.doc_url: str | None = problem.doc_url
        self.request_id: str | None = problem.request_id
        self.retry_after_s: float | None = problem.retry_after_s
        self.headers: Mapping[str, str] = problem.headers
        self.body: bytes = problem.body

    def __str__(self) -> str:
        head = f"{self.code} ({self.status})" if self.code else f"HTTP {self.status}"
        parts = [f"{head}: {self.detail or self.title or 'no detail'}"]
        parts += [f"{e.location} {e.pointer or '/'}: {e.message}" for e in self.errors[:5]]
        tail = f" [{self.request_id}]" if self.request_id else ""
        return "; ".join(parts) + tail + (f" {self.doc_url}" if self.doc_url else "")

    def _member(self, name: str) -> Any:
        return self.problem.members.get(name)


class InvalidRequest(StatusError):
    """400 or 422: the request breaks the contract; `errors` says where."""


class Unauthenticated(StatusError):
    """401: the API key is missing, unknown or revoked."""


class PaymentRequired(StatusError):
    """402: a budget does not allow it."""


class Forbidden(StatusError):
    """403: the API key lacks the scope."""


class NotFound(StatusError):
    """404: there is no such thing in this workspace."""


class Conflict(StatusError):
    """409: the thing is in another state than the request needs."""


class Gone(StatusError):
    """410: it was here, and is no longer."""


class EventsTrimmed(StreamError, Gone):
    """410: the events asked for are no longer kept."""


class TooLarge(StatusError):
    """413: the request body is larger than the operation takes."""


class RateLimited(StatusError):
    """429: too many requests; `retry_after_s` says when to come back."""


class ServerError(StatusError):
    """5xx: the server's fault."""


class Unavailable(ServerError):
    """503: not now; `retry_after_s` may say when."""


BY_STATUS: Mapping[int, type[StatusError]] = {
    400: InvalidRequest,
    401: Unauthenticated,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    410: Gone,
    413: TooLarge,
    422: InvalidRequest,
    429: RateLimited,
    503: Unavailable,
}


def class_for(status: int) -> type[StatusError]:
    """The class that answers an unknown code of this status."""
    return BY_STATUS.get(status) or (ServerError if status >= 500 else StatusError)
