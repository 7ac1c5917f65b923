"""One item of an event stream, the same for SSE and WebSocket."""

from __future__ import annotations

import attrs


@attrs.frozen(kw_only=True)
class StreamItem:
    """`payload` is the encoded event. An ephemeral item has no `seq` and is never replayed."""

    seq: int | None
    type: str
    payload: bytes


OPENED = StreamItem(seq=None, type="opened", payload=b"")
"""A stream may yield this first, to say that its checks are done. It is not sent."""
