"""What can be asked about prices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from .model import Price, flat_price, read_price
from .snapshot import Snapshot

OPENAI_COMPATIBLE = "openai_compatible"


@attrs.frozen
class PriceService:
    """The operator's own rates first, then the snapshot, else nothing."""

    snapshot: Snapshot
    own: Mapping[str, Price] = attrs.field(factory=dict)

    def find(self, *, provider: str, model: str, at: datetime) -> Price | None:
        if provider in self.own:
            return self.own[provider]
        catalogue = self.snapshot.catalogues.get(provider)
        return catalogue.find(model, at) if catalogue else None

    def read(self, terms: Mapping[str, object]) -> Price:
        return read_price(terms)


def local_rates(*, input_rate: int, output_rate: int) -> dict[str, Price]:
    """A server of one's own bills nothing unless its operator says so: 0 is a rate."""
    version = f"settings:{OPENAI_COMPATIBLE}:{input_rate}:{output_rate}"
    return {OPENAI_COMPATIBLE: flat_price(version, input_rate=input_rate, output_rate=output_rate)}
