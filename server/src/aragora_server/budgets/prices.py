"""What holding money needs to know of prices, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from aragora_server.kernel.db import Tx

from .calls import Bound, Usage
from .model import ModelUnpriced


class Price(Protocol):
    @property
    def version(self) -> str: ...
    def bound(self, *, input_bound: int, max_output: int) -> int: ...
    def cost(self, tokens: Usage) -> int | None:
        """None when these tokens have no rate."""
        ...

    def terms(self) -> Mapping[str, object]: ...


class PriceBook(Protocol):
    def find(self, *, provider: str, model: str, at: datetime) -> Price | None: ...


class Prices(PriceBook, Protocol):
    """What holds for everybody, and the way to what holds for one workspace."""

    async def of_workspace(self, tx: Tx, *, workspace_id: str, at: datetime) -> PriceBook: ...
    def read(self, terms: Mapping[str, object]) -> Price: ...


def price_of(book: PriceBook, bound: Bound, at: datetime) -> Price:
    price = book.find(provider=bound.provider, model=bound.model, at=at)
    if price is None:
        raise ModelUnpriced(bound.provider, bound.model)
    return price


def bound_at(price: Price, bound: Bound) -> int:
    return price.bound(input_bound=bound.input_bound, max_output=bound.max_output)
