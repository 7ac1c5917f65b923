"""Rates and what they make of a call. Integers only: micro-USD, and micro-USD per million tokens.

A lookup never guesses. A model that no entry names has no price, and the caller refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs

MILLION = 1_000_000


class Tokens(Protocol):
    """Exclusive buckets; None means that nobody knows, which is not 0."""

    @property
    def input(self) -> int: ...
    @property
    def cache_read(self) -> int | None: ...
    @property
    def cache_write_5m(self) -> int | None: ...
    @property
    def cache_write_1h(self) -> int | None: ...
    @property
    def output(self) -> int: ...
    @property
    def audio_in(self) -> int | None: ...
    @property
    def audio_out(self) -> int | None: ...


@attrs.frozen(kw_only=True)
class Rates:
    """Micro-USD per million tokens of each bucket; audio may have none, which is not 0."""

    input: int
    cache_read: int
    cache_write_5m: int
    cache_write_1h: int
    output: int
    audio_in: int | None = None
    audio_out: int | None = None

    @property
    def dearest_input(self) -> int:
        return max(self.input, self.cache_read, self.cache_write_5m, self.cache_write_1h)


@attrs.frozen(kw_only=True)
class Tier:
    """These rates hold for the whole call once its input passes `over_tokens`."""

    over_tokens: int
    rates: Rates


@attrs.frozen(kw_only=True)
class Price:
    version: str
    tiers: tuple[Tier, ...]
    request_fee_micro_usd: int = 0

    def cost(self, tokens: Tokens) -> int | None:
        """Micro-USD, rounded up once. None when there was audio, and audio has no rate here."""
        read, heard = tokens.cache_read or 0, tokens.audio_in or 0
        short, long = tokens.cache_write_5m or 0, tokens.cache_write_1h or 0
        seen = tokens.input + read + short + long + heard
        rates = [tier.rates for tier in self.tiers if _reaches(tier, seen)][-1]
        listening = _priced(heard, rates.audio_in)
        speaking = _priced(tokens.audio_out or 0, rates.audio_out)
        if listening is None or speaking is None:
            return None
        return self.request_fee_micro_usd + _round_up(
            tokens.input * rates.input
            + read * rates.cache_read
            + short * rates.cache_write_5m
            + long * rates.cache_write_1h
            + tokens.output * rates.output
            + listening
            + speaking
        )

    def bound(self, *, input_bound: int, max_output: int) -> int:
        """No call of text within these limits costs more, whichever tier and cache it meets."""
        return self.request_fee_micro_usd + max(
            _round_up(input_bound * tier.rates.dearest_input + max_output * tier.rates.output)
            for tier in self.tiers
            if _reaches(tier, input_bound)
        )

    def amounts(self) -> list[int]:
        """All its rates and its fee."""
        known = (rate for tier in self.tiers for rate in _known(tier.rates).values())
        return [self.request_fee_micro_usd, *known]

    def terms(self) -> dict[str, object]:
        """What a hold keeps, so that it settles at the price it was admitted at."""
        return {
            "version": self.version,
            "request_fee": self.request_fee_micro_usd,
            "tiers": [
                {"over_tokens": tier.over_tokens, **_known(tier.rates)} for tier in self.tiers
            ],
        }


def read_price(terms: Mapping[str, object], *, version: str | None = None) -> Price:
    """The price that `terms` describe. Anything but whole, non-negative numbers is refused."""
    tiers = terms["tiers"]
    if not isinstance(tiers, Sequence) or not tiers:
        raise ValueError("a price needs at least one tier")
    read = tuple(_read_tier(tier) for tier in tiers)
    starts = [tier.over_tokens for tier in read]
    if starts[0] != 0 or starts != sorted(set(starts)):
        raise ValueError("tiers begin at 0 and rise")
    return Price(
        version=version if version is not None else str(terms["version"]),
        tiers=read,
        request_fee_micro_usd=_whole(terms.get("request_fee", 0)),
    )


def flat_price(version: str, *, input_rate: int, output_rate: int) -> Price:
    rates = Rates(
        input=input_rate,
        cache_read=input_rate,
        cache_write_5m=input_rate,
        cache_write_1h=input_rate,
        output=output_rate,
    )
    return Price(version=version, tiers=(Tier(over_tokens=0, rates=rates),))


def _read_tier(tier: Mapping[str, object]) -> Tier:
    return Tier(
        over_tokens=_whole(tier["over_tokens"]),
        rates=Rates(
            input=_whole(tier["input"]),
            cache_read=_whole(tier["cache_read"]),
            cache_write_5m=_whole(tier["cache_write_5m"]),
            cache_write_1h=_whole(tier["cache_write_1h"]),
            output=_whole(tier["output"]),
            audio_in=_whole_or_none(tier.get("audio_in")),
            audio_out=_whole_or_none(tier.get("audio_out")),
        ),
    )


def _known(rates: Rates) -> dict[str, int]:
    """Without those that nobody knows: so were all terms written that know nothing of audio."""
    return attrs.asdict(rates, filter=lambda _, rate: rate is not None)


def _priced(tokens: int, rate: int | None) -> int | None:
    if tokens == 0:
        return 0
    return None if rate is None else tokens * rate


def _reaches(tier: Tier, input_tokens: int) -> bool:
    return tier.over_tokens == 0 or input_tokens > tier.over_tokens


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"a rate is a whole number, never {value!r}")
    return value


def _whole_or_none(value: object) -> int | None:
    return None if value is None else _whole(value)


def _round_up(micro_usd_times_million: int) -> int:
    return -(-micro_usd_times_million // MILLION)
