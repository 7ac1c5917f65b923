# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.

from __future__ import annotations

from typing import Annotated, Any, Literal

from aragora._core.model import Model
from pydantic import Field
from typing_extensions import TypeAliasType

from . import common, debates
from .common import PageInfo


class BundleHmac(Model):
    """A keyed tag that only holders of the key can check."""

    key_id: str
    """Which key."""
    tag: Annotated[str, Field(max_length=64, pattern="^[0-9a-f]{64}$")]
    """HMAC-SHA256 in hexadecimal."""


class BundleSignature(Model):
    """One DSSE signature."""

    keyid: str
    """A hint which key signed; never trusted."""
    sig: Annotated[str, Field(pattern="^[A-Za-z0-9+/]*={0,2}$")]
    """The signature, in base64."""


class LogConsistency(Model):
    """That a log of some size is the beginning of what a later checkpoint speaks for."""

    checkpoint: str
    """The signed note of the later checkpoint."""
    from_size: Annotated[int, Field(ge=1, le=9007199254740991)]
    """How many leaves the earlier log had."""
    proof: list[str]
    """The hashes of RFC 9162, section 2.1.4, in base64."""
    shard: str
    """The part of the log."""
    to_size: Annotated[int, Field(ge=1, le=9007199254740991)]
    """How many leaves the checkpoint speaks for."""


class LogStatement(Model):
    """Something that the log has as a leaf, beside receipts. It has no proof before it has its place."""

    body: str
    """What was stated, as canonical JSON in base64; the log holds its SHA-256."""
    leaf: str | None = None
    """The entry of the log, in base64; a verifier makes it anew."""
    tlog_proof: str | None = None
    """The way from that entry up to a signed checkpoint, in the text form of C2SP."""


ReceiptHtml = TypeAliasType("ReceiptHtml", str)
"""A receipt as one page of HTML."""


class ReceiptLog(Model):
    """Where the receipt stands in the append-only log."""

    index: Annotated[int | None, Field(ge=0, le=9007199254740991)]
    """The leaf of that part."""
    shard: str | None
    """The part of the log, such as `2026`."""
    state: Literal["pending", "included"] | str
    """`included`: a signed checkpoint speaks for it, and its bundle carries the proof."""


ReceiptMarkdown = TypeAliasType("ReceiptMarkdown", str)
"""A receipt as CommonMark with tables."""


class ReceiptOdr(Model):
    """An Open Decision Receipt, version 0.2."""

    attestation: dict[str, Any]
    """As the profile has it."""
    claim: dict[str, Any]
    """As the profile has it."""
    confidence: dict[str, Any]
    """As the profile has it."""
    cruxes: dict[str, Any]
    """As the profile has it."""
    issued_at: common.Timestamp
    odr_version: str
    """The version of the profile."""
    profile: str
    """The profile."""
    quorum: dict[str, Any]
    """As the profile has it."""
    reasoning: dict[str, Any]
    """As the profile has it."""
    receipt_id: common.Id
    routing: dict[str, Any]
    """As the profile has it."""
    signatures: list[dict[str, str]]
    """One signature, by the issuer."""
    subject: dict[str, Any]
    """As the profile has it."""


class ReceiptParticipant(Model):
    """Who took part."""

    id: str
    """The participant's id in the signed bytes."""
    model: str
    """The model."""
    name: str | None
    """The name, when disclosed."""
    provider: str
    """Who answered."""


ReceiptPdf = TypeAliasType(
    "ReceiptPdf",
    Annotated[str, Field(json_schema_extra={"contentMediaType": "application/pdf"})],
)
"""A receipt as PDF/A-3b with its bundle inside."""


class ReceiptProof(Model):
    """That a receipt is in the log as it is now."""

    index: Annotated[int, Field(ge=0, le=9007199254740991)]
    """The leaf of that part."""
    leaf: str
    """The entry of the log, in base64."""
    shard: str
    """The part of the log."""
    tlog_proof: str
    """The way up to the newest signed checkpoint, in the text form of C2SP."""


class VerificationCheck(Model):
    """One check and what it found."""

    detail: str
    """What was seen."""
    name: str
    """Such as `signature`."""
    result: Literal["pass", "fail", "absent", "erased", "withheld"] | str
    """An absent check never counts as a pass."""


class VerificationReport(Model):
    """What verification found. A failed verification is a result, not an error."""

    checks: list[VerificationCheck]
    """In the fixed order of verification."""
    exit_code: Annotated[int, Field(ge=0, le=3)]
    """The exit code of `aragora verify`."""
    receipt_id: str | None
    """The receipt that the signed bytes name."""
    verdict: Literal["verified", "failed", "unreadable", "not_verified"] | str
    """`not_verified`: something that is required is absent."""


class BundleEnvelope(Model):
    """A DSSE envelope over the exact signed bytes."""

    payload: Annotated[str, Field(pattern="^[A-Za-z0-9+/]*={0,2}$")]
    """The signed bytes, in base64."""
    payloadType: str
    """The media type of the payload."""
    signatures: Annotated[list[BundleSignature], Field(max_length=4, min_length=1)]
    """One to four signatures."""


class KeyRecord(Model):
    """A public key."""

    algorithm: Literal["ed25519"] | str
    """Taken from here, never from a message."""
    created_at: common.Timestamp
    events: list[LogStatement] | None = None
    """Of a receipt key: what became of it, oldest first. With these its reader can tell whether a receipt is older than a revocation."""
    key_id: str
    """Hexadecimal SHA-256 of the raw public key."""
    kind: Literal["receipt", "log"] | str
    """What the key is for."""
    public_key: str
    """The raw public key, in base64."""
    status: Literal["active", "retired", "revoked"] | str
    """Whether it still signs."""
    vkey: str | None = None
    """Of a log's key: the key under the name that stands in the log's checkpoints, as a verifier key of signed notes."""


class Receipt(Model):
    """A signed record of one decision, printed for reading. The evidence itself is the bundle."""

    debate_id: common.Id
    digest: common.Digest
    """SHA-256 of the signed payload."""
    dissents: list[debates.Dissent]
    """Final ballots unlike the verdict."""
    id: common.Id
    issued_at: common.Timestamp
    key_id: str
    """The Ed25519 key that signed it."""
    log: ReceiptLog
    participants: list[ReceiptParticipant]
    """Who took part."""
    protocol: common.ProtocolRef
    question: str | None
    """What was decided, when disclosed."""
    stop_reason: str
    """Why the debate ended."""
    transcript_sha256: common.Digest
    """SHA-256 over the commitments of all messages."""
    usage: debates.DebateUsage
    verdict: debates.Verdict


class ReceiptBundle(Model):
    """All that a verifier needs, in one file (`*.receipt.json`). Members that later versions add are kept and count as nothing."""

    disclosures: list[str]
    """Salted disclosures of the free text."""
    dsse: BundleEnvelope
    hmac: BundleHmac | None = None
    leaf: str | None = None
    """The entry of the log, in base64; a verifier makes it anew."""
    tlog_proof: str | None = None
    """The way from that entry up to a signed checkpoint, in the text form of C2SP."""
    v: Annotated[int, Field(ge=1, le=1)]
    """The format's version."""


class ReceiptPage(PageInfo):
    """A page of receipts, newest first."""

    items: list[Receipt]
    """This page, in order."""


class KeyDirectory(Model):
    """The keys of this server, to be pinned."""

    issuer: str
    """The origin that issues receipts."""
    keys: list[KeyRecord]
    """Of each kind the newest first."""
