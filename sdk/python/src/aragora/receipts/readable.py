"""What a bundle lets a person read: the signed content with the texts that are disclosed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import digest
from .blocks import Text, plain
from .bundle import Bundle
from .canonical import decode
from .revealed import MISSING, revealed

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    content: Content
    bundle: Bundle
    digest: str
    names: Mapping[str, str]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, data: bytes) -> Receipt:
        bundle = Bundle.of(decode(data)[0])
        payload = digest.from_base64(bundle.payload)
        content = revealed(decode(payload)[0], bundle)["predicate"]
        people, options = content["participants"], content["options"]
        return cls(
            content=content,
            bundle=bundle,
            digest=digest.payload_digest(payload),
            names={person["id"]: plain(person.get("name", person["id"])) for person in people},
            labels={option["id"]: plain(option.get("label") or option["id"]) for option in options},
        )

    @property
    def link(self) -> str:
        """Where a reader looks it up; the fragment never reaches the server."""
        origin, receipt_id = self.content["issuer"]["origin"], self.content["receipt_id"]
        return f"{origin}/v/{receipt_id}#sha256={self.digest}"

    def text(self, place: Content, name: str, what: str) -> Text:
        """The text of a place; when a part is not disclosed, words that say so."""
        value = place.get(name)
        if value is None and MISSING not in place:
            return Text(f"[No {what} was given.]", is_absent=True)
        if value is None:
            return Text(f"[{place[MISSING]}: the {what} is not in this copy.]", is_absent=True)
        if MISSING in place:
            value += f"\n[{place[MISSING]}: a part is not in this copy.]"
        return Text(plain(value))

    def in_order(self) -> list[Content]:
        """The ballots, round after round."""
        return sorted(self.content["ballots"], key=lambda ballot: int(ballot["round"]))
