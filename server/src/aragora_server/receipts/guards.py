"""Tables that are only added to: the database itself refuses the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from sqlalchemy import DDL, Table, event
from sqlalchemy.schema import DDLElement

from aragora_server.kernel.db import metadata

Action = Literal["UPDATE", "DELETE", "TRUNCATE"]

REFUSE_CHANGE = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%% are append-only: %% refused', TG_TABLE_NAME, TG_OP; END $$"""


def refuse(table: Table, *actions: Action) -> None:
    """No row of this table is ever touched so."""
    for dialect, statement in _triggers(table.name, actions):
        _ddl(statement, table, "after_create", dialect)


def refuse_without(table: Table, left: Table) -> None:
    """No row is deleted of which nothing is left there."""
    name, said = f"{table.name}_refuse_delete", f"{table.name} are append-only: DELETE refused"
    missing = f"NOT EXISTS (SELECT 1 FROM {left.name} WHERE id = OLD.id)"  # noqa: S608 - our names
    begin = f"CREATE TRIGGER {name} BEFORE DELETE ON {table.name}"
    refusing = f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    _ddl(f"{begin} WHEN {missing} {refusing}", table, "after_create", "sqlite")
    body = f"BEGIN IF {missing} THEN RAISE EXCEPTION '{said}'; END IF; RETURN OLD; END"
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    _ddl(function, table, "after_create", "postgresql")
    row = f"{begin} FOR EACH ROW EXECUTE FUNCTION {name}()"
    _ddl(row, table, "after_create", "postgresql")


def _triggers(table: str, actions: tuple[Action, ...]) -> Iterator[tuple[str, str]]:
    for action in actions:
        begin = f"CREATE TRIGGER {table}_refuse_{action.lower()} BEFORE {action} ON {table}"
        # TRUNCATE has no rows; one trigger a statement covers every action.
        yield "postgresql", f"{begin} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        if action != "TRUNCATE":
            said = f"{table} are append-only: {action} refused"
            yield "sqlite", f"{begin} BEGIN SELECT RAISE(ABORT, '{said}'); END"


def _ddl(statement: str, target: object, moment: str, dialect: str) -> None:
    guard: DDLElement = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(target, moment, guard.execute_if(dialect=dialect))


_ddl(REFUSE_CHANGE, metadata, "before_create", "postgresql")
