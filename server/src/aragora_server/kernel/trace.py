"""Which trace a request belongs to (W3C Trace Context)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_TRACEPARENT = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-.*")


def trace_id(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """None when the caller says nothing, or something that is no trace."""
    for name, value in headers:
        if name == b"traceparent":
            found = _TRACEPARENT.fullmatch(value.strip())
            return found[1].decode() if found else None
    return None
