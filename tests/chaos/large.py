"""A database in which very much happened already: one debate, copied again and again by SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# In this order each row finds what it refers to.
TABLES = (
    *("debates", "rounds", "calls", "attempts", "events", "holds", "hold_periods"),
    *("ledger_entries", "receipts", "disclosures"),
)
OWN_IDS = frozenset({"id", "debate_id", "hold_id", "receipt_id"})
TIMES = frozenset({"created_at", "updated_at", "issued_at"})
REPLACED_HEX = 8


def copy_debate(database: Path, *, events: int) -> int:
    """Until there are so many events; how many debates that are."""
    with closing(sqlite3.connect(database)) as link:
        link.execute("PRAGMA synchronous=OFF")
        (each,) = link.execute("SELECT count(*) FROM events").fetchone()
        copies = -(-events // each)
        for table in TABLES:
            link.execute(_copying(link, table), {"copies": copies})
        link.commit()
        return copies


def _copying(link: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in link.execute(f"PRAGMA table_info({table})")]
    assert columns, table
    values = ", ".join(_value(column) for column in columns)
    return (
        "WITH RECURSIVE copy(nth) AS"
        " (SELECT 1 UNION ALL SELECT nth + 1 FROM copy WHERE nth < :copies)"
        f" INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, copy"
    )


def _value(column: str) -> str:
    """Ids of its own, and older by a second than the copy before."""
    if column in OWN_IDS:
        own = f"printf('%08x', nth) || substr({column}, {REPLACED_HEX + 1})"
        return f"CASE WHEN {column} IS NOT NULL THEN {own} END"
    if column in TIMES:
        return f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '-' || nth || ' seconds')"
    return column
