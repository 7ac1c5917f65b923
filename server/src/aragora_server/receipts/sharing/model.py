"""A link to a receipt."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

import attrs

from aragora_server.kernel import shares

Part = Literal[
    "question", "participants", "options", "ballots", "verdict", "dissent", "transcript", "evidence"
]
DEFAULT_LIFE = timedelta(hours=24)


@attrs.frozen(kw_only=True)
class Terms:
    """What a link shows, how often and how long."""

    disclose: tuple[Part, ...] = attrs.field(converter=tuple)
    max_uses: int
    expires_at: datetime | None = None

    def end(self, now: datetime) -> datetime:
        return shares.end(self.expires_at, now, default=DEFAULT_LIFE)


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
