"""Every way to the schema ends in the same schema, and start-up takes the short one."""

import subprocess
import sys

import anyio
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from aragora_server import tables
from aragora_server.kernel.db import Database, metadata
from aragora_server.migrations import HEAD, SchemaUnknown, _upgrade, current, migrate
from aragora_server.migrations.scripts import config
from sqlalchemy import Connection, text

pytestmark = pytest.mark.anyio

SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "postgresql": """
        SELECT 'column', table_name || '.' || column_name,
               concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT 'trigger', tgname, pg_get_triggerdef(pg_trigger.oid)
              FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
              WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
        UNION SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
              WHERE connamespace = 'public'::regnamespace
        UNION SELECT 'function', proname, prosrc FROM pg_proc
              WHERE pronamespace = 'public'::regnamespace
    """,
}


@pytest.fixture
async def empty(empty_database_url):
    database = Database(empty_database_url)
    yield database
    await database.close()


async def schema_of(database: Database) -> set[tuple[str, str, str]]:
    async with database.read() as r:
        rows = (await r.execute(text(SCHEMA[database.dialect]))).all()
    return {(kind, name, " ".join((sql or "").split())) for kind, name, sql in rows}


async def walk(database: Database) -> None:
    """Every migration from the first one on, as an old database takes them."""
    async with database.begin() as tx:
        await tx.run_sync(_upgrade)


async def test_the_migrations_end_where_a_fresh_start_begins(empty, database):
    await walk(empty)

    assert await schema_of(empty) == await schema_of(database)
    assert await current(empty) == HEAD


async def test_the_tables_in_the_code_are_the_tables_in_the_database(empty):
    tables.load()
    await walk(empty)

    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async with empty.read() as r:
        assert await r.run_sync(differences) == []


def test_the_named_head_is_the_last_migration():
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


async def test_a_second_start_changes_nothing(empty):
    await migrate(empty)
    before = await schema_of(empty)

    await migrate(empty)

    assert await schema_of(empty) == before


async def test_two_servers_that_start_at_once_agree(empty_database_url):
    pair = [Database(empty_database_url) for _ in range(2)]

    async with anyio.create_task_group() as group:
        for database in pair:
            group.start_soon(migrate, database)

    assert [await current(database) for database in pair] == [HEAD, HEAD]
    for database in pair:
        await database.close()


async def test_a_database_of_a_newer_version_is_refused(empty):
    await migrate(empty)
    async with empty.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaUnknown, match="cannot read the database"):
        await migrate(empty)


async def test_an_old_database_is_brought_to_head(empty):
    async with empty.begin() as tx:
        await tx.execute(text("CREATE TABLE leftover (id INTEGER)"))

    await migrate(empty)

    assert await current(empty) == HEAD


def test_starting_does_not_import_alembic(tmp_path):
    program = f"""
import asyncio, sys
from aragora_server.kernel.db import Database
from aragora_server.migrations import migrate
asyncio.run(migrate(Database("sqlite:///{tmp_path}/new.db")))
assert "alembic" not in sys.modules
"""
    assert run(program) == ""


def test_every_home_of_tables_is_known():
    names = "; print(sorted(metadata.tables))"
    imports = "from aragora_server.kernel.db import metadata; from aragora_server import "

    assert run(f"{imports}tables; tables.load(){names}") == run(f"{imports}app{names}")


def run(program: str) -> str:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
