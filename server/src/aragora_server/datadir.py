"""The data directory: ours alone, and held by one server at a time."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

import attrs

LOCK, TURN = "server.lock", "start.lock"
TURN_WITHIN_S = 30.0
PRIVATE_DIR, PRIVATE_FILE = 0o700, 0o600


class DataDirInUse(Exception):
    """The message names the process that holds it."""


@attrs.define
class DataDir:
    """Entered, it exists with mode 0700 and, unless it is shared, is locked; the system unlocks it
    when we die."""

    path: Path
    is_shared: bool = False
    _lock: IO[str] | None = None

    def __enter__(self) -> DataDir:
        self.path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_DIR)
        self.path.chmod(PRIVATE_DIR)
        if self.is_shared:
            return self
        file = open(self.path / LOCK, "a+", encoding="ascii")
        if not _try_lock(file):
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise DataDirInUse(f"{self.path} is in use by the server with pid {holder}")
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._lock = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._lock is not None:
            self._lock.truncate(0)
            self._lock.close()
            self._lock = None


@contextmanager
def turn_in(path: Path) -> Iterator[None]:
    """Wait until no other process is in this block: what it makes is there when the next comes."""
    with open(path / TURN, "a+", encoding="ascii") as file:
        gives_up_at = time.monotonic() + TURN_WITHIN_S
        while not _try_lock(file):
            if time.monotonic() > gives_up_at:
                raise DataDirInUse(f"{path / TURN} is held by another process that starts")
            time.sleep(0.02)
        yield


@contextmanager
def private_files() -> Iterator[None]:
    """Wherever the database and recordings are put, they are nobody else's to read."""
    before = os.umask(0o777 & ~PRIVATE_DIR)
    try:
        yield
    finally:
        os.umask(before)


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; it is never readable by others, not for a moment."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_DIR)
    # Nobody can lay a file or a link in our way: the name is not to be guessed, and must be new.
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


if os.name == "nt":

    def _try_lock(file: IO[str]) -> bool:
        import msvcrt

        try:
            # Far behind the pid, so that others can read that while the lock is held.
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        file.seek(0)
        return True

else:

    def _try_lock(file: IO[str]) -> bool:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
