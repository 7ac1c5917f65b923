"""A start of our own: the product unchanged, on a clock or a disk that misbehaves.

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

FAIL_COMMIT, CLOCK = "CHAOS_FAIL_COMMIT", "CHAOS_CLOCK"


def main() -> int:
    if every := os.environ.get(FAIL_COMMIT):
        fail_commits(int(every))
    if moved_by := os.environ.get(CLOCK):
        move_clock(Path(moved_by))
    from aragora_server.__main__ import main

    return main(sys.argv[1:])


def fail_commits(every: int) -> None:
    """Each so-and-so-manieth COMMIT that has something to write fails, as on a bad disk."""
    numbers = itertools.count(1)

    def refuse(link: sqlite3.Connection) -> None:
        if link.in_transaction and link.total_changes and next(numbers) % every == 0:
            raise sqlite3.OperationalError("disk I/O error")

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


if __name__ == "__main__":
    sys.exit(main())
