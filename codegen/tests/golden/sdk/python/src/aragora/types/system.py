# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from aragora._core.model import Model
from typing_extensions import TypeAliasType


class Health(Model):
    """The process answers."""

    status: str
    """Always `ok`."""


Metrics = TypeAliasType("Metrics", str)
"""Lines of a name and a number."""
