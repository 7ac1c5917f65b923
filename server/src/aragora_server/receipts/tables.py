"""The tables of receipts. The database itself refuses to change or delete an issued receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import (
    DDL,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.schema import DDLElement

from aragora_server.kernel.db import Timestamp, metadata, partial_index

ID = String(36)

# No foreign key to the debate: a receipt outlives what it speaks about.
receipts = Table(
    "receipts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("debate_id", ID, nullable=False),
    Column("issued_at", Timestamp, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("amends_id", ID, ForeignKey("receipts.id")),
    Column("key_id", String(64), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("hmac_key_id", String(64), nullable=False),
    Column("hmac_tag", String(64), nullable=False),
    Column("workspace_salt", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_receipts_workspace_id_id", "workspace_id", "id"),
)

first_of_debate = partial_index(
    "uq_receipts_debate_id", receipts.c.debate_id, where=receipts.c.amends_id.is_(None)
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("receipt_id", ForeignKey("receipts.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("encoded", Text, nullable=False),
)

Dialect = Literal["sqlite", "postgresql"]


def _sqlite(table: str, action: str) -> str:
    name = f"{table}_refuse_{action.lower()}"
    said = f"{table} are append-only: {action} refused"
    return (
        f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _postgresql(table: str, action: str) -> str:
    # TRUNCATE has no rows; one trigger a statement covers every action.
    name = f"{table}_refuse_{action.lower()}"
    return (
        f"CREATE TRIGGER {name} BEFORE {action} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


REFUSE_CHANGE = """CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%% are append-only: %% refused', TG_TABLE_NAME, TG_OP; END $$"""

GUARDS: Mapping[Dialect, Sequence[tuple[Table, str]]] = {
    "sqlite": (
        (receipts, _sqlite("receipts", "UPDATE")),
        (receipts, _sqlite("receipts", "DELETE")),
        (disclosures, _sqlite("disclosures", "UPDATE")),
    ),
    "postgresql": (
        (receipts, REFUSE_CHANGE),
        (receipts, _postgresql("receipts", "UPDATE")),
        (receipts, _postgresql("receipts", "DELETE")),
        (receipts, _postgresql("receipts", "TRUNCATE")),
        (disclosures, _postgresql("disclosures", "UPDATE")),
    ),
}
"""What refuses a change; disclosures can be deleted, never changed."""

for _dialect, _guards in GUARDS.items():
    for _table, _statement in _guards:
        _guard: DDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(_table, "after_create", _guard.execute_if(dialect=_dialect))
