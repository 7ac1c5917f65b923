"""Who is calling."""

from __future__ import annotations

from typing import Protocol

import attrs


@attrs.frozen(kw_only=True)
class Caller:
    workspace_id: str
    api_key_id: str
    scopes: frozenset[str]


class Authenticator(Protocol):
    async def caller_of(self, api_key: str) -> Caller | None:
        """The caller behind a presented key, or None when the key is unknown or revoked."""
        ...
