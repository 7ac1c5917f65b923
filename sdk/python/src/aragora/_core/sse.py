"""Server-sent events out of chunks of bytes (HTML Standard, section 9.2). No I/O."""

from __future__ import annotations

import codecs
import dataclasses
import re
from collections.abc import Iterator
from typing import Final

from aragora.errors import StreamError

MAX_EVENT_BYTES: Final = 1_048_576
# Only these end a line; str.splitlines would also split at U+2028 and others.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclasses.dataclass(frozen=True, slots=True)
class ServerSent:
    """One event as it arrived."""

    event: str
    data: str
    id: str | None = None
    retry_ms: int | None = None


class SseDecoder:
    """Feed it chunks, get events."""

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._rest = ""
        self._after_cr = False
        self._data: list[str] = []
        self._size = 0
        self._event = ""
        self._id: str | None = None
        self._retry_ms: int | None = None

    def feed(self, chunk: bytes) -> Iterator[ServerSent]:
        """The events that this chunk completes."""
        for line in self._lines(self._text.decode(chunk)):
            if line:
                self._field(line)
            elif (sent := self._dispatch()) is not None:
                yield sent
        if len(self._rest) + self._size > MAX_EVENT_BYTES:
            raise StreamError(f"an event is larger than {MAX_EVENT_BYTES} bytes")

    def _lines(self, text: str) -> Iterator[str]:
        # A CR ends its line at once; an LF that the next chunk starts with belongs to it.
        if self._after_cr and text:
            text, self._after_cr = text.removeprefix("\n"), False
        start = 0
        for end in _LINE_END.finditer(text):
            yield self._rest + text[start : end.start()]
            self._rest, start = "", end.end()
            self._after_cr = end.group() == "\r" and start == len(text)
        self._rest += text[start:]

    def _field(self, line: str) -> None:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value) + 1
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdecimal():
            self._retry_ms = int(value)

    def _dispatch(self) -> ServerSent | None:
        sent = None
        if self._data:
            data = "\n".join(self._data)
            sent = ServerSent(self._event or "message", data, self._id, self._retry_ms)
            self._retry_ms = None
        self._data, self._size, self._event, self._id = [], 0, "", None
        return sent
