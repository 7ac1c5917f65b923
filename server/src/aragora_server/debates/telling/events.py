"""Events as they are stored and sent, in one encoding, and how those who listen are woken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import attrs
import orjson

from aragora_server.kernel.broadcast import Broadcast
from aragora_server.kernel.clock import wire_time

TERMINAL = frozenset({"debate.concluded", "debate.cancelled", "debate.failed"})
TOKEN_DELTA = "token.delta"  # noqa: S105 - an event type
MOST_CACHED_BYTES = 8_192
EPHEMERAL = 0
"""Where a seq would stand in the wake-up of an event that has none."""


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


def topic(debate_id: str) -> str:
    return f"debate:{debate_id}"


def control_topic(debate_id: str) -> str:
    return f"debate:{debate_id}:control"


@attrs.frozen(kw_only=True)
class WakeUp:
    """An event on its way to those who listen now; the table keeps it for everybody else.

    A long one stays there: its wake-up has no payload.
    """

    seq: int
    type: str
    payload: bytes

    def encode(self) -> bytes:
        return b"%d %s %s" % (self.seq, self.type.encode(), self.payload)

    @classmethod
    def decode(cls, message: bytes) -> WakeUp:
        seq, type_, payload = message.split(b" ", 2)
        return cls(seq=int(seq), type=type_.decode(), payload=payload)


async def publish(broadcast: Broadcast, told: Iterable[Event]) -> None:
    for event in told:
        payload = event.encode()
        if len(payload) > MOST_CACHED_BYTES:
            payload = b""
        wake_up = WakeUp(seq=event.seq, type=event.type, payload=payload)
        await broadcast.publish(topic(event.debate_id), wake_up.encode())
