"""What can be done with endpoints: make, change, rotate, test, delete."""

from __future__ import annotations

from datetime import timedelta

import attrs

from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, Page, page_of
from aragora_server.kernel.turns import WEBHOOKS, take_turn

from . import store
from .model import (
    Change,
    Endpoint,
    Sealed,
    TooManyWebhooks,
    WebhookDisabled,
    WebhookNotFound,
    new_secret,
    spelled,
)
from .recording import Recorder
from .safe import Safe
from .targets import Targets, target

MOST = 20
"""Endpoints of a workspace: each event is recorded once for each."""


@attrs.frozen(kw_only=True)
class WebhookService:
    db: Database
    recorder: Recorder
    safe: Safe
    allowed: Targets
    new_id: NewId

    @property
    def now(self) -> Clock:
        return self.recorder.outbox.now

    async def create(
        self,
        workspace_id: str,
        *,
        url: str,
        description: str = "",
        events: tuple[str, ...] = (),
        endpoint_id: str | None = None,
    ) -> tuple[Endpoint, str]:
        """An endpoint and its secret. With an id that the same request was given before, the
        endpoint that it made then gets another secret: nobody was told the first one."""
        target(url, self.allowed)
        secret, made_id, now = new_secret(), endpoint_id or self.new_id(), self.now()
        sealed = Sealed(secret=self.safe.seal(made_id, secret), secret_id=made_id)
        endpoint = Endpoint(
            id=made_id,
            workspace_id=workspace_id,
            url=url,
            description=description,
            events=tuple(dict.fromkeys(events)),
            state="enabled",
            disabled_because=None,
            sealed=sealed,
            created_at=now,
            updated_at=now,
        )
        async with self.db.begin() as tx:
            await self._put(tx, endpoint)
        return endpoint, spelled(secret)

    async def list(self, workspace_id: str, *, cursor: str | None, limit: int) -> Page[Endpoint]:
        before = None if cursor is None else str(Cursor.decode(cursor, str).parts[0])
        async with self.db.read() as r:
            found = await store.list_page(r, workspace_id, before=before, limit=limit + 1)
        return page_of(found, limit, lambda endpoint: (endpoint.id,))

    async def get(self, workspace_id: str, endpoint_id: str) -> Endpoint:
        async with self.db.read() as r:
            return await self._find(r, workspace_id, endpoint_id)

    async def change(self, workspace_id: str, endpoint_id: str, asked: Change) -> Endpoint:
        if asked.url is not None:
            target(asked.url, self.allowed)
        async with self.db.begin() as tx:
            found = await self._find(tx, workspace_id, endpoint_id, lock=True)
            changed = found.change(asked, self.now())
            await store.save(tx, changed)
        return changed

    async def rotate(
        self, workspace_id: str, endpoint_id: str, *, overlap: timedelta, secret_id: str | None
    ) -> tuple[Endpoint, str]:
        """The endpoint and its new secret; the same `secret_id` again ends no other secret."""
        secret, now = new_secret(), self.now()
        ends_at = now + overlap if overlap else None
        sealed = self.safe.seal(endpoint_id, secret)
        async with self.db.begin() as tx:
            found = await self._find(tx, workspace_id, endpoint_id, lock=True)
            renewed = found.sealed.renew(sealed, secret_id or self.new_id(), ends_at)
            rotated = attrs.evolve(found, sealed=renewed, updated_at=now)
            await store.save(tx, rotated)
        return rotated, spelled(secret)

    async def test(
        self, workspace_id: str, endpoint_id: str, *, test_id: str | None
    ) -> tuple[str, str]:
        """The id of the message and that of its job."""
        async with self.db.begin() as tx:
            endpoint = await self._find(tx, workspace_id, endpoint_id)
            if endpoint.state == "disabled":
                raise WebhookDisabled(f"webhook endpoint {endpoint_id} is disabled")
            recorded = await self.recorder.record_test(tx, endpoint, test_id or self.new_id())
        await self.recorder.outbox.wake()
        return recorded

    async def delete(self, workspace_id: str, endpoint_id: str) -> None:
        async with self.db.begin() as tx:
            if not await store.remove(tx, workspace_id, endpoint_id):
                raise WebhookNotFound(f"no webhook endpoint {endpoint_id}")

    async def _put(self, tx: Tx, endpoint: Endpoint) -> None:
        # Two who ask at once would both get the last place.
        await take_turn(tx, WEBHOOKS, endpoint.workspace_id)
        if await store.find(tx, endpoint.workspace_id, endpoint.id, lock=True):
            await store.save(tx, endpoint)
        elif await store.count(tx, endpoint.workspace_id) >= MOST:
            raise TooManyWebhooks(f"a workspace has at most {MOST} webhook endpoints")
        else:
            await store.add(tx, endpoint)

    async def _find(
        self, tx: Tx, workspace_id: str, endpoint_id: str, *, lock: bool = False
    ) -> Endpoint:
        endpoint = await store.find(tx, workspace_id, endpoint_id, lock=lock)
        if endpoint is None:
            raise WebhookNotFound(f"no webhook endpoint {endpoint_id}")
        return endpoint
