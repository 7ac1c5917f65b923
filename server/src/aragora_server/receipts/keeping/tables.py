"""The tables of keeping. What the log was told is kept as the bytes of which it has the digest."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from aragora_server.kernel.db import Json, Timestamp, metadata
from aragora_server.receipts.guards import refuse

ID = String(36)

# No foreign key: that a text was erased outlives the receipt.
erasures = Table(
    "erasures",
    metadata,
    Column("id", ID, primary_key=True),
    Column("receipt_id", ID, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)
refuse(erasures, "UPDATE", "DELETE", "TRUNCATE")

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("matter", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("receipt_ids", Json),
    Column("debate_id", ID),
    Column("participant", Text),
    Column("issued_from", Timestamp),
    Column("issued_to", Timestamp),
    Column("placed_by", ID, nullable=False),
    Column("placed_at", Timestamp, nullable=False),
    Column("released_by", ID),
    Column("released_at", Timestamp),
    Index("ix_legal_holds_workspace_id_id", "workspace_id", "id"),
)

# What the log was told of a hold: that it was placed, that it was released.
legal_hold_events = Table(
    "legal_hold_events",
    metadata,
    Column("id", ID, primary_key=True),
    Column("legal_hold_id", ID, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
refuse(legal_hold_events, "UPDATE", "DELETE", "TRUNCATE")

retention_policies = Table(
    "retention_policies",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False, index=True),
    Column("period", String(8), nullable=False),
    Column("debates", String(8)),
    Column("apply_to_existing", Boolean, nullable=False),
    Column("set_by", ID, nullable=False),
    Column("set_at", Timestamp, nullable=False),
)
refuse(retention_policies, "UPDATE", "DELETE", "TRUNCATE")

# Without the name: which receipts had it is below, and the digest goes when all is done.
participant_erasures = Table(
    "participant_erasures",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("legal_basis", String(64), nullable=False),
    Column("actor", ID, nullable=False),
    Column("asked_at", Timestamp, nullable=False),
    Column("salt", LargeBinary),
    Column("name_hmac", String(64)),
    Column("done_at", Timestamp),
)

# No foreign key to the receipt: that it lost texts outlives it.
participant_receipts = Table(
    "participant_erasure_receipts",
    metadata,
    Column("erasure_id", ForeignKey("participant_erasures.id"), primary_key=True),
    Column("receipt_id", ID, primary_key=True),
    Column("state", String(8), nullable=False),
    Column("texts", Integer, nullable=False),
    Column("legal_hold_id", ID),
)
