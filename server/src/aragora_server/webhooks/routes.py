"""Webhook endpoints over HTTP: translation only."""

from __future__ import annotations

from datetime import timedelta

import attrs

from aragora_server.contract import models as wire
from aragora_server.kernel.auth import Caller

from .model import Change, Endpoint
from .service import WebhookService


@attrs.frozen
class WebhookRoutes:
    webhooks: WebhookService

    async def create_webhook(self, caller: Caller, body: wire.WebhookCreate) -> wire.WebhookCreated:
        endpoint, secret = await self.webhooks.create(
            caller.workspace_id, **body.model_dump(), endpoint_id=caller.making
        )
        return wire.WebhookCreated(webhook=_shown(endpoint), secret=secret)

    async def list_webhooks(
        self, caller: Caller, *, cursor: str | None, limit: int
    ) -> wire.WebhookPage:
        page = await self.webhooks.list(caller.workspace_id, cursor=cursor, limit=limit)
        items = [_shown(endpoint) for endpoint in page.items]
        return wire.WebhookPage(items=items, next_cursor=page.next_cursor)

    async def get_webhook(self, caller: Caller, webhook_id: str) -> wire.Webhook:
        return _shown(await self.webhooks.get(caller.workspace_id, webhook_id))

    async def update_webhook(
        self, caller: Caller, webhook_id: str, body: wire.WebhookUpdate
    ) -> wire.Webhook:
        asked = Change(**body.model_dump())
        return _shown(await self.webhooks.change(caller.workspace_id, webhook_id, asked))

    async def delete_webhook(self, caller: Caller, webhook_id: str) -> None:
        await self.webhooks.delete(caller.workspace_id, webhook_id)

    async def rotate_webhook_secret(
        self, caller: Caller, webhook_id: str, body: wire.WebhookSecretRotation
    ) -> wire.WebhookCreated:
        endpoint, secret = await self.webhooks.rotate(
            caller.workspace_id,
            webhook_id,
            overlap=timedelta(hours=body.overlap_hours),
            secret_id=caller.making,
        )
        return wire.WebhookCreated(webhook=_shown(endpoint), secret=secret)

    async def test_webhook(self, caller: Caller, webhook_id: str) -> wire.WebhookTest:
        message_id, job_id = await self.webhooks.test(
            caller.workspace_id, webhook_id, test_id=caller.making
        )
        return wire.WebhookTest(message_id=message_id, job_id=job_id)


def _shown(endpoint: Endpoint) -> wire.Webhook:
    return wire.Webhook(
        id=endpoint.id,
        url=endpoint.url,
        description=endpoint.description,
        events=list(endpoint.events),
        state=endpoint.state,
        disabled_because=endpoint.disabled_because,
        previous_secret_ends_at=endpoint.sealed.previous_ends_at,
        created_at=endpoint.created_at,
        updated_at=endpoint.updated_at,
    )
