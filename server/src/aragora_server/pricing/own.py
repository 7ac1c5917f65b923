"""Rates of a workspace's own: what it negotiated, or what its own models cost it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import attrs

from aragora_server.kernel.errors import Conflict, Invalid, NotFound
from aragora_server.kernel.money import MICRO, format_usd

from .catalogue import Applied, Listed, Span
from .model import Price, read_price

Match = Literal["exact", "prefix"]
Status = Literal["upcoming", "current", "ended"]
OWN = "workspace:"
"""How the version of such a price begins; its id follows."""
MOMENT = timedelta(milliseconds=1)
"""As exactly as a time is kept."""
DEAREST = 1_000_000 * MICRO
"""A rate with a few digits too many must not make a cost that no column holds."""


class PriceNotFound(NotFound):
    code = "price_not_found"


class PriceOverlap(Conflict):
    code = "price_overlap"


class PriceInvalid(Invalid):
    code = "price_invalid"


class TooManyPrices(Invalid):
    code = "too_many_prices"


@attrs.frozen(kw_only=True)
class OwnDraft:
    """A rate as it is asked for; without `valid_from` it holds from now on."""

    provider: str
    match: Match
    model: str
    terms: Mapping[str, object]
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    note: str | None = None


@attrs.frozen(kw_only=True)
class Wanted:
    """Which prices are looked for: of one provider, of models whose names begin like this."""

    provider: str | None = None
    model: str | None = None

    def takes(self, listed: Listed) -> bool:
        if self.provider not in (None, listed.provider):
            return False
        return self.model is None or listed.model.is_named_like(self.model.lower())


@attrs.frozen(kw_only=True)
class OwnPrice:
    """It holds in `[valid_from, valid_to)`, and nothing of it changes but its end."""

    id: str
    workspace_id: str
    provider: str
    match: Match
    model: str
    valid_from: datetime
    valid_to: datetime | None
    terms: Mapping[str, object]
    note: str | None
    created_by: str
    created_at: datetime

    @property
    def version(self) -> str:
        return f"{OWN}{self.id}"

    @property
    def price(self) -> Price:
        return read_price(self.terms, version=self.version)

    @property
    def applied(self) -> Applied:
        span = Span(starts_at=self.valid_from, ends_at=self.valid_to, price=self.price)
        return Applied(
            source="workspace",
            form=self.match,
            name=self.model,
            span=span,
            workspace_price_id=self.id,
        )

    def names(self, provider: str, model: str) -> bool:
        if self.provider != provider:
            return False
        mine, asked = self.model.lower(), model.lower()
        return asked == mine if self.match == "exact" else asked.startswith(mine)

    def goes_before(self, other: OwnPrice) -> bool:
        """Whether it is taken for some of the models that the other names."""
        return self.rank > other.rank and other.names(self.provider, self.model)

    @property
    def rank(self) -> tuple[bool, int]:
        """The exact name before a prefix, the longer prefix before the shorter."""
        return self.match == "exact", len(self.model)

    def holds_at(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def check(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise PriceInvalid("a price ends after it began")
        if self.match == "exact" and not self.model:
            raise PriceInvalid("an exact price names its model; an empty prefix takes every model")
        try:
            price = self.price
        except ValueError as fault:
            raise PriceInvalid(str(fault)) from None
        if max(price.amounts()) > DEAREST:
            raise PriceInvalid(f"a rate is {format_usd(DEAREST)} USD at most")

    def status(self, at: datetime) -> Status:
        if self.holds_at(at):
            return "current"
        is_to_come = at < self.valid_from != self.valid_to
        return "upcoming" if is_to_come else "ended"

    def after(self, before: Iterable[OwnPrice]) -> OwnPrice:
        """Beginning now, but not at the very moment at which another began."""
        begun = {one.valid_from for one in before}
        begins = self.valid_from
        while begins in begun:
            begins += MOMENT
        return attrs.evolve(self, valid_from=begins)

    def ended(self, at: datetime) -> OwnPrice:
        """It ends now, or before it began when that is to come. What has ended stays as it is."""
        if self.valid_to is not None and self.valid_to <= at:
            return self
        return attrs.evolve(self, valid_to=max(at, self.valid_from))


def choose(
    prices: Iterable[OwnPrice], *, provider: str, model: str, at: datetime
) -> OwnPrice | None:
    found = [one for one in prices if one.names(provider, model) and one.holds_at(at)]
    return max(found, key=lambda one: one.rank, default=None)


def succeed(price: OwnPrice, before: Iterable[OwnPrice]) -> OwnPrice | None:
    """The price of the same name that ends where this one begins, if there is one.

    Anything else that would hold at the same time is refused.
    """
    followed: OwnPrice | None = None
    for one in before:
        if not _overlap(one, price):
            continue
        if one.valid_to is not None or one.valid_from >= price.valid_from:
            raise PriceOverlap(
                f"{one.match} {one.model!r} has a price of its own in that time",
                members={"price_id": one.id},
            )
        followed = attrs.evolve(one, valid_to=price.valid_from)
    return followed


def _overlap(one: OwnPrice, other: OwnPrice) -> bool:
    if one.valid_to == one.valid_from:
        return False
    return (one.valid_to is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )
