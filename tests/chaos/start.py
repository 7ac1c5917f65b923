"""A start of our own: the product unchanged, on a clock, a disk or a network that misbehaves.

    python -m tests.chaos.start serve|worker ...

What misbehaves is said in the environment, so that the product needs no switch for it.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

FAIL_COMMIT, CLOCK, DROP_WAKE_UP = "CHAOS_FAIL_COMMIT", "CHAOS_CLOCK", "CHAOS_DROP_WAKE_UP"
FAULT_POINT, LEAST_PART = "CHAOS_FAULT_POINT", "CHAOS_LEAST_PART"
SETTLE_TWICE = "CHAOS_SETTLE_TWICE"


def main() -> int:
    if every := os.environ.get(FAIL_COMMIT):
        fail_commits(int(every))
    if moved_by := os.environ.get(CLOCK):
        move_clock(Path(moved_by))
    if every := os.environ.get(DROP_WAKE_UP):
        drop_wake_ups(int(every))
    if os.environ.get(SETTLE_TWICE):
        settle_twice()
    if point := os.environ.get(FAULT_POINT):
        from aragora_server.kernel import fault_points

        fault_points.arm(point)
    if size := os.environ.get(LEAST_PART):
        from aragora_server.receipts.exports import making

        making.LEAST_PART = int(size)
    from aragora_server.__main__ import main

    return main(sys.argv[1:])


def fail_commits(every: int) -> None:
    """Each so-and-so-manieth COMMIT that has something to write fails, as on a bad disk."""
    numbers = itertools.count(1)

    def refuse(link: sqlite3.Connection) -> None:
        if link.in_transaction and link.total_changes and next(numbers) % every == 0:
            fault = sqlite3.OperationalError("disk I/O error")
            fault.sqlite_errorcode = sqlite3.SQLITE_IOERR
            fault.sqlite_errorname = "SQLITE_IOERR"
            raise fault

    def connect(*args: Any, factory: Any = sqlite3.Connection, **options: Any) -> Any:
        class Failing(factory):  # type: ignore[misc]
            def commit(self) -> None:
                refuse(self)
                super().commit()

            def execute(self, sql: str, *parameters: Any) -> Any:
                if sql.lstrip().upper().startswith(("COMMIT", "END")):
                    refuse(self)
                return super().execute(sql, *parameters)

        return original(*args, factory=Failing, **options)

    original = sqlite3.connect
    sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[assignment,attr-defined]


def move_clock(by: Path) -> None:
    """The file says by how many seconds the clock is wrong; it may change at any moment."""
    from aragora_server.kernel import clock

    class Moved(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(seconds=float(by.read_text() or 0))

    clock.datetime = Moved  # type: ignore[misc]


def drop_wake_ups(every: int) -> None:
    """Each so-and-so-manieth message is lost on its way to Redis."""
    from aragora_server.kernel.redis_broadcast import RedisBroadcast

    numbers = itertools.count(1)
    publish = RedisBroadcast.publish

    async def lossy(self: RedisBroadcast, topic: str, message: bytes) -> None:
        if next(numbers) % every:
            await publish(self, topic, message)

    RedisBroadcast.publish = lossy  # type: ignore[method-assign]


def settle_twice() -> None:
    """Each settlement comes a second time, as from a caller who did not hear the first answer."""
    from aragora_server.budgets.holding import HoldService

    settle = HoldService.settle

    async def twice(self: HoldService, *args: Any, **told: Any) -> Any:
        first = await settle(self, *args, **told)
        if (second := await settle(self, *args, **told)) != first:
            raise AssertionError(f"settled as {first}, then as {second}")
        return first

    HoldService.settle = twice  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
