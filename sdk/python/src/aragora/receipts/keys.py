"""Pinned public keys and secret HMAC keys: two registries, two types, never one lookup.

The algorithm of a signature comes from the key record, never from the message.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .bundle import BundleError, Evidence
from .canonical import ProfileError, decode
from .digest import from_base64, to_base64
from .dsse import hmac_key_id, hmac_tag

ED25519 = "ed25519"
RECEIPT = "receipt"
LOG = "log"
MISSING_SUPPORT = "Ed25519 needs the extra aragora[verify]: pip install 'aragora[verify]'"

# Unicode's white space, the same in every language, and the plus sign are no part of a name.
NAME = r"[^\x00-\x20+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
_VKEY = re.compile(rf"({NAME})\+[0-9a-f]{{8}}\+([A-Za-z0-9+/]+={{0,2}})")
_NOTE_TYPE = b"\x01"

_P = 2**255 - 19
_ORDER_8_Y = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
# The y coordinates of the eight points of small order, in both signs of x.
_LOW_ORDER_Y = frozenset({0, 1, _P - 1, _ORDER_8_Y, _P - _ORDER_8_Y})


class KeyFileError(ValueError):
    """A key file cannot be used."""


class SupportMissing(RuntimeError):
    """The `cryptography` package is not installed."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 key that the reader has decided to trust."""

    key_id: str
    raw: bytes
    status: str = "active"
    events: tuple[Evidence, ...] = ()

    @classmethod
    def of(
        cls, raw: bytes, *, status: str = "active", events: tuple[Evidence, ...] = ()
    ) -> PublicKey:
        if len(raw) != 32:
            raise KeyFileError("an Ed25519 public key has 32 bytes")
        y = int.from_bytes(raw, "little") & (2**255 - 1)
        if y >= _P:
            raise KeyFileError("public key is not canonical")
        if y in _LOW_ORDER_Y:
            raise KeyFileError("public key has a low order")
        return cls(sha256(raw).hexdigest(), raw, status, events)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            from cryptography.exceptions import InvalidSignature
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        except ImportError:
            raise SupportMissing(MISSING_SUPPORT) from None
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class LogKey:
    """A log's Ed25519 key under the name that stands in its signature lines."""

    name: str
    key: PublicKey

    @classmethod
    def parse(cls, vkey: str, *, status: str = "active") -> LogKey:
        """Read a verifier key, `name+id+key`; the id must follow from the rest."""
        found = _VKEY.fullmatch(vkey)
        if found is None:
            raise KeyFileError("a vkey is name+id+key")
        try:
            key = from_base64(found[2])
        except ValueError:
            raise KeyFileError("a vkey ends in base64") from None
        if key[:1] != _NOTE_TYPE:
            raise KeyFileError("a vkey of another kind than Ed25519")
        named = cls(found[1], PublicKey.of(key[1:], status=status))
        if named.vkey != vkey:
            raise KeyFileError("the id of a vkey does not follow from its key")
        return named

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _NOTE_TYPE + self.key.raw).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(_NOTE_TYPE + self.key.raw)}"

    def line(self, signature: bytes) -> str:
        """The line that puts this key's signature under a text."""
        return f"— {self.name} {to_base64(self.id + signature)}\n"


@dataclass(frozen=True, slots=True)
class PinnedKeys:
    """The public keys whose signatures count: `keys` under receipts, `logs` under checkpoints."""

    keys: tuple[PublicKey, ...] = ()
    logs: tuple[LogKey, ...] = ()

    @classmethod
    def load(cls, data: bytes) -> PinnedKeys:
        """Read a key file: a directory, a list of key records or one record."""
        try:
            value, repeated = decode(data)
        except ProfileError as error:
            raise KeyFileError(f"not a key file: {error}") from None
        if repeated:
            raise KeyFileError(f"a key file names {', '.join(repeated)} twice")
        return cls.of(value)

    @classmethod
    def of(cls, value: object) -> PinnedKeys:
        """The same from parsed JSON, such as the SDK's `client.receipts.keys()`."""
        match value:
            case {"keys": list(records)}:
                pass
            case {"key_id": _}:
                records = [value]
            case list(records):
                pass
            case _:
                raise KeyFileError("not a key directory, a list of keys or a key")
        keys = [_pinned(record) for record in records]
        return cls(
            tuple(key for key in keys if isinstance(key, PublicKey)),
            tuple(key for key in keys if isinstance(key, LogKey)),
        )


@dataclass(frozen=True, slots=True)
class HmacKeys:
    """Secret keys by key id. Whoever holds one can forge its tags."""

    keys: Mapping[str, bytes]

    @classmethod
    def of(cls, secrets: Iterable[bytes]) -> HmacKeys:
        return cls({hmac_key_id(secret): secret for secret in secrets})

    def matches(self, key_id: str, tag: str, message: bytes) -> bool | None:
        """None when this registry does not hold the key."""
        secret = self.keys.get(key_id)
        if secret is None:
            return None
        return hmac.compare_digest(hmac_tag(secret, message).encode(), tag.encode())


def _pinned(record: Any) -> PublicKey | LogKey | None:
    match record:
        case {"key_id": str(key_id), "kind": str(kind), "algorithm": str(algorithm)}:
            # Keys for other uses live in the same directory and never vouch for anything here.
            if kind not in {RECEIPT, LOG} or algorithm != ED25519:
                return None
        case _:
            raise KeyFileError("a key needs key_id, kind and algorithm")
    status = record.get("status", "active")
    try:
        events = Evidence.listed(record.get("events", []))
        key = PublicKey.of(from_base64(record["public_key"]), status=str(status), events=events)
    except BundleError as error:
        raise KeyFileError(f"key {key_id[:16]}: {error}") from None
    except KeyFileError:
        raise
    except (KeyError, TypeError, ValueError):
        raise KeyFileError(f"key {key_id[:16]} has no usable public_key") from None
    if key.key_id != key_id:
        raise KeyFileError(f"key_id {key_id[:16]} is not the digest of its public key")
    return key if kind == RECEIPT else _log_key(key, record.get("vkey"))


def _log_key(key: PublicKey, vkey: object) -> LogKey | None:
    """None for a key that names no log: it can stand under no checkpoint."""
    if not isinstance(vkey, str):
        return None
    named = LogKey.parse(vkey, status=key.status)
    if named.key != key:
        raise KeyFileError(f"the vkey of key {key.key_id[:16]} is of another key")
    return named
