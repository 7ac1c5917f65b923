"""Whatever was done to an archive is found, and by the check that it concerns."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest
from aragora.receipts import PinnedKeys, canonical, log, merkle
from aragora.receipts.archive import MAX_LINE, ArchiveAudit, audit_archive
from aragora.receipts.proof import Checkpoint
from example import sealed, uuid
from logged import LOG_KEY, LOG_PINNED, ORIGIN, OTHER_LOG_KEY, entry_of, proof_of, signed_note

KEYS = PinnedKeys.of(LOG_PINNED)
OWN = (LOG_KEY, ORIGIN)
BODY = canonical.encode(
    {
        "v": 1, "id": uuid(6), "receipt_id": uuid(5), "shard": "2026", "idx": 2,
        "reason": "retention", "operator": "server", "at": "2033-11-22T09:30:00.000Z",
    }
)  # fmt: skip
BUNDLE = sealed()
LEAVES = [
    log.entry_of_body("key", uuid(8), b"{}"),
    entry_of(BUNDLE),
    log.entry(uuid(5), b"message", b"signature"),
    log.entry_of_body("retention", uuid(6), BODY),
    log.entry(uuid(7), b"of others", b"signature"),
]
SIZES = (1, 2, 4, 5)
ANOTHER = log.entry(uuid(9), b"", b"")
ELSEWHERE = proof_of([*LEAVES[:2], ANOTHER], 1, signers=(OWN,)).text


def text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def proof(index: int, size: int) -> str:
    return proof_of(LEAVES[:size], index, signers=(OWN,)).text


def note(size: int, signer: tuple = OWN) -> str:
    return signed_note(Checkpoint(ORIGIN, size, merkle.root(LEAVES[:size])).text, signer)


def line(**content: object) -> bytes:
    return canonical.encode(content) + b"\n"


def bundle_line(**changes: object) -> bytes:
    evidence = {"leaf": text64(LEAVES[1]), "tlog_proof": proof(1, 2)}
    return line(bundle={**BUNDLE, **evidence, **changes})


def tombstone_line(**changes: object) -> bytes:
    receipt = {"leaf": text64(LEAVES[2]), "tlog_proof": proof(2, 4)}
    told = {"body": text64(BODY), "leaf": text64(LEAVES[3]), "tlog_proof": proof(3, 4)}
    return line(tombstone={**told, "receipt": receipt, **changes})


def header_line(size: int = 5) -> bytes:
    return line(header={"v": 1, "logs": [{"origin": ORIGIN, "size": size}]})


def entry_line(index: int) -> bytes:
    return line(entry={"origin": ORIGIN, "index": index, "leaf": text64(LEAVES[index])})


LINES = [
    header_line(),
    line(keys={"keys": []}),
    *(line(checkpoint=note(size)) for size in SIZES),
    *(entry_line(index) for index in range(5)),
    bundle_line(),
    tombstone_line(),
]
HEADER, KEY_LIST, FIRST_NOTE, LAST_NOTE, FIRST_ENTRY, RECEIPT, TOMBSTONE = 0, 1, 2, 5, 6, 11, 12


def closed(lines: list[bytes]) -> bytes:
    """With the last line that belongs to them: whoever forges an archive can write it too."""
    names = Counter(next(iter(json.loads(one))) for one in lines)
    counted = ("checkpoint", "entry", "bundle", "tombstone")
    counts = {name: names[name] for name in counted if names[name]}
    digest = sha256(b"".join(lines)).hexdigest()
    return b"".join(lines) + line(end={"counts": counts, "sha256": digest})


def judge(content: bytes, keys: PinnedKeys = KEYS) -> ArchiveAudit:
    return audit_archive(BytesIO(content), keys=keys)


def failed(found: ArchiveAudit) -> set[str]:
    return {check.name for check in found.checks if check.result == "fail"}


def test_an_archive_that_holds_is_told_with_what_is_in_it() -> None:
    found = judge(closed(LINES))

    assert (found.verdict, found.exit_code, failed(found)) == ("verified", 0, set()), found.detail
    assert (found.receipts, found.deleted, found.elsewhere) == (1, 1, 1)
    assert [(one.origin, one.size, one.root) for one in found.logs] == [
        (ORIGIN, 5, merkle.root(LEAVES))
    ]


def test_who_has_pinned_no_key_is_told_that_nothing_is_verified() -> None:
    found = judge(closed(LINES), PinnedKeys())

    assert (found.verdict, found.exit_code) == ("not_verified", 3)
    assert found.logs[0].root == merkle.root(LEAVES)


def without(*gone: int) -> list[bytes]:
    return [one for at, one in enumerate(LINES) if at not in gone]


def changed(at: int, new: bytes) -> list[bytes]:
    return [*LINES[:at], new, *LINES[at + 1 :]]


def after(at: int, new: bytes) -> list[bytes]:
    return [*LINES[: at + 1], new, *LINES[at + 1 :]]


def twice(at: int) -> list[bytes]:
    return [*LINES[: at + 1], *LINES[at:]]


def exchanged(one: int, other: int) -> list[bytes]:
    lines = LINES.copy()
    lines[one], lines[other] = lines[other], lines[one]
    return lines


FORGED: dict[str, tuple[list[bytes], str]] = {
    "an entry less": (without(FIRST_ENTRY + 2), "entries"),
    "the last entries less": (without(FIRST_ENTRY + 3, FIRST_ENTRY + 4), "entries"),
    "an entry twice": (twice(FIRST_ENTRY + 2), "entries"),
    "two entries exchanged": (exchanged(FIRST_ENTRY + 1, FIRST_ENTRY + 2), "entries"),
    "another entry in its place": (
        changed(
            FIRST_ENTRY + 4,
            line(entry={"origin": ORIGIN, "index": 4, "leaf": text64(ANOTHER)}),
        ),
        "checkpoints",
    ),
    "an entry of a log that nobody announced": (
        after(FIRST_ENTRY, line(entry={"origin": "x", "index": 0, "leaf": ""})),
        "entries",
    ),
    "two leaves at one place": (
        after(FIRST_ENTRY, line(entry={"origin": ORIGIN, "index": 0, "leaf": text64(ANOTHER)})),
        "entries",
    ),
    "a leaf that is none": (
        changed(
            FIRST_ENTRY + 4, line(entry={"origin": ORIGIN, "index": 4, "leaf": text64(b"leaf")})
        ),
        "entries",
    ),
    "an entry that is none": (after(FIRST_ENTRY, line(entry=[1])), "entries"),
    "the last checkpoint less": (without(LAST_NOTE), "checkpoints"),
    "the checkpoint of a proof less": (without(FIRST_NOTE + 1), "bundles"),
    "a checkpoint twice": (twice(LAST_NOTE), "checkpoints"),
    "two checkpoints exchanged": (exchanged(FIRST_NOTE, LAST_NOTE), "checkpoints"),
    "a checkpoint that a stranger signed": (
        changed(LAST_NOTE, line(checkpoint=note(5, (OTHER_LOG_KEY, ORIGIN)))),
        "checkpoints",
    ),
    "a checkpoint that is no note": (changed(FIRST_NOTE, line(checkpoint=7)), "checkpoints"),
    "a checkpoint of another log": (
        after(LAST_NOTE, line(checkpoint=signed_note(f"x\n9\n{text64(bytes(32))}\n", OWN))),
        "checkpoints",
    ),
    "a log announced twice": (
        changed(HEADER, line(header={"v": 1, "logs": [{"origin": ORIGIN, "size": 5}] * 2})),
        "lines",
    ),
    "a longer log announced": (changed(HEADER, header_line(6)), "entries"),
    "a shorter log announced": (changed(HEADER, header_line(4)), "entries"),
    "another version": (changed(HEADER, line(header={"v": 2, "logs": []})), "lines"),
    "more logs than years": (
        changed(
            HEADER,
            line(header={"v": 1, "logs": [{"origin": str(no), "size": 0} for no in range(257)]}),
        ),
        "lines",
    ),
    "a log with an endless name": (
        changed(HEADER, line(header={"v": 1, "logs": [{"origin": "x" * 256, "size": 0}]})),
        "lines",
    ),
    "no keys": (without(KEY_LIST), "order"),
    "two headers": (twice(HEADER), "order"),
    "a receipt before the log": (exchanged(FIRST_NOTE, RECEIPT), "order"),
    "a receipt twice": (twice(RECEIPT), "bundles"),
    "a receipt twice, once without its leaf": (
        [*LINES[: RECEIPT + 1], bundle_line(leaf=""), *LINES[RECEIPT + 1 :]],
        "bundles",
    ),
    "a receipt with a text more": (changed(RECEIPT, bundle_line(disclosures=["e30"])), "bundles"),
    "a receipt proven by another log": (
        changed(RECEIPT, bundle_line(tlog_proof=ELSEWHERE)),
        "bundles",
    ),
    "a tombstone twice": (twice(TOMBSTONE), "tombstones"),
    "a tombstone without its leaf": (
        changed(TOMBSTONE, tombstone_line(body=text64(BODY.replace(b"server", b"someone")))),
        "tombstones",
    ),
    "a tombstone of another receipt": (
        changed(
            TOMBSTONE,
            tombstone_line(receipt={"leaf": text64(LEAVES[1]), "tlog_proof": proof(1, 2)}),
        ),
        "tombstones",
    ),
    "a line of another kind": (changed(TOMBSTONE, line(bequest={})), "lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_what_was_done_to_an_archive_is_found_by_the_check_that_it_concerns(name: str) -> None:
    lines, check = FORGED[name]

    found = judge(closed(lines))

    assert (found.verdict, found.exit_code) == ("failed", 1)
    assert check in failed(found), found.detail


def test_a_receipt_without_its_proof_is_not_verified() -> None:
    found = judge(closed(changed(RECEIPT, bundle_line(tlog_proof=""))))

    assert (found.verdict, found.exit_code) == ("not_verified", 3)
    assert found.detail.startswith("bundles: ")


@pytest.mark.parametrize("end", [{"counts": {}}, {"counts": {"entry": 4}}, {}, [], "all"])
def test_a_last_line_that_says_less_completes_nothing(end: object) -> None:
    body = b"".join(LINES)
    told = end | {"sha256": sha256(body).hexdigest()} if end and isinstance(end, dict) else end

    found = judge(body + line(end=told))

    assert failed(found) == {"complete"}


CUT: dict[str, Callable[[bytes], bytes]] = {
    "complete": lambda whole: whole[: whole.rindex(b'{"end"')],
    "lines": lambda whole: whole[:-20],
    "order": lambda whole: whole + LINES[RECEIPT],
}


@pytest.mark.parametrize("check", CUT)
def test_an_archive_that_was_cut_or_goes_on_is_not_complete(check: str) -> None:
    found = judge(CUT[check](closed(LINES)))

    assert (found.verdict, found.exit_code) == ("failed", 1)
    assert check in failed(found)


def test_every_byte_counts() -> None:
    whole = closed(LINES)

    for at in range(0, len(whole), 211):
        other = bytes([whole[at] ^ 1])
        found = judge(whole[:at] + other + whole[at + 1 :])
        assert found.verdict in ("failed", "unreadable"), at


def test_a_receipt_that_is_left_out_is_counted_as_elsewhere() -> None:
    found = judge(closed(without(RECEIPT)))

    assert (found.verdict, found.receipts, found.elsewhere) == ("verified", 0, 2)


@pytest.mark.parametrize("content", [b"", b"id,issued_at\n", b'{"v":1}\n', bundle_line()])
def test_what_is_no_archive_is_unreadable(content: bytes) -> None:
    found = judge(content)

    assert (found.verdict, found.exit_code) == ("unreadable", 2)


class Endless:
    """A file whose line never ends; it says how much of it was asked for."""

    asked = 0

    def readline(self, most: int) -> bytes:
        self.asked += most
        return b'{"entry":"' + b"a" * (most - 10)


def test_a_line_without_end_is_not_read_to_its_end() -> None:
    endless = Endless()

    found = audit_archive(endless, keys=KEYS)  # type: ignore[arg-type]

    assert failed(found) >= {"lines", "complete"}
    assert endless.asked == MAX_LINE + 1


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"a":' * 100_000])
def test_a_deep_line_is_refused(deep: bytes) -> None:
    found = judge(b"".join(LINES[:2]) + b'{"checkpoint":' + deep + b"\n")

    assert "lines" in failed(found)
    assert "levels" in found.detail
