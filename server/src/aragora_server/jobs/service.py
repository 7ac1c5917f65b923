"""What can be done with jobs: look at them, and give a dead one another chance."""

from __future__ import annotations

from typing import Protocol

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.paging import Cursor, Page, page_of

from . import store
from .model import Filter, JobNotDead, JobNotFound, KnownJob, Reach


class Workspaces(Protocol):
    async def is_operator(self, tx: Tx, *, workspace_id: str) -> bool:
        """Whether this workspace belongs to whoever runs the server."""
        ...


class Wakes(Protocol):
    async def wake(self) -> None: ...


@attrs.frozen(kw_only=True)
class JobService:
    db: Database
    workspaces: Workspaces
    outbox: Wakes
    now: Clock

    async def list(
        self, workspace_id: str, wanted: Filter, *, cursor: str | None, limit: int
    ) -> Page[KnownJob]:
        before = str(Cursor.decode(cursor, str).parts[0]) if cursor else None
        async with self.db.read() as r:
            reach = await self._reach(r, workspace_id)
            found = await store.list_page(r, reach, wanted, before=before, limit=limit + 1)
        return page_of(found, limit, lambda job: (job.id,))

    async def get(self, workspace_id: str, job_id: str) -> KnownJob:
        async with self.db.read() as r:
            return await self._find(r, await self._reach(r, workspace_id), job_id)

    async def retry(self, workspace_id: str, job_id: str) -> KnownJob:
        async with self.db.begin() as tx:
            reach = await self._reach(tx, workspace_id)
            revived = await store.revive(tx, reach, job_id, self.now())
            if revived is None:
                job = await self._find(tx, reach, job_id)
                raise JobNotDead(f"job {job_id} is {job.state}")
        await self.outbox.wake()
        return revived

    async def _find(self, tx: Tx, reach: Reach, job_id: str) -> KnownJob:
        job = await store.find(tx, reach, job_id)
        if job is None:
            raise JobNotFound(f"no job {job_id}")
        return job

    async def _reach(self, tx: Tx, workspace_id: str) -> Reach:
        is_operator = await self.workspaces.is_operator(tx, workspace_id=workspace_id)
        return Reach(workspace_id=workspace_id, is_operator=is_operator)
