"""The only creator of routes: the operation table on one side, handlers on the other.

It refuses to build when an operation has no handler, or two, or when a handler has a public
method that is no operation: what is not in the contract cannot be served.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs
from starlette.routing import BaseRoute, Match, Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from .call import Bounds, Call, Contract, Handler
from .errors import NotFound, UpgradeRequired
from .http import Answers
from .idempotency import Idempotency
from .operation import Operation
from .resource import Refusal, Resource, Socket
from .streaming import Stage
from .watch import Watched


class Elsewhere(BaseRoute):
    """Every path that is nobody's, those with line breaks or without a slash included."""

    def __init__(self, refusal: ASGIApp) -> None:
        self._refusal = refusal

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        is_asked = scope["type"] in ("http", "websocket")
        return (Match.FULL if is_asked else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._refusal(scope, receive, send)


class ContractNotServed(Exception):
    """Handlers and operations do not match; the message names each that does not."""


@attrs.frozen(kw_only=True)
class Rules:
    """What the routes need beside contract and handlers."""

    stage: Stage
    idempotency: Idempotency
    answers: Answers
    max_body_bytes: int
    headers: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    """What every answer of an operation carries beside the rest, by operation."""


def build(
    handlers: Sequence[object],
    contract: Contract,
    rules: Rules,
    beside: Mapping[str, ASGIApp] | None = None,
) -> list[BaseRoute]:
    """Every route of the server; static paths before templated ones.

    `beside` are paths that no operation has; `app.py` names them, and a test counts.
    """
    calls = [
        Call(
            contract.operations[operation_id],
            handler,
            contract,
            rules.idempotency,
            Bounds(max_body_bytes=rules.max_body_bytes, is_strict=rules.answers.is_strict),
        )
        for operation_id, handler in match(handlers, contract.operations).items()
    ]
    for call in calls:
        call.fixed_headers.update(rules.headers.get(call.operation.id, {}))
    resources: dict[str, ASGIApp] = {}
    sockets: list[BaseRoute] = []
    for path, at_path in _by_path(calls).items():
        operations = {method: call.operation for method, call in at_path.items()}
        resource = Resource(at_path, rules.answers, rules.stage)
        resources[path] = Watched(resource, path, operations)
    for call in calls:
        if (stream := call.operation.stream) and stream.websocket_path:
            path = stream.websocket_path
            socket = Socket(call, rules.answers, rules.stage)
            sockets.append(WebSocketRoute(path, Watched(socket, path)))
            resources[path] = Watched(Refusal(rules.answers, UpgradeRequired), path)
    for path, served in (beside or {}).items():
        resources[path] = Watched(served, path)
    routes = [Route(path, resources[path]) for path in sorted(resources, key=_specificity)]
    return [*routes, *sockets, Elsewhere(Watched(Refusal(rules.answers, NotFound)))]


def match(handlers: Sequence[object], operations: Mapping[str, Operation]) -> dict[str, Handler]:
    """Exactly one handler an operation, or ContractNotServed."""
    offered: defaultdict[str, list[tuple[str, Handler]]] = defaultdict(list)
    for api in handlers:
        for name, method in inspect.getmembers(api, inspect.ismethod):
            if not name.startswith("_"):
                offered[name].append((type(api).__name__, method))
    wanted = {operation.handler: operation.id for operation in operations.values()}
    faults = [
        *(f"no handler for {wanted[name]} ({name})" for name in wanted if name not in offered),
        *(
            f"{owner}.{name} is no operation"
            for name, methods in offered.items()
            if name not in wanted
            for owner, _ in methods
        ),
        *(
            f"{' and '.join(owner for owner, _ in methods)} both have {name}"
            for name, methods in offered.items()
            if len(methods) > 1
        ),
    ]
    if faults:
        raise ContractNotServed("; ".join(sorted(faults)))
    return {wanted[name]: methods[0][1] for name, methods in offered.items()}


def _by_path(calls: Iterable[Call]) -> dict[str, dict[str, Call]]:
    paths: defaultdict[str, dict[str, Call]] = defaultdict(dict)
    for call in calls:
        paths[call.operation.path][call.operation.method] = call
    return paths


def _specificity(path: str) -> tuple[tuple[bool, str], ...]:
    return tuple((part.startswith("{"), part) for part in path.split("/"))
