"""How it reaches others that something happened: their webhook endpoints, and people by e-mail."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from .budgets.alerting import Alerts
from .kernel.attempt import Kind
from .kernel.db import Database, Tx
from .kernel.notices import Notice
from .kernel.outbox import Outbox
from .mail import service, smtp
from .mail.service import MailService
from .settings import Settings
from .webhooks import recording, sending
from .webhooks.delivering import Delivery
from .webhooks.recording import Recorder
from .webhooks.safe import Safe
from .webhooks.sending import Post
from .webhooks.service import WebhookService


@attrs.frozen(kw_only=True)
class Messengers:
    outbox: Outbox
    webhooks: WebhookService
    delivery: Delivery
    mail: MailService

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
            mail=_mail(settings, db, outbox),
        )

    async def tell(self, tx: Tx, notice: Notice) -> None:
        """Record what is to be sent, in the transaction of what happened: one job for each
        recipient, and none for one that was told this before. Wake the outbox after the commit."""
        if notice.webhooks:
            await self.webhooks.recorder.record(tx, notice)
        await self.mail.record(tx, notice)

    @property
    def alerts(self) -> Alerts:
        """What budgets say, told by these messengers."""
        return Alerts(notices=self, new_id=self.outbox.new_id)

    @property
    def kinds(self) -> dict[str, Kind]:
        """The jobs that send it."""
        return {
            recording.SEND: Kind(run=self.delivery.run, limit_s=2 * sending.LIMIT_S),
            service.SEND: Kind(run=self.mail.run, limit_s=2 * smtp.LIMIT_S),
        }


def _mail(settings: Settings, db: Database, outbox: Outbox) -> MailService:
    """ExtraMissing when a mail server is configured that nothing here can talk to."""
    server, origin = settings.mail, settings.public_url
    if server is None:
        return MailService(db=db, outbox=outbox, public_url=origin)
    smtp.check_installed()
    carrier = smtp.Carrier(server=server)
    return MailService(
        db=db, outbox=outbox, public_url=origin, sender=server.sender, carrier=carrier
    )
