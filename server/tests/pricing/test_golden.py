"""What calls cost, worked out by hand from the rates quoted beside them, to the micro-USD.

A rate is quoted in US dollars a million tokens, so that a token costs as many micro-USD.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aragora_server.agents.model import Usage
from aragora_server.pricing.model import Price, Rates, Tier, read_price
from aragora_server.pricing.service import PriceService
from aragora_server.pricing.snapshot import load

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def usage(**counts: int) -> Usage:
    return Usage(source="reported", **({"input": 0, "output": 0} | counts))  # type: ignore[arg-type]


def listed(provider: str, model: str, at: datetime = NOW) -> Price:
    price = PriceService(load()).find(provider=provider, model=model, at=at)
    assert price is not None
    return price


@pytest.mark.parametrize(
    ("provider", "model", "at", "used", "micro_usd"),
    [
        # claude-sonnet-4-5: 3 in, 0.30 read from the cache, 15 out.
        # 1,000 x 3 + 20,000 x 0.30 + 500 x 15 = 3,000 + 6,000 + 7,500
        pytest.param(
            "anthropic",
            "claude-sonnet-4-5",
            NOW,
            usage(input=1_000, cache_read=20_000, output=500),
            16_500,
            id="cached read",
        ),
        # The same model: 3.75 written for 5 minutes.
        # 10 x 3 + 4,001 x 3.75 + 7 x 15 = 30 + 15,003.75 + 105 = 15,138.75, rounded up
        pytest.param(
            "anthropic",
            "claude-sonnet-4-5",
            NOW,
            usage(input=10, cache_write_5m=4_001, output=7),
            15_139,
            id="cache write of 5 minutes",
        ),
        # The same model: 6 written for an hour.
        # 10 x 3 + 4,001 x 6 + 7 x 15 = 30 + 24,006 + 105
        pytest.param(
            "anthropic",
            "claude-sonnet-4-5",
            NOW,
            usage(input=10, cache_write_1h=4_001, output=7),
            24_141,
            id="cache write of an hour",
        ),
        # o3 since 10 June 2025: 2 in, 8 out. 1,200 of the 1,500 tokens that came out were thought.
        # 300 x 2 + 1,500 x 8 = 600 + 12,000
        pytest.param(
            "openai",
            "o3",
            NOW,
            usage(input=300, output=1_500, reasoning=1_200),
            12_600,
            id="reasoning is output already",
        ),
        # o3 until then: 10 in, 40 out.
        # 300 x 10 + 1,500 x 40 = 3,000 + 60,000
        pytest.param(
            "openai",
            "o3",
            datetime(2025, 5, 1, tzinfo=UTC),
            usage(input=300, output=1_500, reasoning=1_200),
            63_000,
            id="expired rate",
        ),
        # gemini-2.5-pro up to 200,000 tokens in: 1.25 in, 0.125 read from the cache, 10 out.
        # 149,999 x 1.25 + 50,000 x 0.125 + 1,000 x 10 = 187,498.75 + 6,250 + 10,000, rounded up
        pytest.param(
            "google",
            "gemini-2.5-pro",
            NOW,
            usage(input=149_999, cache_read=50_000, output=1_000),
            203_749,
            id="below the tier",
        ),
        # 150,000 x 1.25 + 50,000 x 0.125 + 1,000 x 10 = 187,500 + 6,250 + 10,000
        pytest.param(
            "google",
            "gemini-2.5-pro",
            NOW,
            usage(input=150_000, cache_read=50_000, output=1_000),
            203_750,
            id="at the tier",
        ),
        # Above: 2.50 in, 0.25 read from the cache, 15 out, for every token of the call.
        # 150,001 x 2.50 + 50,000 x 0.25 + 1,000 x 15 = 375,002.50 + 12,500 + 15,000, rounded up
        pytest.param(
            "google",
            "gemini-2.5-pro",
            NOW,
            usage(input=150_001, cache_read=50_000, output=1_000),
            402_503,
            id="over the tier",
        ),
        # gpt-audio: 2.50 in, 10 out, 32 heard, 64 spoken.
        # 100 x 2.50 + 40 x 10 + 1,001 x 32 + 300 x 64 = 250 + 400 + 32,032 + 19,200
        pytest.param(
            "openai",
            "gpt-audio",
            NOW,
            usage(input=100, output=40, audio_in=1_001, audio_out=300),
            51_882,
            id="audio",
        ),
    ],
)
def test_a_listed_model_costs_what_its_rates_come_to(
    provider: str, model: str, at: datetime, used: Usage, micro_usd: int
) -> None:
    assert listed(provider, model, at).cost(used) == micro_usd


def test_a_fee_is_paid_once_a_request() -> None:
    """0.005 USD a request, 1 in, 2 out: 5,000 + 3 x 1 + 4 x 2, and 5,000 when nothing was used."""
    rates = Rates(input=10**6, cache_read=0, cache_write_5m=0, cache_write_1h=0, output=2 * 10**6)
    price = Price(
        version="v", tiers=(Tier(over_tokens=0, rates=rates),), request_fee_micro_usd=5_000
    )

    assert price.cost(usage(input=3, output=4)) == 5_011
    assert price.cost(usage()) == 5_000


def test_a_fraction_of_a_micro_dollar_is_rounded_up_once_a_call() -> None:
    """0.15 in, 0.30 out: 1 x 0.15 + 1 x 0.30 = 0.45, and 0.15 + 0.90 = 1.05."""
    rates = Rates(input=150_000, cache_read=0, cache_write_5m=0, cache_write_1h=0, output=300_000)
    price = Price(version="v", tiers=(Tier(over_tokens=0, rates=rates),))

    assert [price.cost(usage(input=1, output=out)) for out in (1, 3)] == [1, 2]


def test_terms_that_a_hold_kept_before_audio_had_rates_are_still_read() -> None:
    tier = {
        "over_tokens": 0,
        "input": 2,
        "cache_read": 1,
        "cache_write_5m": 3,
        "cache_write_1h": 4,
        "output": 5,
    }
    terms = {"version": "old", "request_fee": 0, "tiers": [tier]}

    price = read_price(terms)

    assert price.terms() == terms
    assert price.cost(usage(input=1_000_000, output=1_000_000)) == 7
    assert price.cost(usage(audio_in=1)) is None
