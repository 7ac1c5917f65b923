"""A price is found or it is not; what it makes of a call is exact."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aragora_server.pricing
import attrs
import orjson
import pytest
from aragora_server.agents.model import Usage
from aragora_server.pricing.model import Price, Rates, Tier, flat_price, read_price
from aragora_server.pricing.service import PriceService, local_rates
from aragora_server.pricing.snapshot import SnapshotDamaged, digest, load, read
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HERE = Path(aragora_server.pricing.__file__).parent
COUNTS = st.integers(min_value=0, max_value=2_000_000)
RATE = st.integers(0, 200_000_000)
RATES = st.builds(
    Rates,
    **dict.fromkeys(attrs.fields_dict(Rates), RATE)
    | dict.fromkeys(("audio_in", "audio_out"), st.none() | RATE),
)


def prices() -> PriceService:
    return PriceService(load())


def find(provider: str, model: str, at: datetime = NOW) -> Price | None:
    return prices().find(provider=provider, model=model, at=at)


def usage(**counts: int | None) -> Usage:
    return Usage(source="reported", **({"input": 0, "output": 0} | counts))  # type: ignore[arg-type]


@st.composite
def priced_usage(draw: st.DrawFn) -> tuple[Price, Usage]:
    starts = draw(st.lists(st.integers(1, 2_000_000), unique=True, max_size=3))
    tiers = tuple(Tier(over_tokens=n, rates=draw(RATES)) for n in [0, *sorted(starts)])
    buckets = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")
    counts = {bucket: draw(COUNTS) for bucket in buckets}
    fee = draw(st.integers(0, 1000))
    return Price(version="v", tiers=tiers, request_fee_micro_usd=fee), usage(**counts)


@given(priced_usage())
def test_no_call_costs_more_than_its_bound(case: tuple[Price, Usage]) -> None:
    price, used = case
    seen = used.input + sum(
        each or 0 for each in (used.cache_read, used.cache_write_5m, used.cache_write_1h)
    )

    bound = price.bound(input_bound=seen, max_output=used.output)

    cost = price.cost(used)
    assert cost is not None
    assert cost <= bound


@given(priced_usage())
def test_a_price_survives_being_stored_with_a_hold(case: tuple[Price, Usage]) -> None:
    price, _ = case

    assert read_price(json.loads(json.dumps(price.terms()))) == price


def test_a_call_is_rounded_up_once_and_not_once_a_bucket() -> None:
    price = flat_price("v", input_rate=300_000, output_rate=300_000)

    assert price.cost(usage(input=1, output=1, cache_read=1)) == 1


def test_cached_tokens_are_billed_at_their_own_rate_and_only_once() -> None:
    price = find("anthropic", "claude-sonnet-4-5")
    assert price is not None

    cost = price.cost(
        usage(input=1000, cache_read=2000, cache_write_5m=400, cache_write_1h=100, output=500)
    )

    assert cost == 3000 + 600 + 1500 + 600 + 7500


def test_a_long_call_pays_the_dearer_tier_for_all_of_its_tokens() -> None:
    price = find("openai", "gpt-5.4")
    assert price is not None

    assert price.cost(usage(input=272_000)) == 680_000
    assert price.cost(usage(input=272_001)) == 1_360_005


def test_tokens_without_a_rate_have_no_cost_rather_than_none_to_pay() -> None:
    assert flat_price("v", input_rate=1, output_rate=1).cost(usage(audio_in=1)) is None
    assert flat_price("v", input_rate=1, output_rate=1).cost(usage(audio_out=1)) is None


def test_a_reported_zero_costs_nothing() -> None:
    assert flat_price("v", input_rate=5, output_rate=5).cost(usage()) == 0


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("openai", "gpt-4o"),
        ("openai", "GPT-4o"),
        ("openai", "gpt-6-sol-2026-09-01"),
        ("anthropic", "claude-opus-4-8"),
        ("anthropic", "claude-opus-5-20260101"),
        ("google", "gemini-2.5-pro"),
        ("mistral", "mistral-large-latest"),
        ("groq", "llama-3.3-70b-versatile"),
        ("scripted", "steady"),
        ("recorded", "anything"),
    ],
)
def test_a_known_model_has_a_price(provider: str, model: str) -> None:
    assert find(provider, model) is not None


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("openai", "gpt-99"),
        ("openai", "gpt-4o-2024-99"),
        ("openai", "whisper-1"),
        ("nobody", "gpt-4o"),
        ("openai_compatible", "smollm2"),
    ],
)
def test_an_unknown_model_has_none(provider: str, model: str) -> None:
    assert find(provider, model) is None


def test_history_is_kept() -> None:
    then = find("openai", "o3", datetime(2025, 5, 1, tzinfo=UTC))
    now = find("openai", "o3")
    assert then is not None
    assert now is not None

    assert (then.tiers[0].rates.input, now.tiers[0].rates.input) == (10_000_000, 2_000_000)


def test_a_new_price_holds_from_the_first_instant_of_its_day() -> None:
    catalogue = load().catalogues["openai"]
    starts_at = catalogue.exact["o3"].spans[-1].starts_at
    assert starts_at is not None

    before = find("openai", "o3", starts_at - timedelta(milliseconds=1))

    assert before != find("openai", "o3", starts_at)


def test_a_model_has_no_price_before_its_first_one() -> None:
    document = snapshot_of({"exact": ["m"], "prices": [span("2026-01-01T00:00:00+00:00")]})
    catalogue = read(document).catalogues["p"]

    assert catalogue.look("m", datetime(2025, 12, 31, tzinfo=UTC)) is None


def test_the_most_exact_name_wins() -> None:
    document = snapshot_of(
        {"prefix": ["a"], "prices": [span(rate=1)]},
        {"prefix": ["ab"], "prices": [span(rate=2)]},
        {"dated": ["ab"], "prices": [span(rate=3)]},
        {"exact": ["ab-20260101"], "prices": [span(rate=4)]},
    )
    catalogue = read(document).catalogues["p"]
    found = [catalogue.look(name, NOW) for name in ("ax", "abx", "ab-20260102", "ab-20260101")]

    assert [one.price.tiers[0].rates.input for one in found if one] == [1, 2, 3, 4]
    assert [(one.form, one.name) for one in found if one] == [
        ("prefix", "a"),
        ("prefix", "ab"),
        ("dated", "ab"),
        ("exact", "ab-20260101"),
    ]


def test_a_server_of_ones_own_is_free_unless_its_operator_says_otherwise() -> None:
    free = PriceService(load(), local_rates(input_rate=0, output_rate=0))
    paid = PriceService(load(), local_rates(input_rate=100_000, output_rate=400_000))
    asked = {"provider": "openai_compatible", "model": "smollm2", "at": NOW}

    costs = [service.find(**asked) for service in (free, paid)]  # type: ignore[arg-type]

    spent = [price.cost(usage(input=1_000_000, output=1_000_000)) for price in costs if price]
    assert spent == [0, 500_000]
    assert costs[0] != costs[1]


def test_a_price_list_changed_by_hand_is_refused() -> None:
    document = orjson.loads((HERE / "prices.json").read_bytes())
    document["providers"]["scripted"][0]["prices"][0]["tiers"][0]["input"] -= 1

    with pytest.raises(SnapshotDamaged):
        read(orjson.dumps(document))


@pytest.mark.parametrize("rate", [1.5, "1", -1, True, None])
def test_a_rate_that_is_no_whole_number_is_refused(rate: object) -> None:
    terms = flat_price("v", input_rate=1, output_rate=1).terms()
    (tier,) = terms["tiers"]  # type: ignore[misc]

    with pytest.raises(ValueError, match="whole number"):
        read_price({**terms, "tiers": [{**tier, "input": rate}]})


@pytest.mark.parametrize("starts", [[], [1], [0, 5, 5], [0, 9, 3]])
def test_tiers_that_leave_a_gap_or_overlap_are_refused(starts: list[int]) -> None:
    (tier,) = flat_price("v", input_rate=1, output_rate=1).terms()["tiers"]  # type: ignore[misc]

    with pytest.raises(ValueError, match="tier"):
        read_price({"version": "v", "tiers": [{**tier, "over_tokens": n} for n in starts]})


def test_the_snapshot_says_where_it_comes_from_and_the_notice_names_it() -> None:
    document = orjson.loads((HERE / "prices.json").read_bytes())
    notice = (HERE.parents[2] / "NOTICE").read_text()

    assert document["source"] == "genai-prices"
    assert {"source_version", "generated_at", "sha256"} <= document.keys()
    assert document["source"] in notice


def test_reading_prices_imports_no_part_of_their_source() -> None:
    code = (
        "import sys; from aragora_server.pricing.snapshot import load; load();"
        "sys.exit('genai_prices' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("folder", ["pricing", "budgets"])
def test_no_float_is_written_anywhere_near_money(folder: str) -> None:
    for source in (HERE.parent / folder).glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), source
            assert not (isinstance(node, ast.Name) and node.id == "float"), source
            assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "round"), source
            assert not isinstance(getattr(node, "op", None), ast.Div), source


def span(starts_at: str | None = None, rate: int = 1) -> dict[str, object]:
    rates = attrs.asdict(flat_price("v", input_rate=rate, output_rate=rate).tiers[0].rates)
    return {"from": starts_at, "request_fee": 0, "tiers": [{"over_tokens": 0, **rates}]}


def snapshot_of(*models: dict[str, object]) -> bytes:
    providers = {"p": [{"id": "m", **model} for model in models]}
    about = {"source": "test", "source_version": "1", "generated_at": "2026-11-29T02:03:32Z"}
    return orjson.dumps({**about, "sha256": digest(providers), "providers": providers})
