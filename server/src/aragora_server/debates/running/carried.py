"""Debates carried between processes by Procrastinate, in a schema of its own on our PostgreSQL.

Nothing in there is ever needed: who runs a debate is decided by the debate's own row. Its tables
may be emptied at any moment, and debates then start a little later.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate import __version__ as procrastinate_version
from procrastinate.exceptions import AlreadyEnqueued, ProcrastinateException
from procrastinate.schema import SchemaManager
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from aragora_server.kernel.libpq import keywords

log = logging.getLogger(__name__)
# Both tell every step of theirs, and the end of each wait as a fault.
for name, level in (
    ("procrastinate", "WARNING"),
    ("psycopg", "ERROR"),
    ("psycopg.pool", "WARNING"),
):
    logging.getLogger(name).setLevel(level)

Take = Callable[[str], Awaitable[None]]
"""Run a debate here, and come back when it is let go of."""

SCHEMA = f"procrastinate_{procrastinate_version.replace('.', '_')}"
QUEUE = "debates"
ADVISORY_LOCK = 7_236_002
CONNECTIONS = 4
WITHIN_S = 3.0
POLL_S = 1.0
FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 2.0
DEAD_AFTER_S = 30.0
MOST_REMEMBERED = 10_000
IS_QUEUED = """
SELECT EXISTS (
  SELECT FROM procrastinate_jobs WHERE queueing_lock = %(place)s AND status = 'todo'
) AS is_queued
"""
SWEEP = """
DELETE FROM procrastinate_jobs WHERE status = 'doing' AND NOT EXISTS (
  SELECT FROM procrastinate_workers AS worker
  WHERE worker.id = worker_id AND worker.last_heartbeat > now() - make_interval(secs => %(dead)s)
)
"""


class CarriedDispatch:
    def __init__(self, database_url: str, *, max_debates: int) -> None:
        self._database_url = database_url
        self._max_debates = max_debates
        self._app = App(
            connector=PsycopgConnector(
                conninfo=make_conninfo(**keywords(database_url)),
                kwargs={"options": f"-c search_path={SCHEMA}"},
                min_size=1,
                max_size=CONNECTIONS,
                timeout=WITHIN_S,
            )
        )
        self._take: Take = _nobody
        self._submitted: OrderedDict[str, None] = OrderedDict()
        self._task = self._app.task(name="debates.take", queue=QUEUE)(self._carry_one)

    async def submit(self, debate_id: str) -> None:
        # No `lock`: a row left by a dead worker would hold it for ever. Two workers with the same
        # debate do no harm, for only one can adopt it.
        place = f"debate:{debate_id}"
        job = self._task.configure(queueing_lock=place, lock=None)
        try:
            if not (debate_id in self._submitted and await self._is_queued(place)):
                self._remember(debate_id)
                await job.defer_async(debate_id=debate_id)
        except AlreadyEnqueued:
            return
        except ProcrastinateException as fault:
            log.warning("debate %s will be found later: %s", debate_id, fault)

    async def _is_queued(self, place: str) -> bool:
        """Asked before the second submission: PostgreSQL logs each violated lock as an error, and
        what waits for a free worker is submitted again and again."""
        row = await self._app.connector.execute_query_one_async(IS_QUEUED, place=place)
        return bool(row["is_queued"])

    def _remember(self, debate_id: str) -> None:
        self._submitted[debate_id] = None
        if len(self._submitted) > MOST_REMEMBERED:
            self._submitted.popitem(last=False)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """While the block is open debates can be submitted."""
        await make_schema(self._database_url)
        await self._app.open_async()
        try:
            yield
        finally:
            with anyio.CancelScope(shield=True):
                await self._app.close_async()

    async def carry(self, take: Take) -> None:
        """Have submitted debates taken, for ever, as many at once as this process may run."""
        self._take = take
        wait_s = FIRST_WAIT_S
        while True:
            began = anyio.current_time()
            try:
                await self._work()
            except (ProcrastinateException, psycopg.Error, OSError) as fault:
                log.warning("the queue of debates is lost, trying again: %s", fault)
            except Exception:
                # Nothing in the queue is ever needed: no fault of it may end this process.
                log.exception("the queue of debates broke, trying again")
            held = anyio.current_time() - began > LONGEST_WAIT_S
            wait_s = FIRST_WAIT_S if held else min(wait_s * 2, LONGEST_WAIT_S)
            await anyio.sleep(wait_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter

    async def sweep(self) -> None:
        """Housekeeping alone: rows of workers that are gone."""
        await self._app.connector.execute_query_async(SWEEP, dead=DEAD_AFTER_S)
        await self._app.job_manager.prune_stalled_workers(DEAD_AFTER_S)

    async def _carry_one(self, debate_id: str) -> None:
        try:
            await self._take(debate_id)
        except Exception:
            # A failed task would be marked as such and never be looked at again.
            log.exception("debate %s was left", debate_id)

    async def _work(self) -> None:
        """Until the queue is lost. When it goes, debates that were taken from it go on."""
        await make_schema(self._database_url)
        # A task of its own: Procrastinate takes its leave of the database while it is cancelled,
        # and must not be cancelled again while it does.
        worker = asyncio.ensure_future(
            self._app.run_worker_async(
                queues=[QUEUE],
                concurrency=self._max_debates,
                fetch_job_polling_interval=POLL_S,
                listen_notify=True,
                delete_jobs="always",
                install_signal_handlers=False,
                shutdown_graceful_timeout=0,
                stalled_worker_timeout=DEAD_AFTER_S,
            )
        )
        try:
            await asyncio.shield(worker)
        finally:
            worker.cancel()
            with anyio.move_on_after(WITHIN_S, shield=True):
                await asyncio.wait([worker])


async def make_schema(database_url: str) -> None:
    """An upgrade of Procrastinate begins with empty tables of its own; nothing has to be moved."""
    conninfo, options = make_conninfo(**keywords(database_url)), f"-c search_path={SCHEMA}"
    async with await psycopg.AsyncConnection.connect(conninfo, options=options) as link:
        if await _is_made(link):
            return
        await link.execute("SELECT pg_advisory_xact_lock(%s)", (ADVISORY_LOCK,))
        if not await _is_made(link):
            await link.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(SCHEMA)))
            await link.execute(SchemaManager.get_schema())


async def _is_made(link: psycopg.AsyncConnection) -> bool:
    # Not to_regclass: within a transaction it may remember that there was no such schema.
    found = await link.execute(
        "SELECT FROM pg_tables WHERE (schemaname, tablename) = (%s, 'procrastinate_jobs')",
        (SCHEMA,),
    )
    return await found.fetchone() is not None


async def _nobody(debate_id: str) -> None:
    raise AssertionError(f"debate {debate_id} came before anybody took debates")
