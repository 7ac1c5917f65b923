"""What can be asked about prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import attrs

from aragora_server.kernel.db import Tx

from . import store
from .catalogue import EVERY_MODEL, Applied, Listed, Model, Source, Span
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

    def look(self, *, provider: str, model: str, at: datetime) -> Applied | None:
        if provider in self.own:
            span = Span(price=self.own[provider])
            return Applied(source="operator", form="prefix", name="", span=span)
        catalogue = self.snapshot.catalogues.get(provider)
        return catalogue.look(model, at) if catalogue else None

    def find(self, *, provider: str, model: str, at: datetime) -> Price | None:
        applied = self.look(provider=provider, model=model, at=at)
        return applied.price if applied else None

    def list(self, at: datetime) -> Iterator[Listed]:
        """All that has a price at this instant, by provider and model."""
        for provider in sorted({*self.snapshot.catalogues, *self.own}):
            source, models = self._models(provider)
            for model in sorted(models, key=lambda model: model.id):
                if span := model.span_at(at):
                    yield Listed(provider=provider, model=model, source=source, span=span)

    async def of_workspace(self, tx: Tx, *, workspace_id: str, at: datetime) -> PriceBook:
        """The prices of a workspace at this instant."""
        own = await store.in_force(tx, workspace_id=workspace_id, at=at)
        return PriceBook(own=own, rest=self)

    def read(self, terms: Mapping[str, object]) -> Price:
        return read_price(terms)

    def unpriced(self) -> Price:
        """What is booked of a model that nobody knows the price of, where that is allowed."""
        return _UNPRICED

    def _models(self, provider: str) -> tuple[Source, Sequence[Model]]:
        if provider not in self.own:
            return "snapshot", self.snapshot.catalogues[provider].models
        spans = (Span(price=self.own[provider]),)
        return "operator", (Model(id=EVERY_MODEL, names=(("prefix", ""),), spans=spans),)


@attrs.frozen(kw_only=True)
class PriceBook:
    """A workspace's own rates first, then what holds for everybody."""

    own: Sequence[OwnPrice]
    rest: PriceService

    def look(self, *, provider: str, model: str, at: datetime) -> Applied | None:
        chosen = choose(self.own, provider=provider, model=model, at=at)
        return chosen.applied if chosen else self.rest.look(provider=provider, model=model, at=at)

    def find(self, *, provider: str, model: str, at: datetime) -> Price | None:
        applied = self.look(provider=provider, model=model, at=at)
        return applied.price if applied else None


def local_rates(*, input_rate: int, output_rate: int) -> dict[str, Price]:
    """A server of one's own bills nothing unless its operator says so: 0 is a rate."""
    version = f"settings:{OPENAI_COMPATIBLE}:{input_rate}:{output_rate}"
    return {OPENAI_COMPATIBLE: flat_price(version, input_rate=input_rate, output_rate=output_rate)}
