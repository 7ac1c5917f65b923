"""Everything that a database holds, to look for what it must not hold."""

from __future__ import annotations

import base64
import re
from typing import Any

from aragora_server.kernel.db import Database
from sqlalchemy import Connection, MetaData, inspect, select


async def tables_with(database: Database, word: str) -> set[str]:
    """The tables with a row in which the word stands, as text, in bytes, or within base64."""
    async with database.read() as tx:
        rows = await tx.run_sync(_rows)
    return {table for table, row in rows if word in _readable(row)}


def _rows(connection: Connection) -> list[tuple[str, tuple[Any, ...]]]:
    found = MetaData()
    found.reflect(connection)
    assert set(found.tables) >= {"receipts", "disclosures"}, inspect(connection).get_table_names()
    return [
        (table.name, tuple(row))
        for table in found.sorted_tables
        for row in connection.execute(select(table))
    ]


def _readable(row: tuple[Any, ...]) -> str:
    return " ".join(_text(value) for value in row)


def _text(value: Any) -> str:
    text = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
    return " ".join([text, *map(_decoded, re.findall(r"[A-Za-z0-9+/_-]{16,}", text))])


def _decoded(text: str) -> str:
    padded = text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)
    try:
        return base64.b64decode(padded).decode("latin-1")
    except ValueError:
        return ""
