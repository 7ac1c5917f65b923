"""Metrics: who may see them, and that they say what is."""

from __future__ import annotations

from datetime import timedelta

import anyio
import attrs
import httpx2
import pytest
from aragora_server.app import build_app
from aragora_server.debates.store import count_unowned
from aragora_server.debates.tables import debates
from aragora_server.kernel import telemetry
from aragora_server.kernel.outbox import NewJob
from aragora_server.kernel.runners import db_now, runners
from aragora_server.system import service
from aragora_server.system.door import MetricsDoor, is_this_machine
from aragora_server.system.service import Look, Metrics
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import insert
from sqlalchemy import text as sql

from tests.debate_rows import debate_row

pytestmark = pytest.mark.anyio

TOKEN = "planted-metrics-token"


def asking(services, *, host="127.0.0.1", token=None, **headers) -> httpx2.AsyncClient:
    """A client at this address, of a server with this metrics token."""
    gate = attrs.evolve(services.seats.gate, doors={"getMetrics": MetricsDoor(token).check})
    seats = attrs.evolve(services.seats, gate=gate)
    app = build_app(attrs.evolve(services, seats=seats), validate_responses=True)
    transport = httpx2.ASGITransport(app=app, client=(host, 1))
    return httpx2.AsyncClient(transport=transport, base_url="http://test", headers=headers)


def values(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_this_machine_sees_the_metrics_in_prometheus_format(services):
    async with asking(services) as client:
        answer = await client.get("/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert ("aragora_debates", "running") in values(answer.text)


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("192.0.2.7", {}),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
        ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"x-real-ip": "127.0.0.1"}),
        ("192.0.2.7", {"authorization": "Bearer anything"}),
    ],
)
async def test_without_a_token_nobody_else_sees_them(services, host, headers):
    async with asking(services, host=host, **headers) as client:
        answer = await client.get("/metrics")

    assert (answer.status_code, answer.json()["code"]) == (403, "metrics_private")


@pytest.mark.parametrize(
    "authorization",
    [None, f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer", b"Bearer \xfc"],
)
async def test_with_a_token_only_its_holder_sees_them(services, authorization):
    headers = {"authorization": authorization} if authorization else {}
    async with asking(services, token=TOKEN, **headers) as client:
        answer = await client.get("/metrics")

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert TOKEN not in answer.text


async def test_the_holder_of_the_token_may_be_anywhere(services):
    headers = {"authorization": f"Bearer {TOKEN}", "x-forwarded-for": "192.0.2.7"}
    async with asking(services, host="198.51.100.3", token=TOKEN, **headers) as client:
        assert (await client.get("/metrics")).status_code == 200


async def test_nobody_is_counted_out_of_asking(services):
    async with asking(services) as client:
        answers = [await client.get("/metrics") for _ in range(30)]

    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("::ffff:192.0.2.7", False),
        ("10.0.0.1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_its_loopback_addresses(host, is_here):
    assert is_this_machine(host) is is_here


async def test_debates_and_jobs_are_counted_when_somebody_asks(services, acme):
    async def record(tx) -> None:
        late = services.clock() - timedelta(minutes=7)
        await services.outbox.record(tx, NewJob(kind="nobodys", due_at=late))

    await services.db.run(record)
    await acme.post("/v1/debates", json={"question": "Ship on Friday?"})

    async with asking(services) as client:
        seen = values((await client.get("/metrics")).text)

    counted = {name: value for name, value in seen.items() if name[0] == "aragora_debates"}
    assert sum(counted.values()) == 1
    assert seen["aragora_debates", "failed"] == 0
    assert 420 <= seen["aragora_oldest_due_job_age_seconds",] < 480
    assert seen["aragora_jobs_dead",] == 0
    assert 0 < seen["aragora_disk_free_ratio",] <= 1


@pytest.mark.parametrize(
    ("status", "runner", "alive", "unowned"),
    [
        ("running", "r", True, 0),
        ("running", "gone", True, 1),
        ("running", None, True, 1),
        ("queued", None, True, 0),
        ("queued", None, False, 1),
        ("queued", None, "draining", 1),
        ("running", "r", "draining", 0),
        ("concluded", None, False, 0),
    ],
)
async def test_a_debate_is_unowned_when_nobody_runs_it_or_could(
    database, status, runner, alive, unowned
):
    async with database.begin() as tx:
        if alive:
            row = {"id": "r", "host": "h", "pid": 1, "beat_at": db_now()}
            await tx.execute(insert(runners).values(**row, draining=alive == "draining"))
        await tx.execute(insert(debates).values(debate_row(status, runner)))

    async with database.read() as tx:
        assert await count_unowned(tx, 10.0) == unowned


async def test_what_cannot_be_seen_leaves_the_rest_to_be_told(services):
    async with services.db.begin() as tx:
        await tx.execute(sql("ALTER TABLE jobs RENAME TO gone"))
    telemetry.FENCED.inc()
    telemetry.JOBS_DEAD.set(0)

    async with asking(services) as client:
        text = (await client.get("/metrics")).text

    assert "aragora_jobs_dead NaN" in text
    assert values(text)["aragora_fenced_total",] >= 1


async def test_the_database_is_asked_only_every_few_seconds():
    now, asked = 0.0, 0

    async def see() -> None:
        nonlocal asked
        asked += 1
        await anyio.sleep(0)

    metrics = Metrics([Look(see=see, forget=lambda: None)], lambda: now)
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(metrics.text)
    now = service.FRESH_S
    await metrics.text()

    assert asked == 2


MOVED_BY_A_DEBATE = (
    ("aragora_request_duration_seconds_count", {"operation": "createDebate", "status": "2xx"}),
    ("aragora_unit_of_work_duration_seconds_count", {"kind": "read"}),
    ("aragora_unit_of_work_duration_seconds_count", {"kind": "write"}),
    ("aragora_loop_lag_seconds_count", {}),
    ("aragora_adoptions_total", {}),
    ("aragora_wake_ups_total", {"how": "used"}),
)
MOVED_ON_SQLITE = (("aragora_commit_group_size_count", {}), ("aragora_commit_group_size_sum", {}))


async def test_a_debate_moves_what_counts_it(services, acme):
    watched = MOVED_BY_A_DEBATE + (MOVED_ON_SQLITE if services.settings.is_embedded else ())
    before = [sample(name, labels) for name, labels in watched]

    debate = (await acme.post("/v1/debates", json={"question": "Ship on Friday?"})).json()
    await acme.get(f"/v1/debates/{debate['id']}/events/stream")
    await anyio.sleep(telemetry.LAG_EVERY_S)

    after = [sample(name, labels) for name, labels in watched]
    assert [name for name, a, b in zip(watched, before, after, strict=True) if b <= a] == []


def sample(name: str, labels: dict[str, str]) -> float:
    return telemetry.REGISTRY.get_sample_value(name, labels) or 0
