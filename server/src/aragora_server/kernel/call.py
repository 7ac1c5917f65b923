"""One operation and its handler: from a request to a typed call, and back to an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cache
from typing import Any

import attrs
import orjson
from pydantic import TypeAdapter
from pydantic_core import SchemaSerializer
from starlette.requests import Request

from .body import Model, Reader, Received
from .encoded import Encoded
from .gate import Admitted
from .idempotency import Idempotency, Once
from .limits import network
from .operation import Operation
from .params import LAST_EVENT_ID, Params
from .schemas import Judge, Schemas
from .stream import StreamItem

IDEMPOTENCY_KEY = "Idempotency-Key"
# The kernel reads these itself; no handler sees them.
KERNEL_HEADERS = frozenset({IDEMPOTENCY_KEY, LAST_EVENT_ID})
ORDINARY_MAX_BYTES = 1_048_576
# A page shows what strangers wrote. It may bring a style sheet of its own, and nothing else.
PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class ContractBroken(Exception):
    """A handler answered something else than its operation promises."""


Handler = Callable[..., Any]


@attrs.frozen(kw_only=True)
class Contract:
    """Everything generated that bind needs."""

    version: str
    operations: Mapping[str, Operation]
    schemas: Schemas
    model: Model


@attrs.frozen(kw_only=True)
class Bounds:
    """How much is taken in, and whether every answer is judged before it leaves."""

    max_body_bytes: int
    is_strict: bool


class Call:
    """Bound once at start; its validators and serialisers are compiled when first used."""

    def __init__(
        self,
        operation: Operation,
        handler: Handler,
        contract: Contract,
        idempotency: Idempotency,
        bounds: Bounds,
    ) -> None:
        self.operation = operation
        self._handler = handler
        self._idempotency = idempotency
        self.params = Params(operation, contract.schemas)
        self._body = _body_reader(operation, contract, bounds.max_body_bytes)
        self._encode = _encoder(operation, contract.model)
        self._judge = _response_judge(operation, contract.schemas) if bounds.is_strict else None
        self.fixed_headers = {**_lifecycle_headers(operation), **_page_headers(operation)}

    async def answer(self, request: Request, admitted: Admitted | None) -> bytes:
        values = self.params.read(
            request.path_params, request.scope["query_string"], request.headers
        )
        if self._body is None:
            return await self._once(request, admitted, values, None)
        async with self._body.reading(request, _sender(request, admitted)) as body:
            return await self._once(request, admitted, values, body)

    async def _once(
        self,
        request: Request,
        admitted: Admitted | None,
        values: Mapping[str, Any],
        body: Received | None,
    ) -> bytes:
        key = values.get(IDEMPOTENCY_KEY)
        if key is None or admitted is None:
            return await self._invoke(admitted, values, body)
        once = Once(
            api_key=admitted.api_key,
            operation_id=self.operation.id,
            key=key,
            request=[request.url.path, request.url.query, body.document if body else None],
        )

        def work(made_id: str) -> Awaitable[bytes]:
            caller = attrs.evolve(admitted.caller, making=made_id)
            return self._invoke(attrs.evolve(admitted, caller=caller), values, body)

        return await self._idempotency.run(once, work)

    def open_stream(
        self, admitted: Admitted | None, values: Mapping[str, Any]
    ) -> AsyncIterator[StreamItem]:
        """`Last-Event-ID` wins over the resume parameter."""
        stream = self.operation.stream
        if stream is not None and values.get(LAST_EVENT_ID) is not None:
            values = {**values, stream.resume_param: values[LAST_EVENT_ID]}
        positional, named = self._arguments(admitted, values, None)
        opened: AsyncIterator[StreamItem] = self._handler(*positional, **named)
        return opened

    def check_event(self, payload: bytes) -> None:
        if self._judge is not None:
            self._check(orjson.loads(payload))

    async def _invoke(
        self, admitted: Admitted | None, values: Mapping[str, Any], body: Received | None
    ) -> bytes:
        positional, named = self._arguments(admitted, values, body)
        content = self._encode(await self._handler(*positional, **named))
        if self._judge is not None:
            self._check(orjson.loads(content))
        return content

    def _arguments(
        self, admitted: Admitted | None, values: Mapping[str, Any], body: Received | None
    ) -> tuple[list[Any], dict[str, Any]]:
        positional: list[Any] = [] if admitted is None else [admitted.caller]
        named: dict[str, Any] = {}
        for param in self.operation.params:
            if param.where == "path":
                positional.append(values[param.name])
            elif param.name not in KERNEL_HEADERS:
                named[param.argument] = values[param.name]
        if body is not None:
            positional.append(body.argument)
        return positional, named

    def _check(self, document: Any) -> None:
        faults = self._judge.faults(document, "body") if self._judge else ()
        if faults:
            raise ContractBroken(f"{self.operation.id} answered {document!r}: {faults}")


def _sender(request: Request, admitted: Admitted | None) -> str:
    if admitted is not None:
        return admitted.caller.workspace_id
    return network(request.client.host if request.client else "")


def _body_reader(operation: Operation, contract: Contract, max_body_bytes: int) -> Reader | None:
    body = operation.body
    if body is None:
        return None
    # The setting is about ordinary operations; one with a limit of its own keeps that.
    limit = max_body_bytes if body.max_bytes == ORDINARY_MAX_BYTES else body.max_bytes
    return Reader(body, contract.schemas.named(body.schema), contract.model, limit)


def _encoder(operation: Operation, model: Model) -> Callable[[Any], bytes]:
    success = operation.success
    if success.kind == "empty":
        return _nothing
    if success.kind == "json" and success.schema is not None:
        name = success.schema

        @cache
        def serializer() -> SchemaSerializer:
            return TypeAdapter(model(name)).serializer

        def encode(value: Any) -> bytes:
            if isinstance(value, Encoded):
                return value.content
            return serializer().to_json(value, by_alias=True, warnings="error")

        return encode
    return str.encode if success.kind == "text" else bytes


def _nothing(value: Any) -> bytes:
    if value is not None:
        raise ContractBroken(f"an operation without content answered {value!r}")
    return b""


def _response_judge(operation: Operation, schemas: Schemas) -> Judge | None:
    if operation.stream is not None:
        return schemas.named(operation.stream.event)
    success = operation.success
    # A text or a file is whatever its schema calls a string; there is nothing to judge.
    if success.schema is None or not (success.media_type or "").endswith("json"):
        return None
    return schemas.named(success.schema)


def _lifecycle_headers(operation: Operation) -> dict[str, str]:
    """RFC 9745 and RFC 8594."""
    if not operation.deprecated or operation.sunset is None:
        return {}
    end = datetime.combine(date.fromisoformat(operation.sunset), time(), UTC)
    return {
        "Deprecation": f"@{int(end.timestamp())}",
        "Sunset": format_datetime(end, usegmt=True),
        "Link": '</v1/openapi.json>; rel="deprecation"; type="application/json"',
    }


def _page_headers(operation: Operation) -> dict[str, str]:
    return PAGE_HEADERS if (operation.success.media_type or "").startswith("text/html") else {}
