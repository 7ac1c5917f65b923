# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common


class FeedbackEntry(Model):
    """What was said once."""

    comment: str | None
    """Why; null when nothing was said or it was erased."""
    given_at: common.Timestamp
    """When."""
    given_by: common.Id
    """The API key that said it."""
    outcome: Literal["held", "reversed", "dissent_was_right"] | str | None
    """How it turned out; null while nobody knows."""
    useful: bool
    """Whether the decision was of use."""


class FeedbackGiven(Model):
    """Feedback to give."""

    comment: Annotated[
        str | None, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")
    ] = None
    """Why."""
    outcome: Literal["held", "reversed", "dissent_was_right"] | None = None
    """How it turned out; left out while nobody knows."""
    useful: bool
    """Whether the decision was of use."""


class ReceiptFeedback(Model):
    """What a workspace says of a decision of its own."""

    current: FeedbackEntry | None
    """What counts; null when nothing was said."""
    earlier: list[FeedbackEntry]
    """What was said before, newest first."""
    receipt_id: common.Id
