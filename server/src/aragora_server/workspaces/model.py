"""Workspaces and their API keys. A key's secret exists only in the hands of its owner."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

import attrs

from aragora_server.kernel.errors import Forbidden, NotFound, Unauthenticated

SECRET_BYTES = 32
MARK = "ara_"
PREFIX_LENGTH = len(MARK) + 4


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"


class ScopeEscalation(Forbidden):
    code = "scope_escalation"


@attrs.frozen(kw_only=True)
class Workspace:
    id: str
    name: str
    created_at: datetime


@attrs.frozen(kw_only=True)
class ApiKey:
    id: str
    workspace_id: str
    name: str
    scopes: tuple[str, ...]
    prefix: str
    created_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def check_can_grant(self, scopes: frozenset[str]) -> None:
        """No key makes one that can do more than itself, nor one that outlives its revocation."""
        if self.revoked_at is not None:
            raise Unauthenticated("the presented key is revoked")
        if beyond := scopes - set(self.scopes):
            raise ScopeEscalation(f"the presented key lacks {', '.join(sorted(beyond))}")

    def revoke(self, at: datetime) -> ApiKey:
        return self if self.revoked_at else attrs.evolve(self, revoked_at=at)


@attrs.frozen(kw_only=True)
class NewKey:
    """A key at the one moment when its secret is known."""

    api_key: ApiKey
    secret: str = attrs.field(repr=False)


def new_secret() -> str:
    return MARK + secrets.token_urlsafe(SECRET_BYTES)


def secret_hash(secret: str) -> str:
    """One round is enough: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
