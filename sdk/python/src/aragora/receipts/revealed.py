"""The content of a receipt with the texts at hand, and a word for those that are not."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, cast

from .bundle import Bundle
from .canonical import Value, decode
from .digest import from_base64
from .disclosure import DIGESTS, Disclosure, places, reveal

# No member of the payload has this name: its keys have no capitals.
MISSING = "MISSING"


def revealed(statement: Value, bundle: Bundle) -> dict[str, Any]:
    """Every text at its place; `MISSING` says how others of the place are gone."""
    texts = [Disclosure.parse(text) for text in bundle.disclosures]
    paths = {path for sent in bundle.erasures if sent.tlog_proof for path in _paths(sent.body)}
    erased = {place.digest for place in places(statement) if place.pointer in paths}
    marked = _marked(statement, {text.digest for text in texts}, erased)
    return cast(dict[str, Any], reveal(marked, texts))


def _paths(body: str) -> list[str]:
    content: Any = decode(from_base64(body))[0]
    return list(content["paths"])


def _marked(value: Value, known: Container[str], erased: Container[str]) -> Value:
    if isinstance(value, list):
        return [_marked(item, known, erased) for item in value]
    if not isinstance(value, dict):
        return value
    marked = {key: _marked(member, known, erased) for key, member in value.items()}
    digests = value.get(DIGESTS)
    gone = [item for item in digests if item not in known] if isinstance(digests, list) else []
    if not gone:
        return marked
    return marked | {MISSING: "Erased" if all(item in erased for item in gone) else "Withheld"}
