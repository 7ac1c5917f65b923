"""An archive of receipts: the log rebuilt from nothing out of it, and each receipt judged by that.

It is read line by line, whatever its length: what is kept of a line is a few hashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, BinaryIO

from . import log
from .bundle import MAX_BUNDLE_BYTES, Bundle, BundleError, Evidence
from .canonical import ProfileError, decode
from .digest import from_base64
from .evidence import EvidenceError, prove
from .keys import PinnedKeys
from .note import Note, NoteError
from .proof import Checkpoint, Proof, ProofError
from .rebuilt import TEXT, Logs, Notes
from .result import EXIT_CODES, Check, Findings, Verdict, judge
from .schema import COUNT, TIME, TOKEN, UUID, SchemaError, integer, record, text
from .verify import verify

MAX_LINE = MAX_BUNDLE_BYTES + 1024
ORDER = ("header", "keys", "checkpoint", "entry", "bundle", "tombstone", "end")
COUNTED = ORDER[2:-1]
ONCE = frozenset({"header", "keys", "end"})
CHECKS = ("lines", "order", "entries", "checkpoints", "bundles", "tombstones", "complete")
_BUNDLE = b'{"bundle":'

_TOMBSTONE = record(
    {
        "body": TEXT,
        "leaf": TEXT,
        "tlog_proof": TEXT,
        "receipt": record({"leaf": TEXT, "tlog_proof": TEXT}),
    }
)
DELETION = record(
    {
        "v": integer(1, 1),
        "id": UUID,
        "receipt_id": UUID,
        "shard": text(r"[0-9]{4}"),
        "idx": COUNT,
        "reason": TOKEN,
        "operator": text(r"[A-Za-z0-9_-]{1,64}"),
        "at": TIME,
    }
)
"""The body of a deletion; `idx` is the place that the receipt has in the log of its year."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A log as the archive has it."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class ArchiveAudit:
    """What an archive holds, and whether it holds. `elsewhere` are receipts of the log that it has
    not: of other workspaces, or left out by a filter."""

    verdict: Verdict
    checks: tuple[Check, ...]
    detail: str
    logs: tuple[Rebuilt, ...]
    receipts: int
    deleted: int
    elsewhere: int

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.verdict]

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "exit_code": self.exit_code,
            "receipts": self.receipts,
            "deleted": self.deleted,
            "elsewhere": self.elsewhere,
            "logs": [
                {"origin": log.origin, "size": log.size, "root": log.root.hex()}
                for log in self.logs
            ],
            "checks": [
                {"name": check.name, "result": check.result, "detail": check.detail}
                for check in self.checks
            ],
        }


def audit_archive(file: BinaryIO, *, keys: PinnedKeys | None = None) -> ArchiveAudit:
    """Judge an archive by the keys its reader has pinned.

    Nothing that it says of itself is believed: roots are made anew from the entries, and proofs
    count that lead to them alone. It never raises on hostile input.
    """
    pinned, notes = keys or PinnedKeys(), Notes()
    reading = _Reading(pinned, Logs(pinned.logs, notes), notes)
    for line in _lines(file):
        if not reading.take(line):
            break
    return reading.concluded()


def _lines(file: BinaryIO) -> Iterator[bytes]:
    while line := file.readline(MAX_LINE + 1):
        yield line


