"""Calls as the journal takes and ends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import attrs

from aragora_server.agents.model import Reply, Usage
from aragora_server.debates.model import Call
from aragora_server.debates.rules.transcript import Record
from aragora_server.debates.telling.events import Draft

Usages = Mapping[int, Usage | None]
"""What to book for calls that were cut, by call number; None for one that had not left yet."""


@attrs.frozen(kw_only=True)
class Ending:
    """How an attempt ended. While the call is still `claimed`, another attempt may follow."""

    outcome: str
    state: Literal["claimed", "done", "failed", "dropped"]
    usage: Usage | None = None
    record: Record | None = None
    reply: Reply | None = None


@attrs.frozen(kw_only=True)
class Claimed:
    """The calls of a round, ready to be asked, and how many of them a dead runner had asked.

    `said` is what budgets had to say of what the dead had left.
    """

    calls: Mapping[int, Call]
    repeated: int
    said: tuple[Draft, ...] = ()
