"""The tables of the log. What waits for a place may go; what has one never changes."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from aragora_server.kernel.db import Big, metadata
from aragora_server.receipts.guards import refuse

SHARD, KIND, LEAF_ID, HASH = String(16), String(16), String(64), LargeBinary(32)

# In the order of `seq`, which says nothing about the place that a leaf will have.
log_pending = Table(
    "log_pending",
    metadata,
    Column("seq", Big, primary_key=True),
    Column("shard", SHARD, nullable=False),
    Column("kind", KIND, nullable=False),
    Column("leaf_id", LEAF_ID, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    UniqueConstraint("kind", "leaf_id"),
)

entries = Table(
    "entries",
    metadata,
    Column("shard", SHARD, primary_key=True),
    Column("idx", Big, primary_key=True, autoincrement=False),
    Column("kind", KIND, nullable=False),
    Column("leaf_id", LEAF_ID, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Column("hash", HASH, nullable=False),
    UniqueConstraint("kind", "leaf_id"),
)

# Whole tiles alone, 256 hashes each: what is begun is read from the level below.
tiles = Table(
    "tiles",
    metadata,
    Column("shard", SHARD, primary_key=True),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("n", Big, primary_key=True, autoincrement=False),
    Column("root", HASH, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("shard", SHARD, primary_key=True),
    Column("size", Big, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
)

for _table in (entries, tiles, checkpoints):
    refuse(_table, "UPDATE", "DELETE", "TRUNCATE")
