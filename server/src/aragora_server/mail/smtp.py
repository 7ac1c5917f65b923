"""One letter to one mail server."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import anyio
import attrs

from aragora_server.kernel.extras import needed

from .server import MailServer

if TYPE_CHECKING:
    from email.message import EmailMessage

    from aiosmtplib import SMTP

LIMIT_S = 30.0
PERMANENT = 500
NO_STARTTLS = (
    "the mail server offers no STARTTLS, and smtp:// sends nothing without: in ARAGORA_SMTP_URL"
    " write smtps:// if it speaks TLS from the start (often on port 465), or smtp+plain:// if it"
    " stands on the same machine"
)


class NotTaken(Exception):
    """The text is for whoever may read the job. With `is_final` no repetition will help."""

    def __init__(self, text: str, *, is_final: bool = False) -> None:
        super().__init__(text)
        self.is_final = is_final


def check_installed() -> None:
    needed("aiosmtplib", extra="mail", by="ARAGORA_SMTP_URL")


@attrs.frozen(kw_only=True)
class Carrier:
    server: MailServer
    trusted: ssl.SSLContext | None = None
    limit_s: float = LIMIT_S

    async def carry(self, letter: EmailMessage, to: str) -> None:
        """Taken by the server, or NotTaken. What a server says may hold an address: only its code
        is told."""
        try:
            with anyio.fail_after(self.limit_s):
                await self._exchange(letter, to)
        except TimeoutError:
            raise NotTaken(f"the mail server did not answer within {self.limit_s:g} s") from None

    async def _exchange(self, letter: EmailMessage, to: str) -> None:
        import aiosmtplib

        server = self.server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security == "tls",
            start_tls=False,
            tls_context=self.trusted,
            timeout=self.limit_s,
        )
        try:
            async with client:
                if server.security == "starttls":
                    await _encrypt(client)
                if server.user:
                    await client.login(server.user, server.password or "")
                await client.sendmail(server.address, [to], letter.as_bytes())
        except aiosmtplib.SMTPAuthenticationError as fault:
            raise NotTaken(f"the mail server refuses us: {fault.code}") from None
        except aiosmtplib.SMTPRecipientsRefused as fault:
            raise _refused(fault.recipients[0].code) from None
        except aiosmtplib.SMTPResponseException as fault:
            raise _refused(fault.code) from None
        except (aiosmtplib.SMTPException, OSError) as fault:
            raise NotTaken(f"the mail server cannot be used: {type(fault).__name__}") from None


async def _encrypt(client: SMTP) -> None:
    await client.ehlo()
    if not client.supports_extension("starttls"):
        raise NotTaken(NO_STARTTLS)
    await client.starttls()


def _refused(code: int) -> NotTaken:
    return NotTaken(f"the mail server answered {code}", is_final=code >= PERMANENT)
