"""Closes the holds of processes that died. Idempotent: every server may do it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import attrs

from aragora_server.kernel.db import Database, Tx

from . import books, override_rows
from .holding import HoldService
from .settling import Said

log = logging.getLogger(__name__)

Act = Callable[[Tx], Awaitable[tuple[int, Sequence[Said]]]]


class Debates(Protocol):
    async def beside(self, debate_id: str, act: Act) -> int:
        """Act while the debate is locked, for debates are locked before holds; what is said of it
        stands in the debate's stream."""
        ...


@attrs.frozen(kw_only=True)
class Sweeper:
    db: Database
    holds: HoldService
    debates: Debates

    async def sweep(self) -> int:
        """Take ended overrides off, and close what nobody settles any more: how many holds."""
        now = self.holds.now()
        await self.db.run(lambda tx: override_rows.end_all(tx, now))
        async with self.db.read() as r:
            late = await books.debates_with_expired(r, now)
        swept = sum([await self.debates.beside(one, self._of(one)) for one in late])
        if swept:
            log.warning("closed %d holds that nobody settled", swept)
        return swept

    def _of(self, debate_id: str) -> Act:
        async def act(tx: Tx) -> tuple[int, Sequence[Said]]:
            now, said = self.holds.now(), list[Said]()
            left = await books.lock_expired(tx, debate_id, now)
            for hold in left:
                done = await self.holds.abandon(tx, hold_id=hold.id)
                said += done.said
                if done.state == "settled":
                    said += await self.holds.alerts.swept(tx, hold, now)
            return len(left), said

        return act
