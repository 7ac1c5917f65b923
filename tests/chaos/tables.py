"""The tables as plain SQL reads them, without a line of the product in between."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.chaos.oracle import Row, Tables

QUERIES = {
    "debates": "SELECT id, status, last_seq FROM debates",
    "calls": "SELECT debate_id, call_no, attempt, state FROM calls",
    "attempts": "SELECT debate_id, call_no, attempt, outcome FROM attempts",
    "events": "SELECT debate_id, seq, type, at, data FROM events",
    "receipts": "SELECT debate_id, id FROM receipts",
    "holds": "SELECT id, state, amount_micro_usd FROM holds",
    "hold_periods": "SELECT hold_id, period_id FROM hold_periods",
    "ledger": "SELECT hold_id, kind, amount_micro_usd FROM ledger_entries",
    "periods": "SELECT id, spent_micro_usd, held_micro_usd, overage_micro_usd FROM budget_periods",
}
Ask = Callable[[str], list[dict[str, Any]]]


class Store:
    """One database, asked from outside."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")

    def ask(self, *queries: str) -> list[list[dict[str, Any]]]:
        """All at one moment."""
        if not self.is_sqlite:
            return asyncio.run(self._ask_postgres(queries))
        with closing(self._open()) as link:
            link.row_factory = sqlite3.Row
            link.execute("BEGIN")
            return [[dict(row) for row in link.execute(query)] for query in queries]

    def do(self, *statements: str) -> None:
        assert not self.is_sqlite, "only the server itself writes to its file"
        asyncio.run(self._do_postgres(statements))

    def read(self) -> Tables:
        answers = self.ask(*QUERIES.values())
        found = {name: tuple(rows) for name, rows in zip(QUERIES, answers, strict=True)}
        return Tables(**found | {"events": tuple(map(_event, found["events"]))})

    def calls(self) -> list[dict[str, Any]]:
        return self.ask(QUERIES["calls"])[0]

    def is_whole(self) -> bool:
        """SQLite's own word on its file."""
        with closing(self._open()) as link:
            said = [row[0] for row in link.execute("PRAGMA integrity_check")]
            broken = list(link.execute("PRAGMA foreign_key_check"))
        return said == ["ok"] and broken == []

    def _open(self) -> sqlite3.Connection:
        """Read only: what a dead server left is for the next one to put in order."""
        path = self.url.removeprefix("sqlite:///")
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)

    async def _ask_postgres(self, queries: Iterable[str]) -> list[list[dict[str, Any]]]:
        import asyncpg

        link = await asyncpg.connect(self._plain_url())
        try:
            async with link.transaction(isolation="repeatable_read", readonly=True):
                return [[dict(row) for row in await link.fetch(query)] for query in queries]
        finally:
            await link.close()

    async def _do_postgres(self, statements: Iterable[str]) -> None:
        import asyncpg

        link = await asyncpg.connect(self._plain_url())
        try:
            for statement in statements:
                await link.execute(statement)
        finally:
            await link.close()

    def _plain_url(self) -> str:
        return self.url.replace("postgresql+asyncpg://", "postgresql://")


def sqlite_in(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'aragora.db'}")


def canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def _event(row: Mapping[str, Any]) -> Row:
    data = json.loads(row["data"])
    return {**row, "data": data, "text": canonical(data)}
