"""Letters: recorded with what they tell, and sent by a job each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import attrs

from aragora_server.kernel import jobs
from aragora_server.kernel.db import Database, Tx
from aragora_server.kernel.jobs import Job, JobFailed, JobHopeless
from aragora_server.kernel.notices import Notice
from aragora_server.kernel.outbox import NewJob, Outbox

from .server import AddressInvalid, digest
from .smtp import NotTaken

if TYPE_CHECKING:
    from email.message import EmailMessage

SEND = "send_mail"
NO_SERVER = "this server sends no e-mail: ARAGORA_SMTP_URL is not set"
DAY = timedelta(days=1)
MOST_A_DAY = 1_000
"""Letters of one workspace: whoever names budgets and reasons chooses words and addresses."""
ENOUGH = f"this workspace has sent {MOST_A_DAY} letters within a day: retry it when that is over"


class Carries(Protocol):
    async def carry(self, letter: EmailMessage, to: str) -> None:
        """NotTaken when the mail server did not take it."""
        ...


@attrs.frozen(kw_only=True)
class MailService:
    """Without `carrier` letters are recorded all the same, and found dead, saying why."""

    db: Database
    outbox: Outbox
    public_url: str
    sender: str = ""
    carrier: Carries | None = None

    async def record(self, tx: Tx, notice: Notice) -> None:
        """One job for each recipient, if it is not there yet."""
        for address in dict.fromkeys(notice.emails):
            job = NewJob(
                kind=SEND,
                workspace_id=notice.workspace_id,
                subject=_masked(address),
                payload={"to": address, "key": notice.key, "event": notice.event},
                unique_key=f"{SEND}:{digest(address)}:{notice.key}",
            )
            await self.outbox.record(tx, job)

    async def run(self, job: Job) -> None:
        if self.carrier is None:
            raise JobHopeless(NO_SERVER)
        if await self._sent_lately(str(job.workspace_id)) >= MOST_A_DAY:
            raise JobHopeless(ENOUGH)
        # A server that has nothing to tell need not know how.
        from .letters import Letters

        to = str(job.payload["to"])
        letters = Letters(sender=self.sender, public_url=self.public_url)
        try:
            letter = letters.letter(to=to, key=str(job.payload["key"]), event=job.payload["event"])
            await self.carrier.carry(letter, to)
        except AddressInvalid:
            raise JobHopeless("this is no e-mail address") from None
        except NotTaken as fault:
            raise (JobHopeless if fault.is_final else JobFailed)(str(fault)) from None

    async def _sent_lately(self, workspace_id: str) -> int:
        async with self.db.read() as tx:
            return await jobs.count_done(tx, SEND, workspace_id, self.outbox.now() - DAY)


def _masked(address: str) -> str:
    """Enough to know whose letter it was, for those who know the address."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
