"""What becomes of a 2xx answer, and how a caller looks behind it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from aragora._core.call import Call
from aragora._core.retry import Answer
from aragora.errors import ResponseInvalid

T = TypeVar("T")

_CHUNK = 65536


@dataclasses.dataclass(frozen=True, slots=True)
class Response(Generic[T]):
    """An answer with its circumstances: what `with_response` returns."""

    data: T
    status: int
    headers: Mapping[str, str]
    request_id: str | None
    attempts: int
    raw: bytes = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class BinaryResponse:
    """An answer that is a file, such as a receipt bundle: the bytes exactly as sent."""

    content: bytes = dataclasses.field(repr=False)
    media_type: str
    request_id: str | None = None

    def read(self) -> bytes:
        """All bytes."""
        return self.content

    def iter_bytes(self, chunk_size: int = _CHUNK) -> Iterator[bytes]:
        """The bytes in pieces."""
        for start in range(0, len(self.content), chunk_size):
            yield self.content[start : start + chunk_size]

    def save(self, path: str | Path) -> Path:
        """Write the bytes to a file and return its path."""
        target = Path(path)
        target.write_bytes(self.content)
        return target


@dataclasses.dataclass(slots=True)
class Seen:
    """The answer of the last call inside `seeing()`."""

    answer: Answer | None = None
    attempts: int = 0

    def response(self, data: T) -> Response[T]:
        answer = self.answer or Answer(0, {}, b"")
        return Response(
            data, answer.status, answer.headers, answer.request_id, self.attempts, answer.body
        )


_seen: ContextVar[Seen | None] = ContextVar("aragora_seen", default=None)


@contextmanager
def seeing() -> Iterator[Seen]:
    """Remember the last answer of the calls in this block, and in no other task or thread."""
    seen = Seen()
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def decode(call: Call[T], answer: Answer, attempts: int) -> T:
    """Read a 2xx answer as what the operation returns."""
    if (seen := _seen.get()) is not None:
        seen.answer, seen.attempts = answer, attempts
    reads = call.op.reads
    if reads == "empty":
        return cast(T, None)
    media_type = answer.headers.get("content-type", "")
    if reads == "binary":
        return cast(T, BinaryResponse(answer.body, media_type, answer.request_id))
    if reads == "text":
        return cast(T, answer.body.decode())
    if media_type and "json" not in media_type:
        raise _invalid(call, answer, f"is {media_type}, not JSON")
    return _read_json(call, answer)


def _read_json(call: Call[T], answer: Answer) -> T:
    try:
        if call.op.returns is None:
            return cast(T, json.loads(answer.body))
        model: Any = call.op.returns()
        value = model.model_validate_json(answer.body)
    except ValueError as error:
        raise _invalid(call, answer, "is not what the contract promises") from error
    value._request_id = answer.request_id
    return cast(T, value)


def _invalid(call: Call[Any], answer: Answer, what: str) -> ResponseInvalid:
    return ResponseInvalid(
        f"{call.op.method} {call.op.path}: the answer {what}",
        answer.status,
        answer.body,
        answer.request_id,
    )
