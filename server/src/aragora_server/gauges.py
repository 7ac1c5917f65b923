"""What the database knows better than this process: looked up when somebody asks for metrics."""

from __future__ import annotations

from .debates import store
from .kernel import jobs, telemetry
from .services import Services
from .system.service import Look, free_ratio

# Of a gauge that nobody can look up now; no comparison with it is true.
UNKNOWN = float("nan")


def looks(services: Services) -> tuple[Look, ...]:
    """One cheap query each; every process of a server sees the same."""

    async def debates() -> None:
        async with services.db.read() as tx:
            counted = await store.count_by_status(tx)
            unowned = await store.count_unowned(tx, services.settings.heartbeat_timeout_s)
        telemetry.DEBATES.clear()
        for status, number in counted.items():
            telemetry.DEBATES.labels(status).set(number)
        telemetry.DEBATES_UNOWNED.set(unowned)

    async def backlog() -> None:
        now = services.clock()
        async with services.db.read() as tx:
            since = await jobs.waiting_since(tx, now)
            telemetry.JOBS_DEAD.set(await jobs.count_dead(tx))
        telemetry.OLDEST_DUE_JOB.set((now - since).total_seconds() if since else 0)

    async def log() -> None:
        standing = await services.sequencer.standing()
        telemetry.LOG_WAITING.set(standing.waiting)
        telemetry.LOG_STANDS_STILL.set(bool(standing.fault))

    async def disk() -> None:
        telemetry.DISK_FREE.set(free_ratio(services.settings.data_dir))

    return (
        Look(see=debates, forget=_forget_debates),
        Look(see=backlog, forget=_forget_backlog),
        Look(see=log, forget=_forget_log),
        Look(see=disk, forget=lambda: telemetry.DISK_FREE.set(UNKNOWN)),
    )


def _forget_debates() -> None:
    telemetry.DEBATES.clear()
    telemetry.DEBATES_UNOWNED.set(UNKNOWN)


def _forget_backlog() -> None:
    telemetry.JOBS_DEAD.set(UNKNOWN)
    telemetry.OLDEST_DUE_JOB.set(UNKNOWN)


def _forget_log() -> None:
    telemetry.LOG_WAITING.set(UNKNOWN)
    telemetry.LOG_STANDS_STILL.set(UNKNOWN)
