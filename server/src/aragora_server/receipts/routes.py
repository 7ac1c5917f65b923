"""Receipts over HTTP: contract types in, contract types out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any, TypeVar

import attrs
from anyio import CapacityLimiter, to_thread

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.money import parse_usd

from .prints import markdown, page
from .prints.pdf import Press
from .service import ReceiptService
from .store import Filter
from .view import printed

Print = TypeVar("Print", str, bytes)
ORDINARY_BYTES = 1_048_576


@attrs.frozen
class ReceiptRoutes:
    receipts: ReceiptService
    lane: CapacityLimiter = attrs.field(factory=lambda: CapacityLimiter(2))
    slow_lane: CapacityLimiter = attrs.field(factory=lambda: CapacityLimiter(1))
    print_lane: CapacityLimiter = attrs.field(factory=lambda: CapacityLimiter(1))
    press: Press = attrs.field(factory=Press)

    async def get_keys(self) -> wire.KeyDirectory:
        return wire.KeyDirectory.model_validate(await self.receipts.published.directory())

    async def list_receipts(
        self, caller: Caller, *, cursor: str | None, limit: int, **filters: Any
    ) -> wire.ReceiptPage:
        wanted = _wanted(**filters)
        page = await self.receipts.list(caller.workspace_id, wanted, cursor=cursor, limit=limit)
        items = [wire.Receipt.model_validate(printed(receipt)) for receipt in page.items]
        return wire.ReceiptPage(items=items, next_cursor=page.next_cursor)

    async def verify_receipt(self, body: bytes) -> wire.VerificationReport:
        """In a thread: a bundle made to be slow must hold up nobody but others like it."""
        lane = self.lane if len(body) <= ORDINARY_BYTES else self.slow_lane
        pinned = await self.receipts.published.pinned()
        found = await to_thread.run_sync(self.receipts.verify, body, pinned, limiter=lane)
        return wire.VerificationReport.model_validate(found.to_dict())

    async def verify_stored_receipt(
        self, caller: Caller, receipt_id: str
    ) -> wire.VerificationReport:
        return await self.verify_receipt(await self.get_receipt_bundle(caller, receipt_id))

    async def get_receipt(self, caller: Caller, receipt_id: str) -> wire.Receipt:
        receipt = await self.receipts.get(caller.workspace_id, receipt_id)
        return wire.Receipt.model_validate(printed(receipt))

    async def get_receipt_bundle(self, caller: Caller, receipt_id: str) -> bytes:
        await self.receipts.until_included(caller.workspace_id, receipt_id)
        return await self.receipts.bundle(caller.workspace_id, receipt_id)

    async def get_receipt_proof(self, caller: Caller, receipt_id: str) -> wire.ReceiptProof:
        found = await self.receipts.proof(caller.workspace_id, receipt_id)
        return wire.ReceiptProof(shard=found.place.shard, index=found.place.index, **found.evidence)

    async def get_log_consistency(
        self,
        caller: Caller,  # noqa: ARG002 - the log is the same for everybody
        *,
        from_size: int,
        to_size: int | None,
        shard: str | None,
    ) -> wire.LogConsistency:
        found = await self.receipts.log_growth(shard=shard, from_size=from_size, to_size=to_size)
        proof = [b64encode(step).decode() for step in found.proof]
        return wire.LogConsistency(**attrs.asdict(found) | {"proof": proof})

    async def get_receipt_markdown(self, caller: Caller, receipt_id: str) -> str:
        return await self._printed(caller, receipt_id, markdown.of)

    async def get_receipt_html(self, caller: Caller, receipt_id: str) -> str:
        return await self._printed(caller, receipt_id, page.of)

    async def get_receipt_pdf(self, caller: Caller, receipt_id: str) -> bytes:
        return await self._printed(caller, receipt_id, self.press.of)

    async def get_receipt_odr(self, caller: Caller, receipt_id: str) -> bytes:
        return await self.receipts.odr(caller.workspace_id, receipt_id)

    async def _printed(
        self, caller: Caller, receipt_id: str, render: Callable[[bytes], Print]
    ) -> Print:
        """One at a time and beside the loop: a long transcript takes a while."""
        bundle = await self.get_receipt_bundle(caller, receipt_id)
        return await to_thread.run_sync(render, bundle, limiter=self.print_lane)


def _wanted(*, min_cost_usd: str | None, **others: Any) -> Filter:
    least = None if min_cost_usd is None else parse_usd(min_cost_usd)
    return Filter(min_cost_micro_usd=least, **others)
