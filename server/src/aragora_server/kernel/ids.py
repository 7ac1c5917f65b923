"""Ids that sort by the time they were made: UUID version 7 (RFC 9562)."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from collections.abc import Callable

NewId = Callable[[], str]

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A UUIDv7 greater than every one this process made before (RFC 9562 §6.2, method 2)."""
    global _last  # noqa: PLW0603 - monotonic order is a promise about the whole process
    fresh = (time.time_ns() // 1_000_000 << 74) | secrets.randbits(74)
    with _lock:
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(32)
        made = _last
    stamp, tail = made >> 74, made & ((1 << 74) - 1)
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    return str(uuid.UUID(int=stamp << 80 | 7 << 76 | high << 64 | 2 << 62 | low))


def new_request_id() -> str:
    return f"req_{secrets.token_hex(16)}"
