"""Following an event log over several connections: what to deliver, what a break means. No I/O."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, cast

from aragora._core.call import Call, Op
from aragora._core.retry import (
    Answer,
    Broke,
    ErrorTypes,
    Fail,
    Moment,
    Outcome,
    Retry,
    decide,
    to_error,
)
from aragora._core.sse import ServerSent
from aragora.errors import (
    AragoraError,
    EventGap,
    EventsTrimmed,
    Gone,
    StreamError,
)

if TYPE_CHECKING:
    from aragora._core.model import Model

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)

LAST_EVENT_ID: Final = "last-event-id"
HEARTBEAT: Final = "heartbeat"
_RECONNECT_CODES = frozenset({1001, 1005, 1006, 1011, 1012, 1013, 1014, 4008})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StreamOp(Generic[E_co]):
    """An operation whose answer is an event log that can be resumed."""

    op: Op[None]
    models: Callable[[], Mapping[str, type[Model]]]
    terminal: frozenset[str]
    ephemeral: frozenset[str]
    websocket_path: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ReconnectInfo:
    """Told to `on_reconnect` before each new connection."""

    after: int
    attempt: int
    delay_s: float
    error: Exception


class Follow(Generic[E]):
    """The position in one log. `last` is the number of the last event delivered."""

    def __init__(
        self, stream: StreamOp[E], call: Call[None], after: int, error_types: ErrorTypes
    ) -> None:
        self._stream, self._error_types = stream, error_types
        self.call: Call[None] = call
        self.last: int = after
        self.is_over: bool = False
        self._failures = 0
        self._connects = 0
        self._retry_floor_s = 0.0
        self._models: Mapping[str, type[Model]] | None = None

    def next_call(self) -> Call[None]:
        """The request of the next connection: it resumes after the last event."""
        self._connects += 1
        head, _, tail = self.call.url.partition("?")
        query = [pair for pair in tail.split("&") if pair and not pair.startswith("after=")]
        url = f"{head}?{'&'.join([f'after={self.last}', *query])}"
        headers = dict(self.call.headers)
        if self._connects > 1:
            headers[LAST_EVENT_ID] = str(self.last)
        return dataclasses.replace(self.call, url=url, headers=headers)

    def receive(self, sent: ServerSent, now_epoch_s: float) -> E | None:
        """The event to deliver, or None for what a reader need not see."""
        if sent.retry_ms is not None:
            self._retry_floor_s = sent.retry_ms / 1000
        try:
            raw = json.loads(sent.data)
        except ValueError as error:
            raise StreamError(f"an event is not JSON: {sent.data[:200]!r}") from error
        if not isinstance(raw, dict):
            raise StreamError(f"an event is not an object: {sent.data[:200]!r}")
        if sent.event == "error" or raw.get("type") == "error":
            raise self._refused(raw, now_epoch_s)
        return self._place(raw, sent.data)

    def _place(self, raw: dict[str, Any], text: str) -> E | None:
        kind, seq = raw.get("type"), raw.get("seq")
        if not isinstance(kind, str):
            raise StreamError(f"an event has no type: {text[:200]!r}")
        if kind == HEARTBEAT:
            return None
        if seq is None:
            return self._read(kind, None, raw, text)
        if not isinstance(seq, int) or kind in self._stream.ephemeral:
            raise StreamError(f"{kind} has an impossible sequence number: {seq!r}")
        if seq <= self.last:
            return None
        if seq != self.last + 1:
            raise EventGap(self.last + 1, seq)
        event = self._read(kind, seq, raw, text)
        self.last, self._failures = seq, 0
        self.is_over = self.is_over or kind in self._stream.terminal
        return event

    def _read(self, kind: str, seq: int | None, raw: dict[str, Any], text: str) -> E:
        if self._models is None:
            self._models = self._stream.models()
        model = self._models.get(kind)
        if model is None:
            from aragora._core.model import UnknownEvent

            return cast(E, UnknownEvent.model_validate(raw))
        if seq is None and kind not in self._stream.ephemeral:
            raise StreamError(f"{kind} has no sequence number")
        try:
            return cast(E, model.model_validate_json(text))
        except ValueError as error:
            raise StreamError(f"{kind} {seq} is not what the contract promises") from error

    def _refused(self, raw: dict[str, Any], now_epoch_s: float) -> AragoraError:
        problem = raw.get("problem", raw)
        status = problem.get("status") if isinstance(problem, dict) else None
        answer = Answer(
            status if isinstance(status, int) else 500, {}, json.dumps(problem).encode()
        )
        return self._error_of(answer, now_epoch_s)

    def _error_of(self, answer: Answer, now_epoch_s: float) -> AragoraError:
        error = to_error(self.call, answer, self._error_types, now_epoch_s)
        return EventsTrimmed(error.problem) if type(error) is Gone else error

    def ended(self, outcome: Outcome | None, moment: Moment) -> Retry | Fail | None:
        """What the end of a connection means: another one, an error, or (None) the end.

        `outcome` is None for a body that simply ended; the attempt of `moment` is not used. What
        follows the terminal event is worth the same patience as what went before, but no error.
        """
        if self.is_over and outcome is None:
            return None
        if outcome is None:
            outcome = Broke("lost", ConnectionResetError("the stream ended before the debate did"))
        if isinstance(outcome, Answer) and outcome.status < 500:
            return None if self.is_over else Fail(self._error_of(outcome, moment.now_epoch_s))
        self._failures += 1
        moment = dataclasses.replace(moment, attempt=self._failures)
        step = decide(self.call, moment, outcome, self._error_types)
        if isinstance(step, Retry):
            return Retry(max(step.delay_s, self._retry_floor_s), step.error)
        return step if isinstance(step, Fail) and not self.is_over else None

    def told(self, step: Retry) -> ReconnectInfo:
        """What `on_reconnect` is told."""
        return ReconnectInfo(self.last, max(self._failures, 1), step.delay_s, step.error)


def meaning_of_close(code: int, reason: str) -> Outcome | None:
    """What a WebSocket close means; None is the clean end of the log."""
    if code == 1000:
        return None
    cause = ConnectionResetError(f"WebSocket closed with {code} {reason}".rstrip())
    if code in _RECONNECT_CODES:
        return Broke("lost", cause)
    if 4400 <= code < 4500:
        problem = {"code": reason, "detail": str(cause)} if reason.isidentifier() else {}
        body = json.dumps(problem).encode() if problem else str(cause).encode()
        return Answer(code - 4000, {}, body)
    raise StreamError(str(cause))
