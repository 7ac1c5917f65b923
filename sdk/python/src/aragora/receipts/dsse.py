"""DSSE 1.0.2: the bytes that are signed, and the tag that key holders can check."""

from __future__ import annotations

import hmac
from hashlib import sha256

PAYLOAD_TYPE = "application/vnd.in-toto+json"
MAX_SIGNATURES = 4

_HMAC_CONTEXT = b"aragora-receipt-hmac-v1\x00"
_HMAC_KEY_CONTEXT = b"aragora-receipt-hmac-key-id-v1\x00"


def pae(payload_type: str, payload: bytes) -> bytes:
    """The pre-authentication encoding: type and body, each with its length."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def hmac_tag(key: bytes, message: bytes) -> str:
    """HMAC-SHA256 over a PAE, in hexadecimal."""
    return hmac.new(key, _HMAC_CONTEXT + message, sha256).hexdigest()


def hmac_key_id(key: bytes) -> str:
    """A name for a secret key that tells nothing about it."""
    return sha256(_HMAC_KEY_CONTEXT + key).hexdigest()
