"""Makes the file of an export, part by part.

Each part is kept together with where the next one begins: whoever dies in between leaves nothing
that the next attempt could not go on with, and before the last part nothing is given out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import attrs

from aragora_server.kernel import fault_points
from aragora_server.kernel.attempt import Kind
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.jobs import Job, JobFailed
from aragora_server.receipts.service import ReceiptService

from . import store
from .archive import Archive
from .model import Cursor, Export, Format, Source
from .service import MAKING
from .table import Table

LEAST_PART, MOST_PART = 1 << 20, 4 << 20
LIMIT_S = 3600.0


class Over(Exception):
    """There is nothing to make any more: it was deleted, or withdrawn."""


@attrs.frozen(kw_only=True)
class Draft:
    """What was read, and is not kept yet."""

    content: bytes = b""
    counts: Mapping[str, int] = attrs.field(factory=dict)
    cursor: Cursor | None = None


@attrs.frozen(kw_only=True)
class ExportMaker:
    db: Database
    sources: Mapping[Format, Source]
    now: Clock

    @classmethod
    def of(cls, receipts: ReceiptService) -> ExportMaker:
        sources: dict[Format, Source] = {"ndjson": Archive(receipts), "csv": Table(receipts)}
        return cls(db=receipts.db, sources=sources, now=receipts.now)

    @property
    def kinds(self) -> dict[str, Kind]:
        """What of exports is done in the background."""
        return {
            MAKING: Kind(run=self.make, limit_s=LIMIT_S),
            "delete_expired_exports": Kind(run=self._expire, every_s=3600),
        }

    async def make(self, job: Job) -> None:
        try:
            export = await self._begun(str(job.payload["export_id"]))
            await self._go_on(export, self.sources[export.format])
        except Over:
            return

    async def _expire(self, _: Job) -> None:
        await store.delete_expired(self.db, self.now())

    async def _begun(self, export_id: str) -> Export:
        export = await self._now(export_id)
        if export.cursor is None:
            survey = await self.sources[export.format].survey(export)
            if not await self.db.run(lambda tx: store.begin(tx, export, survey)):
                await self._give_up(export_id)
            export = await self._now(export_id)
        return export

    async def _go_on(self, export: Export, source: Source) -> None:
        digest = sha256()
        async for content in store.parts(self.db, export):
            digest.update(content)
        draft = Draft(counts=export.counts, cursor=export.cursor)
        while draft.cursor is not None:
            piece = await source.piece(export, draft.cursor)
            digest.update(piece.content)
            counts = Counter(draft.counts) + Counter(piece.counts)
            content = draft.content + piece.content
            draft = Draft(content=content, counts=dict(counts), cursor=piece.cursor)
            if len(content) >= LEAST_PART and draft.cursor is not None:
                export = await self._keep(export, draft)
                draft = attrs.evolve(draft, content=b"")
        ending = source.ending(draft.counts, digest.hexdigest())
        digest.update(ending)
        last = attrs.evolve(draft, content=draft.content + ending)
        await self._keep(export, last, sha256=digest.hexdigest())

    async def _keep(self, export: Export, draft: Draft, *, sha256: str | None = None) -> Export:
        """With a digest the file is whole now."""
        places = range(0, len(draft.content), MOST_PART)
        parts = [draft.content[at : at + MOST_PART] for at in places]

        async def work(tx: Tx) -> Export | None:
            grown = await store.append(tx, export, parts, draft.counts, draft.cursor)
            if grown is not None and sha256 is not None:
                await store.finish(tx, grown, sha256, self.now())
            fault_points.reach("export:commit")
            return grown

        grown = await self.db.run(work)
        fault_points.reach("export:committed")
        return grown or await self._give_up(export.id)

    async def _give_up(self, export_id: str) -> Any:
        """Somebody else has the export in his hands, or had: then all is read again, later."""
        await self._now(export_id)
        raise JobFailed("another process went on with it")

    async def _now(self, export_id: str) -> Export:
        async with self.db.read() as tx:
            export = await store.under_way(tx, export_id)
        if export is None:
            raise Over
        return export
