"""The schema's history. Start-up compares one row; Alembic is imported only when it differs."""

from __future__ import annotations

import logging

import anyio
from sqlalchemy import Connection, inspect, text

from aragora_server import tables
from aragora_server.kernel.db import Database, metadata
from aragora_server.kernel.turns import MIGRATION, take_turn

log = logging.getLogger(__name__)

HEAD = "0001"
ASK_EVERY_S, TELL_EVERY = 0.5, 20
VERSION_TABLE = """
CREATE TABLE alembic_version (
  version_num VARCHAR(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY
)
"""


class SchemaUnknown(Exception):
    """The database was written by a newer version."""


async def migrate(database: Database) -> None:
    """Bring the database to HEAD; one server at a time."""
    if await current(database) == HEAD:
        return
    tables.load()
    async with database.begin() as tx:
        await take_turn(tx, MIGRATION)
        await tx.run_sync(_to_head)


async def wait_for_head(database: Database) -> None:
    """Whoever does not serve does not migrate either: a server will."""
    asked = 0
    while (found := await current(database)) != HEAD:
        if asked % TELL_EVERY == 0:
            log.warning("waiting for a server to bring the schema from %s to %s", found, HEAD)
        asked += 1
        await anyio.sleep(ASK_EVERY_S)


async def current(database: Database) -> str | None:
    """The revision of the database; None when it has none."""
    async with database.read() as r:
        return await r.run_sync(_revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _to_head(connection: Connection) -> None:
    revision = _revision(connection)
    if revision is None and not inspect(connection).get_table_names():
        # A new database needs no history; a test proves that both ways end in the same schema.
        metadata.create_all(connection)
        connection.execute(text(VERSION_TABLE))
        connection.execute(
            text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD}
        )
    elif revision != HEAD:
        _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.util import CommandError

    from .scripts import config

    try:
        command.upgrade(config(connection), HEAD)
    except CommandError as fault:
        raise SchemaUnknown(f"this version cannot read the database: {fault}") from fault
