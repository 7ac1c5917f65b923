"""Salted disclosures: free text stands beside the signed bytes, its digest inside them.

Whoever holds the bundle can withhold a text; nobody can change or add one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .canonical import Value, form, texts
from .digest import digest_of, from_base64url, to_base64url

MAX_BYTES = 256 * 1024
MAX_ENCODED = (MAX_BYTES * 8 + 5) // 6
SALT_BYTES = 16
DIGESTS = "_sd"
_HOMES = (dict, list)


class DisclosureError(ValueError):
    """A disclosure is not `[salt, name, value]` in unpadded base64url."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One text, bound to the signed bytes by the digest of its encoded form."""

    encoded: str
    name: str
    value: str
    digest: str

    @classmethod
    def make(cls, name: str, value: str, *, salt: bytes) -> Disclosure:
        if len(salt) != SALT_BYTES:
            raise DisclosureError(f"a salt has {SALT_BYTES} bytes")
        content = form([to_base64url(salt), name, value])
        if len(content) > MAX_BYTES:
            raise DisclosureError(f"larger than {MAX_BYTES} bytes")
        encoded = to_base64url(content)
        return cls(encoded, name, value, digest_of(encoded))

    @classmethod
    def parse(cls, encoded: str) -> Disclosure:
        """Read a disclosure as sent; nothing is normalised."""
        try:
            _, name, value = texts(from_base64url(encoded))
        except ValueError:
            raise DisclosureError("not base64url of [salt, name, value]") from None
        return cls(encoded, name, value, digest_of(encoded))


class Place(NamedTuple):
    """Where a payload commits to a text: the object around the digest, and a JSON pointer to it."""

    digest: str
    home: dict[str, Value]
    pointer: str


def places(value: Value) -> list[Place]:
    """Every digest of a payload. The profile's keys need no escape in a pointer (RFC 6901)."""
    found: list[Place] = []
    _gather(value, "", found)
    return found


def _gather(value: Value, pointer: str, found: list[Place]) -> None:
    if isinstance(value, dict):
        digests = value.get(DIGESTS)
        for index, digest in enumerate(digests if isinstance(digests, list) else ()):
            found.append(Place(str(digest), value, f"{pointer}/{DIGESTS}/{index}"))
        for key, member in value.items():
            if isinstance(member, _HOMES) and key != DIGESTS:
                _gather(member, f"{pointer}/{key}", found)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _gather(item, f"{pointer}/{index}", found)


def reveal(value: Value, disclosures: Iterable[Disclosure]) -> Value:
    """The payload with every disclosed text at its place; a long text is joined from its parts.

    Call it with what `verify` accepted: it trusts that no text takes the name of a signed member.
    """
    return _reveal(value, {text.digest: text for text in disclosures})


def _reveal(value: Value, texts: dict[str, Disclosure]) -> Value:
    if isinstance(value, list):
        return [_reveal(item, texts) for item in value]
    if not isinstance(value, dict):
        return value
    shown: dict[str, Value] = {
        key: _reveal(member, texts) for key, member in value.items() if key != DIGESTS
    }
    digests = value.get(DIGESTS)
    parts: dict[str, list[str]] = {}
    for digest in digests if isinstance(digests, list) else ():
        if text := texts.get(str(digest)):
            parts.setdefault(text.name, []).append(text.value)
    return shown | {name: "".join(part) for name, part in parts.items()}
