"""Events as they are stored and sent: one encoding, shared by every reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs
import orjson

from aragora_server.kernel.clock import wire_time

TERMINAL = frozenset({"debate.concluded", "debate.cancelled", "debate.failed"})
TOKEN_DELTA = "token.delta"  # noqa: S105 - an event type


@attrs.frozen
class Draft:
    """An event that has no place yet."""

    type: str
    data: Mapping[str, object]


@attrs.frozen(kw_only=True)
class Event:
    """`data` is kept as the bytes that were written first, so that every replay is equal."""

    debate_id: str
    seq: int
    type: str
    at: datetime
    data: str

    def encode(self) -> bytes:
        return (
            f'{{"seq":{self.seq},"debate_id":"{self.debate_id}","type":"{self.type}",'
            f'"at":"{wire_time(self.at)}","data":{self.data}}}'
        ).encode()


def number(
    drafts: tuple[Draft, ...], *, debate_id: str, first: int, at: datetime
) -> tuple[Event, ...]:
    return tuple(
        Event(
            debate_id=debate_id,
            seq=seq,
            type=draft.type,
            at=at,
            data=orjson.dumps(draft.data).decode(),
        )
        for seq, draft in enumerate(drafts, first)
    )


def ephemeral(debate_id: str, type_: str, at: datetime, data: Mapping[str, object]) -> bytes:
    """An event that is shown and forgotten: it has no `seq`."""
    return orjson.dumps({"debate_id": debate_id, "type": type_, "at": wire_time(at), "data": data})
