"""The example as a leaf of a small log with a fixed key."""

from __future__ import annotations

import base64
from hashlib import sha256

from aragora.receipts import LogKey, PublicKey, dsse, log, merkle
from aragora.receipts.proof import Checkpoint, Proof
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from example import KEY, Json, directory, key_record, payload_of, raw_public, sealed, uuid

ORIGIN = "aragora.example/receipts/2026"
LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(96, 128)))
OTHER_LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(128, 160)))
INDEX, SIZE = 4, 7


def named(key: Ed25519PrivateKey, name: str = ORIGIN) -> LogKey:
    return LogKey(name, PublicKey.of(raw_public(key)))


def log_record(key: Ed25519PrivateKey = LOG_KEY, name: str = ORIGIN, **changes: str) -> Json:
    return key_record(key, **{"kind": "log", "vkey": named(key, name).vkey, **changes})


LOG_PINNED = directory(key_record(KEY), log_record())


def entry_of(bundle: Json, receipt_id: str = uuid(1)) -> bytes:
    message = dsse.pae(bundle["dsse"]["payloadType"], payload_of(bundle))
    signature = base64.b64decode(bundle["dsse"]["signatures"][0]["sig"])
    return log.entry(receipt_id, message, signature)


def leaves_with(entry: bytes, *, index: int = INDEX, size: int = SIZE) -> list[bytes]:
    leaves = [b'{"v":1,"n":%d}' % number for number in range(size)]
    leaves[index] = entry
    return leaves


def signed_note(text: str, *signers: tuple[Ed25519PrivateKey, str]) -> str:
    lines = [named(key, name).line(key.sign(text.encode())) for key, name in signers]
    return "".join([text, "\n", *lines])


def proof_of(
    leaves: list[bytes],
    index: int = INDEX,
    *,
    signers: tuple[tuple[Ed25519PrivateKey, str], ...],
    origin: str = ORIGIN,
) -> Proof:
    checkpoint = Checkpoint(origin, len(leaves), merkle.root(leaves))
    steps = tuple(merkle.inclusion(leaves, index))
    return Proof(index, steps, signed_note(checkpoint.text, *signers))


def logged(
    bundle: Json | None = None, *, index: int = INDEX, size: int = SIZE, **changes: str
) -> Json:
    """A bundle with its leaf and its proof."""
    bundle = bundle or sealed()
    entry = entry_of(bundle)
    leaves = leaves_with(entry, index=index, size=size)
    proof = proof_of(leaves, index, signers=((LOG_KEY, ORIGIN),))
    leaf = base64.b64encode(entry).decode()
    return {**bundle, "leaf": leaf, "tlog_proof": proof.text, **changes}


def foreign(bundle: Json) -> tuple[str, str]:
    """Leaf and proof of another entry of the same tree: each true for itself."""
    leaves = leaves_with(entry_of(bundle))
    leaves[2] = entry_of(bundle, uuid(77))
    proof = proof_of(leaves, 2, signers=((LOG_KEY, ORIGIN),))
    return base64.b64encode(leaves[2]).decode(), proof.text


def stranger() -> bytes:
    return sha256(b"a stranger").digest()
