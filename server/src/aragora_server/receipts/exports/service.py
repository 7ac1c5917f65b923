"""What can be done with exports: begin one, see how far it is, download it, delete it."""

from __future__ import annotations

import attrs

from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.outbox import NewJob, Outbox
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.turns import CUSTODY, take_turn
from aragora_server.receipts.store import Filter

from . import store
from .model import (
    KEPT_FOR,
    MOST_BYTES,
    MOST_EXPORTS,
    MOST_UNDER_WAY,
    Export,
    ExportNotFound,
    ExportNotReady,
    ExportWithdrawn,
    Format,
    Shown,
    TooManyExports,
    kept,
)

MAKING = "make_receipt_export"


@attrs.frozen(kw_only=True)
class ExportService:
    db: Database
    outbox: Outbox

    async def create(
        self, workspace_id: str, to: Format, wanted: Filter, *, export_id: str | None
    ) -> Shown:
        """An export to be made. With the id of one that the same request made before, that one."""
        now = self.outbox.now()
        export = Export(
            id=export_id or self.outbox.new_id(),
            workspace_id=workspace_id,
            format=to,
            wanted=kept(wanted),
            created_at=now,
            expires_at=now + KEPT_FOR,
        )

        async def work(tx: Tx) -> Shown:
            # Whoever erases now does not see it yet: what it reads is read after that.
            await take_turn(tx, CUSTODY, workspace_id)
            if there := await store.find(tx, workspace_id, export.id, now):
                return there
            if await store.count(tx, workspace_id, now) >= MOST_EXPORTS:
                raise TooManyExports(f"there are {MOST_EXPORTS} exports already")
            if await store.bytes_of(tx, workspace_id, now) >= MOST_BYTES:
                raise TooManyExports(f"the exports have {MOST_BYTES >> 30} GiB: delete some")
            if await store.count_under_way(tx, workspace_id, now) >= MOST_UNDER_WAY:
                raise TooManyExports(f"{MOST_UNDER_WAY} exports are being made: wait for one")
            job = NewJob(
                kind=MAKING,
                workspace_id=workspace_id,
                subject=export.id,
                payload={"export_id": export.id},
            )
            made = attrs.evolve(export, job_id=await self.outbox.record(tx, job))
            await store.add(tx, made)
            return Shown(export=made, job_state="due", last_error=None)

        shown = await self.db.run(work)
        await self.outbox.wake()
        return shown

    async def list(self, workspace_id: str, *, cursor: str | None, limit: int) -> Page[Shown]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as tx:
            found = await store.list_page(
                tx, workspace_id, self.outbox.now(), before=before, limit=limit + 1
            )
        return page_of(found, limit, lambda shown: (shown.export.id,))

    async def get(self, workspace_id: str, export_id: str) -> Shown:
        async with self.db.read() as tx:
            return await self._find(tx, workspace_id, export_id)

    async def part(self, workspace_id: str, export_id: str, n: int) -> bytes:
        async with self.db.read() as tx:
            shown = await self._find(tx, workspace_id, export_id)
            if shown.state == "withdrawn":
                raise ExportWithdrawn(f"export {export_id} is gone: a receipt in it has changed")
            if shown.state != "done":
                raise ExportNotReady(f"export {export_id} is {shown.state}")
            content = None
            if n < shown.export.parts:
                content = await store.part(tx, export_id, n)
        if content is None:
            raise ExportNotFound(f"export {export_id} has {shown.export.parts} parts")
        return content

    async def delete(self, workspace_id: str, export_id: str) -> None:
        async def work(tx: Tx) -> None:
            await self._find(tx, workspace_id, export_id)
            await store.remove(tx, export_id)

        await self.db.run(work)

    async def _find(self, tx: Tx, workspace_id: str, export_id: str) -> Shown:
        shown = await store.find(tx, workspace_id, export_id, self.outbox.now())
        if shown is None:
            raise ExportNotFound(f"no export {export_id}")
        return shown
