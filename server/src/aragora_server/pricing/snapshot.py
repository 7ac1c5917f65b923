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

from .catalogue import Catalogue, Form, Model, Span
from .model import read_price

FORMS: tuple[Form, ...] = ("exact", "dated", "prefix")


class SnapshotDamaged(Exception):
    """The price list is not the one whose digest it carries."""


@attrs.frozen(kw_only=True)
class Snapshot:
    source: str
    source_version: str
    generated_at: datetime
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
        generated_at=datetime.fromisoformat(document["generated_at"]),
        version=version,
        catalogues={
            provider: Catalogue.of(_model(entry, version) for entry in entries)
            for provider, entries in document["providers"].items()
        },
    )


def digest(providers: object) -> str:
    return hashlib.sha256(orjson.dumps(providers, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _model(entry: dict[str, Any], version: str) -> Model:
    names = tuple((form, name) for form in FORMS for name in entry.get(form, ()))
    prices = entry["prices"]
    starts = [_moment(price.get("from")) for price in prices]
    ends = [*starts[1:], None]
    return Model(
        id=entry["id"],
        names=names,
        spans=tuple(
            Span(starts_at=start, ends_at=end, price=read_price(price, version=version))
            for start, end, price in zip(starts, ends, prices, strict=True)
        ),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
