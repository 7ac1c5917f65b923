"""A mail server on loopback: aiosmtpd, answering as told, keeping what it took."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import attrs
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@attrs.define(kw_only=True)
class MailServer:
    """`answers` are those to the next letters, at RCPT; after them each is taken."""

    port: int = 0
    letters: list[Envelope] = attrs.field(factory=list)
    answers: list[str] = attrs.field(factory=list)
    encrypted: list[bool] = attrs.field(factory=list)
    users: dict[bytes, bytes] = attrs.field(factory=dict)

    @property
    def messages(self) -> list[EmailMessage]:
        found = [message_from_bytes(_bytes(one), policy=default) for one in self.letters]
        return [message for message in found if isinstance(message, EmailMessage)]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        self.letters.append(envelope)
        self.encrypted.append(session.ssl is not None)
        return "250 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        return AuthResult(success=self.users.get(data.login) == data.password, handled=False)


@contextmanager
def mail_server(
    trusted: ssl.SSLContext | None = None,
    *,
    starttls: bool = False,
    users: dict[str, str] | None = None,
) -> Iterator[MailServer]:
    """With a context it speaks TLS: from the start, or when it is asked to."""
    office = MailServer(users={n.encode(): p.encode() for n, p in (users or {}).items()})
    options = {
        "tls_context": trusted if starttls else None,
        "require_starttls": starttls,
        "auth_required": users is not None,
        # TLS from the start is none that it would know of.
        "auth_require_tls": False,
        "authenticator": office.authenticate if users is not None else None,
    }
    ready, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(office, hostname="localhost", loop=loop, **options),
            "127.0.0.1",
            0,
            ssl=None if starttls else trusted,
        )
        office.port = server.sockets[0].getsockname()[1]
        loops.append(loop)
        ready.set()
        async with server:
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        assert ready.wait(10)
        yield office
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join()


def _bytes(envelope: Envelope) -> bytes:
    content = envelope.original_content or envelope.content
    assert isinstance(content, bytes)
    return content
