"""Feedback over HTTP: contract types in, contract types out."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .model import Feedback
from .service import FeedbackService


@attrs.frozen
class FeedbackRoutes:
    feedback: FeedbackService

    async def get_feedback(self, caller: Caller, receipt_id: str) -> wire.ReceiptFeedback:
        said = await self.feedback.of_receipt(caller.workspace_id, receipt_id)
        return _shown(receipt_id, said)

    async def put_feedback(
        self, caller: Caller, receipt_id: str, body: wire.FeedbackGiven
    ) -> wire.ReceiptFeedback:
        asked = body.model_dump()
        said = await self.feedback.give(
            caller.workspace_id,
            receipt_id,
            useful=asked["useful"],
            outcome=asked.get("outcome"),
            comment=asked.get("comment"),
            by=caller.api_key_id,
        )
        return _shown(receipt_id, said)


def _shown(receipt_id: str, said: Sequence[Feedback]) -> wire.ReceiptFeedback:
    entries = [
        wire.FeedbackEntry(
            useful=one.useful,
            outcome=one.outcome,
            comment=one.comment,
            given_by=one.given_by,
            given_at=one.given_at,
        )
        for one in said
    ]
    return wire.ReceiptFeedback(
        receipt_id=receipt_id, current=entries[0] if entries else None, earlier=entries[1:]
    )
