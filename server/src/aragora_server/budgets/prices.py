"""What holding money needs to know of prices, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from aragora_server.kernel.db import Tx
from aragora_server.kernel.money import ModelUnpriced

from .calls import Bound, Usage
from .model import Budget


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
    def unpriced(self) -> Price:
        """Nothing, in the name of a price that nobody knows."""
        ...


def may_go_unpriced(budgets: Iterable[Budget]) -> bool:
    """One who refuses overrules all who allow it; with no budget, nobody has allowed it."""
    said = [budget.unpriced for budget in budgets if _decides(budget)]
    return "allow" in said and "refuse" not in said


def _decides(budget: Budget) -> bool:
    return budget.unpriced == "allow" or budget.block_at_percent is not None


def price_of(book: PriceBook, bound: Bound, at: datetime, *, unpriced: Price | None) -> Price:
    price = book.find(provider=bound.provider, model=bound.model, at=at) or unpriced
    if price is None:
        raise ModelUnpriced(bound.provider, bound.model)
    return price


def bound_at(price: Price, bound: Bound) -> int:
    return price.bound(input_bound=bound.input_bound, max_output=bound.max_output)
