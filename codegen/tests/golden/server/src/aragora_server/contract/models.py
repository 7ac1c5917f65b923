# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import MISSING, AwareDatetime, BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType


class Author(BaseModel):
    """Who wrote it."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    name: Annotated[str, Field(max_length=40, min_length=1, pattern="^[^\\u0000]*$")]
    """The name."""


class CheckReport(BaseModel):
    """Whether a document is a note."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    is_note: bool
    """It is one."""


class FieldError(BaseModel):
    """One refused place."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """What failed."""
    location: Literal["body", "query", "path", "header"] | str
    """Where it was found."""
    message: str
    """What is wrong."""
    pointer: str
    """RFC 6901 pointer."""


class Health(BaseModel):
    """The process answers."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    status: str
    """Always `ok`."""


class HeartbeatEvent(BaseModel):
    """The stream is alive."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    type: Literal["heartbeat"]


Id = TypeAliasType(
    "Id",
    Annotated[
        str,
        Field(examples=["note0001"], max_length=8, min_length=8, pattern="^[a-z0-9]{8}$"),
    ],
)
"""A short id."""


Metrics = TypeAliasType("Metrics", str)
"""Lines of a name and a number."""


Money = TypeAliasType(
    "Money",
    Annotated[str, Field(max_length=17, pattern="^(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$")],
)
"""An amount in US dollars."""


LabelsAdditionalProperty = TypeAliasType(
    "LabelsAdditionalProperty",
    Annotated[str, Field(max_length=20, pattern="^[^\\u0000]*$")],
)


class NoteCreate(BaseModel):
    """A note to be written."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    authors: Annotated[list[Author] | MISSING, Field(max_length=3)] = MISSING
    """Who wrote it."""
    kind: Literal["memo", "poem"] = "memo"
    """What it is; default memo."""
    labels: Annotated[dict[str, LabelsAdditionalProperty] | MISSING, Field(max_length=5)] = MISSING
    """Free labels."""
    max_cost_usd: Money | MISSING = MISSING
    text: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")]
    """The text."""


class NoteFile(BaseModel):
    """A note as a document; its members are those of the format."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    noteText: Annotated[str, Field(max_length=500)]
    """The text."""


class PageInfo(BaseModel):
    """What every page carries."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    next_cursor: str | None
    """Null at the end."""


class Problem(BaseModel):
    """An error as RFC 9457 problem details."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    code: str
    """A stable code."""
    detail: str
    """What happened."""
    doc_url: str
    """Its page."""
    errors: list[FieldError]
    """Refused places."""
    instance: str
    """The path."""
    request_id: str
    """Quote this."""
    status: Annotated[int, Field(ge=400, le=599)]
    """The status."""
    title: str
    """The error in a few words."""
    type: str
    """The urn of the code."""


class ServerSentEvent(BaseModel):
    """One server-sent event."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    data: Annotated[
        str,
        Field(
            json_schema_extra={
                "contentMediaType": "application/json",
                "contentSchema": {"$ref": "#/components/schemas/NoteEvent"},
            }
        ),
    ]
    """The event as JSON."""
    id: str | MISSING = MISSING
    """Its `seq`."""


Timestamp = TypeAliasType("Timestamp", AwareDatetime)
"""An instant in UTC."""


class WrittenData(BaseModel):
    """What was written."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    text: str
    """The piece."""


class Note(BaseModel):
    """A note."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    cost_usd: Money
    created_at: Timestamp
    due_at: Timestamp | MISSING = MISSING
    id: Id
    parent: Note | None
    """The note that it answers."""
    status: Literal["open", "done", "cancelled"] | str
    """How far it is."""
    text: str
    """The text."""
    words: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many words."""


class NoteDoneEvent(BaseModel):
    """The note is finished."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1."""
    type: Literal["note.done"]


class NotePage(PageInfo):
    """A page of notes."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    items: list[Note]
    """This page."""


class NoteUpdate(BaseModel):
    """What shall change."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    due_at: Timestamp | None | MISSING = MISSING
    """When it is due; null removes it."""
    text: Annotated[str | MISSING, Field(max_length=500, min_length=1, pattern="^[^\\u0000]*$")] = (
        MISSING
    )
    """The new text."""


class NoteWrittenEvent(BaseModel):
    """A piece was written."""

    model_config = ConfigDict(
        defer_build=True,
        extra="forbid",
    )
    at: Timestamp
    data: WrittenData
    seq: Annotated[int, Field(ge=1, le=9007199254740991)]
    """Gapless, from 1."""
    type: Literal["note.written"]


NoteEvent = TypeAliasType(
    "NoteEvent",
    Annotated[NoteWrittenEvent | NoteDoneEvent | HeartbeatEvent, Field(discriminator="type")],
)
"""What happens to a note."""


Note.model_rebuild()
