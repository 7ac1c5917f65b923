"""The tables of debates. `calls`, `attempts` and `events` are the journal: see journal.py."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from aragora_server.kernel.db import Big, Json, Timestamp, metadata

ID = String(36)

debates = Table(
    "debates",
    metadata,
    Column("id", ID, primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Column("created_by", ID, nullable=False),
    Column("question", Text, nullable=False),
    Column("context", Text),
    Column("options", Json, nullable=False),
    Column("answer_kind", String(16), nullable=False),
    Column("protocol_id", String(64), nullable=False),
    Column("protocol_version", Integer, nullable=False),
    Column("protocol_sha256", String(64), nullable=False),
    Column("agents", Json, nullable=False),
    Column("tags", Json, nullable=False),
    Column("seed", Big, nullable=False),
    Column("max_cost_micro_usd", Big),
    Column("cost_bound_micro_usd", Big, nullable=False),
    Column("deadline_at", Timestamp, nullable=False),
    Column("status", String(16), nullable=False),
    Column("stop_reason", String(32)),
    Column("verdict", Json),
    Column("dissents", Json, nullable=False),
    Column("changed_answers", Integer, nullable=False, server_default="0"),
    Column("warnings", Json, nullable=False),
    Column("receipt_id", ID),
    Column("cancelled_by", ID),
    Column("last_seq", Big, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("runner_id", ID),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    Column("started_at", Timestamp),
    Column("ended_at", Timestamp),
    CheckConstraint("last_seq >= 0", name="last_seq"),
    Index("ix_debates_workspace_id_created_at_id", "workspace_id", "created_at", "id"),
    Index("ix_debates_status", "status"),
    Index("ix_debates_workspace_id_ended_at", "workspace_id", "ended_at", "status", "stop_reason"),
)

# The same as `debates.tags`, to find and to count by.
debate_tags = Table(
    "debate_tags",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), primary_key=True),
    Column("tag", String(64), primary_key=True),
    Column("workspace_id", ID, nullable=False),
    Index("ix_debate_tags_workspace_id_tag_debate_id", "workspace_id", "tag", "debate_id"),
)

documents = Table(
    "documents",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("extractor", String(32), nullable=False),
    Column("byte_count", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("text_sha256", String(64), nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), primary_key=True),
    Column("no", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("label", Text, nullable=False),
    Column("participants", Json, nullable=False),
    Column("opened_at", Timestamp, nullable=False),
    Column("closed_at", Timestamp),
)

calls = Table(
    "calls",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), nullable=False),
    Column("call_no", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    Column("agent", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("hold_id", ID),
    Column("reply", Text),
    Column("said", Json),
    Column("model_version", Text),
    Column("done_at", Timestamp),
    UniqueConstraint("debate_id", "call_no"),
    CheckConstraint("state IN ('claimed', 'done', 'failed', 'dropped')", name="state"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), nullable=False),
    Column("call_no", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("hold_id", ID),
    Column("outcome", String(64)),
    Column("ended_at", Timestamp),
    UniqueConstraint("debate_id", "call_no", "attempt"),
)

events = Table(
    "events",
    metadata,
    Column("debate_id", ForeignKey("debates.id"), primary_key=True),
    Column("seq", Big, primary_key=True),
    Column("type", String(32), nullable=False),
    Column("at", Timestamp, nullable=False),
    Column("data", Text, nullable=False),
)
