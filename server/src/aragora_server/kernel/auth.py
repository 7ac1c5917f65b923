"""Who is calling."""

from __future__ import annotations

from typing import Protocol

import attrs

SCHEME = "bearer"


@attrs.frozen(kw_only=True)
class Caller:
    """Who asks. `making` is the id for what a request under an `Idempotency-Key` makes: the same
    one when the request is repeated, because its answer was lost."""

    workspace_id: str
    api_key_id: str
    scopes: frozenset[str]
    making: str | None = None


def bearer(authorization: str | None) -> str:
    """The token of an `Authorization: Bearer ...` header (RFC 6750); empty where there is none."""
    scheme, _, token = (authorization or "").partition(" ")
    return token.strip() if scheme.lower() == SCHEME else ""


class Authenticator(Protocol):
    async def caller_of(self, api_key: str) -> Caller | None:
        """The caller behind a presented key, or None when the key is unknown or revoked."""
        ...
