"""What a legal hold covers, which texts an erasure means, and what the log is told of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

import attrs
from aragora.receipts import canonical
from aragora.receipts.disclosure import Place, places

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Conflict, Invalid, NotFound

MOST_ERASURES = 256
OF_PARTICIPANT = ("ballots", "dissent")


class LegalHoldNotFound(NotFound):
    code = "legal_hold_not_found"


class LegalHoldActive(Conflict):
    """Nothing of a receipt goes that a hold covers."""

    code = "legal_hold_active"


class LegalHoldEmpty(Invalid):
    code = "legal_hold_empty"


class ErasureEmpty(Invalid):
    code = "erasure_empty"


class ErasurePathUnknown(Invalid):
    code = "erasure_path_unknown"


@attrs.frozen(kw_only=True)
class Covered:
    """Which receipts a hold covers; what is named narrows together."""

    receipt_ids: tuple[str, ...] | None = None
    debate_id: str | None = None
    participant: str | None = None
    issued_from: datetime | None = None
    issued_to: datetime | None = None

    def check(self) -> None:
        if all(value is None for value in attrs.astuple(self, recurse=False)):
            raise LegalHoldEmpty("name receipts, a debate, a participant or a time")
        if self.issued_from and self.issued_to and self.issued_from >= self.issued_to:
            raise LegalHoldEmpty("the time ends before it begins")


@attrs.frozen(kw_only=True)
class Wanted:
    """A hold to place."""

    covered: Covered
    matter: str
    reason: str


@attrs.frozen(kw_only=True)
class LegalHold:
    id: str
    workspace_id: str
    matter: str
    reason: str
    covered: Covered
    placed_by: str
    placed_at: datetime
    released_by: str | None = None
    released_at: datetime | None = None

    def refusal(self, receipt_id: str) -> LegalHoldActive:
        members = {"legal_hold_id": self.id, "matter": self.matter}
        return LegalHoldActive(f"legal hold {self.id} covers receipt {receipt_id}", members=members)

    def statement(self, event_id: str, action: Literal["place", "release"]) -> bytes:
        """For the log, which sees only the digest of it."""
        by, at = (
            (self.placed_by, self.placed_at)
            if action == "place"
            else (self.released_by, self.released_at)
        )
        told = {
            "v": 1,
            "id": event_id,
            "legal_hold_id": self.id,
            "action": action,
            "actor": by,
            "at": wire_time(at or self.placed_at),
        }
        return canonical.encode(told)


@attrs.frozen(kw_only=True)
class Chosen:
    """Which texts are to go."""

    legal_basis: str
    parts: tuple[str, ...] = ()
    participant: str | None = None
    paths: tuple[str, ...] = ()

    def places(self, statement: Mapping[str, Any]) -> tuple[Place, ...]:
        """The digests whose texts are meant, in the order of the signed bytes."""
        if not (self.parts or self.participant or self.paths):
            raise ErasureEmpty("name parts, a participant or paths")
        known = {place.pointer: place for place in places(dict(statement))}
        wanted = {*self.paths, *self._of_parts(known)}
        if self.participant is not None:
            wanted.update(self._of_participant(statement["predicate"], known))
        if unknown := sorted(wanted - known.keys()):
            raise ErasurePathUnknown(f"no text was signed at {unknown[0]}")
        return tuple(place for pointer, place in known.items() if pointer in wanted)

    def _of_parts(self, known: Collection[str]) -> Iterator[str]:
        homes = tuple(f"/predicate/{part}/" for part in self.parts)
        return (pointer for pointer in known if pointer.startswith(homes))

    def _of_participant(self, predicate: Mapping[str, Any], known: Collection[str]) -> list[str]:
        of = self.participant
        lists = {f"/predicate/{name}": predicate[name] for name in OF_PARTICIPANT}
        lists["/predicate/transcript/messages"] = predicate["transcript"]["messages"]
        homes = [
            f"{home}/{no}/"
            for home, items in lists.items()
            for no, item in enumerate(items)
            if item["participant"] == of
        ]
        own = [no for no, person in enumerate(predicate["participants"]) if person["id"] == of]
        if not own:
            raise ErasurePathUnknown(f"nobody in this receipt is {of}")
        homes += [f"/predicate/participants/{no}/" for no in own]
        return [pointer for pointer in known if pointer.startswith(tuple(homes))]


@attrs.frozen(kw_only=True)
class Erasure:
    """What a leaf of the log says; every bundle of the receipt carries it from then on."""

    id: str
    receipt_id: str
    paths: tuple[str, ...]
    legal_basis: str
    actor: str
    at: datetime

    def statement(self) -> bytes:
        told = attrs.asdict(self) | {
            "v": 1,
            "paths": list(self.paths),
            "at": wire_time(self.at),
        }
        return canonical.encode(told)
