"""Reads the committed price list. Nothing is fetched, here or later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import attrs
import orjson

from .model import Catalogue, Span, read_price


class SnapshotDamaged(Exception):
    """The price list is not the one whose digest it carries."""


@attrs.frozen(kw_only=True)
class Snapshot:
    source: str
    source_version: str
    version: str
    catalogues: Mapping[str, Catalogue]


@cache
def load() -> Snapshot:
    """The committed list, read once a process."""
    return read(files(__package__).joinpath("prices.json").read_bytes())


def read(raw: bytes) -> Snapshot:
    document = orjson.loads(raw)
    if digest(document["providers"]) != document["sha256"]:
        raise SnapshotDamaged("prices.json was changed by hand; make it anew with `nox -s prices`")
    version = f"{document['source']}:{document['source_version']}:{document['sha256'][:12]}"
    return Snapshot(
        source=document["source"],
        source_version=document["source_version"],
        version=version,
        catalogues={
            provider: _catalogue(models, version)
            for provider, models in document["providers"].items()
        },
    )


def digest(providers: object) -> str:
    return hashlib.sha256(orjson.dumps(providers, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _catalogue(models: list[dict[str, Any]], version: str) -> Catalogue:
    exact: dict[str, tuple[Span, ...]] = {}
    dated: dict[str, tuple[Span, ...]] = {}
    prefixes: dict[str, tuple[Span, ...]] = {}
    for model in models:
        spans = tuple(_span(price, version) for price in model["prices"])
        exact.update(dict.fromkeys(model.get("exact", ()), spans))
        dated.update(dict.fromkeys(model.get("dated", ()), spans))
        prefixes.update(dict.fromkeys(model.get("prefix", ()), spans))
    longest_first = sorted(prefixes.items(), key=lambda item: -len(item[0]))
    return Catalogue(exact=exact, dated=dated, prefixes=tuple(longest_first))


def _span(price: dict[str, Any], version: str) -> Span:
    starts_at = price.get("from")
    return Span(
        starts_at=datetime.fromisoformat(starts_at) if starts_at else None,
        price=read_price(price, version=version),
    )
