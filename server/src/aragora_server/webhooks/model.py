"""An endpoint, its secrets, and how what is sent to it is signed (Standard Webhooks)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import attrs

from aragora_server.kernel.errors import Conflict, Invalid, NotFound

State = Literal["enabled", "disabled"]
MARK = "whsec_"
SECRET_BYTES = 32
TEST = "webhook.test"


class WebhookNotFound(NotFound):
    code = "webhook_not_found"


class WebhookDisabled(Conflict):
    code = "webhook_disabled"


class WebhookUrlRefused(Invalid):
    code = "webhook_url_refused"


class TooManyWebhooks(Invalid):
    code = "too_many_webhooks"


@attrs.frozen(kw_only=True)
class Sealed:
    """Secrets as they are stored: the one in force, and the one before while it still signs.

    `secret_id` names the request that the secret was made for.
    """

    secret: bytes
    secret_id: str
    previous: bytes | None = None
    previous_ends_at: datetime | None = None

    def renew(self, secret: bytes, secret_id: str, ends_at: datetime | None) -> Sealed:
        """The same request again replaces its own secret, which nobody was told: the one before
        stays the one that receivers know."""
        if secret_id == self.secret_id:
            return attrs.evolve(self, secret=secret)
        if ends_at is None:
            return Sealed(secret=secret, secret_id=secret_id)
        return Sealed(
            secret=secret, secret_id=secret_id, previous=self.secret, previous_ends_at=ends_at
        )

    def in_force(self, now: datetime) -> tuple[bytes, ...]:
        """Newest first."""
        if self.previous is None or self.previous_ends_at is None or self.previous_ends_at <= now:
            return (self.secret,)
        return (self.secret, self.previous)


@attrs.frozen(kw_only=True)
class Endpoint:
    id: str
    workspace_id: str
    url: str
    description: str
    events: tuple[str, ...]
    state: State
    disabled_because: str | None
    sealed: Sealed = attrs.field(repr=False)
    created_at: datetime
    updated_at: datetime

    def wants(self, event: str) -> bool:
        """An empty list means all: also kinds that are newer than the endpoint."""
        return self.state == "enabled" and (not self.events or event in self.events)

    def disable(self, because: str, now: datetime) -> Endpoint:
        return attrs.evolve(self, state="disabled", disabled_because=because, updated_at=now)

    def change(self, asked: Change, now: datetime) -> Endpoint:
        given = attrs.asdict(asked, filter=lambda _, value: value is not None, recurse=False)
        if "state" in given:
            given["disabled_because"] = None
        return attrs.evolve(self, **given, updated_at=now)


@attrs.frozen(kw_only=True)
class Change:
    """What to change of an endpoint; None leaves it."""

    url: str | None = None
    description: str | None = None
    events: tuple[str, ...] | None = None
    state: State | None = None


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def spelled(secret: bytes) -> str:
    return MARK + base64.b64encode(secret).decode()


def signatures(keys: Iterable[bytes], *, message_id: str, timestamp: int, body: bytes) -> str:
    """One for each secret in force: a receiver needs to know one of them."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    made = (hmac.new(key, signed, hashlib.sha256).digest() for key in keys)
    return " ".join(f"v1,{base64.b64encode(one).decode()}" for one in made)
