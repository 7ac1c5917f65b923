"""The tables of exports. A file is its parts, one behind the other."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from aragora_server.kernel.db import Big, Json, Timestamp, metadata
from aragora_server.receipts.guards import refuse

ID = String(36)

receipt_exports = Table(
    "receipt_exports",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("format", String(8), nullable=False),
    # What was asked for may name people: it goes with the file.
    Column("wanted", Json),
    Column("job_id", ID),
    Column("scope", Json),
    Column("cursor", Json),
    Column("counts", Json, nullable=False),
    Column("total", Big),
    Column("parts", Integer, nullable=False),
    Column("bytes", Big, nullable=False),
    Column("sha256", String(64)),
    Column("created_at", Timestamp, nullable=False),
    Column("finished_at", Timestamp),
    Column("withdrawn_at", Timestamp),
    Column("expires_at", Timestamp, nullable=False, index=True),
    Index("ix_receipt_exports_workspace_id_id", "workspace_id", "id"),
)

receipt_export_parts = Table(
    "receipt_export_parts",
    metadata,
    Column("export_id", ForeignKey("receipt_exports.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)
refuse(receipt_export_parts, "UPDATE")
