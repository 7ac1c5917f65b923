"""Makes `pricing/prices.json` from genai-prices, or says whether it still is what that makes.

Run as `python server/tools/prices.py [--check]` (`nox -s prices`). The server never imports
genai-prices: importing it costs half a second and 39 MB, and its floats have no place here.

Its matching rules become three forms without regular expressions: exact names, names followed by
a date, and prefixes. Whatever cannot be said that way, or would then be priced otherwise than the
source prices it, is left out: an unknown price refuses, a wrong one bills.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from aragora_server.pricing.snapshot import digest, read
from genai_prices import data, types

TARGET = Path(__file__).parent.parent / "src/aragora_server/pricing/prices.json"
SOURCE = "genai-prices"
PROVIDERS = ("anthropic", "google", "groq", "mistral", "openai")
BUCKETS = {
    "input": ("input_mtok",),
    "cache_read": ("cache_read_mtok", "input_mtok"),
    "cache_write_5m": ("cache_write_mtok", "input_mtok"),
    "cache_write_1h": ("cache_write_1h_mtok", "cache_write_mtok", "input_mtok"),
    "output": ("output_mtok",),
    "audio_in": ("input_audio_mtok",),
    "audio_out": ("output_audio_mtok",),
}
# A model that bills these beside its text cannot be bounded by counting text tokens.
UNSUPPORTED = ("output_reasoning_mtok", "output_citation_mtok", "input_mchars")
MILLION = 1_000_000

# What the built-in agents cost: invented, so that budgets show offline.
SIMULATED = {"input": 3_000_000, "cache_read": 300_000, "output": 15_000_000}
FREE = {"input": 0, "cache_read": 0, "output": 0}
Document = dict[str, Any]


def rates(price: types.ModelPrice, over_tokens: int) -> Document:
    def at(keys: tuple[str, ...]) -> int | None:
        value = next((v for key in keys if (v := getattr(price, key)) is not None), None)
        if value is None:
            return None
        if isinstance(value, types.TieredPrices):
            reached = [tier.price for tier in value.tiers if tier.start <= over_tokens]
            value = reached[-1] if over_tokens and reached else value.base
        return int((value * MILLION).to_integral_value(ROUND_CEILING))

    found = {bucket: at(keys) for bucket, keys in BUCKETS.items()}
    return {"over_tokens": over_tokens} | {k: rate for k, rate in found.items() if rate is not None}


def span(starts_at: str | None, price: types.ModelPrice) -> Document | None:
    if price.input_mtok is None or price.output_mtok is None:
        return None
    if any(getattr(price, key) is not None for key in UNSUPPORTED):
        return None
    starts = {0}
    for value in price.__dict__.values():
        if isinstance(value, types.TieredPrices):
            starts |= {tier.start for tier in value.tiers}
    fee = price.requests_kcount or Decimal(0)
    if isinstance(fee, types.TieredPrices):
        return None
    return {
        "from": starts_at,
        "request_fee": int((fee * 1000).to_integral_value(ROUND_CEILING)),
        "tiers": [rates(price, over_tokens) for over_tokens in sorted(starts)],
    }


def spans(model: types.ModelInfo) -> list[Document]:
    if isinstance(model.prices, types.ModelPrice):
        found = [span(None, model.prices)]
    else:
        found = []
        for conditional in model.prices:
            constraint = conditional.constraint
            if isinstance(constraint, types.TimeOfDateConstraint):
                return []
            start = constraint.start_date.isoformat() if constraint else None
            found.append(span(f"{start}T00:00:00+00:00" if start else None, conditional.prices))
    return [each for each in found if each] if all(found) else []


def names(clause: Any) -> Iterator[tuple[str, str]]:
    """(form, name) pairs that the clause surely means."""
    match clause:
        case types.ClauseEquals():
            yield "exact", clause.equals
        case types.ClauseStartsWith():
            yield "prefix", clause.starts_with
        case types.ClauseContains():
            yield "prefix", clause.contains
        case types.ClauseEndsWith():
            yield "exact", clause.ends_with
        case types.ClauseRegex():
            plain = re.fullmatch(r"\^([a-z0-9\\.-]+?)(?:-|\[-@\])\\d.*", clause.regex)
            if plain:
                yield "dated", plain[1].replace("\\", "")
        case types.ClauseOr():
            for each in clause.or_:
                yield from names(each)
        case types.ClauseAnd():
            for form, name in (pair for each in clause.and_ for pair in names(each)):
                yield from (("exact", name), ("dated", name)) if form == "prefix" else ()


def provider_models(provider: types.Provider) -> list[Document]:
    models = []
    for model in provider.models:
        prices = spans(model)
        forms: dict[str, list[str]] = {"exact": [], "dated": [], "prefix": []}
        for form, name in names(model.match):
            probe = f"{name}-20990101" if form == "dated" else name
            if provider.find_model(probe) is model:
                forms[form].append(name.lower())
        named = {form: sorted(set(found)) for form, found in forms.items() if found}
        if prices and named:
            models.append({"id": model.id, **named, "prices": prices})
    return sorted(models, key=lambda each: str(each["id"]))


def everything(**rate: int) -> list[Document]:
    writes = {"cache_write_5m": rate["input"], "cache_write_1h": rate["input"]}
    tier = {"over_tokens": 0, **rate, **writes}
    prices = [{"from": None, "request_fee": 0, "tiers": [tier]}]
    return [{"id": "*", "prefix": [""], "prices": prices}]


def build() -> Document:
    by_id = {provider.id: provider for provider in data.providers}
    providers = {name: provider_models(by_id[name]) for name in PROVIDERS}
    providers |= {"scripted": everything(**SIMULATED), "recorded": everything(**FREE)}
    return {
        "source": SOURCE,
        "source_version": version(SOURCE),
        "generated_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "sha256": digest(providers),
        "note": "`scripted` is simulated, `recorded` replays and bills nothing; "
        "the source says of itself that its prices are not 100 % accurate.",
        "providers": providers,
    }


def disagreements(document: Document) -> Iterator[str]:
    """Every name that we would price otherwise than the source does, at every change of price."""
    catalogues = read(encode(document)).catalogues
    by_id = {provider.id: provider for provider in data.providers}
    for provider in PROVIDERS:
        for model in document["providers"][provider]:
            for form in ("exact", "dated", "prefix"):
                for name in model.get(form, ()):
                    probe = f"{name}-20990101" if form == "dated" else name
                    theirs = by_id[provider].find_model(probe)
                    for price in model["prices"]:
                        at = datetime.fromisoformat(price["from"] or "2020-01-01T00:00:00+00:00")
                        found = catalogues[provider].look(probe, at)
                        ours = found.price if found else None
                        standard = theirs.get_prices(at) if theirs else None
                        expected = span(None, standard) if standard else None
                        if (ours and ours.terms()["tiers"]) != (expected and expected["tiers"]):
                            yield f"{provider}:{probe}"


def encode(document: Document) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def main(arguments: list[str]) -> int:
    document = build()
    if wrong := sorted(set(disagreements(document))):
        print("priced otherwise than the source prices them:", *wrong, sep="\n  ")  # noqa: T201
        return 1
    kept = orjson.loads(TARGET.read_bytes()) if TARGET.exists() else {}
    changed = {key: kept.get(key) for key in document if key != "generated_at"} != {
        key: value for key, value in document.items() if key != "generated_at"
    }
    if "--check" in arguments:
        print("prices.json differs from its source" if changed else "prices.json is current")  # noqa: T201
        return int(changed)
    if changed:
        TARGET.write_bytes(encode(document))
    models = sum(len(models) for models in document["providers"].values())
    print(f"{models} models from {SOURCE} {document['source_version']}, changed: {changed}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
