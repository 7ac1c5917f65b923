"""One HTTP exchange: its request id, the headers every answer carries, errors as problems."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

import attrs
from starlette.responses import Response
from starlette.types import Scope

from . import logs
from .errors import AragoraError, Invalid, Unauthenticated, Unavailable
from .faults import meaning
from .ids import new_request_id
from .problem import MEDIA_TYPE, Problems
from .redaction import HIDDEN
from .trace import trace_id

log = logging.getLogger("aragora.http")

# Faults of the ground that any operation stands on; no operation needs to name them.
ALWAYS = frozenset({"internal_error", "storage_full", "unavailable"})

FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
Sent = Iterable[tuple[bytes, bytes]]


class UndeclaredError(Exception):
    """An operation raised an error that the contract does not give it."""


@attrs.frozen(kw_only=True)
class Answers:
    """How this server answers: its version, its catalogue, and how strict it is with itself."""

    version: str
    problems: Problems
    is_strict: bool

    def problem(self, exchange: Exchange, error: AragoraError) -> Response:
        headers = dict(exchange.headers)
        if error.retry_after_s is not None:
            headers["Retry-After"] = str(error.retry_after_s)
        if isinstance(error, Unauthenticated):
            headers["WWW-Authenticate"] = 'Bearer realm="aragora"'
        content = self.problems.encode(error, instance=exchange.path, request_id=exchange.id)
        return Response(content, error.status, headers, MEDIA_TYPE)

    def declared(
        self, exchange: Exchange, fault: Exception, allowed: frozenset[str]
    ) -> AragoraError:
        """The error to answer with. A fault of ours is logged, and only its id is told."""
        error = as_error(fault)
        if isinstance(error, Invalid):
            error.narrow(allowed)
        if error is not None and error.code in allowed | ALWAYS and self.problems.knows(error):
            return error
        if self.is_strict:
            if error is None:
                raise fault
            raise UndeclaredError(f"{exchange.path}: {error.code} is not declared") from fault
        log.error("request %s to %r failed", exchange.id, exchange.path, exc_info=fault)
        return AragoraError("something went wrong on our side; the log knows this request's id")


@attrs.define
class Exchange:
    """What belongs to one request, whatever becomes of it."""

    id: str
    path: str
    headers: dict[str, str]
    client: str = ""
    _sent: Sent = attrs.field(default=(), repr=False)

    @classmethod
    def open(cls, scope: Scope, version: str) -> Exchange:
        request_id = new_request_id()
        headers = {"Aragora-Version": version, "Aragora-Request-Id": request_id}
        host, _ = scope.get("client") or ("", 0)
        _note(request_id, scope)
        return cls(request_id, _told(scope), headers, host, scope["headers"])

    @property
    def is_forwarded(self) -> bool:
        """A proxy stands between: the connection's other end is not who asks."""
        return any(name in FORWARDED for name, _ in self._sent)

    def add(self, headers: Mapping[str, str]) -> None:
        self.headers.update(headers)


def _told(scope: Scope) -> str:
    """The path without the secret that may be in it: it is told in problems and in the log."""
    path: str = scope["path"]
    token = scope.get("path_params", {}).get("token")
    return path.replace(token, HIDDEN) if token else path


def _note(request_id: str, scope: Scope) -> None:
    """What every log line of this request says. A new trace has the request's own random part."""
    subject = scope.get("path_params", {})
    logs.note(
        request_id=request_id,
        trace_id=trace_id(scope["headers"]) or request_id.rpartition("_")[2],
        debate_id=subject.get("debate_id"),
        job_id=subject.get("job_id"),
    )


def as_error(fault: Exception) -> AragoraError | None:
    """What a fault means to a caller; None when it means nothing but our mistake."""
    if isinstance(fault, AragoraError):
        return fault
    told = meaning(fault)
    if isinstance(fault, ConnectionError):
        told = Unavailable("the database does not answer now", retry_after_s=1)
    if told is not None:
        log.warning("the database is away: %s", fault)
    return told
