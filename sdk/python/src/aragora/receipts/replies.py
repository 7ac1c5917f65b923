"""What a model replied, laid out for reading: a reply in JSON member by member, all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .figures import words

_MAX_DEPTH = 4


class _Pairs(list[tuple[str, Any]]):
    """The members of an object as they stand, a name that stands twice included."""


def laid_out(text: str) -> str:
    """The text itself, unless all of it is one JSON object with something in it."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        found = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
        )
        lines = list(_members(found, 0)) if found else [text]
    except (ValueError, RecursionError):
        return text
    return "\n".join(lines)


def _members(pairs: _Pairs, depth: int) -> Iterator[str]:
    for name, value in pairs:
        told = words(name)
        yield f"{told[:1].upper()}{told[1:]}: {_told(value, depth)}"


def _told(value: Any, depth: int) -> str:
    if depth > _MAX_DEPTH:
        raise ValueError("too deep to be laid out")
    if isinstance(value, _Pairs):
        return "; ".join(_members(value, depth + 1)) or "none"
    if isinstance(value, list):
        return "; ".join(_told(item, depth + 1) for item in value) or "none"
    return value if isinstance(value, str) else json.dumps(value)
