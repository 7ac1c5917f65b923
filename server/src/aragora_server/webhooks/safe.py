"""Secrets at rest: sealed under a key of the server, each bound to its endpoint."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class SecretUnreadable(Exception):
    """Sealed by another server, or altered."""


@attrs.frozen
class Safe:
    """`key` gives the 32 bytes of the server, which are not in the database."""

    key: Callable[[], bytes] = attrs.field(repr=False)

    def seal(self, endpoint_id: str, secret: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher().encrypt(nonce, secret, endpoint_id.encode())

    def open(self, endpoint_id: str, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return self._cipher().decrypt(nonce, content, endpoint_id.encode())
        except InvalidTag:
            raise SecretUnreadable(
                "the secret was sealed under another key of the server: rotate it"
            ) from None

    def _cipher(self) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.key())
