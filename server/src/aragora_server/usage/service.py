"""What can be asked about usage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import attrs

from aragora_server.kernel.db import Database, Tx

from .model import Attempt, DebateCost


class Ledger(Protocol):
    async def attempts_of_debate(self, tx: Tx, *, debate_id: str) -> Sequence[Attempt]: ...


class Debates(Protocol):
    async def check(self, tx: Tx, *, workspace_id: str, debate_id: str) -> None:
        """Raises what says that this workspace has no such debate."""
        ...


@attrs.frozen(kw_only=True)
class UsageService:
    db: Database
    ledger: Ledger
    debates: Debates

    async def of_debate(self, workspace_id: str, debate_id: str) -> DebateCost:
        async with self.db.read() as tx:
            await self.debates.check(tx, workspace_id=workspace_id, debate_id=debate_id)
            attempts = await self.ledger.attempts_of_debate(tx, debate_id=debate_id)
        return DebateCost(debate_id=debate_id, attempts=tuple(attempts))
