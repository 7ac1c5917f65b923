"""Real processes for every test, and a seed and figures that are told at the end."""

from __future__ import annotations

import json
import os
import platform
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.chaos.full import Full
from tests.chaos.oracle import Seen, judge
from tests.chaos.run import Run
from tests.chaos.spending import Spending
from tests.chaos.tables import Store, sqlite_in
from tests.fixtures import PostgresServer
from tests.mail_server import mail_server
from tests.receiver import receiver
from tests.redis_server import RedisServer
from tests.serving import Server

SEED = int(os.environ.get("ARAGORA_CHAOS_SEED") or random.SystemRandom().randrange(1_000_000))
MINUTES = float(os.environ.get("ARAGORA_CHAOS_MINUTES") or 0.5)
FIGURES = Path("build/chaos/figures.jsonl")
COMMON = {
    "ARAGORA_HEARTBEAT_S": "1",
    "ARAGORA_HEARTBEAT_TIMEOUT_S": "3",
    "ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000",
    "ARAGORA_SCRIPTED_PACE_S": "0.02",
    "ARAGORA_SCRIPTED_SLOW_S": "0.02",
}
WATCHED = {
    "ARAGORA_MAX_STREAMS_PER_KEY": "2000",
    "ARAGORA_SCRIPTED_SLOW_S": "900",
    "ARAGORA_DRAIN_S": "1",
}
Begin = Callable[[Run, str], Spending]
_told: list[str] = []


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Every test begins at the seed that is printed at the end, alone or with others."""
    request.node.add_report_section("setup", "seed", str(SEED))
    return random.Random(SEED)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep the figures of a run, for the end of the session and for `build/chaos`."""

    def keep(run: Run, **more: object) -> None:
        figures = {"test": request.node.name, **json.loads(run.figures(**more)), "seed": SEED}
        _told.append(json.dumps(figures))
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        with FIGURES.open("a") as file:
            file.write(json.dumps(figures) + "\n")

    return keep


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Run]:
    """One server on a file of its own, not started yet."""
    server = Server(tmp_path, dict(COMMON))
    run = Run(server=server, store=sqlite_in(tmp_path / "data"))
    yield run
    run.close()


@pytest.fixture
def open_debate(embedded: Run) -> str:
    """It begins, and its agents think for longer than any test."""
    embedded.server.settings |= WATCHED
    embedded.server.start()
    embedded.open_budget()
    with embedded.client() as client:
        made = client.debates.create(
            question="Which of the two?",
            agents=[{"model": "scripted:slow", "name": f"slow-{no}"} for no in range(3)],
        )
    embedded.wait(
        lambda: any(embedded.store.ask("SELECT seq FROM events WHERE type = 'round.started'")),
        "the debate begins",
    )
    return made.id


@pytest.fixture
def full(
    tmp_path: Path, postgres: PostgresServer, redis_server: RedisServer, redis_url: str
) -> Iterator[Full]:
    """An API process and workers that share a database and a Redis; nothing is started yet."""
    name = postgres.create(template="template1")
    settings = COMMON | {
        "ARAGORA_DATABASE_URL": postgres.url(name).replace("+asyncpg", ""),
        "ARAGORA_REDIS_URL": redis_url,
    }
    server = Server(tmp_path, settings)
    store = Store(postgres.url(name))
    full = Full(server=server, store=store, postgres=postgres, redis=redis_server)
    yield full
    full.close()
    postgres.drop(name)


@pytest.fixture
def begin(chance: random.Random) -> Iterator[Begin]:
    """What a run spends in a time zone; nothing is started yet."""
    with ExitStack() as begun:

        def prepare(run: Run, zone: str) -> Spending:
            mail, hook = begun.enter_context(mail_server()), begun.enter_context(receiver())
            spending = Spending(run=run, zone=zone, chance=chance, mail=mail, hook=hook)
            spending.prepare()
            begun.callback(spending.close)
            return spending

        yield prepare


def assert_flawless(run: Run, seen: Seen) -> None:
    found = judge(seen)
    shown = "\n".join(str(one) for one in found[:20])
    assert not found, f"{len(found)} violations, seed {SEED}\n{shown}\n{run.logs()}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _told:
        return
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}"
    terminalreporter.section(f"chaos: seed {SEED}, {machine}, Python {platform.python_version()}")
    for line in _told:
        terminalreporter.write_line(line)
