# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common, usage
from .common import PageInfo

SharedUsagePage = TypeAliasType("SharedUsagePage", str)
"""A page that shows a shared usage report."""


class UsageLink(Model):
    """A link to a usage report, without its token."""

    created_at: common.Timestamp
    expires_at: common.Timestamp
    first_day: str
    """The first day."""
    group_by: str
    """What is added up by."""
    id: common.Id
    last_day: str
    """The last day."""
    last_used_at: common.Timestamp | None
    revoked_at: common.Timestamp | None
    timezone: str
    """Where they are days."""
    title: str | None
    """What the report is called."""
    top: Annotated[int, Field(ge=1, le=1000)]
    """How many groups are shown at most."""
    uses: Annotated[int, Field(ge=0, le=9007199254740991)]
    """How often the report was read."""


class UsageLinkCreate(Model):
    """A link to make."""

    expires_at: common.Timestamp | None = None
    """When it ends, at most 720 hours from now; that, when absent."""
    first_day: Annotated[
        str | None,
        Field(max_length=10, min_length=10, pattern="^\\d{4}-\\d{2}-\\d{2}$"),
    ] = None
    """The first day of the report; without it the first of the last day's month."""
    group_by: Literal[
        "day",
        "week",
        "month",
        "agent",
        "provider",
        "model",
        "protocol",
        "tag",
        "api_key",
        "budget",
    ] = "day"
    """What to add up by; default `day`. Never by debate, for that would show questions."""
    last_day: Annotated[
        str | None,
        Field(max_length=10, min_length=10, pattern="^\\d{4}-\\d{2}-\\d{2}$"),
    ] = None
    """The last day of the report, and the whole of it; without it the last of this month."""
    timezone: Annotated[
        str,
        Field(
            max_length=64,
            min_length=1,
            pattern="^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$",
        ),
    ] = "UTC"
    """The IANA time zone in which a day begins, such as `Europe/Berlin`; default `UTC`."""
    title: Annotated[str | None, Field(max_length=200, min_length=1, pattern="^[^\\u0000]*$")] = (
        None
    )
    """What the report is called for whoever opens the link; they see it."""
    top: Annotated[int, Field(ge=1, le=1000)] = 100
    """How many groups to show, the dearest first; default 100."""


class UsageLinkCreated(Model):
    """A link with its token, which is shown this once."""

    token: str
    """What opens the report. It is not stored and cannot be shown again."""
    url: str
    """The page that shows the report. The token is its fragment, which browsers send to nobody."""
    usage_link: UsageLink


class UsageLinkPage(PageInfo):
    """A page of links, newest first."""

    items: list[UsageLink]
    """This page, in order."""


class SharedUsage(Model):
    """A usage report for whoever has a link to it. Groups and rest add up to the total."""

    created_at: common.Timestamp
    """When the figures were read."""
    debates: usage.DebateCounts
    expires_at: common.Timestamp
    """When the link ends."""
    first_day: str
    """The first day."""
    group_by: str
    """What was added up by."""
    groups: list[usage.UsageGroup]
    """Days, weeks and months in order; all others the dearest first."""
    last_day: str
    """The last day."""
    rest: usage.UsageSums | None
    """What the groups that are not shown sum up to; null where groups overlap."""
    timezone: str
    """Where they are days."""
    title: str | None
    """What the report is called."""
    total: usage.UsageSums
