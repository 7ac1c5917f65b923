# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""The document as it is published, and its schemas ready to judge."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aragora_server.kernel.schemas import Schemas

_BUNDLE = Path(__file__).with_name("bundle.json")


@cache
def document() -> bytes:
    return _BUNDLE.read_bytes()


@cache
def schemas() -> Schemas:
    return Schemas(document())
