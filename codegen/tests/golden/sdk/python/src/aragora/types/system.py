# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from aragora._core.model import Model


class Health(Model):
    """The process answers."""

    status: str
    """Always `ok`."""
