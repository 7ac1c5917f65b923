"""What goes into the log: leaves that hold digests alone."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Literal

import attrs
from aragora.receipts import log

from aragora_server.kernel.errors import Conflict, NotFound

Kind = Literal["receipt", "key", "erasure", "retention", "legal_hold", "anchor"]


@attrs.frozen(kw_only=True)
class Leaf:
    """One entry. `id` is unique among leaves of its kind, so that none can stand twice."""

    kind: Kind
    id: str
    entry: bytes

    @classmethod
    def of_receipt(cls, receipt_id: str, message: bytes, signature: bytes) -> Leaf:
        entry = log.entry(receipt_id, message, signature)
        return cls(kind="receipt", id=receipt_id, entry=entry)

    @classmethod
    def of_body(cls, kind: Kind, leaf_id: str, body: bytes) -> Leaf:
        """A leaf over something that is kept elsewhere."""
        return cls(kind=kind, id=leaf_id, entry=log.entry_of_body(kind, leaf_id, body))


@attrs.frozen(kw_only=True)
class LogPlace:
    """Where a leaf stands, once a checkpoint speaks for it."""

    shard: str
    index: int
    entry: bytes


@attrs.frozen(kw_only=True)
class Inclusion:
    """That a leaf stands at its place: for whoever has pinned the key of the log."""

    place: LogPlace
    tlog_proof: str

    @property
    def evidence(self) -> dict[str, str]:
        """As it travels beside what it proves."""
        return {"leaf": base64.b64encode(self.place.entry).decode(), "tlog_proof": self.tlog_proof}


@attrs.frozen(kw_only=True)
class Growth:
    """That a log of some size is the beginning of the one of a later checkpoint."""

    shard: str
    from_size: int
    to_size: int
    proof: tuple[bytes, ...]
    checkpoint: str


class LogInconsistent(Exception):
    """What is stored is not what was signed or placed. Nothing is signed until it is."""


class ReceiptPending(Conflict):
    """The receipt stands, but the log has not yet signed for it."""

    code = "receipt_pending"


class CheckpointNotFound(NotFound):
    code = "checkpoint_not_found"


def shard_of(moment: datetime) -> str:
    """Which log takes what happens at this moment: there is one a year."""
    return str(moment.year)
