"""A price for calls that were made before it was set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from aragora_server.kernel.clock import to_milliseconds

from . import store
from .keeping import OwnPriceService
from .own import OwnPrice, PriceInvalid

MOST_OTHERS = 400
"""Prices that may take calls away from one: a database takes no question of any length."""


class Repriced(Protocol):
    @property
    def calls(self) -> int: ...
    @property
    def before_micro_usd(self) -> int: ...
    @property
    def after_micro_usd(self) -> int: ...
    @property
    def left(self) -> int: ...


class Books(Protocol):
    """Where calls are booked."""

    async def reprice(
        self, price: OwnPrice, others: Sequence[OwnPrice], *, by: str, is_dry_run: bool
    ) -> Repriced:
        """Those that `price` takes while it holds and none of `others` does."""
        ...


@attrs.frozen(kw_only=True)
class Asked:
    """Calls that were reserved in `[starts_at, ends_at)`; without an end, until now."""

    starts_at: datetime
    ends_at: datetime | None
    is_dry_run: bool


@attrs.frozen(kw_only=True)
class Repricing:
    """What it came to, or would come to, for which calls."""

    price: OwnPrice
    starts_at: datetime
    ends_at: datetime
    is_dry_run: bool
    done: Repriced


@attrs.frozen(kw_only=True)
class RepriceService:
    own: OwnPriceService
    books: Books

    async def reprice(
        self, workspace_id: str, price_id: str, asked: Asked, *, by: str
    ) -> Repricing:
        """As if the price had held then: by the rule that calls are admitted by."""
        starts_at = to_milliseconds(asked.starts_at)
        ends_at = to_milliseconds(asked.ends_at or self.own.now())
        async with self.own.db.read() as tx:
            price = await self.own.find(tx, workspace_id, price_id)
            if ends_at <= starts_at:
                raise PriceInvalid("ends_at: the range ends after it began")
            held = attrs.evolve(price, valid_from=starts_at, valid_to=ends_at)
            beside = await store.beside(tx, held)
        others = [one for one in beside if one.goes_before(held)]
        if len(others) > MOST_OTHERS:
            raise PriceInvalid(
                f"more than {MOST_OTHERS} prices go before this one then: ask for a shorter time"
            )
        done = await self.books.reprice(held, others, by=by, is_dry_run=asked.is_dry_run)
        return Repricing(
            price=price,
            starts_at=starts_at,
            ends_at=ends_at,
            is_dry_run=asked.is_dry_run,
            done=done,
        )
