# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common
from .common import PageInfo


class ShareLink(Model):
    """A link to a receipt, without its token."""

    created_at: common.Timestamp
    disclose: list[str]
    """The parts whose texts it shows."""
    expires_at: common.Timestamp
    id: common.Id
    last_used_at: common.Timestamp | None
    max_uses: Annotated[int, Field(ge=1, le=1000000)]
    """How often it can be opened."""
    receipt_id: common.Id
    revoked_at: common.Timestamp | None
    uses: Annotated[int, Field(ge=0, le=1000000)]
    """How often it was opened."""


class ShareLinkCreate(Model):
    """A link to make."""

    disclose: Annotated[
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
        ],
        Field(max_length=8, min_length=0),
    ]
    """The parts whose texts the link shows. What is signed in clear, such as tally and cost, shows always."""
    expires_at: common.Timestamp | None = None
    """When it ends, at most 720 hours from now; 24 hours when absent."""
    max_uses: Annotated[int, Field(ge=1, le=1000000)] = 100
    """How often it can be opened; default 100."""


class ShareLinkCreated(Model):
    """A link with its token, which is shown this once."""

    share_link: ShareLink
    token: str
    """What opens the receipt. It is not stored and cannot be shown again."""
    url: str
    """The page that shows the receipt. The token is its fragment, which browsers send to nobody."""


class ShareLinkPage(PageInfo):
    """A page of links, newest first."""

    items: list[ShareLink]
    """This page, in order."""


SharedReceiptPage = TypeAliasType("SharedReceiptPage", str)
"""A page that opens and verifies a shared receipt."""
