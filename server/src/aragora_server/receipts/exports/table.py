"""Receipts as a table: CSV, newest first."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from aragora_server.receipts import store
from aragora_server.receipts.prints import table
from aragora_server.receipts.service import ReceiptService
from aragora_server.receipts.view import printed

from .model import Cursor, Export, Piece, Survey

ROWS_AT_ONCE = 100


@attrs.frozen
class Table:
    receipts: ReceiptService

    async def survey(self, export: Export) -> Survey:
        async with self.receipts.db.search() as tx:
            total = await store.count(tx, export.workspace_id, export.filter)
        return Survey(scope={}, total=total, cursor=["head"])

    async def piece(self, export: Export, cursor: Cursor) -> Piece:
        match list(cursor):
            case ["head"]:
                return Piece(content=table.head().encode(), counts={}, cursor=["rows", None])
            case ["rows", before]:
                return await self._rows(export, before)
        raise ValueError(f"no place in a table: {cursor}")

    async def _rows(self, export: Export, before: str | None) -> Piece:
        page = await self.receipts.list(
            export.workspace_id, export.filter, cursor=before, limit=ROWS_AT_ONCE
        )
        rows = table.rows(printed(receipt) for receipt in page.items)
        after = None if page.next_cursor is None else ["rows", page.next_cursor]
        return Piece(content=rows.encode(), counts={"row": len(page.items)}, cursor=after)

    def ending(self, counts: Mapping[str, int], sha256: str) -> bytes:  # noqa: ARG002
        """A table has no place for it."""
        return b""
