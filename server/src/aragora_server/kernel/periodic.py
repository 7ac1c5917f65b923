"""Work that comes up by itself: one job a period, recorded by whoever comes first. No cron."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from . import jobs
from .clock import wire_time
from .db import Database, Tx
from .outbox import NewJob, Outbox


def slot(now: datetime, every_s: int) -> datetime:
    """The beginning of the period: the same for every process, whenever it was started."""
    return datetime.fromtimestamp(now.timestamp() // every_s * every_s, UTC)


class Periodic:
    def __init__(self, db: Database, outbox: Outbox, every_s: Mapping[str, int]) -> None:
        self._db = db
        self._outbox = outbox
        self._every_s = every_s
        self._seen: dict[str, datetime] = {}

    async def record_due(self, now: datetime) -> None:
        """See to it that each kind has its job of the present period.

        One that is behind gets no second job: it would only do the same.
        """
        due = {kind: slot(now, every_s) for kind, every_s in self._every_s.items()}
        for kind, start in due.items():
            # Unequal, not later: a clock that was put back must not stop the work.
            if self._seen.get(kind) != start:
                await self._record(kind, start)
                self._seen[kind] = start

    async def _record(self, kind: str, start: datetime) -> None:
        key = f"{kind}@{wire_time(start)}"

        async def work(tx: Tx) -> None:
            if not await jobs.is_unfinished(tx, kind):
                await self._outbox.record(tx, NewJob(kind=kind, unique_key=key))

        await self._db.run(work)
