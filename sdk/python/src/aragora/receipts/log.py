"""The checks of the transparency log: that exactly this envelope is a leaf of a signed tree."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from . import canonical, merkle
from .digest import to_base64
from .keys import LogKey, SupportMissing
from .note import Note, NoteError
from .proof import Checkpoint, Proof, ProofError
from .result import LOG_CHECKS, Findings


def entry(receipt_id: str, message: bytes, signature: bytes) -> bytes:
    """The leaf of a receipt: digests of the bytes that were signed and of the signature."""
    return canonical.encode(
        {
            "v": 1,
            "type": "receipt",
            "id": receipt_id,
            "pae_sha256": sha256(message).hexdigest(),
            "sig_sha256": sha256(signature).hexdigest(),
        }
    )


def entry_of_body(kind: str, leaf_id: str, body: bytes) -> bytes:
    """The leaf of what is no receipt: the digest of a body that is kept elsewhere."""
    digest = sha256(body).hexdigest()
    return canonical.encode({"v": 1, "type": kind, "id": leaf_id, "body_sha256": digest})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a leaf was proven to stand, and how far the log was known then."""

    origin: str
    index: int
    size: int

    @property
    def position(self) -> tuple[str, int]:
        """Comparable: the logs of one issuer follow each other by their last part, the year."""
        return self.origin.rpartition("/")[2], self.index

    @property
    def issuer(self) -> str:
        """Whose log it is; places in logs of different issuers do not compare."""
        return self.origin.rpartition("/")[0]


class Logged(Protocol):
    """What claims to be in a log, as sent: a bundle, or a statement about one."""

    @property
    def leaf(self) -> str: ...
    @property
    def tlog_proof(self) -> str: ...


def examine(findings: Findings, sent: Logged, logs: tuple[LogKey, ...], leaf: bytes | None) -> None:
    """Note `leaf`, `inclusion`, `checkpoint` and `witnesses`; `leaf` is None without a signer."""
    findings.note("witnesses", "absent", "the policy asks for none")
    if not (sent.leaf or sent.tlog_proof):
        for name in ("leaf", "inclusion", "checkpoint"):
            findings.note(name, "absent", "the bundle has no log")
        return
    _leaf(findings, sent.leaf, leaf)
    if not sent.tlog_proof:
        for name in ("inclusion", "checkpoint"):
            findings.note(name, "absent", "the bundle carries no proof")
        return
    try:
        proof = Proof.parse(sent.tlog_proof)
    except ProofError as error:
        findings.note("inclusion", "fail", str(error))
        findings.note("checkpoint", "absent", "no proof leads to one")
        return
    checkpoint = _checkpoint(findings, proof.note, logs)
    if checkpoint is None or leaf is None:
        missing = "leaf" if checkpoint else "checkpoint"
        findings.note("inclusion", "absent", f"there is no {missing} to prove it by")
    else:
        _inclusion(findings, proof, checkpoint, leaf)


def place(findings: Findings, sent: Logged) -> Place | None:
    """Where it stands, when `examine` found all of it true."""
    if any(findings.result(name) != "pass" for name in LOG_CHECKS):
        return None
    proof = Proof.parse(sent.tlog_proof)
    checkpoint = Checkpoint.parse(Note.parse(proof.note).text)
    return Place(checkpoint.origin, proof.index, checkpoint.size)


def _leaf(findings: Findings, carried: str, leaf: bytes | None) -> None:
    if leaf is None:
        findings.note("leaf", "absent", "no signature holds that it could be made of")
    elif carried not in {"", to_base64(leaf)}:
        findings.note("leaf", "fail", "the leaf is not that of this envelope")
    else:
        findings.note("leaf", "pass", "made anew from the envelope")


def _inclusion(findings: Findings, proof: Proof, checkpoint: Checkpoint, leaf: bytes) -> None:
    size, place = checkpoint.size, f"leaf {proof.index} of {checkpoint.size}"
    hashed = merkle.leaf_hash(leaf)
    if merkle.includes(checkpoint.root, proof.steps, leaf=hashed, index=proof.index, size=size):
        findings.note("inclusion", "pass", place)
    else:
        findings.note("inclusion", "fail", f"the proof does not make it {place}")


def _checkpoint(findings: Findings, text: str, logs: tuple[LogKey, ...]) -> Checkpoint | None:
    """What the note says, whoever signed it: the check alone says whether that counts."""
    try:
        note = Note.parse(text)
        checkpoint = Checkpoint.parse(note.text)
    except (NoteError, ProofError) as error:
        findings.note("checkpoint", "fail", str(error))
        return None
    if not logs:
        findings.note("checkpoint", "absent", "no key of a log is pinned")
        return checkpoint
    try:
        signers = note.signers(logs)
    except SupportMissing as missing:
        findings.note("checkpoint", "absent", str(missing))
    except NoteError as error:
        findings.note("checkpoint", "fail", str(error))
    else:
        _signed(findings, checkpoint, signers)
    return checkpoint


def _signed(findings: Findings, checkpoint: Checkpoint, signers: tuple[LogKey, ...]) -> None:
    own = [signer for signer in signers if signer.name == checkpoint.origin]
    if not own:
        findings.note("checkpoint", "fail", "no pinned key of the log that it names signed it")
    elif any(signer.key.status == "revoked" for signer in own):
        findings.note("checkpoint", "fail", "the pinned key of the log is marked as revoked")
    else:
        detail = f"{checkpoint.size} leaves of {checkpoint.origin}"
        findings.note("checkpoint", "pass", detail)
