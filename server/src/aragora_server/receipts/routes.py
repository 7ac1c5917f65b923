"""Receipts over HTTP: contract types in, contract types out."""

from __future__ import annotations

from datetime import datetime

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .model import Outcome
from .service import ReceiptService
from .store import Filter
from .view import printed


@attrs.frozen
class ReceiptRoutes:
    receipts: ReceiptService

    async def get_keys(self) -> wire.KeyDirectory:
        return wire.KeyDirectory.model_validate(self.receipts.keys())

    async def list_receipts(  # noqa: PLR0913 - one for each filter of the operation
        self,
        caller: Caller,
        *,
        debate_id: str | None,
        outcome: Outcome | None,
        issued_from: datetime | None,
        issued_to: datetime | None,
        cursor: str | None,
        limit: int,
    ) -> wire.ReceiptPage:
        wanted = Filter(
            debate_id=debate_id, outcome=outcome, issued_from=issued_from, issued_to=issued_to
        )
        page = await self.receipts.list(caller.workspace_id, wanted, cursor=cursor, limit=limit)
        items = [wire.Receipt.model_validate(printed(receipt)) for receipt in page.items]
        return wire.ReceiptPage(items=items, next_cursor=page.next_cursor)

    async def verify_receipt(self, body: bytes) -> wire.VerificationReport:
        return wire.VerificationReport.model_validate(self.receipts.verify(body).to_dict())

    async def get_receipt(self, caller: Caller, receipt_id: str) -> wire.Receipt:
        receipt = await self.receipts.get(caller.workspace_id, receipt_id)
        return wire.Receipt.model_validate(printed(receipt))

    async def get_receipt_bundle(self, caller: Caller, receipt_id: str) -> bytes:
        return await self.receipts.bundle(caller.workspace_id, receipt_id)
