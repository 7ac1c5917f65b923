"""The keys that vouch for receipts: made once, kept in the data directory, readable by us only."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs
import orjson
from aragora.receipts import HmacKeys, LogKey, PublicKey, dsse, keys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from aragora_server.kernel.clock import Clock, wire_time

from .safe import SEALING, Safe, SafeLocked

RECEIPT, LOG, HMAC = keys.RECEIPT, keys.LOG, "hmac"
HMAC_SHA256 = "hmac-sha256"
SEALING_KEY, AES_GCM = "sealing", "aes-256-gcm"


class KeyFileUnusable(RuntimeError):
    """A key file can be read by others, or does not hold what its name says."""


class KeyUnknown(RuntimeError):
    """There is no such key, or nothing can be done with it any more."""


@attrs.frozen(kw_only=True)
class SigningKey:
    """An Ed25519 key pair for one use and nothing else."""

    private: Ed25519PrivateKey = attrs.field(repr=False)
    public: PublicKey
    created_at: str

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)

    @classmethod
    def of(cls, raw: bytes, created_at: str) -> SigningKey:
        private = Ed25519PrivateKey.from_private_bytes(raw)
        public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return cls(private=private, public=PublicKey.of(public), created_at=created_at)


@attrs.frozen(kw_only=True)
class LogSigner:
    """The key of one shard of the log, under the name that stands in its checkpoints."""

    shard: str
    key: SigningKey
    public: LogKey

    @property
    def origin(self) -> str:
        return self.public.name

    def sign(self, text: str) -> str:
        """The signed note of this text."""
        return f"{text}\n{self.public.line(self.key.sign(text.encode()))}"


@attrs.frozen(kw_only=True)
class KeyStore:
    """The directory of key files. HMAC keys are one a workspace and year, log keys one a shard."""

    directory: Path
    now: Clock
    safe: Safe | None = None
    # Files never change, and anybody may ask for a verification: each is read once.
    _secrets: dict[str, bytes] = attrs.field(factory=dict, init=False, repr=False, eq=False)
    _signers: dict[str, LogSigner] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    def signing_keys(self) -> tuple[SigningKey, ...]:
        """Newest first; the first one signs. Makes one when there is none."""
        found = list(self._files(f"{RECEIPT}-*.json"))
        if not found:
            return (self.new_signing_key(),)
        made = [self._signing_key(self._read(path), RECEIPT, path.name) for path in found]
        return tuple(
            sorted(made, key=lambda key: (key.created_at, key.public.key_id), reverse=True)
        )

    def new_signing_key(self) -> SigningKey:
        raw, key_id = _new_pair()
        name = f"{RECEIPT}-{key_id[:16]}.json"
        self._write(name, RECEIPT, keys.ED25519, key_id, raw)
        return self._signing_key(self._read(self.directory / name), RECEIPT, name)

    def log_key(self, shard: str, origin: str) -> LogSigner:
        """The key of this shard; one that is made now has this origin, for ever."""
        path = self.directory / f"{LOG}-{shard}.json"
        if path.name not in self._signers and not path.exists():
            raw, key_id = _new_pair()
            self._write(path.name, LOG, keys.ED25519, key_id, raw, origin=origin)
        return self._signer(path)

    def log_keys(self) -> tuple[LogSigner, ...]:
        """Newest shard first."""
        return tuple(self._signer(path) for path in reversed(list(self._files(f"{LOG}-*.json"))))

    def hmac_key(self, workspace_id: str, at: datetime) -> bytes:
        """The secret of this workspace and year."""
        path = self.directory / f"{HMAC}-{workspace_id}-{at.year}.json"
        if path.name not in self._secrets and not path.exists():
            raw = secrets.token_bytes(32)
            self._write(path.name, HMAC, HMAC_SHA256, dsse.hmac_key_id(raw), raw)
        return self._secret(path)

    def hmac_keys(self) -> HmacKeys:
        return HmacKeys.of(self._secret(path) for path in self._files(f"{HMAC}-*.json"))

    def sealing_key(self) -> bytes:
        """What seals secrets that are stored in the database."""
        path = self.directory / f"{SEALING_KEY}.json"
        if path.name not in self._secrets and not path.exists():
            raw = secrets.token_bytes(32)
            key_id = hashlib.sha256(raw).hexdigest()
            self._write(path.name, SEALING_KEY, AES_GCM, key_id, raw)
        return self._secret(path, SEALING_KEY, AES_GCM)

    def protect(self) -> None:
        """Seal what lies here in clear, once there is a passphrase."""
        for path in self._files("*.json") if self.safe else ():
            record = self._read(path)
            if raw := record.pop("private_key", None):
                record |= self._shut(record, base64.b64decode(str(raw), validate=True))
                os.replace(self._draft(path.name, record), path)

    def _secret(self, path: Path, kind: str = HMAC, algorithm: str = HMAC_SHA256) -> bytes:
        if path.name not in self._secrets:
            self._secrets[path.name] = self._raw(self._read(path), kind, algorithm)
        return self._secrets[path.name]

    def _signer(self, path: Path) -> LogSigner:
        if path.name not in self._signers:
            record = self._read(path)
            key = self._signing_key(record, LOG, path.name)
            self._signers[path.name] = LogSigner(
                shard=path.stem.removeprefix(f"{LOG}-"),
                key=key,
                public=LogKey(str(record.get("origin")), key.public),
            )
        return self._signers[path.name]

    def _signing_key(self, record: dict[str, Any], kind: str, name: str) -> SigningKey:
        key = SigningKey.of(self._raw(record, kind, keys.ED25519), str(record.get("created_at")))
        if key.public.key_id != record.get("key_id"):
            raise KeyFileUnusable(f"{name}: key_id does not fit the key")
        return key

    def _files(self, pattern: str) -> Iterable[Path]:
        return sorted(self.directory.glob(pattern))

    def _read(self, path: Path) -> dict[str, Any]:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyFileUnusable(f"{path} can be read by others: chmod 600 it")
        record: dict[str, Any] = orjson.loads(path.read_bytes())
        return record

    def _write(
        self, name: str, kind: str, algorithm: str, key_id: str, raw: bytes, **more: str
    ) -> None:
        """Write a key whole or not at all; a key that another process wrote first stays."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        record = {
            "kind": kind,
            "algorithm": algorithm,
            "key_id": key_id,
            "created_at": wire_time(self.now()),
            **more,
        }
        draft = self._draft(name, record | self._shut(record, raw))
        try:
            os.link(draft, self.directory / name)
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def _draft(self, name: str, record: dict[str, Any]) -> Path:
        """A whole file beside the place that it is meant for."""
        draft = self.directory / f".{name}.{secrets.token_hex(8)}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(orjson.dumps(record))
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _shut(self, record: dict[str, Any], raw: bytes) -> dict[str, str]:
        if self.safe is None:
            return {"private_key": base64.b64encode(raw).decode()}
        return self.safe.seal(raw, _label(record))

    def _raw(self, record: dict[str, Any], kind: str, algorithm: str) -> bytes:
        if record.get("kind") != kind or record.get("algorithm") != algorithm:
            raise KeyFileUnusable(f"not a key of kind {kind}")
        if record.get("sealing") is None:
            return base64.b64decode(str(record["private_key"]), validate=True)
        name = str(record.get("key_id"))[:16]
        if self.safe is None or record["sealing"] != SEALING:
            raise KeyFileUnusable(f"key {name} is sealed: set ARAGORA_KEY_PASSPHRASE")
        try:
            return self.safe.open(record, _label(record))
        except SafeLocked:
            text = f"ARAGORA_KEY_PASSPHRASE does not open key {name}, or its file was altered"
            raise KeyFileUnusable(text) from None


def _new_pair() -> tuple[bytes, str]:
    """A private key, and the id of its public one."""
    raw = Ed25519PrivateKey.generate().private_bytes(
        Encoding.Raw, PrivateFormat.Raw, NoEncryption()
    )
    return raw, SigningKey.of(raw, "").public.key_id


def _label(record: dict[str, Any]) -> bytes:
    return "\n".join(str(record.get(name)) for name in ("kind", "algorithm", "key_id")).encode()


def log_records(signers: Iterable[LogSigner], *, shard: str) -> list[dict[str, Any]]:
    """The public keys of logs, as readers pin them; `shard` is the one that is written now."""
    return [
        record(LOG, signer.key, status="active" if signer.shard >= shard else "retired")
        | {"vkey": signer.public.vkey}
        for signer in signers
    ]


def record(kind: str, key: SigningKey, *, status: str) -> dict[str, Any]:
    return {
        "key_id": key.public.key_id,
        "kind": kind,
        "algorithm": keys.ED25519,
        "public_key": base64.b64encode(key.public.raw).decode(),
        "created_at": key.created_at,
        "status": status,
    }
