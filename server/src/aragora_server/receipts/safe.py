"""Private keys at rest: sealed under a key that is derived from a passphrase."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from typing import Any

import attrs

SEALING = "scrypt-aes256gcm-1"
"""scrypt (RFC 7914) with N = 2^15, r = 8, p = 1, then AES-256-GCM with a random nonce."""

SALT_BYTES, NONCE_BYTES = 16, 12


class SafeLocked(Exception):
    """The passphrase does not open it, or it was altered."""


@attrs.define(kw_only=True)
class Safe:
    """Seals and opens with one passphrase. A derivation takes 0.1 s and 32 MiB, so that there is
    one for all files: new ones share the salt of the first that was opened or made."""

    passphrase: str = attrs.field(repr=False)
    _derived: dict[bytes, Any] = attrs.field(factory=dict, init=False, repr=False)

    def seal(self, raw: bytes, bound: bytes) -> dict[str, str]:
        """`bound` has to be the same when it is opened: a sealed key cannot change its label."""
        salt = next(iter(self._derived), None) or secrets.token_bytes(SALT_BYTES)
        nonce = secrets.token_bytes(NONCE_BYTES)
        content = self._cipher(salt).encrypt(nonce, raw, bound)
        return {
            "sealing": SEALING,
            "salt": base64.b64encode(salt).decode(),
            "nonce": base64.b64encode(nonce).decode(),
            "sealed_key": base64.b64encode(content).decode(),
        }

    def open(self, record: Mapping[str, Any], bound: bytes) -> bytes:
        """The bytes that were sealed; SafeLocked with another passphrase or label."""
        from cryptography.exceptions import InvalidTag

        try:
            salt, nonce, content = (
                base64.b64decode(str(record[name]), validate=True)
                for name in ("salt", "nonce", "sealed_key")
            )
            opened: bytes = self._cipher(salt).decrypt(nonce, content, bound)
        except (InvalidTag, KeyError, ValueError):
            raise SafeLocked from None
        return opened

    def _cipher(self, salt: bytes) -> Any:
        if salt not in self._derived:
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
            from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

            kdf = Scrypt(salt=salt, length=32, n=2**15, r=8, p=1)
            self._derived[salt] = AESGCM(kdf.derive(self.passphrase.encode()))
        return self._derived[salt]
