"""Through which server mail leaves, and under whose name."""

from __future__ import annotations

import hashlib
import re
from email.utils import formataddr, parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

import attrs

Security = Literal["tls", "starttls", "none"]
SCHEMES: dict[str, tuple[Security, int]] = {
    "smtps": ("tls", 465),
    "smtp": ("starttls", 587),
    "smtp+plain": ("none", 25),
}
ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
# Letters, digits and a few signs: what needs no quoting, and ends no header.
NAME = re.compile(r"[\w .,&()'+-]{0,100}")


class MailInvalid(ValueError):
    """The message says what is wrong with the text, and does not repeat it."""


class AddressInvalid(ValueError):
    """Nothing is sent to what is no address."""


@attrs.frozen(kw_only=True)
class MailServer:
    host: str
    port: int
    security: Security
    sender: str
    user: str | None = None
    password: str | None = attrs.field(default=None, repr=False)

    @property
    def address(self) -> str:
        """The sender's, without the name."""
        return parseaddr(self.sender)[1]


def mail_server(url: str, sender: str) -> MailServer:
    """From `smtp://user:password@host:port` and `Name <address>`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise MailInvalid("this is no URL of a mail server") from None
    if parts.scheme not in SCHEMES:
        raise MailInvalid(f"a URL of a mail server starts with {', '.join(SCHEMES)}://")
    security, usual_port = SCHEMES[parts.scheme]
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise MailInvalid("a URL of a mail server is scheme://user:password@host:port")
    if security == "none" and parts.password:
        raise MailInvalid("a password is sent over TLS only: use smtp:// or smtps://")
    return MailServer(
        host=host,
        port=port or usual_port,
        security=security,
        sender=_sender(sender),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def is_address(text: str) -> bool:
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def digest(address: str) -> str:
    """A recipient, where no address may stand."""
    return hashlib.sha256(address.lower().encode()).hexdigest()[:24]


def _sender(text: str) -> str:
    name, address = parseaddr(text)
    if not (text.isprintable() and is_address(address) and NAME.fullmatch(name)):
        raise MailInvalid("a sender is written as: Name <address@example.com>")
    return formataddr((name, address))
