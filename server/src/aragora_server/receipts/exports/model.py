"""What an export is, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

import attrs

from aragora_server.kernel.clock import wire_time
from aragora_server.kernel.errors import Conflict, NotFound
from aragora_server.receipts.store import Filter

Format = Literal["ndjson", "csv"]
State = Literal["due", "running", "done", "failed", "withdrawn"]
Cursor = Sequence[Any]
"""Where making goes on; the source alone knows what it means."""

KEPT_FOR = timedelta(days=3)
MOST_EXPORTS, MOST_BYTES = 100, 4 * 1024**3
# Of one workspace at a time: a process does eight jobs at once, for all.
MOST_UNDER_WAY = 2
TIMES = ("issued_from", "issued_to")


class ExportNotFound(NotFound):
    code = "export_not_found"


class ExportNotReady(Conflict):
    code = "export_not_ready"


class ExportWithdrawn(Conflict):
    code = "export_withdrawn"


class TooManyExports(Conflict):
    code = "too_many_exports"


@attrs.frozen(kw_only=True)
class Export:
    """`scope` and `cursor` are there from its beginning on; `wanted` until it is withdrawn."""

    id: str
    workspace_id: str
    format: Format
    wanted: Mapping[str, Any] | None
    created_at: datetime
    expires_at: datetime
    job_id: str | None = None
    scope: Mapping[str, Any] | None = None
    cursor: Cursor | None = None
    counts: Mapping[str, int] = attrs.field(factory=dict)
    total: int | None = None
    parts: int = 0
    bytes: int = 0
    sha256: str | None = None
    finished_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def done(self) -> int:
        return sum(self.counts.values())

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None or self.withdrawn_at is not None

    @property
    def filter(self) -> Filter:
        given = dict(self.wanted or {})
        times = {name: datetime.fromisoformat(given[name]) for name in TIMES if name in given}
        return Filter(**given | times)

    def state(self, job_state: str | None) -> State:
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.finished_at is not None:
            return "done"
        if job_state == "dead":
            return "failed"
        return "due" if self.cursor is None else "running"


@attrs.frozen(kw_only=True)
class Shown:
    """An export, with what its job says."""

    export: Export
    job_state: str | None
    last_error: str | None

    @property
    def state(self) -> State:
        return self.export.state(self.job_state)


@attrs.frozen(kw_only=True)
class Survey:
    """What there is to do, as it was when making began."""

    scope: Mapping[str, Any]
    total: int
    cursor: Cursor


@attrs.frozen(kw_only=True)
class Piece:
    """The next piece of a file: its bytes, what is in it, and where the one after it begins."""

    content: bytes
    counts: Mapping[str, int]
    cursor: Cursor | None


class Source(Protocol):
    """Where the content of a format comes from. The same cursor gives the same piece."""

    async def survey(self, export: Export) -> Survey: ...

    async def piece(self, export: Export, cursor: Cursor) -> Piece: ...

    def ending(self, counts: Mapping[str, int], sha256: str) -> bytes:
        """What comes last, over the digest of all before."""
        ...


def kept(wanted: Filter) -> dict[str, Any]:
    """A filter as it is stored."""
    given = {name: value for name, value in attrs.asdict(wanted).items() if value is not None}
    return {
        name: wire_time(value) if isinstance(value, datetime) else value
        for name, value in given.items()
    }
