"""Links that need no key. What opens one is a secret of which only the digest is ever kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from .errors import Invalid, NotFound

LONGEST_LIFE = timedelta(hours=720)
TOKEN_BYTES = 32
PRIVATE: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
}
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]+)"')


class ShareLinkNotFound(NotFound):
    """Said alike of a link that never was, has expired, is used up or was revoked."""

    code = "share_link_not_found"


class ShareLinkExpiryInvalid(Invalid):
    code = "share_link_expiry_invalid"


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """256 random bits: one round of SHA-256 is all that they need."""
    return hashlib.sha256(token.encode()).hexdigest()


def end(asked: datetime | None, now: datetime, *, default: timedelta) -> datetime:
    ends = asked or now + default
    if not now < ends <= now + LONGEST_LIFE:
        raise ShareLinkExpiryInvalid("a link ends within 720 hours, and not before it begins")
    return ends


def url(public_url: str, page: str, token: str) -> str:
    """Of a page. Browsers send a fragment to nobody: a link that is followed leaves the token in
    no log. The page asks for what it shows by a path with it, which our own log hides."""
    return f"{public_url.rstrip('/')}{page}#{token}"


def headers(text: str) -> dict[str, str]:
    """Of a page: its own policy, which no frame can get around."""
    policy = POLICY.search(text)
    if policy is None:
        raise LookupError("the page names no policy")
    return {**PRIVATE, "Content-Security-Policy": f"{policy[1]}; frame-ancestors 'none'"}
