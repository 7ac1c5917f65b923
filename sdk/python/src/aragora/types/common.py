# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated

from aragora._core.model import Model
from pydantic import AwareDatetime, Field
from typing_extensions import TypeAliasType

Digest = TypeAliasType(
    "Digest",
    Annotated[str, Field(max_length=64, min_length=64, pattern="^[0-9a-f]{64}$")],
)
"""A SHA-256 digest in lower-case hexadecimal."""


Id = TypeAliasType(
    "Id",
    Annotated[
        str,
        Field(
            examples=["01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"],
            max_length=36,
            min_length=36,
            pattern="^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
        ),
    ],
)
"""A UUIDv7 (RFC 9562) in lower case."""


Money = TypeAliasType(
    "Money",
    Annotated[
        str,
        Field(
            examples=["0.012345"],
            max_length=17,
            pattern="^(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$",
        ),
    ],
)
"""An amount in US dollars: a decimal string with at most six decimals, never a JSON number."""


class PageInfo(Model):
    """What every page carries beside its items."""

    next_cursor: str | None
    """Pass as `cursor` to get the next page; null at the end."""


Ppm = TypeAliasType("Ppm", Annotated[int, Field(ge=0, le=1000000)])
"""A share or a confidence in parts per million."""


class ProtocolRef(Model):
    """The exact protocol that a debate followed."""

    hash: Digest
    """SHA-256 of the protocol file's RFC 8785 bytes."""
    id: str
    """The protocol's name."""
    version: Annotated[int, Field(ge=1, le=1000000)]
    """Its version."""


SignedMoney = TypeAliasType(
    "SignedMoney",
    Annotated[
        str,
        Field(
            examples=["-0.00412"],
            max_length=18,
            pattern="^-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?$",
        ),
    ],
)
"""An amount in US dollars that may be negative, for a correction gives something back: a decimal string with at most six decimals, never a JSON number."""


Timestamp = TypeAliasType(
    "Timestamp", Annotated[AwareDatetime, Field(examples=["2026-11-22T09:30:00.000Z"])]
)
"""An instant in UTC (RFC 3339), with the letter Z."""


class TokenUsage(Model):
    """Tokens in exclusive buckets."""

    cache_read_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens read from a provider's cache."""
    cache_write_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens written to a provider's cache."""
    input_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Input tokens that no cache served."""
    output_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """Output tokens, reasoning included."""
    reasoning_tokens: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The part of the output tokens that was reasoning."""
