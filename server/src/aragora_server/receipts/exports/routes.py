"""Exports over HTTP: contract types in, contract types out."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.money import parse_usd
from aragora_server.receipts.store import Filter

from .model import Shown
from .service import ExportService


@attrs.frozen
class ExportRoutes:
    exports: ExportService

    async def create_receipt_export(
        self, caller: Caller, body: wire.ReceiptExportCreate
    ) -> wire.ReceiptExport:
        asked = body.model_dump()
        least = asked.pop("min_cost_usd", None)
        made = await self.exports.create(
            caller.workspace_id,
            asked.pop("format"),
            Filter(min_cost_micro_usd=None if least is None else parse_usd(least), **asked),
            export_id=caller.making,
        )
        return _shown(made)

    async def list_receipt_exports(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.ReceiptExportPage:
        page = await self.exports.list(caller.workspace_id, cursor=cursor, limit=limit)
        items = [_shown(shown) for shown in page.items]
        return wire.ReceiptExportPage(items=items, next_cursor=page.next_cursor)

    async def get_receipt_export(self, caller: Caller, export_id: str) -> wire.ReceiptExport:
        return _shown(await self.exports.get(caller.workspace_id, export_id))

    async def get_receipt_export_part(self, caller: Caller, export_id: str, part: int) -> bytes:
        return await self.exports.part(caller.workspace_id, export_id, part)

    async def delete_receipt_export(self, caller: Caller, export_id: str) -> None:
        await self.exports.delete(caller.workspace_id, export_id)


def _shown(shown: Shown) -> wire.ReceiptExport:
    export = shown.export
    told = {name: getattr(export, name) for name in wire.ReceiptExport.model_fields.keys() - _OWN}
    return wire.ReceiptExport(**told, state=shown.state, last_error=shown.last_error)


_OWN = {"state", "last_error"}
