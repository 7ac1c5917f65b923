# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common
from .common import PageInfo


class Job(Model):
    """A piece of work that the server does after it has answered."""

    attempts: Annotated[int, Field(ge=0, le=1000000)]
    """How often it was begun since it was recorded or last retried."""
    created_at: common.Timestamp
    done_at: common.Timestamp | None
    due_at: common.Timestamp
    """When it is tried, or was to be tried last."""
    id: common.Id
    kind: str
    """What is to be done, such as `sweep_holds`."""
    last_error: str | None
    """Why the last failed attempt failed; null when none has."""
    state: Literal["due", "running", "done", "dead"] | str
    """`due`: waits for `due_at`; `running`: at work; `done`; `dead`: failed ten times, and left until somebody retries it."""
    subject: str | None
    """What it is done to; null when the kind says it all."""
    updated_at: common.Timestamp


class JobPage(PageInfo):
    """A page of jobs, newest first."""

    items: list[Job]
    """This page, in order."""
