"""Offline verification of a receipt bundle: opens no socket, never raises on hostile input.

The signature is checked over the bytes as sent, before anything parses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from . import digest, dsse, key_status, log, schema, tally, texts
from .bundle import MAX_BUNDLE_BYTES, MAX_ERASURES, Bundle, BundleError, Signature
from .canonical import MAX_DEPTH, ProfileError, TooDeep, decode, form
from .disclosure import DIGESTS, MAX_ENCODED
from .keys import HmacKeys, PinnedKeys, PublicKey, SupportMissing
from .result import LOG_CHECKS, Findings, Policy, Verification, judge

MAX_PAYLOAD_BYTES = 1024 * 1024
LARGE_BYTES, MAX_VALUES = 1024 * 1024, 100_000


def verify(
    data: bytes | str,
    *,
    keys: PinnedKeys | None = None,
    hmac_keys: HmacKeys | None = None,
    policy: Policy | None = None,
) -> Verification:
    """Judge a bundle by the keys its reader has pinned.

    Whoever has pinned the key of a log is shown that the receipt is in it, or it is not verified;
    a policy of his own may ask for less. A bundle with `leaf` or `tlog_proof` must prove them
    whatever was pinned.
    """
    required = (policy or Policy()).required
    try:
        raw = data.encode() if isinstance(data, str) else bytes(data)
    except UnicodeEncodeError:
        return _unreadable("not UTF-8")
    findings = Findings()
    if excess := _excess(raw):
        findings.note("size", "fail", excess)
        return _close(findings, required)
    try:
        content, repeated = decode(raw)
        bundle = Bundle.of(content)
    except TooDeep:
        findings.note("size", "fail", f"the bundle is deeper than {MAX_DEPTH} levels")
        return _close(findings, required)
    except (ProfileError, BundleError) as error:
        return _unreadable(str(error))
    pinned = keys or PinnedKeys()
    examination = _Examination(findings, bundle, pinned, hmac_keys, asks_for_logs=policy is None)
    return examination.run(repeated, required)


def _excess(raw: bytes) -> str | None:
    """A large bundle has a few long texts; one of many small values only costs time."""
    if len(raw) > MAX_BUNDLE_BYTES:
        return f"the bundle is larger than {MAX_BUNDLE_BYTES} bytes"
    if len(raw) > LARGE_BYTES and sum(map(raw.count, b",[{")) > MAX_VALUES:
        return f"a bundle of this size may hold at most {MAX_VALUES} values"
    return None


def _unreadable(detail: str) -> Verification:
    return Verification("unreadable", Findings().listed(), detail)


def _close(
    findings: Findings, required: frozenset[str], statement: dict[str, Any] | None = None
) -> Verification:
    checks = findings.listed()
    verdict, detail = judge(checks, required)
    named = statement["predicate"]["receipt_id"] if statement else None
    shown = statement if verdict == "verified" else None
    return Verification(verdict, checks, detail, named, shown)


@dataclass(frozen=True, slots=True)
class _Signer:
    """A pinned key, and the signature of it that held under the label that came with it."""

    key: PublicKey
    keyid: str
    signature: bytes


@dataclass(slots=True)
class _Examination:
    """One bundle on the table. Each method makes one row of the list of checks."""

    findings: Findings
    bundle: Bundle
    pinned: PinnedKeys
    hmac_keys: HmacKeys | None
    asks_for_logs: bool
    signer: _Signer | None = None

    def run(self, repeated: tuple[str, ...], required: frozenset[str]) -> Verification:
        self._repeated(repeated, "bundle")
        payload = self._payload()
        self._size(payload)
        statement = entry = None
        if payload is not None:
            message = dsse.pae(self.bundle.payload_type, payload)
            self._signature(message)
            self._hmac(message)
        if payload is not None and len(payload) <= MAX_PAYLOAD_BYTES:
            statement = self._statement(payload)
        if statement is not None:
            self._issuer(statement["predicate"])
            texts.examine(self.findings, self.bundle, self.pinned.logs, statement)
            self._transcript(statement)
            self._tally(statement["predicate"])
            detail = (
                f"claimed: only the issuer's own clock says {statement['predicate']['issued_at']}"
            )
            self.findings.note("time", "absent", detail)
            entry = self._entry(statement["predicate"], payload)
        log.examine(self.findings, self.bundle, self.pinned.logs, entry)
        key = self.signer.key if self.signer else None
        place = log.place(self.findings, self.bundle)
        key_status.examine(self.findings, key, place, self.pinned.logs)
        if self.bundle.log_parts or (self.asks_for_logs and self.pinned.logs):
            required |= LOG_CHECKS
        return _close(self.findings, required, statement)

    def _repeated(self, names: tuple[str, ...], where: str) -> None:
        if names:
            self.findings.note(
                "duplicate_keys", "fail", f"{where}: {', '.join(names[:5])} stands twice"
            )
        elif where == "payload":
            self.findings.note("duplicate_keys", "pass", "no key stands twice")

    def _payload(self) -> bytes | None:
        try:
            return digest.from_base64(self.bundle.payload)
        except ValueError:
            self.findings.note("signature", "fail", "the payload is not base64")
            return None

    def _size(self, payload: bytes | None) -> None:
        if len(payload or b"") > MAX_PAYLOAD_BYTES:
            self.findings.note("size", "fail", f"the payload exceeds {MAX_PAYLOAD_BYTES} bytes")
        if len(self.bundle.signatures) > dsse.MAX_SIGNATURES:
            self.findings.note("size", "fail", f"more than {dsse.MAX_SIGNATURES} signatures")
        if len(self.bundle.erasures) > MAX_ERASURES:
            self.findings.note("size", "fail", f"more than {MAX_ERASURES} erasures")
        if any(len(text) > MAX_ENCODED for text in self.bundle.disclosures):
            self.findings.note("size", "fail", "a disclosure is too large")
        self.findings.note("size", "pass", "within the limits")

    def _signature(self, message: bytes) -> None:
        lines = self.bundle.signatures[: dsse.MAX_SIGNATURES]
        if not self.pinned.keys:
            self.findings.note("signature", "absent", "no key is pinned")
        elif not lines:
            self.findings.note("signature", "absent", "the bundle is not signed")
        else:
            try:
                self.signer = _signer(lines, self.pinned, message)
            except SupportMissing as missing:
                self.findings.note("signature", "absent", str(missing))
                return
            if self.signer is None:
                self.findings.note("signature", "fail", "no pinned key made a signature over it")
            else:
                self.findings.note("signature", "pass", f"Ed25519 by {self.signer.key.key_id}")

    def _statement(self, payload: bytes) -> dict[str, Any] | None:
        """The payload when it has the shape of a receipt."""
        try:
            value, repeated = decode(payload)
        except ProfileError as error:
            self.findings.note("canonical", "fail", str(error))
            return None
        self._repeated(repeated, "payload")
        if form(value) == payload:
            self.findings.note("canonical", "pass", "the one form of this content")
        else:
            self.findings.note("canonical", "fail", "the payload is not in canonical form")
        try:
            schema.check(value)
            statement = cast(dict[str, Any], value)
            tally.references(statement["predicate"])
        except (schema.SchemaError, tally.TallyError) as error:
            self.findings.note("schema", "fail", str(error))
            return None
        if self.bundle.payload_type != dsse.PAYLOAD_TYPE:
            self.findings.note("schema", "fail", "the payload type is not an in-toto statement")
        self.findings.note("schema", "pass", schema.PREDICATE_TYPE)
        return statement

    def _issuer(self, predicate: tally.Predicate) -> None:
        issuer, tag = predicate["issuer"], self.bundle.hmac
        if tag is not None and tag.key_id != issuer["hmac_key_id"]:
            self.findings.note("issuer", "fail", "hmac.key_id is not the one that was signed")
        if self.signer is None:
            self.findings.note("issuer", "absent", "no signature names a key")
            return
        key = self.signer.key
        if issuer["key_id"] != key.key_id:
            self.findings.note("issuer", "fail", "issuer.key_id is not the signing key")
        if self.signer.keyid != key.key_id:
            self.findings.note("issuer", "fail", "signatures[].keyid is not the signing key")
        self.findings.note("issuer", "pass", f"{issuer['origin']} with key {key.key_id[:16]}")

    def _transcript(self, statement: dict[str, Any]) -> None:
        transcript = statement["predicate"]["transcript"]
        messages = transcript["messages"]
        digests = [digest.from_base64url(message[DIGESTS][0]) for message in messages]
        fault = None
        if [message["seq"] for message in messages] != list(range(1, len(messages) + 1)):
            fault = "the sequence of messages has gaps"
        elif transcript["count"] != len(messages):
            fault = f"{len(messages)} messages, count says {transcript['count']}"
        elif transcript["root"] != digest.transcript_root(digests):
            fault = "root does not follow from the messages"
        elif transcript["sha256"] != digest.transcript_sha256(digests):
            fault = "sha256 does not follow from the messages"
        elif statement["subject"] != _subject(statement["predicate"]):
            fault = "the subject is another transcript or debate"
        if fault:
            self.findings.note("transcript", "fail", fault)
        else:
            detail = f"{len(messages)} messages under root {transcript['root'][:16]}"
            self.findings.note("transcript", "pass", detail)

    def _tally(self, predicate: tally.Predicate) -> None:
        try:
            tally.recount(predicate)
        except tally.TallyError as error:
            self.findings.note("tally", "fail", str(error))
        except tally.RuleUnknown as error:
            self.findings.note("tally", "absent", str(error.args[0]))
        else:
            count = len(predicate["ballots"])
            self.findings.note("tally", "pass", f"{count} ballots recount to the verdict")

    def _entry(self, predicate: tally.Predicate, payload: bytes | None) -> bytes | None:
        """The leaf that a log must hold for this envelope, when its signature held."""
        if self.signer is None or payload is None:
            return None
        message = dsse.pae(self.bundle.payload_type, payload)
        return log.entry(predicate["receipt_id"], message, self.signer.signature)

    def _hmac(self, message: bytes) -> None:
        tag = self.bundle.hmac
        if tag is None:
            self.findings.note("hmac", "absent", "the bundle carries no tag")
            return
        held = self.hmac_keys and self.hmac_keys.matches(tag.key_id, tag.tag, message)
        match held:
            case True:
                self.findings.note("hmac", "pass", f"key {tag.key_id[:16]}")
            case False:
                self.findings.note("hmac", "fail", "the tag is not of this content")
            case _:
                self.findings.note("hmac", "absent", "only the issuer holds the key")


def _signer(lines: tuple[Signature, ...], pinned: PinnedKeys, message: bytes) -> _Signer | None:
    """The pinned key behind the first signature that holds. `keyid` chooses nothing."""
    for line in lines:
        try:
            signature = digest.from_base64(line.sig)
        except ValueError:
            continue
        for key in pinned.keys:
            if key.verifies(signature, message):
                return _Signer(key, line.keyid, signature)
    return None


def _subject(predicate: tally.Predicate) -> list[dict[str, Any]]:
    name = f"debate/{predicate['debate_id']}"
    return [{"name": name, "digest": {"sha256": predicate["transcript"]["sha256"]}}]
