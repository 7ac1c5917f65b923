"""Verify a decision receipt offline.

    from aragora import receipts

    keys = receipts.PinnedKeys.load(Path("keys.json").read_bytes())
    result = receipts.verify(Path("receipt.json").read_bytes(), keys=keys)

Checking Ed25519 signatures needs the extra `aragora[verify]`. A failed verification is a result,
not an exception.
"""

from __future__ import annotations

from .disclosure import Disclosure, DisclosureError, reveal
from .keys import HmacKeys, KeyFileError, LogKey, PinnedKeys, PublicKey
from .result import REQUIRED, Check, Policy, Verification
from .verify import verify

__all__ = [
    "REQUIRED",
    "Check",
    "Disclosure",
    "DisclosureError",
    "HmacKeys",
    "KeyFileError",
    "LogKey",
    "PinnedKeys",
    "Policy",
    "PublicKey",
    "Verification",
    "reveal",
    "verify",
]
