"""Rows of debates for tests of what counts them."""

from __future__ import annotations

from aragora_server.debates.tables import debates
from aragora_server.kernel.clock import system_clock


def debate_row(status: str, runner: str | None) -> dict[str, object]:
    """Whatever the table wants, and nothing of meaning but who runs it."""
    at = system_clock()
    by_type = {"INTEGER": 0, "BIGINT": 0, "DATETIME": at, "JSON": []}
    wanted = {
        column.name: by_type.get(column.type.compile().partition("(")[0], "x")
        for column in debates.columns
        if not column.nullable
    }
    return {**wanted, "status": status, "runner_id": runner}
