"""The content of a receipt with the texts at hand, and a count of those that are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from .canonical import Value
from .disclosure import DIGESTS, Disclosure, reveal

# No member of the payload has this name: its keys have no capitals.
MISSING = "MISSING"


def revealed(statement: Value, encoded: Iterable[str]) -> dict[str, Any]:
    """Every text at its place; `MISSING` counts the texts of a place that are not disclosed."""
    texts = [Disclosure.parse(text) for text in encoded]
    known = {text.digest for text in texts}
    return cast(dict[str, Any], reveal(_counted(statement, known), texts))


def _counted(value: Value, known: set[str]) -> Value:
    if isinstance(value, list):
        return [_counted(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    counted = {key: _counted(member, known) for key, member in value.items()}
    digests = value.get(DIGESTS)
    missing = [item for item in digests if item not in known] if isinstance(digests, list) else []
    return counted | {MISSING: len(missing)} if missing else counted
