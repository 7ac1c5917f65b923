"""A whole log, rebuilt from nothing out of the files that it serves (c2sp.org/tlog-tiles)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from .canonical import ProfileError, decode
from .keys import LogKey
from .merkle import Edge, leaf_hash
from .note import Note, NoteError
from .proof import Checkpoint, ProofError

TILE = 256

Read = Callable[[str], bytes]
"""The content of a file of the log, by its path below the log."""


class AuditFailed(ValueError):
    """The log is not what it was signed to be."""


class LogUnknown(LookupError):
    """No key of this log is pinned: nothing it says can be judged."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the log holds: its checkpoint, and how many leaves of each kind."""

    checkpoint: Checkpoint
    note: str
    kinds: Mapping[str, int]


def audit(
    read: Read,
    logs: tuple[LogKey, ...],
    *,
    shard: str,
    since: str | None = None,
    leaves: Collection[bytes] = (),
) -> Audit:
    """Read every entry, and make the root of the newest checkpoint anew.

    It must be the log of this `shard`, the last part of its name. `since` is a checkpoint that was
    kept earlier: the log must have grown from it. Each of `leaves` must be in it. Raises
    AuditFailed when the log does not hold, and LogUnknown when no key of it is pinned.
    """
    note = read("checkpoint").decode(errors="replace")
    newest = signed(note, logs)
    if newest.origin.rpartition("/")[2] != shard:
        raise AuditFailed(f"it is the log {newest.origin}, not that of {shard}")
    earlier = None if since is None else signed(since, logs)
    if earlier and (earlier.origin != newest.origin or earlier.size > newest.size):
        raise AuditFailed("the checkpoint that was kept is of another log, or of a longer one")
    edge, kinds, wanted = Edge(), Counter[str](), set(leaves)
    seen: set[bytes] = set()
    for entry in _entries(read, newest.size):
        kind = kind_of(entry, seen)
        kinds[kind] += 1
        wanted.discard(entry)
        edge.add(leaf_hash(entry))
        if earlier and edge.size == earlier.size and edge.root != earlier.root:
            raise AuditFailed(f"its first {earlier.size} leaves are not those it was signed for")
    if edge.root != newest.root:
        raise AuditFailed(f"its {newest.size} leaves do not make the root that was signed")
    if wanted:
        raise AuditFailed(f"{len(wanted)} of {len(set(leaves))} receipts are not in it")
    return Audit(newest, note, kinds)


def signed(text: str, logs: tuple[LogKey, ...]) -> Checkpoint:
    """The checkpoint, when a pinned key of its log that still counts signed it."""
    try:
        note = Note.parse(text)
        checkpoint = Checkpoint.parse(note.text)
        own = [key for key in logs if key.name == checkpoint.origin]
        if not own:
            raise LogUnknown(f"no key of {checkpoint.origin} is pinned")
        signers = note.signers(own)
    except (NoteError, ProofError) as error:
        raise AuditFailed(f"a checkpoint: {error}") from None
    if not signers or any(key.key.status == "revoked" for key in signers):
        raise AuditFailed("no key of the log that still counts signed its checkpoint")
    return checkpoint


def _entries(read: Read, size: int) -> Iterator[bytes]:
    for n in range(-(-size // TILE)):
        width = min(TILE, size - n * TILE)
        data = read(f"tile/entries/{_number(n)}{'' if width == TILE else f'.p/{width}'}")
        found = at = 0
        while at < len(data) and found <= width:
            length = int.from_bytes(data[at : at + 2], "big")
            entry, at = data[at + 2 : at + 2 + length], at + 2 + length
            if len(entry) != length or not length:
                raise AuditFailed(f"tile {n} of the entries is cut short")
            found += 1
            yield entry
        if found != width:
            raise AuditFailed(f"tile {n} of the entries does not hold {width}")


def _number(n: int) -> str:
    """Groups of three digits, all but the last with an x."""
    groups = f"{n:0{-(-len(str(n)) // 3) * 3}d}"
    parts = [groups[i : i + 3] for i in range(0, len(groups), 3)]
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])


def kind_of(entry: bytes, seen: set[bytes]) -> str:
    """The kind of a leaf, of which none may stand twice."""
    try:
        value, _ = decode(entry)
    except ProfileError as error:
        raise AuditFailed(f"a leaf is not of the profile: {error}") from None
    match value:
        case {"v": 1, "type": str(kind), "id": str(name)}:
            known = sha256(f"{kind}\n{name}".encode()).digest()[:16]
            if known in seen:
                raise AuditFailed(f"{kind} {name[:64]} stands in it twice")
            seen.add(known)
            return kind
        case _:
            raise AuditFailed("a leaf has no version, type and id")
