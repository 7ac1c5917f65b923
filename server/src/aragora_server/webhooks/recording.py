"""What is to be sent, written down together with what makes it necessary."""

from __future__ import annotations

import attrs

from aragora_server.kernel import jobs
from aragora_server.kernel.db import Tx
from aragora_server.kernel.notices import Notice
from aragora_server.kernel.outbox import NewJob, Outbox

from . import store
from .model import TEST, Endpoint

SEND = "send_webhook"


@attrs.frozen
class Recorder:
    outbox: Outbox

    async def record(self, tx: Tx, notice: Notice) -> None:
        """One job for each endpoint of the workspace that wants it, if it is not there yet."""
        for endpoint in await store.list_all(tx, notice.workspace_id):
            if endpoint.wants(notice.type):
                await self.outbox.record(tx, _job(endpoint, notice))

    async def record_test(self, tx: Tx, endpoint: Endpoint, test_id: str) -> tuple[str, str]:
        """What it is sent as, and the job that sends it: the same for the same `test_id`."""
        notice = Notice(
            workspace_id=endpoint.workspace_id,
            key=test_id,
            type=TEST,
            at=self.outbox.now(),
            data={"webhook_id": endpoint.id},
        )
        job = _job(endpoint, notice)
        job_id = await self.outbox.record(tx, job)
        if job_id is None:
            job_id = await jobs.find_id(tx, str(job.unique_key))
        return _message_id(notice), str(job_id)


def _message_id(notice: Notice) -> str:
    return f"msg_{notice.key}"


def _job(endpoint: Endpoint, notice: Notice) -> NewJob:
    return NewJob(
        kind=SEND,
        workspace_id=endpoint.workspace_id,
        subject=endpoint.id,
        payload={"message_id": _message_id(notice), "event": notice.event},
        unique_key=f"{SEND}:{endpoint.id}:{notice.key}",
    )
