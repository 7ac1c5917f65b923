"""`aragora worker`: the work of a server, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import httpx2
import pytest
from aragora.receipts.bundle import MEDIA_TYPE
from aragora_server.cli import serve
from aragora_server.kernel.db import Database
from aragora_server.worker import work
from sqlalchemy import text

from tests import backlog
from tests.redis_server import RedisServer
from tests.serving import Server, free_port, wait_for_end

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": "scripted:careful"}, {"model": "scripted:steady"}],
    "protocol": "independent_vote",
}
SLOW = {**ASK, "agents": [{"model": "scripted:slow"}, {"model": "scripted:careful"}]}


@attrs.define
class Full:
    """An API process, and workers beside it."""

    home: Path
    settings: dict[str, str]
    server: Server = attrs.field(init=False)
    workers: list[subprocess.Popen[str]] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.server = Server(self.home, self.settings)

    def worker(self, **more: str) -> subprocess.Popen[str]:
        own = {
            "ARAGORA_DATA_DIR": str(self.home / "data"),
            "ARAGORA_CREDENTIALS": str(self.home / "credentials.json"),
            "ARAGORA_SCRIPTED_LOG": str(self.server.calls),
        }
        made = subprocess.Popen(
            [sys.executable, "-m", "aragora_server", "worker", "--json"],
            env={**os.environ, **own, **self.settings, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.workers.append(made)
        return made

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
            worker.communicate()
        self.server.stop()


@pytest.fixture
def full(
    request: pytest.FixtureRequest, empty_database_url: str, redis_url: str, tmp_path: Path
) -> Iterator[Full]:
    full = Full(
        tmp_path,
        {
            "ARAGORA_DATABASE_URL": empty_database_url,
            "ARAGORA_REDIS_URL": redis_url,
            "ARAGORA_DRAIN_S": "0.2",
            "ARAGORA_HEARTBEAT_S": "0.5",
            "ARAGORA_HEARTBEAT_TIMEOUT_S": "1.5",
        },
    )
    yield full
    full.stop()


on_postgres = pytest.mark.parametrize("dialect", ["postgres"], indirect=True)


def told(worker: subprocess.Popen[str]) -> dict[str, object]:
    assert worker.stdout is not None
    line = worker.stdout.readline()
    assert line, worker.communicate()
    found: dict[str, object] = json.loads(line)
    return found


def waits_for_a_server(worker: subprocess.Popen[str]) -> None:
    assert worker.stderr is not None
    for line in worker.stderr:
        if "waiting for a server" in line:
            return
    raise AssertionError(worker.communicate())


@on_postgres
def test_a_server_takes_debates_and_a_worker_runs_them(full: Full):
    full.server.start()
    client = full.server.client()
    debate = client.post("/v1/debates", json=ASK).json()
    time.sleep(0.5)
    waits = client.get(f"/v1/debates/{debate['id']}").json()["status"]

    worker = full.worker()
    told(worker)
    done = wait_for_end(client, debate["id"])
    verified = client.post(
        "/v1/receipts/verify",
        content=client.get(f"/v1/receipts/{done['receipt_id']}/bundle").content,
        headers={"content-type": MEDIA_TYPE},
    )
    worker.send_signal(signal.SIGTERM)

    assert waits == "queued"
    assert done["status"] == "concluded"
    assert verified.json()["verdict"] == "verified", verified.text
    assert worker.wait(timeout=20) == 0


@on_postgres
def test_a_worker_tells_its_metrics_on_a_port_of_its_own(full: Full):
    full.server.start()
    port = free_port()
    told(full.worker(ARAGORA_METRICS_PORT=str(port)))

    metrics = httpx2.get(f"http://127.0.0.1:{port}/metrics").text

    assert "aragora_adoptions_total" in metrics


@on_postgres
def test_a_worker_started_first_waits_for_its_server(full: Full):
    worker = full.worker()
    waits_for_a_server(worker)
    full.server.start()

    assert told(worker)["max_debates"] == 100


@on_postgres
def test_a_worker_that_waits_can_be_stopped(full: Full):
    worker = full.worker()
    waits_for_a_server(worker)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=20) == 0


@on_postgres
def test_a_stopping_worker_takes_nothing_on_and_a_second_signal_ends_it_at_once(full: Full):
    full.server.start()
    client = full.server.client()
    worker = full.worker(ARAGORA_DRAIN_S="60", ARAGORA_SCRIPTED_SLOW_S="60")
    told(worker)
    client.post("/v1/debates", json=SLOW)
    until_called(full)
    assert taken_on(client) == "alive"
    worker.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    assert worker.poll() is None
    assert taken_on(client) == "none alive: debates stay queued"

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=5) == 128 + signal.SIGTERM


@on_postgres
def test_what_a_stopped_worker_leaves_another_one_takes_up(full: Full):
    full.server.start()
    client = full.server.client()
    first = full.worker(ARAGORA_SCRIPTED_SLOW_S="60")
    told(first)
    debate = client.post("/v1/debates", json=SLOW).json()
    until_called(full)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=20) == 0

    told(full.worker(ARAGORA_SCRIPTED_SLOW_S="0.1"))

    assert wait_for_end(client, debate["id"])["status"] in ("concluded", "failed")


@on_postgres
def test_a_server_takes_jobs_and_a_worker_does_them(full: Full):
    full.server.start()
    client = full.server.client()
    job_id = asyncio.run(backlog.bury(full.settings["ARAGORA_DATABASE_URL"], "sweep_holds"))
    client.post(f"/v1/jobs/{job_id}/retry")
    time.sleep(1.5)
    alone = client.get("/v1/jobs").json()["items"]

    told(full.worker())

    assert [(job["id"], job["state"]) for job in alone] == [(job_id, "due")]
    until_done(client, {"sweep_holds", "sweep_queue", "forget_done_jobs"})
    assert client.get(f"/v1/jobs/{job_id}").json()["state"] == "done"


def taken_on(client: httpx2.Client) -> str:
    """What the server knows of workers that take debates on."""
    answer = client.get("/readyz")
    assert answer.status_code == 200
    return next(one["detail"] for one in answer.json()["checks"] if one["name"] == "workers")


def until_done(client: httpx2.Client, kinds: set[str]) -> None:
    done: set[str] = set()
    for _ in range(400):
        page = client.get("/v1/jobs", params={"state": "done"}).json()
        done = {job["kind"] for job in page["items"]}
        if done >= kinds:
            return
        time.sleep(0.05)
    raise AssertionError(done)


def until_called(full: Full) -> None:
    for _ in range(400):
        if full.server.calls.exists() and full.server.calls.read_text():
            return
        time.sleep(0.05)
    raise AssertionError("no agent was called")


@on_postgres
def test_redis_may_be_away_when_a_worker_starts_and_while_it_works(
    full: Full, redis_server: RedisServer
):
    full.server.start()
    client = full.server.client()
    redis_server.kill()
    try:
        told(full.worker())
        debate = client.post("/v1/debates", json=ASK).json()
        done = wait_for_end(client, debate["id"])
        ready = client.get("/readyz").json()
    finally:
        redis_server.start()

    assert done["status"] == "concluded"
    assert ready["status"] == "degraded"
    statuses = {check["name"]: check["status"] for check in ready["checks"]}
    assert (statuses["redis"], statuses["workers"]) == ("degraded", "ok")


@on_postgres
def test_servers_that_start_together_agree_on_keys_and_make_one_first_key(full: Full):
    servers = [Server(full.home, full.settings, name=f"server-{n}") for n in range(3)]
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait_until_ready()
        keys = [server.client().get("/.well-known/aragora-keys.json").json() for server in servers]
        listed = servers[0].client().get("/v1/api-keys").json()["items"]
    finally:
        for server in servers:
            server.stop()

    assert [key["key_id"] for key in keys[0]["keys"]] == [key["key_id"] for key in keys[1]["keys"]]
    assert keys[1]["keys"] == keys[2]["keys"]
    assert [key["kind"] for key in keys[0]["keys"]].count("receipt") == len(listed) == 1
    assert any(key["kind"] == "log" for key in keys[0]["keys"])


# What it says when it cannot work ----------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARAGORA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ARAGORA_CREDENTIALS", str(tmp_path / "credentials.json"))
    return tmp_path


def test_without_postgresql_there_is_no_worker(home, capsys):
    assert work([]) == 2
    assert "set ARAGORA_DATABASE_URL to postgresql://" in capsys.readouterr().err


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
def test_a_worker_makes_no_keys(home, database_url, monkeypatch, capsys):
    """Or receipts would be signed with keys that their server does not know."""
    monkeypatch.setenv("ARAGORA_DATABASE_URL", database_url)

    assert work([]) == 2
    assert f"no signing keys in {home / 'data' / 'keys'}" in capsys.readouterr().err


def test_a_missing_driver_is_named(home, monkeypatch, capsys):
    monkeypatch.setenv("ARAGORA_DATABASE_URL", "postgresql://nowhere/x")
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    assert work([]) == 2
    assert "pip install 'aragora-server[full]'" in capsys.readouterr().err


@pytest.mark.parametrize("dialect", ["postgres"], indirect=True)
def test_a_schema_from_the_future_ends_the_start_with_redis_too(
    home, database_url, redis_url, monkeypatch, capsys
):
    asyncio.run(set_version(database_url, "9999"))
    monkeypatch.setenv("ARAGORA_DATABASE_URL", database_url)
    monkeypatch.setenv("ARAGORA_REDIS_URL", redis_url)

    assert serve(["--port", "0"]) == 2
    assert "this version cannot read the database" in capsys.readouterr().err


async def set_version(url: str, version: str) -> None:
    db = Database(url)
    async with db.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    await db.close()


def test_an_absent_database_is_waited_for_and_then_named(home, monkeypatch, capsys):
    from aragora_server import outside

    monkeypatch.setattr(outside, "REACH_WITHIN_S", 0.1)
    monkeypatch.setattr(outside, "ASK_EVERY_S", 0.05)
    monkeypatch.setenv("ARAGORA_DATABASE_URL", "postgresql://u:hidden@127.0.0.1:1/x")

    assert work([]) == 2
    said = capsys.readouterr().err
    assert "waiting for the database" in said
    assert "hidden" not in said
