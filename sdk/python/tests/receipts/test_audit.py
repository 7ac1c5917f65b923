"""A whole log read from outside: what does not hold is found, wherever it was changed."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import partial

import pytest
from aragora.receipts import PinnedKeys, canonical, merkle
from aragora.receipts import audit as auditing
from aragora.receipts.audit import AuditFailed, LogUnknown
from aragora.receipts.proof import Checkpoint
from example import PINNED
from logged import LOG_KEY, LOG_PINNED, ORIGIN, OTHER_LOG_KEY, signed_note

LOGS = PinnedKeys.of(LOG_PINNED).logs
SIZE = 600
OWN = (LOG_KEY, ORIGIN)


audit = partial(auditing.audit, shard="2026")


def leaf(number: int, kind: str = "receipt") -> bytes:
    return canonical.encode({"v": 1, "type": kind, "id": str(number), "body_sha256": "0" * 64})


LEAVES = [leaf(0, "key"), *(leaf(number) for number in range(1, SIZE))]


def note_over(leaves: list[bytes], signer: tuple = OWN) -> str:
    return signed_note(Checkpoint(ORIGIN, len(leaves), merkle.root(leaves)).text, signer)


def files(leaves: list[bytes], note: str | None = None) -> dict[str, bytes]:
    """As a server has them."""
    found = {"checkpoint": (note or note_over(leaves)).encode()}
    for n in range(0, len(leaves), 256):
        tile = leaves[n : n + 256]
        name = f"tile/entries/{n // 256:03d}" + ("" if len(tile) == 256 else f".p/{len(tile)}")
        found[name] = b"".join(len(one).to_bytes(2, "big") + one for one in tile)
    return found


NOTE = note_over(LEAVES)
FILES = files(LEAVES, NOTE)


def test_a_log_that_holds_is_told_with_what_is_in_it() -> None:
    found = audit(FILES.__getitem__, LOGS, leaves=[LEAVES[7], LEAVES[599]])

    assert (found.checkpoint.size, found.checkpoint.root) == (SIZE, merkle.root(LEAVES))
    assert found.kinds == {"key": 1, "receipt": SIZE - 1}
    assert found.note == NOTE


def test_it_has_grown_from_a_checkpoint_that_was_kept() -> None:
    for size in (1, 255, 256, 257, SIZE):
        kept = note_over(LEAVES[:size])

        assert audit(FILES.__getitem__, LOGS, since=kept).checkpoint.size == SIZE


def swapped(leaves: list[bytes]) -> list[bytes]:
    return [*leaves[:8], leaves[9], leaves[8], *leaves[10:]]


@pytest.mark.parametrize("at", [0, 300, SIZE - 1])
def test_every_entry_counts(at: int) -> None:
    changed = [*LEAVES[:at], leaf(at, "forged"), *LEAVES[at + 1 :]]

    with pytest.raises(AuditFailed, match="do not make the root"):
        audit(files(changed, NOTE).__getitem__, LOGS)


def test_their_order_counts() -> None:
    with pytest.raises(AuditFailed, match="do not make the root"):
        audit(files(swapped(LEAVES), NOTE).__getitem__, LOGS)


def test_another_history_is_found_by_whoever_kept_a_checkpoint() -> None:
    """A fork: signed by the log itself, and true for all who see only that."""
    forked = files(swapped(LEAVES))
    audit(forked.__getitem__, LOGS)

    with pytest.raises(AuditFailed, match="are not those it was signed for"):
        audit(forked.__getitem__, LOGS, since=note_over(LEAVES[:20]))


def test_a_log_that_was_cut_back_is_found() -> None:
    with pytest.raises(AuditFailed, match="longer one"):
        audit(files(LEAVES[:500]).__getitem__, LOGS, since=NOTE)


def test_a_receipt_that_is_not_in_it_is_missed() -> None:
    with pytest.raises(AuditFailed, match="1 of 2 receipts"):
        audit(FILES.__getitem__, LOGS, leaves=[LEAVES[7], leaf(7, "other")])


def test_a_leaf_that_stands_twice_is_found_under_a_true_root() -> None:
    with pytest.raises(AuditFailed, match="receipt 5 stands in it twice"):
        audit(files([*LEAVES, leaf(5)]).__getitem__, LOGS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[:-1], "cut short"),
        (lambda data: data + b"\x00", "cut short"),
        (lambda data: data + b"\x00\x00", "cut short"),
        (lambda data: data[2 + len(LEAVES[512]) :], "does not hold 88"),
        (lambda _: b"", "does not hold 88"),
        (lambda data: data + b"\x00\x02{}", "no version, type and id"),
    ],
)
def test_a_tile_of_another_length_is_refused(change: Callable[[bytes], bytes], said: str) -> None:
    name = "tile/entries/002.p/88"

    with pytest.raises(AuditFailed, match=said):
        audit({**FILES, name: change(FILES[name])}.__getitem__, LOGS)


@pytest.mark.parametrize(
    "note",
    [
        note_over(LEAVES, (OTHER_LOG_KEY, ORIGIN)),
        NOTE.replace("\n600\n", "\n599\n"),
        NOTE.replace(base64.b64encode(merkle.root(LEAVES)).decode(), "A" * 43 + "="),
        "no note",
        "",
    ],
)
def test_only_the_log_itself_speaks_for_it(note: str) -> None:
    with pytest.raises(AuditFailed):
        audit(files(LEAVES, note or "\n").__getitem__, LOGS)


def test_the_log_of_another_year_is_not_the_one_that_was_asked_for() -> None:
    with pytest.raises(AuditFailed, match="not that of 2027"):
        audit(FILES.__getitem__, LOGS, shard="2027")


def test_without_a_pinned_key_nothing_is_judged() -> None:
    with pytest.raises(LogUnknown, match=ORIGIN):
        audit(FILES.__getitem__, PinnedKeys.of(PINNED).logs)


def test_tiles_beyond_a_thousand_have_paths_of_several_parts() -> None:
    from aragora.receipts.audit import _number

    assert [_number(n) for n in (0, 67, 999, 1_000, 1_234_067)] == [
        "000", "067", "999", "x001/000", "x001/x234/067",
    ]  # fmt: skip
