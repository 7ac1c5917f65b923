"""One writer, and one COMMIT for all units of work that come close together.

A commit waits for the disk; all that a unit does before takes microseconds. So units run one after
the other in one open transaction, each inside its own savepoint, and the transaction is committed
when nobody waits for a turn, or when it is full: of those who waited when it began, and of those
who came in the next milliseconds. Nobody hears of a unit, not even of its failure, before all that
it saw is on disk.

The steps between the units are taken in callbacks of the loop and belong to no task: whoever is
cancelled, the group goes on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from sqlite3 import Connection, Error
from typing import Generic, Protocol, TypeVar

import anyio
from sqlalchemy.exc import DBAPIError

from . import telemetry
from .errors import AragoraError, Unavailable
from .faults import is_busy, meaning

MOST_UNITS = 100
LONGEST_S = 0.005
PATIENCE_S, RETRY_S = 5.0, 0.005

log = logging.getLogger(__name__)


class Link(Protocol):
    @property
    def driver(self) -> Connection: ...

    def close(self) -> None: ...


L = TypeVar("L", bound=Link)
T = TypeVar("T")


class GroupCommit(Generic[L]):
    """Units of work on one connection, which is replaced when it has failed."""

    def __init__(self, connect: Callable[[], L]) -> None:
        self._connect = connect
        self._link: L | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._waiting: deque[asyncio.Future[L]] = deque()
        self._group: list[asyncio.Future[None]] = []
        self._committing: asyncio.Future[None] | None = None
        # By a unit, by a COMMIT, or by waiting for another process.
        self._is_taken = False
        self._is_open = False
        self._full_at = 0.0
        self._invited = 0
        self._patient_until: float | None = None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[L]:
        link = await self._turn()
        try:
            link.driver.execute("SAVEPOINT unit")
            yield link
            link.driver.execute("RELEASE unit")
        except Exception as fault:
            await _settled(self._undo(link, fault))
            raise
        except BaseException as fault:
            self._undo(link, fault).cancel()
            raise
        await _settled(self._leave())

    @property
    def is_at_work(self) -> bool:
        """While a unit is under way, or a commit."""
        return self._is_taken

    async def close(self) -> None:
        """For when no unit is under way; a later one connects again.

        Whoever was cancelled did not wait for the COMMIT, and SQLite crashes when a connection is
        closed under it.
        """
        while self._committing is not None:
            await asyncio.wait([self._committing])
        link, self._link = self._link, None
        thread, self._thread = self._thread, None
        if link is not None:
            link.close()
        if thread is not None:
            thread.shutdown(wait=False)

    async def _turn(self) -> L:
        turn: asyncio.Future[L] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._advance()
        try:
            with telemetry.WRITER_QUEUE.track_inprogress():
                return await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.exception() is None:
                self._is_taken = False
                self._advance()
            raise

    def _leave(self) -> asyncio.Future[None]:
        """Pass the turn on; the future is the fate of all that the unit saw."""
        outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._is_open:
            self._group.append(outcome)
        else:
            outcome.set_result(None)
        self._is_taken = False
        self._advance()
        return outcome

    def _undo(self, link: L, fault: BaseException) -> asyncio.Future[None]:
        try:
            link.driver.execute("ROLLBACK TO unit")
            link.driver.execute("RELEASE unit")
        except Error:
            # When the disk is full or broken, SQLite itself may undo the whole transaction.
            self._fail_group(fault)
        return self._leave()

    def _advance(self) -> None:
        """Take the next step, unless one is being taken."""
        if self._is_taken:
            return
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft()
        if self._link and self._is_open and (not self._waiting or self._is_full()):
            self._commit(self._link)
        elif self._waiting and (link := self._link if self._is_open else self._begin()):
            self._is_taken = True
            self._waiting.popleft().set_result(link)

    def _is_full(self) -> bool:
        now, size = asyncio.get_running_loop().time(), len(self._group)
        return size >= MOST_UNITS or (size >= self._invited and now >= self._full_at)

    def _begin(self) -> L | None:
        now = asyncio.get_running_loop().time()
        try:
            link = self._link = self._link or self._connect()
            link.driver.execute("BEGIN IMMEDIATE")
        except (Error, DBAPIError) as fault:
            self._wait_or_refuse(fault, now)
            return None
        self._is_open = True
        self._full_at, self._patient_until = now + LONGEST_S, None
        self._invited = len(self._waiting)
        return link

    def _wait_or_refuse(self, fault: Exception, now: float) -> None:
        """Another process writes: for a moment that is no fault."""
        self._patient_until = self._patient_until or now + PATIENCE_S
        if is_busy(fault) and now < self._patient_until:
            self._is_taken = True
            asyncio.get_running_loop().call_later(RETRY_S, self._go_on)
            return
        self._patient_until = None
        self._drop_link()
        while self._waiting:
            _fail(self._waiting.popleft(), fault)

    def _go_on(self) -> None:
        self._is_taken = False
        self._advance()

    def _commit(self, link: L) -> None:
        self._is_taken = True
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="aragora-commit")
        loop = asyncio.get_running_loop()
        self._committing = loop.run_in_executor(self._thread, link.driver.commit)
        self._committing.add_done_callback(self._committed)

    def _committed(self, done: asyncio.Future[None]) -> None:
        self._committing = None
        if fault := done.exception():
            self._fail_group(fault)
        else:
            group, self._group, self._is_open = self._group, [], False
            telemetry.GROUP_SIZE.observe(len(group))
            for outcome in group:
                if not outcome.done():
                    outcome.set_result(None)
        self._go_on()

    def _fail_group(self, fault: BaseException) -> None:
        group, self._group, self._is_open = self._group, [], False
        log.error("%d units of work were undone together: %s", len(group), fault)
        for outcome in group:
            _fail(outcome, fault)
        self._drop_link()

    def _drop_link(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()


def _fail(waiting: asyncio.Future[T], fault: BaseException) -> None:
    if not waiting.done():
        told: AragoraError = meaning(fault) or Unavailable("nothing was changed", retry_after_s=1)
        told.__cause__ = fault
        waiting.set_exception(told)


async def _settled(outcome: asyncio.Future[None]) -> None:
    """Wait for it, whoever cancels: a caller must not take a committed unit for an undone one."""
    task, is_cancelled = asyncio.current_task(), False
    with anyio.CancelScope(shield=True):
        while not outcome.done():
            try:
                await asyncio.shield(outcome)
            except asyncio.CancelledError:
                # Not ours to swallow, only to delay: asyncio itself knows no shielded scope.
                is_cancelled = True
    if is_cancelled and task is not None:
        task.uncancel()
        task.cancel()
    outcome.result()
