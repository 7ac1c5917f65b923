"""What the rules look at: the operations of the source, and which schemas serve which side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from codegen.model import METHODS
from codegen.source import ENTRY, ERRORS, Node, Source, is_ref, is_schema_file

JSON = "application/json"
PROBLEM = "application/problem+json"


@attrs.frozen(kw_only=True)
class OperationNode:
    """One operation where it is written, with the path it is mounted at; or what is sent to others,
    by the name of its event."""

    path: str
    method: str
    node: Node
    source: Source
    is_sent: bool = False

    @property
    def id(self) -> str:
        return str(self.node.value.get("operationId", ""))

    @property
    def sdk(self) -> tuple[str, str]:
        entry = self.node.value.get("x-sdk") or {}
        return str(entry.get("resource", "")), str(entry.get("method", ""))

    def parameters(self) -> list[Node]:
        listed = self.node.get("parameters")
        if listed is None:
            return []
        return [self.source.resolve(child) for _, child in listed.children()]

    def body(self) -> Node | None:
        body = self.node.get("requestBody")
        return self.source.resolve(body) if body else None

    def responses(self) -> list[tuple[str, Node]]:
        return list(self.node.child("responses").children())

    def success(self) -> tuple[str, Node] | None:
        found = [(status, r) for status, r in self.responses() if status.startswith("2")]
        return (found[0][0], self.source.resolve(found[0][1])) if found else None

    def success_schema(self) -> Node | None:
        """The component of the JSON success, followed to where it is written."""
        success = self.success()
        content = success[1].get("content") if success else None
        media = content.get(JSON) if content else None
        schema = media.get("schema") if media else None
        return self.source.resolve(schema) if schema else None


@attrs.frozen
class View:
    source: Source

    @cached_property
    def operations(self) -> tuple[OperationNode, ...]:
        found = []
        for section in ("paths", "webhooks"):
            paths = self.source.entry.get(section)
            for path, item in paths.children() if paths else ():
                target = self.source.resolve(item)
                found += [
                    OperationNode(
                        path=path,
                        method=method,
                        node=node,
                        source=self.source,
                        is_sent=section == "webhooks",
                    )
                    for method, node in target.children()
                    if method in METHODS
                ]
        return tuple(found)

    @cached_property
    def operation_ids(self) -> frozenset[str]:
        return frozenset(operation.id for operation in self.operations)

    @cached_property
    def components(self) -> dict[str, Node]:
        return {node.path[0]: node for node in self.source.components()}

    @cached_property
    def error_codes(self) -> dict[str, Node]:
        return dict(self.source.node(ERRORS).children()) if ERRORS in self.source.files else {}

    @cached_property
    def request(self) -> dict[tuple[str, ...], Node]:
        """Every schema node of JSON request bodies and parameters."""
        return self._sides[0]

    @cached_property
    def response(self) -> dict[tuple[str, ...], Node]:
        """Every schema node of JSON answers and events."""
        return self._sides[1]

    @cached_property
    def schemas(self) -> dict[tuple[str, ...], Node]:
        """Every schema node of the API itself; signed documents have a format of their own."""
        return {**self.request, **self.response}

    @cached_property
    def _sides(self) -> tuple[dict[tuple[str, ...], Node], dict[tuple[str, ...], Node]]:
        request: list[Node] = []
        response: list[Node] = []
        for operation in self.operations:
            request += [s for p in operation.parameters() if (s := p.get("schema"))]
            if body := operation.body():
                # What we send grows as what we answer does.
                (response if operation.is_sent else request).extend(_media_schemas(body, JSON))
            for _, node in operation.responses():
                answer = self.source.resolve(node)
                response += _media_schemas(answer, JSON, PROBLEM, "text/event-stream")
        return self._below(request), self._below(response)

    def _below(self, roots: Iterable[Node]) -> dict[tuple[str, ...], Node]:
        """The schema nodes that `roots` reach, each once, references followed."""
        found: dict[tuple[str, ...], Node] = {}
        waiting = list(roots)
        while waiting:
            node = waiting.pop()
            key = (node.file, *node.path)
            if key in found:
                continue
            found[key] = node
            if is_ref(node.value):
                waiting.append(self.source.target(node))
            waiting += subschemas(node)
        return dict(sorted(found.items()))

    @cached_property
    def reached(self) -> frozenset[tuple[str, str]]:
        """(file, top-level key) of everything that the entry or the error catalogue leads to."""
        seen: set[tuple[str, str]] = set()
        waiting = [self.source.node(file) for file in (ENTRY, ERRORS) if file in self.source.files]
        while waiting:
            for node in waiting.pop().walk():
                if not is_ref(node.value):
                    continue
                target = self.source.target(node)
                key = (target.file, target.path[0] if target.path else "")
                if key not in seen:
                    seen.add(key)
                    waiting.append(self.source.node(target.file, *target.path[:1]))
        return frozenset(seen)

    def schema_file_edges(self) -> Iterator[tuple[str, str, Node]]:
        """(from, to, reference) between files that become generated modules."""
        for file in self.source.files:
            if not is_schema_file(file):
                continue
            for node in self.source.node(file).walk():
                if is_ref(node.value):
                    target = self.source.target(node).file
                    if target != file:
                        yield file, target, node


def _media_schemas(node: Node, *types: str) -> list[Node]:
    content = node.get("content")
    if content is None:
        return []
    return [
        schema
        for name, media in content.children()
        if name in types and (schema := media.get("schema"))
    ]


def subschemas(node: Node) -> Iterator[Node]:
    """The schemas written directly inside a schema."""
    for key in ("items", "additionalProperties", "contentSchema", "not", "if", "then", "else"):
        child = node.get(key)
        if child is not None and isinstance(child.value, dict):
            yield child
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        if listed := node.get(key):
            yield from (child for _, child in listed.children())
    for key in ("properties", "patternProperties", "$defs"):
        if named := node.get(key):
            yield from (child for _, child in named.children())


def types(schema: object) -> frozenset[str]:
    """The declared JSON types of a schema value."""
    declared = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(declared, str):
        return frozenset({declared})
    return frozenset(declared or ())
