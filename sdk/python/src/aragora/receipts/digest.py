"""Digests of a receipt, and the strict base64 that carries them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from hashlib import sha256

from . import merkle

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+\Z")


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
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Strict: no padding, no foreign character, no stray trailing bits."""
    if not _BASE64URL.match(text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_base64url(data) != text:
        raise ValueError("stray trailing bits")
    return data


def to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Strict standard alphabet, padded."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("not base64") from None
    if to_base64(data) != text:
        raise ValueError("stray trailing bits")
    return data
