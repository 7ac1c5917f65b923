"""Sums of the ledger, kept so that a report need not read all of it.

A projection: `progress` says up to which entry they reach, and they can be made anew at any time.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text

from aragora_server.kernel.db import Big, Json, Timestamp, metadata

from .sums import FIELDS

ID = String(36)


def _sums() -> list[Column[int]]:
    return [Column(name, Big, nullable=False) for name in FIELDS]


dimensions = Table(
    "usage_dimensions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("provider", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("api_key_id", ID, nullable=False),
    Column("protocol", String(64), nullable=False),
    Column("tags", Json, nullable=False),
    Column("budgets", Json, nullable=False),
    Index("ix_usage_dimensions_workspace_id", "workspace_id"),
)

quarters = Table(
    "usage_quarters",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("dimension_id", String(64), primary_key=True),
    *_sums(),
    sqlite_with_rowid=False,
)

debates = Table(
    "usage_debates",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("debate_id", ID, primary_key=True),
    Column("agent", Text, primary_key=True),
    *_sums(),
    Index("ix_usage_debates_debate_id", "debate_id"),
    sqlite_with_rowid=False,
)

# The same sums without the debates: these are many, agents are few.
agents = Table(
    "usage_agents",
    metadata,
    Column("workspace_id", ID, primary_key=True),
    Column("quarter", Integer, primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    *_sums(),
    sqlite_with_rowid=False,
)

progress = Table(
    "usage_progress",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Big, nullable=False),
)

usage_links = Table(
    "usage_links",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("title", Text),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("group_by", String(16), nullable=False),
    Column("top", Integer, nullable=False),
    Column("uses", Big, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("last_used_at", Timestamp),
    Column("revoked_at", Timestamp),
    Index("ix_usage_links_workspace_id_id", "workspace_id", "id"),
)
