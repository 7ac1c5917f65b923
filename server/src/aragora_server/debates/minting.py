"""Ids for what is said in a debate. They follow from its place, so asking again changes none."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from itertools import count


def ids_of_call(debate_id: str, call_no: int) -> Callable[[], str]:
    numbers = count()
    return lambda: derived_id(debate_id, f"{call_no}|{next(numbers)}")


def derived_id(debate_id: str, place: str) -> str:
    """A UUIDv7 with the debate's own time; its random part is a digest (RFC 9562 §5.7)."""
    stamp = uuid.UUID(debate_id).int >> 80
    digest = int.from_bytes(hashlib.sha256(f"{debate_id}|{place}".encode()).digest())
    high, low = digest & 0xFFF, digest >> 12 & (1 << 62) - 1
    return str(uuid.UUID(int=stamp << 80 | 7 << 76 | high << 64 | 2 << 62 | low))
