"""What can be done with feedback: give it, give it anew, read all of it."""

from __future__ import annotations

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.errors import Invalid
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts import store as receipts

from . import store
from .model import Feedback, Outcome

MOST = 100
"""Times that one receipt can be judged anew."""


@attrs.frozen(kw_only=True)
class FeedbackService:
    db: Database
    now: Clock
    new_id: NewId

    async def give(  # noqa: PLR0913 - what is said, and by whom
        self,
        workspace_id: str,
        receipt_id: str,
        *,
        useful: bool,
        outcome: Outcome | None,
        comment: str | None,
        by: str,
    ) -> tuple[Feedback, ...]:
        """From now on this counts. Said again word for word by the same key, it changes nothing."""
        async with self.db.begin() as tx:
            await receipts.found(tx, workspace_id, receipt_id)
            await take_turn(tx, CUSTODY, workspace_id)
            said = await store.of_receipt(tx, receipt_id)
            given = Feedback(
                id=self.new_id(),
                workspace_id=workspace_id,
                receipt_id=receipt_id,
                useful=useful,
                outcome=outcome,
                comment=comment,
                given_by=by,
                given_at=self.now(),
            )
            if said and _same(said[0], given):
                return said
            if len(said) >= MOST:
                raise Invalid(f"a receipt is judged at most {MOST} times")
            await store.add(tx, given)
        return (given, *said)

    async def of_receipt(self, workspace_id: str, receipt_id: str) -> tuple[Feedback, ...]:
        async with self.db.read() as tx:
            await receipts.found(tx, workspace_id, receipt_id)
            return await store.of_receipt(tx, receipt_id)


def _same(one: Feedback, other: Feedback) -> bool:
    return attrs.evolve(one, id=other.id, given_at=other.given_at) == other
