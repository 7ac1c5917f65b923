"""The tables of receipts. The database itself refuses to change or delete an issued receipt."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from aragora_server.kernel.db import Big, Json, Timestamp, metadata, partial_index

from .guards import refuse, refuse_without

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
    Column("cost_micro_usd", Big, nullable=False),
    Column("amends_id", ID, ForeignKey("receipts.id")),
    Column("key_id", String(64), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("hmac_key_id", String(64), nullable=False),
    Column("hmac_tag", String(64), nullable=False),
    Column("workspace_salt", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_receipts_workspace_id_issued_at_id", "workspace_id", "issued_at", "id"),
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

# What receipts are found by: a projection, see index.py.
receipt_terms = Table(
    "receipt_terms",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("term", LargeBinary, primary_key=True),
    Column("receipt_id", ForeignKey("receipts.id"), primary_key=True),
    Index("ix_receipt_terms_receipt_id", "receipt_id"),
    sqlite_with_rowid=False,
)

share_links = Table(
    "share_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("receipt_id", ForeignKey("receipts.id"), nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("disclose", Json, nullable=False),
    Column("max_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("last_used_at", Timestamp),
    Column("revoked_at", Timestamp),
    Index("ix_share_links_receipt_id_id", "receipt_id", "id"),
)

share_link_uses = Table(
    "share_link_uses",
    metadata,
    Column("link_id", ForeignKey("share_links.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("used_at", Timestamp, nullable=False),
)

refuse(share_link_uses, "UPDATE")

receipt_feedback = Table(
    "receipt_feedback",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("receipt_id", ForeignKey("receipts.id"), nullable=False),
    Column("useful", Boolean, nullable=False),
    Column("outcome", String(32)),
    Column("comment", Text),
    Column("given_by", ID, nullable=False),
    Column("given_at", Timestamp, nullable=False),
    Index("ix_receipt_feedback_receipt_id_id", "receipt_id", "id"),
    Index("ix_receipt_feedback_workspace_id_receipt_id", "workspace_id", "receipt_id", "id"),
)
# What is left of a receipt that was deleted.
tombstones = Table(
    "tombstones",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("shard", String(16), nullable=False),
    Column("idx", Big, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("leaf_id", ID, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("operator", String(64), nullable=False),
    Column("deleted_at", Timestamp, nullable=False),
)
refuse(tombstones, "UPDATE", "DELETE", "TRUNCATE")

refuse(receipts, "UPDATE", "TRUNCATE")
refuse_without(receipts, tombstones)
# Deleted, never changed.
refuse(disclosures, "UPDATE")
