# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common
from .common import PageInfo


class ApiKeyCreate(Model):
    """A key to make."""

    name: Annotated[str, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")]
    """What the key is for."""
    scopes: Annotated[
        list[
            Literal[
                "debates:read",
                "debates:write",
                "agents:read",
                "receipts:read",
                "receipts:write",
                "receipts:export",
                "receipts:share",
                "receipts:erase",
                "receipts:hold",
                "receipts:retain",
                "budgets:read",
                "budgets:write",
                "budgets:override",
                "prices:read",
                "prices:write",
                "budgets:adjust",
                "usage:read",
                "usage:share",
                "webhooks:read",
                "webhooks:write",
                "jobs:read",
                "jobs:write",
                "account:read",
                "keys:read",
                "keys:write",
            ]
        ],
        Field(max_length=40, min_length=1),
    ]
    """What the key may do; never more than the key that makes it."""


class ApiKey(Model):
    """An API key without its secret."""

    created_at: common.Timestamp
    id: common.Id
    last_used_at: common.Timestamp | None
    name: str
    """What the key is for."""
    prefix: str
    """The first characters, to recognise it."""
    revoked_at: common.Timestamp | None
    scopes: list[str]
    """What the key may do."""


class ApiKeyCreated(Model):
    """A new API key; its secret is shown this once."""

    api_key: ApiKey
    key: str
    """The secret to send as a bearer token. It is not stored and cannot be shown again."""


class ApiKeyPage(PageInfo):
    """A page of API keys, newest first."""

    items: list[ApiKey]
    """This page, in order."""


class Workspace(Model):
    """Whose data this is."""

    created_at: common.Timestamp
    id: common.Id
    name: str
    """Its name."""


class Account(Model):
    """Who the presented key belongs to."""

    api_key: ApiKey
    workspace: Workspace
