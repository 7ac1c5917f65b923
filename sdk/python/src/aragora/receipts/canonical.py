"""The closed JSON profile: one value has exactly one form, which is its RFC 8785 form.

No float and no null occurs, keys are ASCII and integers fit a double, so sorted keys without
spaces already are canonical. Whatever could break that is refused, never repaired.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import NoReturn, TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"

MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1

_KEY = re.compile(r"[a-z0-9_]+\Z")
_FOREIGN_KEYS = frozenset({"predicateType", "payloadType"})
# Possessive, so that a hostile text cannot make the scan quadratic.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)


class ProfileError(ValueError):
    """A value or a text lies outside the profile."""


def encode(value: object) -> bytes:
    """The canonical bytes of a value; refuses what the profile does not know."""
    check(value)
    return _dump(value)


def check(value: object, *, path: str = "$", depth: int = 1) -> None:
    """Refuse a value that the profile does not know, naming the place."""
    match value:
        case bool():
            return
        case int():
            if abs(value) > MAX_INTEGER:
                raise ProfileError(f"{path}: integer beyond 2^53-1")
        case str():
            _check_text(value, path)
        case list() | dict():
            if depth > MAX_DEPTH:
                raise ProfileError(f"{path}: deeper than {MAX_DEPTH} levels")
            _check_members(value, path, depth)
        case _:
            raise ProfileError(f"{path}: {type(value).__name__} is not in the profile")


def decode(data: bytes) -> tuple[Value, tuple[str, ...]]:
    """Parse a text of the profile. Repeated keys are reported, not repaired."""
    if depth_of(data) > MAX_DEPTH:
        raise ProfileError(f"deeper than {MAX_DEPTH} levels")
    repeated: list[str] = []

    def collect(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            repeated.extend(sorted({name for name in names if names.count(name) > 1}))
        return found

    try:
        value: Value = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=collect,
            parse_float=_refuse("a float"),
            parse_constant=_refuse("not JSON"),
            parse_int=_integer,
        )
    except ProfileError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProfileError(f"not JSON: {type(error).__name__}") from None
    check(value)
    return value, tuple(repeated)


def depth_of(data: bytes) -> int:
    """The deepest nesting of a JSON text, without parsing it."""
    depth = deepest = 0
    for token in _TOKEN.finditer(data):
        match token[0]:
            case b"[" | b"{":
                depth += 1
                deepest = max(deepest, depth)
            case b"]" | b"}":
                depth -= 1
    return deepest


def _check_members(value: list[object] | dict[object, object], path: str, depth: int) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            check(item, path=f"{path}[{index}]", depth=depth + 1)
        return
    for key, item in value.items():
        if not isinstance(key, str) or not (_KEY.match(key) or key in _FOREIGN_KEYS):
            raise ProfileError(f"{path}: a key outside [a-z0-9_]")
        check(item, path=f"{path}.{key}", depth=depth + 1)


def _check_text(value: str, path: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ProfileError(f"{path}: a lone surrogate") from None


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise ProfileError("integer beyond 2^53-1")
    return int(text)


def _refuse(what: str) -> Callable[[str], NoReturn]:
    def refuse(_: str) -> NoReturn:
        raise ProfileError(f"{what} is not in the profile")

    return refuse


def dump_plain(value: object) -> bytes:
    """What the standard library writes: the same bytes, slower."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _dump(value: object) -> bytes:
    try:
        import orjson
    except ImportError:
        return dump_plain(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)