@dataclass(slots=True)
class _Reading:
    """The archive as far as it was read."""

    pinned: PinnedKeys
    logs: Logs
    notes: Notes
    number: int = 0
    rank: int = -1
    digest: Any = field(default_factory=sha256)
    counts: Counter[str] = field(default_factory=Counter)
    receipts: set[bytes] = field(default_factory=set)
    is_over: bool = False

    def take(self, line: bytes) -> bool:
        """False when nothing that follows could be understood."""
        self.number += 1
        found = self._parsed(line)
        if found is None:
            return False
        name, content = found
        self._order(name)
        if name == "end":
            self._end(content)
        else:
            self.digest.update(line)
            self.counts[name] += 1
            self._judge(name, content)
        # What does not begin as an archive is none.
        return self.counts["header"] > 0

    def _parsed(self, line: bytes) -> tuple[str, Any] | None:
        if len(line) > MAX_LINE:
            self.notes.fail("lines", f"line {self.number} is longer than {MAX_LINE} bytes")
        elif not line.endswith(b"\n"):
            self.notes.fail("lines", f"line {self.number} is cut short")
        elif line.startswith(_BUNDLE) and line.endswith(b"}\n"):
            return "bundle", line[len(_BUNDLE) : -2]
        else:
            try:
                value, repeated = decode(line[:-1])
            except ProfileError as error:
                self.notes.fail("lines", f"line {self.number}: {error}")
                return None
            if isinstance(value, dict) and len(value) == 1 and not repeated:
                ((name, content),) = value.items()
                if name in ORDER and name != "bundle":
                    return name, content
            self.notes.fail("lines", f"line {self.number} is no line of an archive")
        return None

    def _order(self, name: str) -> None:
        rank = ORDER.index(name)
        is_next = rank >= self.rank and not (rank == self.rank and name in ONCE)
        if not is_next or self.is_over or (self.rank < 1 and rank != self.rank + 1):
            self.notes.fail("order", f"line {self.number} is a {name} in the wrong place")
        self.rank = max(self.rank, rank)

    def _judge(self, name: str, content: Any) -> None:
        match name:
            case "header":
                self._header(content)
            case "checkpoint":
                self.logs.checkpoint(self.number, content)
            case "entry":
                self.logs.entry(self.number, content)
            case "bundle":
                self._bundle(content)
            case "tombstone":
                self._tombstone(content)

    def _header(self, content: Any) -> None:
        match content:
            case {"v": 1, "logs": list(logs)}:
                self.logs.announce(logs)
            case _:
                self.notes.fail("lines", "the header is of no version that is known here")

    def _bundle(self, content: bytes) -> None:
        result = verify(content, keys=self.pinned)
        named = f"line {self.number}: {result.detail}"
        if result.verdict == "not_verified":
            self.notes.lack("bundles", named)
        elif result.verdict != "verified":
            self.notes.fail("bundles", named)
            return
        try:
            bundle = Bundle.of(decode(content)[0])
        except (ProfileError, BundleError):
            return
        self._proofs("bundles", bundle.tlog_proof, *(one.tlog_proof for one in bundle.erasures))
        self._once("bundles", result.receipt_id or "")

    def _tombstone(self, content: Any) -> None:
        try:
            _TOMBSTONE(content)
            told, of = Evidence.listed([content])[0], content["receipt"]
            proven = prove(told, "retention", DELETION, self.pinned.logs)
            if proven is None:
                self.notes.lack("tombstones", "no key of the log is pinned")
                return
            deleted = proven.content
            place = self._receipt(of, deleted["receipt_id"])
            if place is None or place.index != deleted["idx"]:
                raise EvidenceError("the log has another receipt at its place")
        except (SchemaError, BundleError, EvidenceError) as error:
            self.notes.fail("tombstones", f"line {self.number}: {error}")
            return
        self._proofs("tombstones", told.tlog_proof, of["tlog_proof"])
        self._once("tombstones", deleted["receipt_id"])

    def _receipt(self, sent: Mapping[str, str], receipt_id: str) -> log.Place | None:
        """Where the log had the receipt that was deleted."""
        try:
            leaf = from_base64(sent["leaf"])
            value, _ = decode(leaf)
        except (ValueError, ProfileError):
            return None
        if not isinstance(value, dict) or value.get("id") != receipt_id:
            return None
        if value.get("type") != "receipt":
            return None
        findings, logged = Findings(), Evidence("", sent["leaf"], sent["tlog_proof"])
        log.examine(findings, logged, self.pinned.logs, leaf)
        return log.place(findings, logged)

    def _proofs(self, name: str, *proofs: str) -> None:
        """Each leads to a root that the entries in here make."""
        for proof in proofs:
            try:
                said = Checkpoint.parse(Note.parse(Proof.parse(proof).note).text)
            except (ProofError, NoteError):
                continue  # whoever judged the proof has said so
            if not self.logs.made(said):
                self.notes.fail(name, f"line {self.number} is proven by another log than this")

    def _once(self, name: str, receipt_id: str) -> None:
        known = sha256(receipt_id.encode()).digest()[:16]
        if known in self.receipts:
            self.notes.fail(name, f"line {self.number} is of a receipt that stands here twice")
        self.receipts.add(known)

    def _end(self, content: Any) -> None:
        self.is_over = True
        counted = {name: self.counts[name] for name in COUNTED}
        match content:
            case {"counts": dict(counts), "sha256": str(digest)}:
                if {name: counts.get(name, 0) for name in COUNTED} != counted:
                    self.notes.fail("complete", "its last line counts other lines than there are")
                elif digest != self.digest.hexdigest():
                    self.notes.fail("complete", "the digest of its last line is not that of it")
            case _:
                self.notes.fail("complete", "its last line has no counts or no digest")

    def concluded(self) -> ArchiveAudit:
        logs = tuple(Rebuilt(*one) for one in self.logs.conclude())
        if not self.is_over:
            self.notes.fail("complete", "its last line is missing: it was cut, or never finished")
        bundles, deleted = self.counts["bundle"], self.counts["tombstone"]
        words = {
            "lines": f"{self.number} lines, each what it should be",
            "order": "everything stands in its place",
            "entries": f"{self.counts['entry']} leaves, without a gap",
            "checkpoints": f"{self.counts['checkpoint']} checkpoints, each over the one before",
            "bundles": f"{bundles} receipts verified",
            "tombstones": f"{deleted} receipts were deleted, as the log says",
            "complete": "counts and digest are those of its last line",
        }
        checks = tuple(self.notes.check(name, words[name]) for name in CHECKS)
        verdict, detail = judge(checks, frozenset(CHECKS))
        if not self.counts["header"]:
            verdict, detail = "unreadable", "it does not begin as an archive does"
        elsewhere = max(0, self.logs.kinds["receipt"] - bundles - deleted)
        return ArchiveAudit(verdict, checks, detail, logs, bundles, deleted, elsewhere)
