"""A job that sends one event to one endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import attrs
import orjson

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.jobs import Job, JobFailed, JobHopeless

from . import store
from .model import Endpoint, WebhookUrlRefused, signatures
from .safe import Safe, SecretUnreadable
from .sending import Unreachable

GONE = 410
GONE_FOR_GOOD = "it answered 410: it is gone for good"


class Sends(Protocol):
    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The status of the answer."""
        ...


@attrs.frozen(kw_only=True)
class Delivery:
    db: Database
    safe: Safe
    post: Sends
    now: Clock

    async def run(self, job: Job) -> None:
        """Done when it was taken, and when the endpoint was deleted meanwhile."""
        async with self.db.read() as r:
            endpoint = await store.find(r, str(job.workspace_id), str(job.subject))
        if endpoint is None:
            return
        if endpoint.state == "disabled":
            raise JobHopeless("the endpoint is disabled: enable it, then retry this")
        body = orjson.dumps(job.payload["event"])
        try:
            headers = self._headers(endpoint, str(job.payload["message_id"]), body)
            status = await self.post.send(endpoint.url, headers, body)
        except (SecretUnreadable, WebhookUrlRefused) as fault:
            raise JobHopeless(str(fault)) from None
        except Unreachable as fault:
            raise JobFailed(str(fault)) from None
        await self._judge(endpoint, status)

    def _headers(self, endpoint: Endpoint, message_id: str, body: bytes) -> dict[str, str]:
        now = self.now()
        keys = [self.safe.open(endpoint.id, one) for one in endpoint.sealed.in_force(now)]
        timestamp = int(now.timestamp())
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signatures(
                keys, message_id=message_id, timestamp=timestamp, body=body
            ),
        }

    async def _judge(self, endpoint: Endpoint, status: int) -> None:
        if status == GONE:
            await self.db.run(lambda tx: self._disable(tx, endpoint))
            raise JobHopeless("the endpoint answered 410 and is disabled")
        if 300 <= status < 400:
            raise JobFailed(f"the endpoint answered {status}: redirects are not followed")
        if not 200 <= status < 300:
            raise JobFailed(f"the endpoint answered {status}")

    async def _disable(self, tx: Tx, seen: Endpoint) -> None:
        """Unless it was sent elsewhere meanwhile."""
        found = await store.find(tx, seen.workspace_id, seen.id, lock=True)
        if found is not None and found.url == seen.url:
            await store.save(tx, found.disable(GONE_FOR_GOOD, self.now()))
