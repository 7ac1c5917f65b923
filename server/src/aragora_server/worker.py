"""`aragora worker`: run debates and jobs beside a server, on the same PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import anyio

from .contract.operations import VERSION
from .kernel import telemetry
from .lifecycle import running
from .migrations import wait_for_head
from .outside import database, reached
from .services import build_services
from .settings import SettingInvalid, Settings
from .starting import REFUSALS, logs_of, refuse, run_to_its_end, say, settle

NOT_HERE = (
    "a worker shares a PostgreSQL database with its server: set ARAGORA_DATABASE_URL to"
    " postgresql://...; with SQLite, `aragora serve` runs debates itself"
)
NO_KEYS = "there are no signing keys in {}: a worker uses those of its server's data directory"


def work(argv: Sequence[str] | None = None) -> int:
    """Run debates and jobs. 0: stopped as asked; 2: it cannot start, and why is on stderr."""
    options = _parser().parse_args(argv)
    try:
        settings = _settings(options)
    except REFUSALS as fault:
        return refuse("worker", fault)
    with logs_of(settings):
        return run_to_its_end("worker", settings, lambda: _work(settings, as_json=options.json))


async def _work(settings: Settings, *, as_json: bool) -> None:
    stopping = anyio.Event()
    with _signals(stopping):
        await _or_until(stopping, _after_the_server, settings)
        if stopping.is_set():
            return
        services = build_services(settings)
        with telemetry.told_on(settings.metrics_port):
            async with running(services, part="worker"):
                settle()
                _announce(settings, services.heartbeat.runner_id, as_json=as_json)
                await stopping.wait()


async def _after_the_server(settings: Settings) -> None:
    """A server makes the keys and then the schema: when the one is there, so is the other."""
    db = database(settings)
    try:
        await reached(db)
        await wait_for_head(db)
    finally:
        await db.close()
    if not list((settings.data_dir / "keys").glob("receipt-*.json")):
        raise SettingInvalid(NO_KEYS.format(settings.data_dir / "keys"))


async def _or_until(
    stopping: anyio.Event, work: Callable[[Settings], Awaitable[None]], settings: Settings
) -> None:
    async def give_up() -> None:
        await stopping.wait()
        group.cancel_scope.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(give_up)
        await work(settings)
        group.cancel_scope.cancel()


@contextmanager
def _signals(stopping: anyio.Event) -> Iterator[None]:
    """The first one lets what is under way come home, the second one leaves at once."""
    loop = asyncio.get_running_loop()

    def heed(number: int) -> None:
        if stopping.is_set():
            os._exit(128 + number)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, heed, number)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings.chosen(os.environ, options.data_dir)
    if settings.is_embedded:
        raise SettingInvalid(NOT_HERE)
    return settings


def _announce(settings: Settings, runner_id: str, *, as_json: bool) -> None:
    if as_json:
        say(json.dumps({"runner_id": runner_id, "max_debates": settings.max_debates}))
        return
    say(f"Aragora {VERSION} works, up to {settings.max_debates} debates at once")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aragora worker",
        description="Run debates and jobs beside `aragora serve`, on the same PostgreSQL.",
    )
    parser.add_argument("--data-dir", type=Path, help="where the server's signing keys are")
    parser.add_argument("--json", action="store_true", help="say that it works as JSON")
    return parser
