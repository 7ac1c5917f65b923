"""Work that is to be done later, recorded together with what makes it necessary.

A job is a row: it is there when its cause is committed, and not when it is not. Who does it, and
how often it is tried, is in `jobs.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from .broadcast import Broadcast
from .clock import Clock
from .db import Json, Timestamp, Tx, add_if_new, metadata
from .ids import NewId

TOPIC = "jobs"

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("workspace_id", String(36)),  # none: the server's own
    Column("kind", String(64), nullable=False),
    Column("subject", Text),
    Column("payload", Json, nullable=False),
    Column("unique_key", String(200), unique=True),
    Column("state", String(8), nullable=False),
    Column("due_at", Timestamp, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("runner_id", String(36)),
    Column("epoch", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Column("created_at", Timestamp, nullable=False),
    Column("updated_at", Timestamp, nullable=False),
    Column("done_at", Timestamp),
    CheckConstraint("state IN ('due', 'running', 'done', 'dead')", name="state"),
    CheckConstraint("(state = 'running') = (runner_id IS NOT NULL)", name="runner"),
    CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done"),
    Index("ix_jobs_state_due_at", "state", "due_at"),
    Index("ix_jobs_workspace_id_id", "workspace_id", "id"),
)


@attrs.frozen(kw_only=True)
class NewJob:
    """What is to be done. Without a workspace it is the server's own; without `due_at`, now.

    `unique_key` is unique among all jobs of the server, so it begins with what it is about.
    """

    kind: str
    workspace_id: str | None = None
    subject: str | None = None
    payload: Mapping[str, Any] = attrs.field(factory=dict)
    unique_key: str | None = None
    due_at: datetime | None = None


@attrs.frozen(kw_only=True)
class Outbox:
    broadcast: Broadcast
    now: Clock
    new_id: NewId

    async def record(self, tx: Tx, job: NewJob) -> str | None:
        """The new job's id; None, and no change, when there is one with this unique key.

        It is delivered at least once: its id is the key by which its handler knows it again.
        """
        now, job_id = self.now(), self.new_id()
        row = {
            **attrs.asdict(job),
            "id": job_id,
            "state": "due",
            "due_at": now if job.due_at is None else job.due_at,
            "created_at": now,
            "updated_at": now,
        }
        return job_id if await add_if_new(tx, jobs, row) else None

    async def wake(self) -> None:
        """Say after the commit that there is work: else it is found when somebody next looks."""
        await self.broadcast.publish(TOPIC, b"")
