"""What is known of a job, and what goes wrong with one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import attrs

from aragora_server.kernel.errors import Conflict, NotFound

State = Literal["due", "running", "done", "dead"]


class JobNotFound(NotFound):
    code = "job_not_found"


class JobNotDead(Conflict):
    code = "job_not_dead"


@attrs.frozen(kw_only=True)
class KnownJob:
    """Without what it works with: that may hold what its owner's other keys must not read."""

    id: str
    kind: str
    subject: str | None
    state: State
    attempts: int
    due_at: datetime
    last_error: str | None
    created_at: datetime
    updated_at: datetime
    done_at: datetime | None


@attrs.frozen(kw_only=True)
class Reach:
    """Whose jobs are meant: a workspace's, and for the operator the server's own."""

    workspace_id: str
    is_operator: bool


@attrs.frozen(kw_only=True)
class Filter:
    state: State | None = None
    kind: str | None = None
