"""Statements that are asked all the time.

SQLAlchemy takes ten times as long to build a statement, look it up and wrap its result as SQLite
takes to answer it. A prepared statement is still written and compiled by SQLAlchemy, but once; on
SQLite its text and its values then go straight to the driver. On PostgreSQL, where an answer takes
a round trip, it is executed like any other.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import CompoundSelect, Dialect, Select, text
from sqlalchemy.types import TypeEngine

from .db import Tx
from .sqlite import InLoopTx

Query = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
Process = Callable[[Any], Any] | None


@attrs.frozen
class _Compiled:
    text: str
    names: tuple[str, ...]
    fixed: Mapping[str, Any]
    processes: tuple[Process, ...]
    results: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[[Sequence[Any]], Any]


class Prepared:
    """A SELECT whose values are `bindparam`s, given by name each time. It can have no `IN`."""

    def __init__(self, statement: Query) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    async def rows(self, tx: Tx, **values: Any) -> Sequence[Any]:
        """Each with its columns as attributes, and `_asdict()`."""
        if not isinstance(tx, InLoopTx):
            return (await tx.execute(self._statement, values)).all()
        if self._compiled is None:
            self._compiled = _compile(self._statement, tx.dialect)
        return _ask(self._compiled, tx, values)

    async def row(self, tx: Tx, **values: Any) -> Any | None:
        """The first of them."""
        rows = await self.rows(tx, **values)
        return rows[0] if rows else None


class Handwritten:
    """A statement that we write for each database, with values by name. It answers nothing."""

    def __init__(self, *, sqlite: str, postgresql: str) -> None:
        self._sqlite = sqlite
        self._texts = {"sqlite": text(sqlite), "postgresql": text(postgresql)}

    async def run(self, tx: Tx, **values: str | bytes) -> None:
        if isinstance(tx, InLoopTx):
            tx.driver.execute(self._sqlite, values)
        else:
            # Also when a test watches a transaction of SQLite.
            await tx.execute(self._texts[tx.dialect.name], values)


def _ask(compiled: _Compiled, tx: InLoopTx, values: Mapping[str, Any]) -> list[Any]:
    given = {**compiled.fixed, **values}
    sent = [
        process(given[name]) if process else given[name]
        for name, process in zip(compiled.names, compiled.processes, strict=True)
    ]
    found: list[Any] = []
    for row in tx.driver.execute(compiled.text, sent).fetchall():
        columns = list(row)
        for place, process_result in compiled.results:
            columns[place] = process_result(columns[place])
        found.append(compiled.row(columns))
    return found


def _compile(statement: Query, dialect: Dialect) -> _Compiled:
    made: Any = statement.compile(dialect=dialect)
    columns = statement.selected_columns
    results = [
        (place, process)
        for place, column in enumerate(columns)
        if (process := _type(column, dialect).result_processor(dialect, None))
    ]
    binds = {name: made.binds[name] for name in made.positiontup}
    return _Compiled(
        text=str(made),
        names=tuple(made.positiontup),
        fixed={name: bind.effective_value for name, bind in binds.items() if not bind.required},
        processes=tuple(
            _type(binds[name], dialect).bind_processor(dialect) for name in made.positiontup
        ),
        results=tuple(results),
        row=_maker(columns.keys()),
    )


def _type(element: Any, dialect: Dialect) -> TypeEngine[Any]:
    kind: TypeEngine[Any] = element.type.dialect_impl(dialect)
    return kind


def _maker(names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    make: Any = namedtuple
    kind = make("Row", names)
    maker: Callable[[Sequence[Any]], Any] = kind._make
    return maker
