# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated

from aragora._core.model import Model
from pydantic import AwareDatetime, Field
from typing_extensions import TypeAliasType

Id = TypeAliasType(
    "Id",
    Annotated[
        str,
        Field(examples=["note0001"], max_length=8, min_length=8, pattern="^[a-z0-9]{8}$"),
    ],
)
"""A short id."""


Money = TypeAliasType(
    "Money",
    Annotated[str, Field(max_length=17, pattern="^(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$")],
)
"""An amount in US dollars."""


class PageInfo(Model):
    """What every page carries."""

    next_cursor: str | None
    """Null at the end."""


Timestamp = TypeAliasType("Timestamp", AwareDatetime)
"""An instant in UTC."""
