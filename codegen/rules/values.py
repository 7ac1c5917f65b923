"""Rules about single values: money, time, numbers, lengths, codes of named types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codegen.rules.view import View, types
from codegen.source import Fault, Node, is_ref

TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$"
SAFE_INTEGER = 2**53 - 1
NO_NUL = r"^[^\u0000]*$"
# A class, an escape, or any other single character of a pattern.
_PARTS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)|.", re.DOTALL)
# Formats whose texts have one length.
_FIXED = frozenset({"uuid", "date"})


def money(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        if node.value.get("format") == "decimal":
            yield node.fault("`format: decimal` drops the pattern", "refer to common.yaml#/Money")
        for name, child in _properties(node):
            if name.endswith("_usd") and not _is_money(view, child):
                yield child.fault("money that is no decimal string", "refer to common.yaml#/Money")


def _is_money(view: View, node: Node) -> bool:
    options = node.value.get("anyOf")
    candidates = [node] if options is None else [c for _, c in node.child("anyOf").children()]
    values = [view.source.resolve(candidate).value for candidate in candidates]
    return all(
        ("string" in types(value) and "pattern" in value) or value == {"type": "null"}
        for value in values
    )


def time(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        if node.value.get("format") == "date-time" and node.value.get("pattern") != TIME_PATTERN:
            yield node.fault("a time without the UTC pattern", "refer to common.yaml#/Timestamp")


def integers_have_bounds(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        if "integer" not in types(node.value) or "const" in node.value or "enum" in node.value:
            continue
        low, high = node.value.get("minimum"), node.value.get("maximum")
        if not _is_safe(low) or not _is_safe(high):
            yield node.fault(
                "an integer without both bounds",
                "add `minimum` and `maximum` inside +-(2^53-1)",
            )


def _is_safe(bound: object) -> bool:
    return isinstance(bound, int) and -SAFE_INTEGER <= bound <= SAFE_INTEGER


def no_floats_in_parameters(view: View) -> Iterator[Fault]:
    for operation in view.operations:
        for parameter in operation.parameters():
            schema = parameter.get("schema")
            if schema and "number" in types(view.source.resolve(schema).value):
                yield parameter.fault("a float in a parameter", "use an integer or a string")


def requests_have_limits(view: View) -> Iterator[Fault]:
    for node in view.request.values():
        if is_ref(node.value):
            continue
        declared = types(node.value)
        is_limited = (
            "maxLength" in node.value
            or "const" in node.value
            or "enum" in node.value
            or node.value.get("format") in _FIXED
        )
        if "string" in declared and not is_limited:
            yield node.fault("a request string of any length", "add `maxLength`")
        if "array" in declared and "maxItems" not in node.value:
            yield node.fault("a request list of any length", "add `maxItems`")


def request_texts_hold_no_nul(view: View) -> Iterator[Fault]:
    """PostgreSQL keeps no U+0000: what cannot be kept is refused at the door."""
    for node in view.request.values():
        value = node.value
        if is_ref(value) or "string" not in types(value) or {"const", "enum", "format"} & {*value}:
            continue
        if not _refuses_nul(str(value.get("pattern", ""))):
            yield node.fault("a request string that may hold NUL", f"add `pattern: {NO_NUL}`")


def _refuses_nul(pattern: str) -> bool:
    """Every branch is anchored at both ends, and nothing between them takes it."""
    return all(
        branch[:1] == ["^"] and branch[-1:] == ["$"] and not any(map(_takes_nul, branch))
        for branch in _branches(pattern)
    )


def _branches(pattern: str) -> list[list[str]]:
    """`^a|b$` is anchored at neither end: its branches are `^a` and `b$`."""
    depth = 0
    branches: list[list[str]] = [[]]
    for part in _PARTS.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and depth == 0:
            branches.append([])
        else:
            branches[-1].append(part)
    return branches


def _takes_nul(part: str) -> bool:
    if part[0] not in ".[\\\0":
        return False
    try:
        return re.fullmatch(part, "\0") is not None
    except re.error:  # an escape that only some languages know
        return True


def error_of_a_type_exists(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        code = node.value.get("x-error")
        if code is None:
            continue
        if code not in view.error_codes:
            yield node.fault(f"`x-error: {code}` is no error code", "add it to errors.yaml")
        if not node.is_component:
            yield node.fault("`x-error` on a schema without a name", "name the schema")


def _properties(node: Node) -> Iterator[tuple[str, Node]]:
    properties = node.get("properties")
    return properties.children() if properties else iter(())


RULES = (
    money,
    time,
    integers_have_bounds,
    no_floats_in_parameters,
    requests_have_limits,
    request_texts_hold_no_nul,
    error_of_a_type_exists,
)
