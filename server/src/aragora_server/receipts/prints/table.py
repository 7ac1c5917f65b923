"""Receipts as rows of CSV. No cell begins like a formula: a spreadsheet would run it.

Nor does a part of one: some spreadsheets begin a new cell at a semicolon or a tab, and take a
quotation mark there for the beginning of a quoted one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

HEAD = (
    "id", "issued_at", "debate_id", "outcome", "answer", "cost_usd", "input_tokens",
    "output_tokens", "log_shard", "log_index", "sha256",
)  # fmt: skip
# Between characters, so that what parts two cells may begin the next one too.
_FORMULA = re.compile(r'(?<![^;\t\r\n"])(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])')


def head() -> str:
    return lines([HEAD])


def rows(views: Iterable[Mapping[str, Any]]) -> str:
    return lines(_cells(view) for view in views)


def lines(table: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([[harmless(str(cell)) for cell in row] for row in table])
    return out.getvalue()


def harmless(cell: str) -> str:
    return _FORMULA.sub("'", cell)


def _cells(view: Mapping[str, Any]) -> tuple[object, ...]:
    usage, place = view["usage"], view["log"]
    tokens = usage["usage"]
    return (
        view["id"],
        view["issued_at"].isoformat(),
        view["debate_id"],
        view["verdict"]["outcome"],
        view["verdict"]["answer"],
        usage["cost_usd"],
        tokens["input_tokens"] + tokens["cache_read_tokens"] + tokens["cache_write_tokens"],
        tokens["output_tokens"] + tokens["reasoning_tokens"],
        place.get("shard") or "",
        "" if place.get("index") is None else place["index"],
        view["digest"],
    )
