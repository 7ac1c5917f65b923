"""Which processes are alive, by their heartbeats; and how a process knows this about itself.

On PostgreSQL the database's clock alone stamps and judges beats: the hosts' clocks may differ and
jump. On SQLite a lock on the data directory proves that there is one process: whoever has a row is
alive, and no clock is asked at all.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from typing import Any, Protocol

import anyio
import attrs
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Integer,
    String,
    Table,
    Text,
    delete,
    exists,
    insert,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from .db import Database, Timestamp, Tx, metadata
from .drain import Drain
from .ids import new_id

log = logging.getLogger(__name__)

FORGET_AFTER_S = 86_400.0
"""A dead runner's row is of use to people who look; this long."""

runners = Table(
    "runners",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("beat_at", Timestamp, nullable=False),
    Column("draining", Boolean, nullable=False),
)


class Pulse(Protocol):
    """This process's own sign of life, and what it may conclude from it."""

    @property
    def runner_id(self) -> str: ...
    @property
    def timeout_s(self) -> float: ...
    def is_sure(self) -> bool:
        """Nobody can have taken it for dead."""
        ...

    def may_judge(self) -> bool:
        """Whoever looks dead to it is dead."""
        ...


class db_now(FunctionElement[Any]):
    """The moment, by the clock that beats are judged by."""

    type = Timestamp()
    inherit_cache = True


class _cutoff(FunctionElement[Any]):
    """A beat before this one is too old."""

    type = Timestamp()
    inherit_cache = True


@compiles(db_now)
def _now(_element: db_now, _compiler: SQLCompiler, **_: object) -> str:
    return "clock_timestamp()"


@compiles(db_now, "sqlite")
def _now_sqlite(_element: db_now, _compiler: SQLCompiler, **_: object) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(_cutoff)
def _cutoff_by_clock(element: _cutoff, compiler: SQLCompiler, **options: object) -> str:
    seconds = compiler.process(element.clauses, **options)
    return f"clock_timestamp() - make_interval(secs => {seconds})"


@compiles(_cutoff, "sqlite")
def _cutoff_never(element: _cutoff, compiler: SQLCompiler, **options: object) -> str:
    # No beat is too old: the row alone counts. The parameter must appear, so it is cut to nothing.
    return f"substr({compiler.process(element.clauses, **options)}, 1, 0)"


def live(runner_id: ColumnElement[Any], timeout_s: float | ColumnElement[float]) -> Any:
    """SQL: the runner with this id is alive. Of no runner, NULL, nobody is."""
    return exists().where(runners.c.id == runner_id, _is_fresh(timeout_s))


def anybody(timeout_s: float) -> Any:
    """SQL: some runner is alive and takes on what comes."""
    return exists().where(_is_fresh(timeout_s), runners.c.draining.is_(False))


async def is_anybody_alive(tx: Tx, timeout_s: float) -> bool:
    """Somebody is there who takes on what comes."""
    return bool((await tx.execute(select(anybody(timeout_s)))).scalar_one())


def _is_fresh(timeout_s: float | ColumnElement[float]) -> ColumnElement[bool]:
    seconds = timeout_s if isinstance(timeout_s, ColumnElement) else literal(timeout_s, Float)
    return runners.c.beat_at > _cutoff(seconds)


def since_boot() -> float:
    """Seconds on a clock that nobody sets and that goes on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@attrs.define(kw_only=True, eq=False)
class Heartbeat:
    """One process's sign of life, under an id of its own for every start."""

    db: Database
    every_s: float
    timeout_s: float
    monotonic: Callable[[], float] = since_boot
    owns_db: bool = False
    runner_id: str = attrs.field(factory=new_id)
    is_draining: bool = False
    _beaten_at: float = float("-inf")
    _steady_since: float = float("inf")
    _next: anyio.Event = attrs.field(factory=anyio.Event)

    @property
    def is_alone(self) -> bool:
        """The lock on the data directory proves that no other process uses this database."""
        return self.db.dialect == "sqlite"

    def is_sure(self) -> bool:
        """No other runner can have judged this one dead: it may start something new."""
        return self.monotonic() - self._beaten_at < self.timeout_s

    def may_judge(self) -> bool:
        """Whether a runner that looks dead is dead.

        After an outage of the database everybody looks dead until everybody has beaten again, and
        that takes less than the timeout for which this runner's own beats have to succeed.
        """
        if self.is_alone:
            return True
        return self.is_sure() and self.monotonic() - self._steady_since >= self.timeout_s

    async def until_sure(self) -> None:
        while not self.is_sure():
            await self._next.wait()

    async def start(self) -> None:
        """The first beat: from now on others know of this runner."""
        await self.db.run(self._forget)
        await self.beat()

    async def run(self) -> None:
        while True:
            await anyio.sleep(self.every_s)
            await self._try_to_beat()

    async def beat(self) -> None:
        # Before the database is asked: what it notes can only be later than what we count from.
        began = self.monotonic()
        await self.db.run(self._beat)
        if not self.is_sure() or self._steady_since > began:
            self._steady_since = began
        self._beaten_at = began
        self._next.set()
        self._next = anyio.Event()

    async def heed(self, drain: Drain) -> None:
        """Once the process drains, say that this runner takes nothing on any more."""
        await drain.wait()
        self.is_draining = True
        await self._try_to_beat()

    async def stop(self) -> None:
        """Its row goes with it: whatever it had left is free at once."""

        async def go(tx: Tx) -> None:
            await tx.execute(delete(runners).where(runners.c.id == self.runner_id))

        self._beaten_at = float("-inf")
        try:
            await self.db.run(go)
        except Exception:
            log.exception("runner %s could not take its leave", self.runner_id)
        if self.owns_db:
            await self.db.close()

    async def _try_to_beat(self) -> None:
        try:
            await self.beat()
        except Exception:
            self._steady_since = float("inf")
            log.exception("runner %s could not beat", self.runner_id)

    async def _beat(self, tx: Tx) -> None:
        mine = update(runners).where(runners.c.id == self.runner_id)
        changed = await tx.execute(mine.values(beat_at=db_now(), draining=self.is_draining))
        if changed.rowcount == 0:
            await tx.execute(
                insert(runners).values(
                    id=self.runner_id,
                    host=socket.gethostname(),
                    pid=os.getpid(),
                    beat_at=db_now(),
                    draining=self.is_draining,
                )
            )

    async def _forget(self, tx: Tx) -> None:
        """Of runners before this one: all on SQLite, where the lock says that they are gone."""
        is_old = (
            true() if self.is_alone else runners.c.beat_at < _cutoff(literal(FORGET_AFTER_S, Float))
        )
        await tx.execute(delete(runners).where(is_old))
