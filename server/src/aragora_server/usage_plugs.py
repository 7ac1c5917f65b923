"""What other slices offer to reports of usage, in the words of reports."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from .budgets import attempts
from .debates import store as debate_rows
from .debates.model import DebateNotFound
from .kernel.db import Tx


@attrs.frozen
class UsageLedger:
    """The ledger, read for reports."""

    async def attempts_of_debate(self, tx: Tx, *, debate_id: str) -> Sequence[attempts.Attempt]:
        return await attempts.of_debate(tx, debate_id)


@attrs.frozen
class UsageDebates:
    """Debates, as far as reports speak of them."""

    async def check(self, tx: Tx, *, workspace_id: str, debate_id: str) -> None:
        if await debate_rows.find(tx, debate_id, workspace_id=workspace_id) is None:
            raise DebateNotFound(f"no debate {debate_id}")
