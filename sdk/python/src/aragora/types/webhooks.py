# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Literal

from aragora._core.model import Model
from pydantic import Field

from . import common
from .common import PageInfo


class Webhook(Model):
    """An endpoint, without its secret."""

    created_at: common.Timestamp
    description: str
    """What it is for."""
    disabled_because: str | None
    """Why the server disabled it; null when it did not."""
    events: list[str]
    """Which events are sent; all when the list is empty."""
    id: common.Id
    previous_secret_ends_at: common.Timestamp | None
    state: Literal["enabled", "disabled"] | str
    """Whether events are sent."""
    updated_at: common.Timestamp
    url: str
    """Where events are posted."""


class WebhookCreate(Model):
    """An endpoint to send events to."""

    description: Annotated[str | None, Field(max_length=200, pattern="^[^\\u0000]*$")] = None
    """What it is for; default: nothing."""
    events: Annotated[
        list[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | None,
        Field(max_length=20, min_length=1),
    ] = None
    """Which events are sent; default: all, also kinds that a later version adds."""
    url: Annotated[str, Field(max_length=2000, pattern="^https?://[!-~]+$")]
    """Where events are posted. No user name, no password and no fragment in it."""


class WebhookCreated(Model):
    """An endpoint with the secret that signs what is sent to it."""

    secret: str
    """Begins with `whsec_`. It is shown this once and stored sealed."""
    webhook: Webhook


class WebhookPage(PageInfo):
    """A page of endpoints, newest first."""

    items: list[Webhook]
    """This page, in order."""


class WebhookSecretRotation(Model):
    """How the old secret ends."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24
    """How long the old secret still signs beside the new one; default 24."""


class WebhookTest(Model):
    """A test event that is recorded and will be sent."""

    job_id: common.Id
    """The job that sends it."""
    message_id: str
    """The `webhook-id` that it is sent with."""


class WebhookUpdate(Model):
    """What to change; what is absent stays."""

    description: Annotated[str | None, Field(max_length=200, pattern="^[^\\u0000]*$")] = None
    """What it is for."""
    events: Annotated[
        list[
            Literal[
                "budget.threshold_reached",
                "budget.exhausted",
                "budget.overage_recorded",
                "budget.override_granted",
                "budget.hold_swept",
            ]
        ]
        | None,
        Field(max_length=20, min_length=0),
    ] = None
    """Which events are sent; all when the list is empty."""
    state: Literal["enabled", "disabled"] | None = None
    """Whether events are sent."""
    url: Annotated[str | None, Field(max_length=2000, pattern="^https?://[!-~]+$")] = None
    """Where events are posted from now on."""
