"""Prices as the contract has them: what is read from a request, and what an answer shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aragora_server.contract import models as wire
from aragora_server.kernel.money import format_signed_usd, format_usd, parse_usd

from .catalogue import Applied, Listed
from .model import Price, Rates
from .own import OwnPrice
from .repricing import Repricing
from .snapshot import Snapshot

IN_PLACE = {"cache_read": "input", "cache_write_5m": "input", "cache_write_1h": "cache_write_5m"}
"""Which rate stands for one that was not given."""


def listed(one: Listed) -> wire.Price:
    return wire.Price(
        provider=one.provider,
        model=one.model.id,
        names=[wire.PriceName(match=form, name=name) for form, name in one.model.names],
        source=one.source,
        valid_from=one.span.starts_at,
        valid_to=one.span.ends_at,
        **_terms(one.span.price),
    )


def snapshot(known: Snapshot) -> wire.PriceSnapshot:
    return wire.PriceSnapshot(
        version=known.version,
        source=known.source,
        source_version=known.source_version,
        generated_at=known.generated_at,
    )


def applied(found: Applied, *, provider: str, model: str, at: datetime) -> wire.AppliedPrice:
    return wire.AppliedPrice(
        provider=provider,
        model=model,
        at=at,
        source=found.source,
        match=found.form,
        name=found.name,
        workspace_price_id=found.workspace_price_id,
        valid_from=found.span.starts_at,
        valid_to=found.span.ends_at,
        **_terms(found.price),
    )


def own(price: OwnPrice, now: datetime) -> wire.WorkspacePrice:
    return wire.WorkspacePrice(
        id=price.id,
        provider=price.provider,
        match=price.match,
        model=price.model,
        status=price.status(now),
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        note=price.note,
        created_by=price.created_by,
        created_at=price.created_at,
        **_terms(price.price),
    )


def repricing(told: Repricing) -> wire.Repricing:
    done = told.done
    return wire.Repricing(
        workspace_price_id=told.price.id,
        price_version=told.price.version,
        dry_run=told.is_dry_run,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        calls=done.calls,
        calls_left=done.left,
        cost_before_usd=format_usd(done.before_micro_usd),
        cost_after_usd=format_usd(done.after_micro_usd),
        difference_usd=format_signed_usd(done.after_micro_usd - done.before_micro_usd),
    )


def terms(asked: dict[str, Any]) -> dict[str, object]:
    """What a price keeps, from the tiers and the fee of a request."""
    return {
        "request_fee": parse_usd(asked.get("request_fee_usd", "0")),
        "tiers": [_asked(tier) for tier in asked["tiers"]],
    }


def _asked(tier: dict[str, Any]) -> dict[str, int]:
    rates = {
        name.removesuffix("_usd"): parse_usd(rate)
        for name, rate in tier.items()
        if name.endswith("_usd")
    }
    for absent, other in IN_PLACE.items():
        rates.setdefault(absent, rates[other])
    return {"over_tokens": tier["over_tokens"], **rates}


def _terms(price: Price) -> dict[str, Any]:
    return {
        "price_version": price.version,
        "request_fee_usd": format_usd(price.request_fee_micro_usd),
        "tiers": [
            wire.PriceTier(over_tokens=tier.over_tokens, **_rates(tier.rates))
            for tier in price.tiers
        ],
    }


def _rates(rates: Rates) -> dict[str, Any]:
    return {
        "input_usd": format_usd(rates.input),
        "cache_read_usd": format_usd(rates.cache_read),
        "cache_write_5m_usd": format_usd(rates.cache_write_5m),
        "cache_write_1h_usd": format_usd(rates.cache_write_1h),
        "output_usd": format_usd(rates.output),
        "audio_in_usd": _known(rates.audio_in),
        "audio_out_usd": _known(rates.audio_out),
    }


def _known(rate: int | None) -> str | None:
    return None if rate is None else format_usd(rate)
