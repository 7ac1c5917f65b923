"""One item of an event stream, the same for SSE and WebSocket."""

from __future__ import annotations

from functools import cached_property

import attrs


class TooSlow(Exception):
    """This reader is so far behind that the stream gives it up; it may come back and resume."""


@attrs.frozen(kw_only=True)
class StreamItem:
    """`payload` is the encoded event. An ephemeral item has no `seq` and is never replayed.

    What goes over a connection is made at first need, and shared by all streams that send it.
    """

    seq: int | None
    type: str
    payload: bytes

    @cached_property
    def block(self) -> bytes:
        """As server-sent event."""
        number = b"" if self.seq is None else b"id: %d\n" % self.seq
        return b"%sevent: %s\ndata: %s\n\n" % (number, self.type.encode(), self.payload)

    @cached_property
    def text(self) -> str:
        """As WebSocket message."""
        return self.payload.decode()


OPENED = StreamItem(seq=None, type="opened", payload=b"")
"""Every stream yields this or an event as soon as its checks are done. It is not sent."""
