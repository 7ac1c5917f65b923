"""How it reaches others that something happened: their webhook endpoints are told."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from .kernel.attempt import Kind
from .kernel.db import Database, Tx
from .kernel.notices import Notice
from .kernel.outbox import Outbox
from .settings import Settings
from .webhooks.delivering import Delivery
from .webhooks.recording import SEND, Recorder
from .webhooks.safe import Safe
from .webhooks.sending import LIMIT_S, Post
from .webhooks.service import WebhookService


@attrs.frozen(kw_only=True)
class Messengers:
    outbox: Outbox
    webhooks: WebhookService
    delivery: Delivery

    @classmethod
    def of(
        cls, settings: Settings, db: Database, outbox: Outbox, key: Callable[[], bytes]
    ) -> Messengers:
        """`key` seals the secrets of endpoints."""
        safe, allowed = Safe(key), settings.webhook_targets
        post = Post(allowed=allowed)
        return cls(
            outbox=outbox,
            webhooks=WebhookService(
                db=db,
                recorder=Recorder(outbox),
                safe=safe,
                allowed=allowed,
                new_id=outbox.new_id,
            ),
            delivery=Delivery(db=db, safe=safe, post=post, now=outbox.now),
        )

    async def tell(self, tx: Tx, notice: Notice) -> None:
        """Record what is to be sent, in the transaction of what happened: one job for each
        recipient, and none for one that was told this before. Wake the outbox after the commit."""
        if notice.webhooks:
            await self.webhooks.recorder.record(tx, notice)

    @property
    def kinds(self) -> dict[str, Kind]:
        """The jobs that send it."""
        return {SEND: Kind(run=self.delivery.run, limit_s=2 * LIMIT_S)}
