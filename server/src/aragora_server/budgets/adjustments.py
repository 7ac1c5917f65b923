"""Correcting what a call cost: by whom, and why."""

from __future__ import annotations

import attrs

from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import NotFound

from . import books
from .adjusting import Adjustment, correct
from .drafting import entry_of
from .holding import HoldService
from .model import LedgerEntry


class HoldNotFound(NotFound):
    code = "hold_not_found"


@attrs.frozen(kw_only=True)
class AdjustmentService:
    db: Database
    holds: HoldService

    async def adjust(
        self, workspace_id: str, asked: Adjustment, *, by: str, entry_id: str | None = None
    ) -> LedgerEntry:
        """With an id that the same request was given before, the entry that it made then."""
        async with self.db.begin() as tx:
            if entry_id and (made := await books.find_entry(tx, workspace_id, entry_id)):
                return made
            hold = await books.find_hold(tx, asked.hold_id)
            if hold is None or hold.workspace_id != workspace_id:
                raise HoldNotFound(f"no reservation {asked.hold_id}")
            asked.check(hold, (await books.booked_for(tx, hold.id)).cost_micro_usd)
            entry = entry_of(
                hold,
                "adjust",
                asked.amount_micro_usd,
                entry_id=entry_id or self.holds.new_id(),
                at=self.holds.now(),
            )
            told = attrs.evolve(entry, actor=by, reason=asked.reason)
            entry, _ = await correct(tx, self.holds.alerts, hold, told)
            return entry
