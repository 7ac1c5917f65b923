"""The contract as plain frozen values: what every emitter reads, with no language in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

Json = Mapping[str, Any]
Where = Literal["path", "query", "header"]
Kind = Literal["json", "text", "binary", "stream", "empty"]

METHODS = ("get", "post", "put", "patch", "delete")
REPEATABLE = frozenset({"GET", "HEAD", "PUT", "DELETE"})
IDEMPOTENCY_KEY = "Idempotency-Key"
LAST_EVENT_ID = "Last-Event-ID"
DEFAULT_MAX_BYTES = 1_048_576


@attrs.frozen(kw_only=True)
class Param:
    """One path, query or header parameter. `schema` still holds its `$ref`s."""

    name: str
    where: Where
    required: bool
    schema: Json
    description: str


@attrs.frozen(kw_only=True)
class Body:
    """A request body: a named component in one media type."""

    schema: str
    media_type: str
    required: bool
    max_bytes: int
    examples: Json

    @property
    def is_raw(self) -> bool:
        """The handler gets the bytes as sent: they are not ours to re-serialise."""
        return self.media_type != "application/json"


@attrs.frozen(kw_only=True)
class Response:
    """The one success of an operation."""

    status: int
    kind: Kind
    schema: str | None
    media_type: str | None
    description: str
    examples: Json


@attrs.frozen(kw_only=True)
class Pagination:
    param: str
    items: str
    next: str
    item_schema: str


@attrs.frozen(kw_only=True)
class Stream:
    """An event stream: `event` is the union's schema; `ephemeral` types carry no number."""

    event: str
    seq: str
    resume_param: str
    heartbeat_s: int
    terminal: tuple[str, ...]
    ephemeral: tuple[str, ...]
    websocket_path: str | None


@attrs.frozen(kw_only=True)
class Job:
    """Operation ids that together make a long-running job; `terminal` are final statuses."""

    get: str
    events: str
    cancel: str
    result: str
    status_field: str
    terminal: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Operation:
    id: str
    method: str
    path: str
    tag: str
    resource: str
    name: str
    summary: str
    description: str
    scopes: tuple[str, ...]
    is_public: bool
    params: tuple[Param, ...]
    body: Body | None
    success: Response
    error_statuses: tuple[int, ...]
    specific_errors: tuple[str, ...]
    errors: tuple[str, ...]
    pagination: Pagination | None
    stream: Stream | None
    job: Job | None
    deprecated: bool
    sunset: str | None

    @property
    def takes_idempotency_key(self) -> bool:
        return any(p.where == "header" and p.name == IDEMPOTENCY_KEY for p in self.params)

    @property
    def is_repeatable(self) -> bool:
        return self.method in REPEATABLE or self.takes_idempotency_key

    def params_in(self, where: Where) -> tuple[Param, ...]:
        return tuple(p for p in self.params if p.where == where)


@attrs.frozen(kw_only=True)
class ErrorCode:
    """One entry of `openapi/errors.yaml`."""

    code: str
    status: int
    title: str
    when: str
    do: str
    retry: Literal["never", "safe"]
    general: bool
    members: Mapping[str, Json]


@attrs.frozen(kw_only=True)
class Tag:
    name: str
    description: str


@attrs.frozen(kw_only=True)
class Spec:
    title: str
    version: str
    operations: tuple[Operation, ...]
    tags: tuple[Tag, ...]
    errors: tuple[ErrorCode, ...]
    schemas: Mapping[str, Json]
    schema_tags: Mapping[str, str]
    bundle: Json

    def operation(self, operation_id: str) -> Operation:
        return next(op for op in self.operations if op.id == operation_id)

    def by_tag(self) -> dict[str, list[Operation]]:
        """Operations by tag, both in the order of the document."""
        grouped: dict[str, list[Operation]] = {tag.name: [] for tag in self.tags}
        for operation in self.operations:
            grouped[operation.tag].append(operation)
        return {tag: operations for tag, operations in grouped.items() if operations}


def resolve(bundle: Json, node: Json) -> Json:
    """Follow `node`'s reference, if it is one."""
    while "$ref" in node:
        found: Any = bundle
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


def ref_name(schema: Json) -> str | None:
    """The component that a `$ref` schema names."""
    reference = schema.get("$ref")
    return reference.rsplit("/", 1)[-1] if reference else None
