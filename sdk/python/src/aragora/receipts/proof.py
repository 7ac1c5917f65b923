"""What proves a leaf: a checkpoint (c2sp.org/tlog-checkpoint) and the way up to it
(c2sp.org/tlog-proof@v1). Our own logs write neither extension lines nor extra data, and whatever
no signature or hash covers is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .canonical import MAX_INTEGER
from .digest import from_base64, to_base64
from .note import MAX_BYTES

MAGIC = "c2sp.org/tlog-proof@v1"
# Enough for every tree whose size is an integer of the profile.
MAX_STEPS = 53

_NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


class ProofError(ValueError):
    """The text is no proof of this form."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log's tree at one size."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note: three lines and nothing more."""
        match text.split("\n"):
            case [origin, size, root, ""] if origin:
                return cls(origin, _number(size), _hash(root))
            case _:
                raise ProofError("a checkpoint is origin, size and root")

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Proof:
    """The place of a leaf, the hashes beside its way up, and the note that it leads to."""

    index: int
    steps: tuple[bytes, ...]
    note: str

    @classmethod
    def parse(cls, text: str) -> Proof:
        if len(text.encode(errors="surrogatepass")) > MAX_BYTES:
            raise ProofError(f"larger than {MAX_BYTES} bytes")
        head, _, note = text.partition("\n\n")
        magic, *rest = head.split("\n", MAX_STEPS + 2)
        if magic != MAGIC:
            raise ProofError(f"not {MAGIC}")
        match rest:
            case [place, *steps] if place.startswith("index ") and len(steps) <= MAX_STEPS:
                index = _number(place.removeprefix("index "))
                return cls(index, tuple(_hash(step) for step in steps), note)
            case _:
                raise ProofError("a proof is an index and hashes")

    @property
    def text(self) -> str:
        steps = [to_base64(step) for step in self.steps]
        return "\n".join([MAGIC, f"index {self.index}", *steps, "", self.note])


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text) or int(text) > MAX_INTEGER:
        raise ProofError("not a whole number below 2^53")
    return int(text)


def _hash(text: str) -> bytes:
    try:
        data = from_base64(text)
    except ValueError:
        data = b""
    if len(data) != 32:
        raise ProofError("not a hash in base64")
    return data
