"""JSON Schema judges over the contract's components."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import jsonschema_rs
import orjson

from .errors import FieldError, Location
from .operation import JsonSchema

BASE = "urn:aragora:contract"
# The message must not repeat what was sent: it may be long, and it may be a secret.
MASK = "the value"
MOST_FAULTS = 50


class Schemas:
    """The components of the contract, each compiled when it first judges."""

    def __init__(self, document: bytes) -> None:
        self.document: Mapping[str, Any] = orjson.loads(document)
        self._named: dict[str, Judge] = {}

    def named(self, component: str) -> Judge:
        if component not in self._named:
            self._named[component] = self.judge({"$ref": f"#/components/schemas/{component}"})
        return self._named[component]

    def judge(self, schema: JsonSchema) -> Judge:
        return Judge(lambda: self._validator(schema), self.document)

    def _validator(self, schema: JsonSchema) -> jsonschema_rs.Draft202012Validator:
        return jsonschema_rs.Draft202012Validator(
            _absolute(schema), registry=self._registry, validate_formats=True, mask=MASK
        )

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        found = [(BASE, dict(self.document))]
        return jsonschema_rs.Registry(found, draft=jsonschema_rs.Draft202012)

    def resolve(self, schema: JsonSchema) -> JsonSchema:
        """The component behind a reference to one."""
        while "$ref" in schema:
            schema = _at(self.document, schema["$ref"].removeprefix("#/").split("/"))
        return schema


class Judge:
    """Its validator is compiled when it is first asked."""

    def __init__(
        self, compiled: Callable[[], jsonschema_rs.Draft202012Validator], document: JsonSchema
    ) -> None:
        self._compile = compiled
        self._document = document

    @cached_property
    def _validator(self) -> jsonschema_rs.Draft202012Validator:
        return self._compile()

    @cached_property
    def is_valid(self) -> Callable[[Any], bool]:
        return self._validator.is_valid

    def faults(
        self, value: Any, location: Location, at: Sequence[str | int] = ()
    ) -> tuple[FieldError, ...]:
        """Everything wrong with `value`, each at its place; none when it is valid."""
        if self.is_valid(value):
            return ()
        found = islice(self._validator.iter_errors(value), MOST_FAULTS)
        return tuple(fault for error in found for fault in self._read(error, location, at))

    def _read(
        self, error: jsonschema_rs.ValidationError, location: Location, at: Sequence[str | int]
    ) -> Iterator[FieldError]:
        for member in _members(error):
            yield FieldError(
                location=location,
                pointer=pointer([*at, *error.instance_path, *member]),
                code=self._code(error),
                message=error.message,
            )

    def _code(self, error: jsonschema_rs.ValidationError) -> str:
        """The code that the violated named schema gives itself, else the keyword."""
        kind: Any = error.kind
        for inner in (error, *(e for branch in getattr(kind, "context", ()) for e in branch)):
            path = inner.schema_path
            if list(path[:2]) == ["components", "schemas"]:
                schema = _at(self._document, path[:3])
                if code := schema.get("x-error"):
                    return str(code)
        return str(kind.name)


def pointer(parts: Sequence[str | int]) -> str:
    """RFC 6901."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def _members(error: jsonschema_rs.ValidationError) -> list[list[str]]:
    """Which members of the object at fault are meant; none but itself in most cases."""
    kind: Any = error.kind
    if kind.name == "required":
        return [[kind.property]]
    if kind.name == "additionalProperties":
        return [[name] for name in kind.unexpected]
    return [[]]


def _absolute(schema: Any) -> Any:
    if isinstance(schema, Mapping):
        return {
            key: f"{BASE}{value}" if key == "$ref" else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(part) for part in schema] if isinstance(schema, list | tuple) else schema


def _at(document: Mapping[str, Any], path: Sequence[str | int]) -> Mapping[str, Any]:
    found: Any = document
    for part in path:
        found = found[part]
    return found  # type: ignore[no-any-return]
