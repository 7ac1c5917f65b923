"""The closed JSON profile: one value has exactly one form, which is its RFC 8785 form.

No float and no null occurs, keys are ASCII and integers fit a double, so sorted keys without
spaces already are canonical. Whatever could break that is refused, never repaired.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import NoReturn, Self, TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"

MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1

_KEY = re.compile(r"[a-z0-9_]+\Z")
_FOREIGN_KEYS = frozenset({"predicateType", "payloadType"})
# Possessive, so that a hostile text cannot make the scan quadratic.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)


class Misplaced(ValueError):
    """A fault in a value. The place is put together on the way up, where it costs nothing."""

    def __init__(self, fault: str, place: str = "") -> None:
        super().__init__(f"${place}: {fault}" if place else fault)
        self.fault = fault
        self.place = place

    def within(self, place: str) -> Self:
        return type(self)(self.fault, place + self.place)


class ProfileError(Misplaced):
    """A value or a text lies outside the profile."""


class TooDeep(ProfileError):
    """A text nests deeper than any value of the profile."""


def encode(value: object) -> bytes:
    """The canonical bytes of a value; refuses what the profile does not know."""
    check(value)
    return _dump(value)


def check(value: object, *, depth: int = 1) -> None:
    """Refuse a value that the profile does not know, naming the place."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ProfileError("integer beyond 2^53-1")
    elif isinstance(value, list | dict):
        if depth > MAX_DEPTH:
            raise ProfileError(f"deeper than {MAX_DEPTH} levels")
        _check_members(value, depth)
    else:
        raise ProfileError(f"{type(value).__name__} is not in the profile")


def decode(data: bytes) -> tuple[Value, tuple[str, ...]]:
    """Parse a text of the profile. Repeated keys are reported, not repaired."""
    if depth_of(data) > MAX_DEPTH:
        raise TooDeep(f"deeper than {MAX_DEPTH} levels")
    repeated: list[str] = []

    def collect(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) != len(pairs):
            times = Counter(name for name, _ in pairs)
            twice = sorted(name for name, count in times.items() if count > 1)
            repeated.extend(map(_shown, twice))
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


def _check_members(value: list[object] | dict[object, object], depth: int) -> None:
    place: object = ""
    try:
        if isinstance(value, list):
            for place, item in enumerate(value):  # noqa: B007 - the handler below reads it
                check(item, depth=depth + 1)
            return
        for place, item in value.items():
            if not _is_key(place):
                raise ProfileError("a key outside [a-z0-9_]")
            if type(item) is not str or not item.isascii():  # most members are such texts
                check(item, depth=depth + 1)
    except ProfileError as error:
        raise error.within(
            f"[{place}]" if isinstance(value, list) else f".{_shown(place)}"
        ) from None


def _is_key(name: object) -> bool:
    return isinstance(name, str) and bool(_KEY.match(name) or name in _FOREIGN_KEYS)


def _shown(name: object) -> str:
    """A key that a stranger chose is not repeated: a terminal may show the message."""
    return str(name) if _is_key(name) else "?"


def _check_text(value: str) -> None:
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ProfileError("a lone surrogate") from None


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
