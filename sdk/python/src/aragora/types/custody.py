# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo


class Erasure(Model):
    """What a leaf of the log says was erased."""

    actor: common.Id
    """The API key that asked for it."""
    at: common.Timestamp
    id: common.Id
    legal_basis: str
    """Why, as a code."""
    paths: list[str]
    """JSON pointers to the digests whose texts are gone."""
    receipt_id: common.Id


Path = TypeAliasType(
    "Path",
    Annotated[
        str,
        Field(max_length=512, min_length=2, pattern="^(/[A-Za-z0-9_]{1,64}){1,16}$"),
    ],
)
"""A JSON pointer (RFC 6901) to a digest in the signed bytes."""


class ErasureCreate(Model):
    """Which texts to erase: by part, by participant, or one by one; all that is named goes."""

    legal_basis: Annotated[str, Field(max_length=64, min_length=1, pattern="^[a-z0-9_]{1,64}$")]
    """Why, as a code such as `gdpr_art_17`. It is part of every bundle from now on."""
    participant: Annotated[
        str | None, Field(max_length=5, min_length=2, pattern="^p[1-9][0-9]{0,3}$")
    ] = None
    """Every text of this participant: name, persona, role, ballots, dissent and messages. The id is that of the signed bytes, such as `p3`."""
    parts: Annotated[
        list[
            Literal[
                "question",
                "participants",
                "options",
                "ballots",
                "verdict",
                "dissent",
                "transcript",
                "evidence",
            ]
        ]
        | None,
        Field(max_length=8, min_length=1),
    ] = None
    """Every text of these parts."""
    paths: Annotated[list[Path] | None, Field(max_length=4096, min_length=1)] = None
    """The texts of these digests."""


class ErasureResult(Model):
    """What was erased now."""

    erased: Annotated[int, Field(ge=0, le=100000)]
    """How many texts."""
    erasure: Erasure | None
    """Null when all of them were gone already."""


class HeldReceipt(Model):
    """A receipt of which nothing may go."""

    legal_hold_id: common.Id
    receipt_id: common.Id


class LegalHold(Model):
    """Keeps receipts whole."""

    debate_id: common.Id | None
    id: common.Id
    issued_from: common.Timestamp | None
    issued_to: common.Timestamp | None
    matter: str
    """What it is about."""
    participant: str | None
    """Only receipts with this participant."""
    placed_at: common.Timestamp
    placed_by: common.Id
    reason: str
    """Why."""
    receipt_ids: list[common.Id] | None
    """Only these receipts."""
    released_at: common.Timestamp | None
    released_by: common.Id | None


class LegalHoldCreate(Model):
    """A legal hold to place; at least one criterion."""

    debate_id: common.Id | None = None
    """Only receipts of this debate."""
    issued_from: common.Timestamp | None = None
    """Only receipts issued at or after this instant."""
    issued_to: common.Timestamp | None = None
    """Only receipts issued before this instant."""
    matter: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What it is about, such as the number of a case."""
    participant: Annotated[
        str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")
    ] = None
    """Only receipts in which somebody of this name took part: an agent, a person, a model, or `provider:model`."""
    reason: Annotated[str, Field(max_length=2000, min_length=1, pattern="^[^\\u0000]*$")]
    """Why."""
    receipt_ids: Annotated[list[common.Id] | None, Field(max_length=1000, min_length=1)] = None
    """Only these receipts."""


class LegalHoldPage(PageInfo):
    """A page of legal holds, newest first."""

    items: list[LegalHold]
    """This page, in order."""


class ParticipantErasure(Model):
    """The erasure of a participant from every receipt, and how far it is. It does not say of whom."""

    actor: common.Id
    """The API key that asked for it."""
    asked_at: common.Timestamp
    done_at: common.Timestamp | None
    """When all receipts had their turn; null until then."""
    erased: Annotated[int, Field(ge=0, le=100000000)]
    """How many lost texts."""
    held: list[HeldReceipt]
    """Receipts that a legal hold keeps whole; the first thousand."""
    id: common.Id
    legal_basis: str
    """Why, as a code."""
    receipts: Annotated[int, Field(ge=0, le=100000000)]
    """How many are looked at. All that a search for this name finds, those with a model of that name too."""
    texts: Annotated[int, Field(ge=0, le=100000000000)]
    """How many texts went."""
    waiting: Annotated[int, Field(ge=0, le=100000000)]
    """How many still wait for their turn."""


class ParticipantErasureCreate(Model):
    """Whose texts to erase from every receipt."""

    legal_basis: Annotated[str, Field(max_length=64, min_length=1, pattern="^[a-z0-9_]{1,64}$")]
    """Why, as a code such as `gdpr_art_17`. It is part of every bundle from now on."""
    participant: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """The name of an agent or a person. The whole name counts, its case does not; models are no names."""


class Retention(Model):
    """How long things are kept."""

    debates: str
    """The words of debates beside their receipts, as an ISO 8601 duration."""
    receipts: str
    """Receipts, as an ISO 8601 duration."""
    set_at: common.Timestamp | None
    set_by: common.Id | None
    """The API key that said so; null when nobody did."""


class RetentionSet(Model):
    """How long things are to be kept."""

    apply_to_existing: bool = False
    """Whether what exists is kept shorter too; default false."""
    debates: Annotated[
        str | None,
        Field(max_length=7, min_length=3, pattern="^P([1-9][0-9]{0,2}Y|[1-9][0-9]{0,4}D)$"),
    ] = None
    """The words of debates beside their receipts (question, documents, answers, events), counted from the end of the debate. When it is left out, as long as receipts."""
    receipts: Annotated[
        str,
        Field(max_length=7, min_length=3, pattern="^P([1-9][0-9]{0,2}Y|[1-9][0-9]{0,4}D)$"),
    ]
    """Receipts, as an ISO 8601 duration of whole calendar years (`P7Y`) or of days (`P90D`); at least `P1D`."""
