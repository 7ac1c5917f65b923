"""Signed notes (c2sp.org/signed-note): a text, and lines of who signed it. Read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .digest import from_base64
from .keys import NAME, LogKey

MAX_BYTES = 128 * 1024
MAX_SIGNATURES = 64

_LINE = re.compile(rf"— ({NAME}) ([A-Za-z0-9+/]+={{0,2}})")
_FOREIGN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class NoteError(ValueError):
    """The text is no note of this form, or what it says of itself does not hold."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines, `(name, key id, signature)`, none of them checked yet."""

    text: str
    lines: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def parse(cls, note: str) -> Note:
        if _FOREIGN.search(note):
            raise NoteError("a control character or a lone surrogate")
        if len(note.encode()) > MAX_BYTES:
            raise NoteError(f"larger than {MAX_BYTES} bytes")
        text, blank, rest = note.rpartition("\n\n")
        if not blank:
            raise NoteError("no signature under the text")
        if not rest.endswith("\n"):
            raise NoteError("the last line has no end")
        lines = rest.removesuffix("\n").split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise NoteError(f"more than {MAX_SIGNATURES} signatures")
        return cls(text + "\n", tuple(_signature(line) for line in lines))

    def signers(self, keys: Iterable[LogKey]) -> tuple[LogKey, ...]:
        """Those of the keys that signed, each once. Lines of other keys count as nothing.

        A line of one of the keys that does not hold spoils the whole note.
        """
        message, found = self.text.encode(), []
        for key in keys:
            # A line that stands there many times is checked once.
            lines = {
                signature
                for name, key_id, signature in self.lines
                if (name, key_id) == (key.name, key.id)
            }
            if not all(key.key.verifies(signature, message) for signature in lines):
                raise NoteError("the signature of a pinned key does not hold")
            if lines:
                found.append(key)
        return tuple(found)


def _signature(line: str) -> tuple[str, bytes, bytes]:
    found = _LINE.fullmatch(line)
    try:
        data = from_base64(found[2]) if found else b""
    except ValueError:
        data = b""
    if found is None or len(data) < 5:
        raise NoteError("a line that is no signature")
    return found[1], data[:4], data[4:]
