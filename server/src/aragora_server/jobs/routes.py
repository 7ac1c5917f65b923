"""Jobs over HTTP: translation only."""

from __future__ import annotations

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .model import Filter, KnownJob, State
from .service import JobService


@attrs.frozen
class JobRoutes:
    jobs: JobService

    async def list_jobs(
        self,
        caller: Caller,
        *,
        state: State | None,
        kind: str | None,
        cursor: str | None,
        limit: int,
    ) -> wire.JobPage:
        wanted = Filter(state=state, kind=kind)
        page = await self.jobs.list(caller.workspace_id, wanted, cursor=cursor, limit=limit)
        return wire.JobPage(items=[_job(job) for job in page.items], next_cursor=page.next_cursor)

    async def get_job(self, caller: Caller, job_id: str) -> wire.Job:
        return _job(await self.jobs.get(caller.workspace_id, job_id))

    async def retry_job(self, caller: Caller, job_id: str) -> wire.Job:
        return _job(await self.jobs.retry(caller.workspace_id, job_id))


def _job(job: KnownJob) -> wire.Job:
    return wire.Job(**attrs.asdict(job))
