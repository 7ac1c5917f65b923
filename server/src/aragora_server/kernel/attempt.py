"""One attempt at one job: do it, and write down how it ended."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

import anyio
import attrs

from . import jobs, logs, telemetry
from .clock import Clock
from .db import Database, Tx
from .drain import Drain
from .jobs import Job, JobFailed, JobHopeless
from .outbox import Outbox
from .runners import Pulse

LIMIT_S = 300.0
LONGEST_REASON = 500
LAST_WORD_S = 2.0
# An end that cannot be written is held for as long as a database may be away.
HOLD_S = (0.1, 0.5, 1.0, 3.0, 5.0, 10.0, 10.0, 10.0, 10.0, 10.0)

log = logging.getLogger(__name__)

Ending = Callable[[Tx], Awaitable[bool]]


@attrs.frozen(kw_only=True)
class Kind:
    """How one kind of job is done. With `every_s` it comes up by itself, once a period."""

    run: Callable[[Job], Awaitable[object]]
    every_s: int | None = None
    limit_s: float = LIMIT_S


@attrs.frozen(kw_only=True)
class Workshop:
    """What doing jobs takes."""

    db: Database
    outbox: Outbox
    kinds: Mapping[str, Kind]
    pulse: Pulse
    drain: Drain
    now: Clock
    chance: Callable[[], float]


@attrs.frozen
class Failure:
    reason: str
    is_final: bool = False


@attrs.frozen
class Attempt:
    shop: Workshop
    job: Job

    async def run(self) -> None:
        """The job ends as done, due again or dead; cut off, it is given back at once."""
        with logs.bound(job_id=self.job.id, workspace_id=self.job.workspace_id):
            await self._run()

    async def _run(self) -> None:
        try:
            await self._write(self._ending(await self._do()))
        except anyio.get_cancelled_exc_class():
            with anyio.move_on_after(LAST_WORD_S, shield=True):
                await self._write(lambda tx: jobs.release(tx, self.job, self.shop.now()))
            raise

    async def _do(self) -> Failure | None:
        """Why it failed, in words for its owner; the log knows more."""
        kind = self.shop.kinds[self.job.kind]
        try:
            with anyio.move_on_after(kind.limit_s):
                await kind.run(self.job)
                return None
        except JobFailed as fault:
            log.warning("%s failed: %s", self.job.kind, fault)
            reason = str(fault).replace("\0", "")[:LONGEST_REASON]
            return Failure(reason, is_final=isinstance(fault, JobHopeless))
        except Exception as fault:
            log.exception("%s failed", self.job.kind)
            return Failure(f"internal_error ({type(fault).__name__})")
        log.warning("%s took too long", self.job.kind)
        return Failure(f"not done within {kind.limit_s:g} seconds")

    def _ending(self, failure: Failure | None) -> Ending:
        now = self.shop.now()
        if failure is None:
            return lambda tx: jobs.finish(tx, self.job, now)
        if failure.is_final:
            return lambda tx: jobs.bury(tx, self.job, failure.reason, now)
        chance = self.shop.chance()
        return lambda tx: jobs.fail(tx, self.job, failure.reason, now, chance)

    async def _write(self, ending: Ending) -> None:
        for pause_s in HOLD_S:
            try:
                is_ours = await self.shop.db.run(ending)
            except Exception:
                log.exception("the end of a job could not be written: %s", self.job.kind)
                await anyio.sleep(pause_s)
            else:
                if not is_ours:
                    telemetry.FENCED.inc()
                    log.warning("%s was somebody else's by then", self.job.kind)
                return
