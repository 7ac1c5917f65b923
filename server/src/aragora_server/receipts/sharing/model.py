"""A link to a receipt. Its token is a secret: only the digest of it is ever kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

import attrs

from aragora_server.kernel.errors import Invalid, NotFound

Part = Literal[
    "question", "participants", "options", "ballots", "verdict", "dissent", "transcript", "evidence"
]
DEFAULT_LIFE, LONGEST_LIFE = timedelta(hours=24), timedelta(hours=720)
TOKEN_BYTES = 32


class ShareLinkNotFound(NotFound):
    """Said alike of a link that never was, has expired, is used up or was revoked."""

    code = "share_link_not_found"


class ShareLinkExpiryInvalid(Invalid):
    code = "share_link_expiry_invalid"


@attrs.frozen(kw_only=True)
class Terms:
    """What a link shows, how often and how long."""

    disclose: tuple[Part, ...] = attrs.field(converter=tuple)
    max_uses: int
    expires_at: datetime | None = None

    def end(self, now: datetime) -> datetime:
        ends = self.expires_at or now + DEFAULT_LIFE
        if not now < ends <= now + LONGEST_LIFE:
            raise ShareLinkExpiryInvalid("a link ends within 720 hours, and not before it begins")
        return ends


@attrs.frozen(kw_only=True)
class ShareLink:
    id: str
    workspace_id: str
    receipt_id: str
    disclose: tuple[Part, ...]
    max_uses: int
    uses: int
    created_by: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """256 random bits: one round of SHA-256 is all that they need."""
    return hashlib.sha256(token.encode()).hexdigest()
