"""Pieces of answers on their way to those who watch: joined, shown, never kept."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from .clerk import Clerk
from .events import TOKEN_DELTA, ephemeral
from .telling import EPHEMERAL, WakeUp, topic

PAUSE_S = 0.1
"""At most ten pieces a second from one call."""


@attrs.define(kw_only=True, eq=False)
class Deltas:
    """The pieces of one call."""

    clerk: Clerk
    debate_id: str
    call_no: int
    agent: str
    monotonic: Callable[[], float]
    waiting: str = ""
    shown_at: float = float("-inf")

    async def add(self, text: str) -> None:
        self.waiting += text
        if self.monotonic() - self.shown_at >= PAUSE_S:
            await self.flush()

    async def flush(self) -> None:
        if not self.waiting:
            return
        data = {"call_no": self.call_no, "agent": self.agent, "text": self.waiting}
        self.waiting, self.shown_at = "", self.monotonic()
        payload = ephemeral(self.debate_id, TOKEN_DELTA, self.clerk.now(), data)
        wake_up = WakeUp(seq=EPHEMERAL, type=TOKEN_DELTA, payload=payload)
        await self.clerk.broadcast.publish(topic(self.debate_id), wake_up.encode())
