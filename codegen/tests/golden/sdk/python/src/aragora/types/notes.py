# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo


class Author(Model):
    """Who wrote it."""

    name: Annotated[str, Field(max_length=40, min_length=1, pattern="^[^\\u0000]*$")]
    """The name."""


class CheckReport(Model):
    """Whether a document is a note."""

    is_note: bool
    """It is one."""


class Note(Model):
    """A note."""

    cost_usd: common.Money
    created_at: common.Timestamp
    due_at: common.Timestamp | None = None
    id: common.Id
    parent: Note | None
    """The note that it answers."""
    status: Literal["open", "done", "cancelled"] | str
    """How far it is."""
    text: str
    """The text."""
    words: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many words."""


LabelsAdditionalProperty = TypeAliasType(
    "LabelsAdditionalProperty",
    Annotated[str, Field(max_length=20, pattern="^[^\\u0000]*$")],
)


class NoteCreate(Model):
    """A note to be written."""

    authors: Annotated[list[Author] | None, Field(max_length=3)] = None
    """Who wrote it."""
    kind: Literal["memo", "poem"] = "memo"
    """What it is; default memo."""
    labels: Annotated[dict[str, LabelsAdditionalProperty] | None, Field(max_length=5)] = None
    """Free labels."""
    max_cost_usd: common.Money | None = None
    text: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """The text."""


class NoteFile(Model):
    """A note as a document; its members are those of the format."""

    noteText: Annotated[str, Field(max_length=500)]
    """The text."""


class NotePage(PageInfo):
    """A page of notes."""

    items: list[Note]
    """This page."""


class NoteUpdate(Model):
    """What shall change."""

    due_at: common.Timestamp | None = None
    """When it is due; null removes it."""
    text: Annotated[str | None, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")] = None
    """The new text."""


class AuthorParam(TypedDict):
    """Who wrote it."""

    name: str
    """The name."""
