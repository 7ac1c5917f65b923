"""Something that happened and that somebody wants to be told of, outside of this server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from .clock import wire_time


@attrs.frozen(kw_only=True)
class Notice:
    """One thing to tell.

    `type` and `data` are those of an event of the contract. `key` is of letters, digits, `-` and
    `_`, and the same whenever the same thing is told: each recipient is told it once.
    """

    workspace_id: str
    key: str
    type: str
    at: datetime
    data: Mapping[str, Any]
    emails: tuple[str, ...] = ()
    webhooks: bool = True

    @property
    def event(self) -> dict[str, Any]:
        """As it stands in the contract."""
        return {
            "type": self.type,
            "timestamp": wire_time(self.at),
            "workspace_id": self.workspace_id,
            "data": dict(self.data),
        }
