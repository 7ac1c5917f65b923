# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from aragora._core.model import Model
from pydantic import ConfigDict


class Health(Model):
    """The process answers."""

    model_config = ConfigDict(
        extra="allow",
    )
    status: str
    """Always `ok`."""
