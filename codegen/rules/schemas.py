"""Rules about the shape of schemas: objects, unions, enums, null."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.rules.view import View, subschemas, types
from codegen.source import Fault, Node, is_ref, is_schema_file


def objects_are_named(view: View) -> Iterator[Fault]:
    """A map (only `additionalProperties`) is a value and may stand anywhere."""
    pages = {(part.file, part.path) for node in _page_envelopes(view) for part in subschemas(node)}
    for node in view.schemas.values():
        if _is_object(node) and not _is_named(node) and (node.file, node.path) not in pages:
            yield node.fault("an object schema without a name", "name it and refer to it")


def _is_object(node: Node) -> bool:
    if not isinstance(node.value, dict) or is_ref(node.value):
        return False
    is_map = isinstance(node.value.get("additionalProperties"), dict)
    return "properties" in node.value or ("object" in types(node.value) and not is_map)


def _is_named(node: Node) -> bool:
    return is_schema_file(node.file) and node.is_component


def _page_envelopes(view: View) -> Iterator[Node]:
    return (node for node in view.schemas.values() if "allOf" in node.value and _is_named(node))


def request_objects_are_closed(view: View) -> Iterator[Fault]:
    for node in view.request.values():
        if _is_object(node) and node.value.get("additionalProperties") is not False:
            yield node.fault(
                "a request object that takes unknown members", "add `additionalProperties: false`"
            )


def response_objects_are_open(view: View) -> Iterator[Fault]:
    for node in view.response.values():
        if _is_object(node) and node.value.get("additionalProperties") is False:
            yield node.fault(
                "a response object that can never grow",
                "remove `additionalProperties: false`, or give requests their own schema",
            )


def request_enums_are_closed(view: View) -> Iterator[Fault]:
    for node in view.request.values():
        if _is_open_enum(node):
            yield node.fault("a request enum that takes any string", "write `type` and `enum` only")


def response_enums_are_open(view: View) -> Iterator[Fault]:
    inside_open = {
        (part.file, part.path)
        for node in view.response.values()
        if _is_open_enum(node)
        for part in subschemas(node)
    }
    for node in view.response.values():
        if "enum" in node.value and (node.file, node.path) not in inside_open:
            yield node.fault(
                "a response enum that can never grow",
                "write `anyOf: [{type: string, enum: [...]}, {type: string}]`",
            )


def _is_open_enum(node: Node) -> bool:
    parts = node.value.get("anyOf") if isinstance(node.value, dict) else None
    if not isinstance(parts, list):
        return False
    return any("enum" in part for part in parts) and any(
        part.get("type") == "string" and "enum" not in part for part in parts
    )


def unions_are_told_apart(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        if "oneOf" not in node.value:
            continue
        discriminator = node.value.get("discriminator") or {}
        members = [part for _, part in node.child("oneOf").children()]
        mapping = discriminator.get("mapping") or {}
        if discriminator.get("propertyName") != "type" or len(mapping) != len(members):
            yield node.fault(
                "a union without a full mapping", "add `discriminator` over `type`, all members"
            )
            continue
        consts = {_const(view, member) for member in members}
        if None in consts or consts != set(mapping):
            yield node.fault(
                "members that do not say which they are",
                "require `type: {type: string, const: ...}` in each, equal to its mapping key",
            )


def _const(view: View, member: Node) -> str | None:
    schema = view.source.resolve(member).value
    tag = (schema.get("properties") or {}).get("type") or {}
    if "type" not in schema.get("required", ()) or tag.get("type") != "string":
        return None
    const = tag.get("const")
    return str(const) if const is not None else None


def null_is_said_one_way(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        declared = node.value.get("type")
        if "nullable" in node.value:
            yield node.fault("`nullable` is OpenAPI 3.0", 'write `type: [..., "null"]`')
        if isinstance(declared, list) and (
            len(declared) != 2 or declared[1] != "null" or {"object", "array"} & set(declared)
        ):
            yield node.fault(
                f"the type {declared}", 'write `[scalar, "null"]`, or `anyOf: [{$ref}, null]`'
            )
        parts = node.value.get("anyOf")
        if isinstance(parts, list) and not _is_open_enum(node) and not _is_nullable(parts):
            yield node.fault(
                "`anyOf` is for null and for open enums only", "use `oneOf` with a discriminator"
            )


def _is_nullable(parts: list[dict[str, object]]) -> bool:
    """`[{$ref}, null]`, or an open enum that may be null."""
    others = [part for part in parts if part != {"type": "null"}]
    if len(others) == len(parts):
        return False
    return len(others) == 1 and (is_ref(others[0]) or "enum" in others[0] or "type" in others[0])


def all_of_is_for_pages(view: View) -> Iterator[Fault]:
    for node in view.schemas.values():
        if "allOf" not in node.value:
            continue
        parts = node.value["allOf"]
        first = parts[0].get("$ref", "") if parts else ""
        is_envelope = len(parts) == 2 and first.endswith("/PageInfo") and "properties" in parts[1]
        if not is_envelope or (node.file, *node.path) in view.request:
            yield node.fault(
                "`allOf` outside of a page", "write the members out; only pages compose PageInfo"
            )


def defaults(view: View) -> Iterator[Fault]:
    for key, node in view.response.items():
        if "default" in node.value and key not in view.request:
            yield node.fault("a default in a response", "remove it: the server always sends it")
    for parameter, schema in _parameter_schemas(view):
        value = schema.value.get("default")
        if value is not None and not _says(parameter, schema, value):
            yield parameter.fault(
                f"the default {value!r} is not in the description", "say `default ...` there"
            )
    for key, node in view.request.items():
        value = node.value.get("default")
        is_parameter = not is_schema_file(key[0])
        if value is not None and not is_parameter and not _says(node, node, value):
            yield node.fault(
                f"the default {value!r} is not in the description", "say `default ...` there"
            )


def _parameter_schemas(view: View) -> Iterator[tuple[Node, Node]]:
    seen = set()
    for operation in view.operations:
        for parameter in operation.parameters():
            schema = parameter.get("schema")
            if schema is not None and (parameter.file, parameter.path) not in seen:
                seen.add((parameter.file, parameter.path))
                yield parameter, schema


def _says(outer: Node, inner: Node, value: object) -> bool:
    text = f"{outer.value.get('description', '')} {inner.value.get('description', '')}".lower()
    spelled = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else str(value)
    return "default" in text and str(spelled).lower() in text


RULES = (
    objects_are_named,
    request_objects_are_closed,
    response_objects_are_open,
    request_enums_are_closed,
    response_enums_are_open,
    unions_are_told_apart,
    null_is_said_one_way,
    all_of_is_for_pages,
    defaults,
)
