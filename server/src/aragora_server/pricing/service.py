"""What can be asked about prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from aragora_server.kernel.db import Tx

from . import store
from .model import Price, flat_price, read_price
from .own import OwnPrice, choose
from .snapshot import Snapshot

OPENAI_COMPATIBLE = "openai_compatible"
_UNPRICED = flat_price("unpriced", input_rate=0, output_rate=0)


@attrs.frozen
class PriceService:
    """What holds for everybody: the operator's own rates first, then the snapshot, else nothing."""

    snapshot: Snapshot
    own: Mapping[str, Price] = attrs.field(factory=dict)

    def find(self, *, provider: str, model: str, at: datetime) -> Price | None:
        if provider in self.own:
            return self.own[provider]
        catalogue = self.snapshot.catalogues.get(provider)
        return catalogue.find(model, at) if catalogue else None

    async def of_workspace(self, tx: Tx, *, workspace_id: str, at: datetime) -> PriceBook:
        """The prices of a workspace at this instant."""
        own = await store.in_force(tx, workspace_id=workspace_id, at=at)
        return PriceBook(own=own, rest=self)

    def read(self, terms: Mapping[str, object]) -> Price:
        return read_price(terms)

    def unpriced(self) -> Price:
        """What is booked of a model that nobody knows the price of, where that is allowed."""
        return _UNPRICED


@attrs.frozen(kw_only=True)
class PriceBook:
    """A workspace's own rates first, then what holds for everybody."""

    own: Sequence[OwnPrice]
    rest: PriceService

    def find(self, *, provider: str, model: str, at: datetime) -> Price | None:
        chosen = choose(self.own, provider=provider, model=model, at=at)
        return chosen.price if chosen else self.rest.find(provider=provider, model=model, at=at)


def local_rates(*, input_rate: int, output_rate: int) -> dict[str, Price]:
    """A server of one's own bills nothing unless its operator says so: 0 is a rate."""
    version = f"settings:{OPENAI_COMPATIBLE}:{input_rate}:{output_rate}"
    return {OPENAI_COMPATIBLE: flat_price(version, input_rate=input_rate, output_rate=output_rate)}
