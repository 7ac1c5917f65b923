"""The closed JSON profile: one value has exactly one form, which is its RFC 8785 form.

No float and no null occurs, keys are ASCII and integers fit a double, so sorted keys without
spaces already are canonical. Whatever could break that is refused, never repaired.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from operator import itemgetter
from typing import Any, NoReturn, Self, TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"

MAX_DEPTH = 16
MAX_INTEGER = 2**53 - 1
# What is written back stands in memory three times; few receipts are larger.
MAX_AT_ONCE = 4 * 1024 * 1024

_KEY = re.compile(r"[a-z0-9_]+\Z")
_FOREIGN_KEYS = frozenset({"predicateType", "payloadType"})
# Possessive, so that a hostile text cannot make the scan quadratic.
_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|([\[\]{}])', re.DOTALL)
_STEPS = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    if not _fits(value):
        check(value)
    return form(value)


def form(value: object) -> bytes:
    """The same of what is known to fit, such as what was decoded."""
    try:
        import orjson
    except ImportError:
        return dump_plain(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER)


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
    value = _at_once(data)
    return _with_care(data) if value is None else (value, ())


def texts(data: bytes) -> list[str]:
    """Parse a list of texts: nothing is in it that could have two forms, or stand twice."""
    value = _loaded(data)
    if value is None:
        value, _ = decode(data)
    if type(value) is not list or any(type(item) is not str for item in value):
        raise ProfileError("not a list of texts")
    return value


def _at_once(data: bytes) -> Value | None:
    """The value of a text that is its one form, as most are: no key can stand twice in it."""
    value: Value | None = _loaded(data)
    return value if _fits(value) and form(value) == data else None


def _loaded(data: bytes) -> Any:
    """What orjson makes of a text; None when it is not there, or the text wants more care."""
    if len(data) > MAX_AT_ONCE:
        return None
    try:
        import orjson

        return orjson.loads(data)
    except (ImportError, ValueError):
        return None


def _with_care(data: bytes) -> tuple[Value, tuple[str, ...]]:
    """The value of any text, or what is wrong with it."""
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
    brackets = filter(None, map(itemgetter(1), _BRACKETS.finditer(data)))
    return max(0, max(accumulate(map(_STEPS.__getitem__, brackets)), default=0))


def _fits(value: Any, depth: int = 1) -> bool:
    """Whether `check` accepts a plain value: quicker, because it names no place."""
    kind = type(value)
    if kind is dict or kind is list:
        if depth > MAX_DEPTH or (kind is dict and not _are_keys(value)):
            return False
        for member in value.values() if kind is dict else value:
            if type(member) is str and member.isascii():  # most members are such texts
                continue
            if not _fits(member, depth + 1):
                return False
        return True
    if kind is str:
        return value.isascii() or not _SURROGATE.search(value)
    return kind is bool or (kind is int and -MAX_INTEGER <= value <= MAX_INTEGER)


def _are_keys(names: dict[Any, Any]) -> bool:
    try:
        every = "".join(names)
    except TypeError:
        return False
    return bool(_KEY.match(every) and "" not in names) or all(map(_is_key, names))


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
