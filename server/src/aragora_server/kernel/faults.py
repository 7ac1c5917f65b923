"""What a fault of the database means to whoever asked."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from .errors import AragoraError, StorageFull, Unavailable

# https://sqlite.org/rescode.html: the lower byte is the primary code.
PRIMARY = 0xFF
BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN = 5, 6, 7, 10, 13, 14
AWAY = frozenset({BUSY, LOCKED, NOMEM, IOERR, CANTOPEN})

DISK_FULL = "53100"
SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"
# Connections, resources, an operator's hand; what is left is a mistake in a statement.
PASSING = ("08", "25P03", "53", "57P")


def meaning(fault: BaseException) -> AragoraError | None:
    """None when it means nothing but our mistake."""
    state = _sqlstate(fault)
    if _sqlite_code(fault) == FULL or state == DISK_FULL:
        return StorageFull("the disk is full; reading still works", retry_after_s=5)
    if is_busy(fault):
        return Unavailable("another process holds the database", retry_after_s=1)
    is_lost = isinstance(fault, DBAPIError) and fault.connection_invalidated
    if (
        is_lost
        or _is_closed(fault)
        or isinstance(fault, PoolTimeout)
        or _sqlite_code(fault) in AWAY
        or state.startswith(PASSING)
    ):
        return Unavailable("the database does not answer now", retry_after_s=1)
    return None


def _is_closed(fault: BaseException) -> bool:
    """How uvloop says that a connection was closed a moment before something is written to it."""
    return isinstance(fault, RuntimeError) and str(fault).endswith("the handler is closed")


def is_passing(fault: BaseException) -> bool:
    """The database is away or its disk is full: the same may succeed a little later."""
    return isinstance(fault, Unavailable | StorageFull | OSError)


def is_busy(fault: BaseException) -> bool:
    return _sqlite_code(fault) in (BUSY, LOCKED)


def is_transient(fault: BaseException) -> bool:
    """The same unit of work can succeed when it is done again."""
    return _sqlstate(fault) in (SERIALIZATION_FAILURE, DEADLOCK)


def _sqlite_code(fault: BaseException) -> int:
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    # What the module itself refuses, such as a closed connection, has no code.
    code: int = getattr(cause, "sqlite_errorcode", 0)
    return code & PRIMARY if isinstance(cause, sqlite3.Error) else 0


def _sqlstate(fault: BaseException) -> str:
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    return getattr(cause, "sqlstate", None) or ""
