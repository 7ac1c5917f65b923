"""How long something lasts, as people type it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import typer

HOURS: dict[str, float] = {"m": 1 / 60, "h": 1, "d": 24}


def expires(text: str) -> datetime:
    """From now: `30m`, `24h`, `7d`."""
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", text)
    if found is None:
        raise typer.BadParameter("such as 30m, 24h or 7d", param_hint="--expires")
    return datetime.now(UTC) + timedelta(hours=int(found[1]) * HOURS[found[2]])
