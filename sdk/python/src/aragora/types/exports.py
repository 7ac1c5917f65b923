# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo

ExportPart = TypeAliasType(
    "ExportPart",
    Annotated[str, Field(json_schema_extra={"contentMediaType": "application/octet-stream"})],
)
"""Some of the bytes of an export."""


class ReceiptExport(Model):
    """A file of many receipts, and how far it is."""

    bytes: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How long all parts are together."""
    created_at: common.Timestamp
    done: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many records are in it so far."""
    expires_at: common.Timestamp
    """When it is deleted."""
    finished_at: common.Timestamp | None
    format: Literal["ndjson", "csv"] | str
    """What it is."""
    id: common.Id
    last_error: str | None
    """Why the last attempt to make it failed; null when none has."""
    parts: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How many parts there are so far."""
    sha256: common.Digest | None
    """The digest of the whole file; null before it is whole."""
    state: Literal["due", "running", "done", "failed", "withdrawn"] | str
    """`due`: not begun; `running`; `done`: whole, to be downloaded; `failed`: given up, until its job is retried; `withdrawn`: a receipt in it lost texts or was deleted, so the file is gone."""
    total: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """How many records it is to have; null before it is begun."""


class ReceiptExportCreate(Model):
    """Which receipts to export, and as what: the filters are those of the list and narrow together."""

    debate_id: common.Id | None = None
    """Only the receipt of this debate."""
    format: Literal["ndjson", "csv"]
    """`ndjson`: the archive with all proofs; `csv`: a table."""
    issued_from: common.Timestamp | None = None
    """Only receipts issued at or after this instant."""
    issued_to: common.Timestamp | None = None
    """Only receipts issued before this instant."""
    min_cost_usd: common.Money | None = None
    """Only receipts of debates that cost this much or more."""
    outcome: Literal["decided", "no_consensus", "no_decision"] | None = None
    """Only receipts with this outcome."""
    participant: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = None
    """Only receipts in which somebody of this name took part: an agent, a person, a model, or `provider:model`."""
    protocol: Annotated[str | None, Field(max_length=64, pattern="^[a-z0-9_]{1,64}$")] = None
    """Only receipts of debates that followed the protocol of this name, such as `escalate`."""
    topic: Annotated[str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")] = (
        None
    )
    """Only receipts whose question or verdict has, for each word of this text, a word that begins like it."""


class ReceiptExportPage(PageInfo):
    """A page of exports, newest first."""

    items: list[ReceiptExport]
    """This page, in order."""
