"""Feedback on a receipt. Frozen values; nothing that was said is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs

Outcome = Literal["held", "reversed", "dissent_was_right"]


@attrs.frozen(kw_only=True)
class Feedback:
    id: str
    workspace_id: str
    receipt_id: str
    useful: bool
    outcome: Outcome | None
    comment: str | None
    given_by: str
    given_at: datetime


@attrs.frozen(kw_only=True)
class FeedbackCounts:
    """Of each receipt the last that was said counts."""

    given: int = 0
    useful: int = 0
    held: int = 0
    reversed: int = 0
    dissent_was_right: int = 0
