"""Digests of a receipt, and the strict base64 that carries them."""

from __future__ import annotations

import binascii
from collections.abc import Sequence
from hashlib import sha256

from . import merkle

# A character of the other alphabet, or padding, becomes one that no encoding has.
_TO_STANDARD = bytes.maketrans(b"-_+/=", b"+/???")
_TO_URL = bytes.maketrans(b"+/", b"-_")


def digest_of(encoded: str) -> str:
    """The digest that stands in `_sd` for a disclosure: of the ASCII text as sent."""
    return to_base64url(sha256(encoded.encode()).digest())


def payload_digest(payload: bytes) -> str:
    return sha256(payload).hexdigest()


def transcript_root(digests: Sequence[bytes]) -> str:
    return merkle.root(digests).hex()


def transcript_sha256(digests: Sequence[bytes]) -> str:
    return sha256(b"".join(digests)).hexdigest()


def to_base64url(data: bytes) -> str:
    encoded = binascii.b2a_base64(data, newline=False)
    return encoded.translate(_TO_URL).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Strict: no padding, no foreign character, no stray trailing bits."""
    if not text:
        raise ValueError("not base64url")
    sent = bytes(text, "ascii", "replace").translate(_TO_STANDARD)
    return _exactly(sent + b"=" * (-len(sent) % 4))


def to_base64(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).decode()


def from_base64(text: str) -> bytes:
    """Strict standard alphabet, padded."""
    return _exactly(bytes(text, "ascii", "replace"))


def _exactly(sent: bytes) -> bytes:
    """The bytes of which this is the encoding: whatever else decodes alike is refused."""
    try:
        data = binascii.a2b_base64(sent)
    except binascii.Error:
        raise ValueError("not base64") from None
    if binascii.b2a_base64(data, newline=False) != sent:
        raise ValueError("not base64, or stray trailing bits")
    return data
