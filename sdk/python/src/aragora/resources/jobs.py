# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aragora._core.call import Op
from aragora._core.options import OMIT, Omit, RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora._core.page import AsyncPage, Page
    from aragora.types.jobs import Job, JobPage


def _Job() -> type[Job]:
    from aragora.types import Job

    return Job


def _JobPage() -> type[JobPage]:
    from aragora.types import JobPage

    return JobPage


_LIST: Op[JobPage] = Op(
    id="listJobs",
    method="GET",
    path="/v1/jobs",
    returns=_JobPage,
    query=(
        "state",
        "kind",
        "cursor",
        "limit",
    ),
    repeatable=True,
)
_GET: Op[Job] = Op(
    id="getJob",
    method="GET",
    path="/v1/jobs/{job_id}",
    returns=_Job,
    repeatable=True,
)
_RETRY: Op[Job] = Op(
    id="retryJob",
    method="POST",
    path="/v1/jobs/{job_id}/retry",
    returns=_Job,
)


class JobsResource(Resource):
    """Operations on jobs."""

    def list(
        self,
        *,
        state: Literal["due", "running", "done", "dead"] | Omit = OMIT,
        kind: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> Page[Job]:
        """List jobs.

        Background work of the workspace, newest first. The server's own jobs are shown to keys of
        the workspace that the server made at its first start. What is done is kept for a day, what
        is dead until it is retried.

        Args:
            state: Only jobs in this state.
            kind: Only jobs of this kind.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for job in client.jobs.list(limit=20):
                    print(job)
        """
        return self._page(
            _LIST,
            {
                "state": state,
                "kind": kind,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    def get(self, job_id: str, *, request_options: RequestOptions | None = None) -> Job:
        """Read a job.

        The job as it is now. What it works with is not shown.

        Args:
            job_id: The job.

        Raises:
            InternalError, InvalidRequest, JobNotFound, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            job_id = "01943f72-1c3d-7e55-8a91-3d2c1b0a9f8e"

            with Aragora() as client:
                job = client.jobs.get(job_id)
                print(job)
        """
        return self._call(
            _GET,
            {
                "job_id": job_id,
            },
            request_options,
        )

    def retry(self, job_id: str, *, request_options: RequestOptions | None = None) -> Job:
        """Retry a dead job.

        Makes the job due at once, with ten new attempts. Only a dead job can be retried: one in any
        other state stays as it is: 409.

        Args:
            job_id: The job.

        Raises:
            InternalError, InvalidRequest, JobNotDead, JobNotFound, NotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            job_id = "01943f72-1c3d-7e55-8a91-3d2c1b0a9f8e"

            with Aragora() as client:
                job = client.jobs.retry(job_id)
                print(job)
        """
        return self._call(
            _RETRY,
            {
                "job_id": job_id,
            },
            request_options,
        )


class AsyncJobsResource(AsyncResource):
    """Operations on jobs."""

    async def list(
        self,
        *,
        state: Literal["due", "running", "done", "dead"] | Omit = OMIT,
        kind: str | Omit = OMIT,
        cursor: str | Omit = OMIT,
        limit: int | Omit = OMIT,
        request_options: RequestOptions | None = None,
    ) -> AsyncPage[Job]:
        """List jobs.

        Background work of the workspace, newest first. The server's own jobs are shown to keys of
        the workspace that the server made at its first start. What is done is kept for a day, what
        is dead until it is retried.

        Args:
            state: Only jobs in this state.
            kind: Only jobs of this kind.
            cursor: `next_cursor` of the page before.
            limit: Most items on a page; default 50.

        Raises:
            InternalError, InvalidCursor, InvalidRequest, MalformedRequest, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            with Aragora() as client:
                for job in client.jobs.list(limit=20):
                    print(job)
        """
        return await self._page(
            _LIST,
            {
                "state": state,
                "kind": kind,
                "cursor": cursor,
                "limit": limit,
            },
            request_options,
        )

    async def get(self, job_id: str, *, request_options: RequestOptions | None = None) -> Job:
        """Read a job.

        The job as it is now. What it works with is not shown.

        Args:
            job_id: The job.

        Raises:
            InternalError, InvalidRequest, JobNotFound, NotFound, RateLimited, ScopeMissing,
            Unauthenticated

        Example:
            from aragora import Aragora

            job_id = "01943f72-1c3d-7e55-8a91-3d2c1b0a9f8e"

            with Aragora() as client:
                job = client.jobs.get(job_id)
                print(job)
        """
        return await self._call(
            _GET,
            {
                "job_id": job_id,
            },
            request_options,
        )

    async def retry(self, job_id: str, *, request_options: RequestOptions | None = None) -> Job:
        """Retry a dead job.

        Makes the job due at once, with ten new attempts. Only a dead job can be retried: one in any
        other state stays as it is: 409.

        Args:
            job_id: The job.

        Raises:
            InternalError, InvalidRequest, JobNotDead, JobNotFound, NotFound, RateLimited,
            ScopeMissing, StorageFull, Unauthenticated

        Example:
            from aragora import Aragora

            job_id = "01943f72-1c3d-7e55-8a91-3d2c1b0a9f8e"

            with Aragora() as client:
                job = client.jobs.retry(job_id)
                print(job)
        """
        return await self._call(
            _RETRY,
            {
                "job_id": job_id,
            },
            request_options,
        )
