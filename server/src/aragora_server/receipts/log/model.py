"""What goes into the log: leaves that hold digests alone."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs
from aragora.receipts import log

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


def shard_of(moment: datetime) -> str:
    """Which log takes what happens at this moment: there is one a year."""
    return str(moment.year)
