"""Receipts as rows of CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aragora_server.kernel import cells

HEAD = (
    "id", "issued_at", "debate_id", "outcome", "answer", "cost_usd", "input_tokens",
    "output_tokens", "log_shard", "log_index", "sha256",
)  # fmt: skip


def head() -> str:
    return cells.lines([HEAD])


def rows(views: Iterable[Mapping[str, Any]]) -> str:
    return cells.lines(_cells(view) for view in views)


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
