"""What a PostgreSQL server must be and do, so that an answered request is a stored one."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from .db import Database

LEAST_VERSION = 15
DURABLE = {"on", "remote_apply"}
SETTINGS = """
SELECT current_setting('server_version_num') AS version,
       current_setting('synchronous_commit') AS synchronous_commit
"""


class DatabaseUnfit(Exception):
    """The message says what to change."""


async def check_server(db: Database) -> None:
    """SQLite comes with us and needs no judging."""
    if db.dialect != "postgresql":
        return
    try:
        async with db.read() as r:
            row = (await r.execute(text(SETTINGS))).one()
    except DBAPIError as fault:
        raise DatabaseUnfit(f"PostgreSQL refuses us: {fault.orig}") from None
    check(version=int(row.version), synchronous_commit=row.synchronous_commit)


def check(*, version: int, synchronous_commit: str) -> None:
    if version < LEAST_VERSION * 10_000:
        raise DatabaseUnfit(f"PostgreSQL {version // 10_000} is too old: {LEAST_VERSION} or newer")
    if synchronous_commit not in DURABLE:
        raise DatabaseUnfit(
            f"PostgreSQL runs with synchronous_commit = {synchronous_commit}, so it may forget what"
            " it has confirmed: set it to on for this database"
        )
