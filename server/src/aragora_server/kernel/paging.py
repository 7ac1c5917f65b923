"""Cursor pages. A cursor is opaque to callers and carries the sort key of the last item seen."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import attrs
import orjson

from .errors import MalformedRequest

T = TypeVar("T")
Part = str | int


class InvalidCursor(MalformedRequest):
    code = "invalid_cursor"


@attrs.frozen
class Cursor:
    parts: tuple[Part, ...]

    def encode(self) -> str:
        return base64.urlsafe_b64encode(orjson.dumps(self.parts)).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, *shape: type[Part]) -> Cursor:
        """Read a cursor whose parts must have exactly these types."""
        try:
            padded = text + "=" * (-len(text) % 4)
            parts = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError) as fault:
            raise InvalidCursor("this cursor was not made by this server") from fault
        if not isinstance(parts, list) or [type(part) for part in parts] != list(shape):
            raise InvalidCursor("this cursor belongs to another list")
        # A NUL is text that PostgreSQL refuses to compare with.
        if any(isinstance(part, str) and not part.isprintable() for part in parts):
            raise InvalidCursor("this cursor was not made by this server")
        return cls(tuple(parts))


@attrs.frozen(kw_only=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next_cursor: str | None


def page_of(found: Sequence[T], limit: int, key: Callable[[T], tuple[Part, ...]]) -> Page[T]:
    """Cut a page out of `limit + 1` rows: the extra row only says that more follow."""
    items = tuple(found[:limit])
    more = len(found) > limit
    return Page(items=items, next_cursor=Cursor(key(items[-1])).encode() if more else None)
