"""JSON values as source text of a client language, on one line where they fit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

_IDENTIFIER = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")
WIDTH = 88


@attrs.frozen(kw_only=True)
class Dialect:
    """How one language writes values. `step` is its indent."""

    words: Mapping[object, str]
    key: Callable[[str], str]
    step: str
    pad: str
    trailing: str


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


JSON = Dialect(
    words={None: "null", True: "true", False: "false"},
    key=_quoted,
    step="  ",
    pad="",
    trailing="",
)
PYTHON = Dialect(
    words={None: "None", True: "True", False: "False"},
    key=_quoted,
    step="    ",
    pad="",
    trailing=",",
)
TYPESCRIPT = Dialect(
    words=JSON.words,
    key=lambda name: name if _IDENTIFIER.match(name) else _quoted(name),
    step="  ",
    pad=" ",
    trailing=",",
)


def literal(value: Any, dialect: Dialect, *, indent: str = "", used: int = 0) -> str:
    """`value` as an expression. `used` columns of its first line are taken already."""
    flat = _flat(value, dialect)
    if len(indent) + used + len(flat) <= WIDTH or not isinstance(value, (Mapping, list)):
        return flat
    opening, closing = ("{", "}") if isinstance(value, Mapping) else ("[", "]")
    inner = indent + dialect.step
    lines = [inner + line for line in _members(value, dialect, inner)]
    return f"{opening}\n" + ",\n".join(lines) + f"{dialect.trailing}\n{indent}{closing}"


def _members(value: Mapping[str, Any] | Sequence[Any], dialect: Dialect, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        return [
            f"{key}: {literal(member, dialect, indent=indent, used=len(key) + 3)}"
            for name, member in value.items()
            for key in [dialect.key(name)]
        ]
    return [literal(member, dialect, indent=indent, used=1) for member in value]


def _flat(value: Any, dialect: Dialect) -> str:
    if value is None or isinstance(value, bool):
        return dialect.words[value]
    if isinstance(value, Mapping):
        members = ", ".join(f"{dialect.key(k)}: {_flat(v, dialect)}" for k, v in value.items())
        return f"{{{dialect.pad}{members}{dialect.pad}}}" if members else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_flat(member, dialect) for member in value) + "]"
    return json.dumps(value, ensure_ascii=False)
