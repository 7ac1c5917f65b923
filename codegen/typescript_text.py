"""What all files of the TypeScript client share: names, types of values, layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import jinja2

from codegen import tools
from codegen.literals import TYPESCRIPT, literal
from codegen.model import Json
from codegen.naming import pascal

SCALARS: Mapping[str, str] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "object": "Readonly<Record<string, unknown>>",
    "null": "null",
}
WIDTH = 100


def type_of(schema: Json) -> str:
    if "enum" in schema:
        return " | ".join(literal(value, TYPESCRIPT) for value in schema["enum"])
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return " | ".join(
        f"readonly {_item_type(schema)}[]" if kind == "array" else SCALARS[kind] for kind in kinds
    )


def _item_type(schema: Json) -> str:
    item = type_of(schema.get("items", {}))
    return f"({item})" if " " in item and not item.endswith(">") else item


def name_list(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names), key=lambda name: name.removeprefix("type ").lower()))


def wrapped(head: str, parts: Sequence[str], tail: str) -> str:
    """One line, or one a part."""
    flat = head + ", ".join(parts) + tail
    if len(flat) <= WIDTH:
        return flat
    return head + "\n" + "".join(f"    {part},\n" for part in parts) + "  " + tail


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(tools.ROOT / "codegen/templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - the output is source text, not HTML
    )


def render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(header=tools.TYPESCRIPT_HEADER, **values)


def resource_class(resource: str) -> str:
    return f"{pascal(resource)}Resource"
