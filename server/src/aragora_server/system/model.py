"""What the server says of itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

import attrs

from aragora_server.kernel.errors import Unavailable

Health = Literal["ok", "degraded", "failed"]


class NotReady(Unavailable):
    code = "not_ready"


@attrs.frozen(kw_only=True)
class Finding:
    name: str
    status: Health
    detail: str


@attrs.frozen(kw_only=True)
class Probe:
    """One thing the server needs. `look` says what it saw; an exception means it is broken."""

    name: str
    look: Callable[[], Awaitable[tuple[Health, str]]]


@attrs.frozen(kw_only=True)
class ProtocolRef:
    id: str
    version: int
    hash: str


@attrs.frozen(kw_only=True)
class Limits:
    max_body_bytes: int
    max_bundle_bytes: int
    max_page_size: int
    max_agents: int
    max_documents: int
    max_options: int
    max_concurrent_debates: int
    rate_limit_per_minute: int


@attrs.frozen(kw_only=True)
class About:
    version: str
    capabilities: tuple[str, ...]
    protocols: Callable[[], tuple[ProtocolRef, ...]]
    limits: Limits
