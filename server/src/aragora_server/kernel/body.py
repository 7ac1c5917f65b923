"""Request bodies: size, media type, JSON, schema, strict model; refused in that order."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any, Protocol

import anyio
import attrs
import orjson
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request

from .errors import (
    FieldError,
    Invalid,
    MalformedRequest,
    RequestTimeout,
    TooLarge,
    Unavailable,
    UnsupportedMediaType,
)
from .operation import Body
from .schemas import Judge, pointer

READ_TIMEOUT_S = 15.0
# All bodies of one operation together, from the first byte to the answer; of each only what is
# beyond a small one, so that many large ones refuse no ordinary request.
MOST_IN_HAND, SMALL_BYTES = 128 * 1_048_576, 65_536
# Whoever sends large ones has a share of that, so that others can send theirs.
SHARE = 4
# A body of many megabytes is a few long texts; one of many small values only costs time.
LARGE_BYTES, MOST_VALUES = 1_048_576, 100_000
# Where pydantic is right to be stricter than JSON Schema: 1.0 is no integer, second 60 no time.
STRICTER = frozenset(
    {"int_type", "int_from_float", "datetime_parsing", "datetime_from_date_parsing"}
)


class Model(Protocol):
    def __call__(self, name: str) -> Any:
        """The Python type of a component."""
        ...


@attrs.frozen(kw_only=True)
class Received:
    """A judged body: what the handler gets, and the JSON it was made of."""

    argument: Any
    document: Any


@attrs.define
class _Held:
    """What one request holds of its operation's allowance."""

    reader: Reader
    sender: str
    bytes: int = 0
    counted: int = 0

    def take(self, size: int) -> None:
        self.bytes += size
        more = max(0, self.bytes - SMALL_BYTES) - self.counted
        self.reader.take(self.sender, more)
        self.counted += more


class Reader:
    """Reads the bodies of one operation."""

    def __init__(self, body: Body, judge: Judge, model: Model, max_bytes: int) -> None:
        self._body = body
        self._judge = judge
        self._max_bytes = max_bytes
        self._in_hand: Counter[str] = Counter()
        self._model = model

    @cached_property
    def _parse(self) -> Callable[..., Any]:
        return TypeAdapter(self._model(self._body.schema)).validate_json

    @asynccontextmanager
    async def reading(self, request: Request, sender: str) -> AsyncIterator[Received]:
        """The body, counted as held by its sender until the block is left."""
        held = _Held(self, sender)
        try:
            yield await self._read(request, held)
        finally:
            self._in_hand[sender] -= held.counted
            if not self._in_hand[sender]:
                del self._in_hand[sender]

    def take(self, sender: str, size: int) -> None:
        most_of_one = max(MOST_IN_HAND // SHARE, self._max_bytes)
        if (
            self._in_hand.total() + size > MOST_IN_HAND
            or self._in_hand[sender] + size > most_of_one
        ):
            raise Unavailable("too many large requests at once", retry_after_s=1)
        self._in_hand[sender] += size

    async def _read(self, request: Request, held: _Held) -> Received:
        self._check_length(request.headers)
        content = await self._receive(request, held)
        if not content:
            raise _empty()
        self._check_values(content)
        self._check_media_type(request.headers)
        document = _json(content)
        if faults := self._judge.faults(document, "body"):
            raise Invalid("the body does not match the contract", errors=faults)
        if self._body.is_raw:
            return Received(argument=content, document=document)
        return Received(argument=_strict(self._parse, content), document=document)

    def _check_length(self, headers: Headers) -> None:
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._max_bytes:
            raise self._too_large()

    async def _receive(self, request: Request, held: _Held) -> bytes:
        chunks: list[bytes] = []
        try:
            with anyio.fail_after(READ_TIMEOUT_S):
                async for chunk in request.stream():
                    held.take(len(chunk))
                    if held.bytes > self._max_bytes:
                        raise self._too_large()
                    chunks.append(chunk)
        except TimeoutError:
            text = f"the body did not arrive within {READ_TIMEOUT_S:g} seconds"
            raise RequestTimeout(text, retry_after_s=1) from None
        except ClientDisconnect:
            raise MalformedRequest("the body ended early") from None
        return b"".join(chunks)

    def _check_values(self, content: bytes) -> None:
        if len(content) > LARGE_BYTES and sum(map(content.count, b",[{")) > MOST_VALUES:
            raise self._too_large(f"a large body may hold at most {MOST_VALUES} values")

    def _too_large(self, detail: str | None = None) -> TooLarge:
        return TooLarge(
            detail or f"the body may have at most {self._max_bytes} bytes",
            members={"max_bytes": self._max_bytes},
        )

    def _check_media_type(self, headers: Headers) -> None:
        sent, _, options = headers.get("content-type", "").partition(";")
        charset = options.replace('"', "").strip().lower()
        if sent.strip().lower() != self._body.media_type or charset not in ("", "charset=utf-8"):
            raise UnsupportedMediaType(f"send the body as {self._body.media_type}")
        if headers.get("content-encoding", "identity") != "identity":
            raise UnsupportedMediaType("send the body without a content encoding")


def _empty() -> Invalid:
    fault = FieldError(location="body", pointer="", code="required", message="a body is required")
    return Invalid("a body is required", errors=(fault,))


def _json(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as fault:
        raise MalformedRequest(f"the body is not JSON: {fault.msg}") from None


def _strict(parse: Callable[..., Any], content: bytes) -> Any:
    try:
        return parse(content, strict=True)
    except ValidationError as refused:
        faults = refused.errors(include_url=False, include_context=False, include_input=False)
        if any(fault["type"] not in STRICTER for fault in faults):
            # JSON Schema accepted it: the two halves of the contract disagree, and that is ours.
            raise
        raise Invalid(
            "the body does not match the contract",
            errors=tuple(
                FieldError(
                    location="body",
                    pointer=pointer(fault["loc"]),
                    code="type",
                    message=fault["msg"],
                )
                for fault in faults
            ),
        ) from None
