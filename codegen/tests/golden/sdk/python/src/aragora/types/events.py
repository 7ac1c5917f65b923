# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common


class HeartbeatEvent(Model):
    """The stream is alive."""

    type: Literal["heartbeat"]


class NoteDoneEvent(Model):
    """The note is finished."""

    at: common.Timestamp
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1."""
    type: Literal["note.done"]


class WrittenData(Model):
    """What was written."""

    text: str
    """The piece."""


class NoteWrittenEvent(Model):
    """A piece was written."""

    at: common.Timestamp
    data: WrittenData
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1."""
    type: Literal["note.written"]


NoteEvent = TypeAliasType(
    "NoteEvent",
    Annotated[NoteWrittenEvent | NoteDoneEvent | HeartbeatEvent, Field(discriminator="type")],
)
"""What happens to a note."""
