"""The tables of prices. A rate that was in force is never changed; it may only come to an end."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BindParameter,
    CheckConstraint,
    Column,
    ColumnElement,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    event,
    exists,
    text,
)

from aragora_server.kernel.db import Json, Timestamp, metadata, partial_index

ID = String(36)

workspace_prices = Table(
    "workspace_prices",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("provider", Text, nullable=False),
    Column("match", String(8), nullable=False),
    Column("model", Text, nullable=False),
    Column("valid_from", Timestamp, nullable=False),
    Column("valid_to", Timestamp),
    Column("terms", Json, nullable=False),
    Column("note", Text),
    Column("created_by", ID, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    CheckConstraint("match IN ('exact', 'prefix')", name="match"),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="range"),
    Index("ix_workspace_prices_workspace_id_id", "workspace_id", "id"),
)
partial_index(
    "uq_workspace_prices_open",
    *(workspace_prices.c[name] for name in ("workspace_id", "provider", "match", "model")),
    where=text("valid_to IS NULL"),
)

# What a receipt names as its prices must be found for as long as there are receipts.
price_lists = Table(
    "price_lists",
    metadata,
    Column("version", Text, primary_key=True),
    Column("loaded_at", Timestamp, nullable=False),
    Column("document", LargeBinary, nullable=False),
)


def has_own_prices(workspace_id: BindParameter[str]) -> ColumnElement[bool]:
    """Nearly no workspace has any. To be asked as a part of a statement that is made anyway."""
    return exists().where(workspace_prices.c.workspace_id == workspace_id)


_KEPT = {
    "workspace_prices": ", ".join(c.name for c in workspace_prices.c if c.name != "valid_to"),
    "price_lists": "version, loaded_at, document",
}
_REFUSED = "a price is never changed"


def _refusals(table: str) -> dict[str, tuple[str, ...]]:
    changes = (("update", f"UPDATE OF {_KEPT[table]}"), ("delete", "DELETE"))
    return {
        "sqlite": tuple(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {change} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            for name, change in changes
        ),
        "postgresql": (
            f"""CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$""",
            f"""CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {_KEPT[table]} OR DELETE OR
            TRUNCATE ON {table} EXECUTE FUNCTION {table}_stay()""",
        ),
    }


for _table in (workspace_prices, price_lists):
    for _dialect, _statements in _refusals(_table.name).items():
        for _statement in _statements:
            _trigger = DDL(_statement)  # type: ignore[no-untyped-call]
            event.listen(_table, "after_create", _trigger.execute_if(dialect=_dialect))
