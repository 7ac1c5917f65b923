"""The contract's operations as values: what `contract/operations.py` is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

JsonSchema = Mapping[str, Any]
Where = Literal["path", "query", "header"]
Kind = Literal["json", "text", "binary", "stream", "empty"]


@attrs.frozen(kw_only=True)
class Param:
    """`name` is the wire name, `argument` the keyword of the handler."""

    name: str
    argument: str
    where: Where
    required: bool
    schema: JsonSchema


@attrs.frozen(kw_only=True)
class Body:
    """A raw body reaches its handler as the bytes that were sent."""

    schema: str
    media_type: str
    required: bool
    max_bytes: int
    is_raw: bool


@attrs.frozen(kw_only=True)
class Success:
    status: int
    kind: Kind
    schema: str | None
    media_type: str | None


@attrs.frozen(kw_only=True)
class Stream:
    event: str
    resume_param: str
    heartbeat_s: int
    terminal: frozenset[str]
    ephemeral: frozenset[str]
    websocket_path: str | None


@attrs.frozen(kw_only=True)
class Operation:
    id: str
    handler: str
    method: str
    path: str
    tag: str
    scopes: frozenset[str]
    is_public: bool
    params: tuple[Param, ...]
    body: Body | None
    success: Success
    errors: frozenset[str]
    stream: Stream | None
    is_idempotent: bool
    deprecated: bool
    sunset: str | None


@attrs.frozen(kw_only=True)
class ErrorCode:
    code: str
    status: int
    title: str
    retry: Literal["never", "safe"]
