"""What the server says of itself is true."""

import anyio
import pytest
from aragora.receipts.proof import Checkpoint
from aragora_server.app import build_app
from aragora_server.debates.tables import debates
from aragora_server.gauges import looks
from aragora_server.kernel import telemetry
from aragora_server.kernel.drain import Drain
from aragora_server.receipts.log.tables import checkpoints
from aragora_server.services import build_services
from aragora_server.settings import Settings
from aragora_server.system.model import NotReady, Probe
from aragora_server.system.service import Readiness, disk, works
from sqlalchemy import insert

from tests.debate_rows import debate_row
from tests.fixtures import ClientFor

pytestmark = pytest.mark.anyio


async def test_health_needs_no_key_and_no_database(tmp_path):
    gone = Settings.from_env({"HOME": str(tmp_path), "ARAGORA_DATABASE_URL": "sqlite:////no/a.db"})
    services = build_services(gone)

    async with ClientFor(services, build_app(services)).with_key(None) as stranger:
        assert (await stranger.get("/healthz")).json() == {"status": "ok"}


async def test_a_ready_server_shows_what_it_checked(stranger, settings):
    answer = await stranger.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] in ("ready", "degraded")
    names = [check["name"] for check in answer.json()["checks"]]
    peers = [] if settings.is_embedded else ["redis", "workers"]
    assert names == ["database", "schema", "signing_key", "log", "disk", "debates", *peers]


async def test_debates_that_nobody_runs_degrade_a_server_that_still_serves(stranger, services):
    async with services.db.begin() as tx:
        await tx.execute(insert(debates).values(debate_row("running", "gone")))

    answer = await stranger.get("/readyz")

    checks = {check["name"]: check for check in answer.json()["checks"]}
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert checks["debates"]["status"] == "degraded"
    assert checks["debates"]["detail"] == "1 that nobody runs"


async def test_a_server_whose_log_is_not_what_was_signed_is_not_ready(stranger, services):
    signer = services.receipts.seal.log_signer("2026")
    note = signer.sign(Checkpoint(signer.origin, 1, bytes(32)).text)
    async with services.db.begin() as tx:
        await tx.execute(insert(checkpoints).values(shard="2026", size=1, note=note))

    answer = await stranger.get("/readyz")
    for look in looks(services):
        await look.see()

    failed = [check["name"] for check in answer.json()["checks"] if check["status"] == "failed"]
    assert (answer.status_code, failed) == (503, ["log"])
    assert b"aragora_log_stands_still 1.0" in telemetry.exposition()


async def test_a_stopping_server_is_not_ready(stranger, services):
    services.drain.begin()

    answer = await stranger.get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert answer.json()["checks"][-1]["name"] == "shutdown"
    assert answer.headers["retry-after"] == "5"


async def test_all_who_ask_while_one_looks_share_the_next_look():
    """Strangers may ask without end, and none of them is told what was true before he came."""
    looks, gate = [], anyio.Event()

    async def look():
        looks.append(None)
        await gate.wait()
        return "ok", f"look {len(looks)}"

    readiness = Readiness((Probe(name="slow", look=look),), Drain())
    told = []

    async def ask():
        told.append((await readiness.findings())[0].detail)

    async with anyio.create_task_group() as group:
        group.start_soon(ask)
        await anyio.wait_all_tasks_blocked()
        for _ in range(50):
            group.start_soon(ask)
        await anyio.wait_all_tasks_blocked()
        gate.set()

    assert sorted(told) == ["look 1", *["look 2"] * 50]


async def test_a_schema_that_is_not_at_head_is_not_ready(stranger, services):
    from sqlalchemy import text

    async with services.db.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    answer = await stranger.get("/readyz")

    failed = [check["name"] for check in answer.json()["checks"] if check["status"] == "failed"]
    assert answer.status_code == 503
    assert failed == ["schema"]


async def test_a_lost_table_is_not_ready(stranger, services):
    from sqlalchemy import text

    async with services.db.begin() as tx:
        await tx.execute(text("ALTER TABLE debates RENAME TO gone"))

    answer = await stranger.get("/readyz")

    assert answer.status_code == 503
    assert "gone" not in answer.text


async def test_meta_tells_version_and_limits(stranger, settings):
    meta = (await stranger.get("/v1/meta")).json()

    assert meta["name"] == "aragora"
    assert meta["limits"]["max_body_bytes"] == settings.max_body_bytes
    assert meta["limits"]["max_page_size"] == 200
    assert {protocol["id"] for protocol in meta["protocols"]} >= {"escalate", "independent_vote"}


async def test_the_document_is_the_contract(stranger):
    from aragora_server.contract.operations import ERRORS, OPERATIONS

    document = (await stranger.get("/v1/openapi.json")).json()

    ids = {op["operationId"] for item in document["paths"].values() for op in item.values()}
    assert ids == set(OPERATIONS)
    assert set(document["x-error-codes"]) == set(ERRORS)


async def test_every_doc_url_leads_into_the_document(stranger):
    problem = (await stranger.get("/nowhere")).json()
    path, _, fragment = problem["doc_url"].partition("#")

    found = (await stranger.get(path)).json()
    for part in fragment.removeprefix("/").split("/"):
        found = found[part]

    assert found["status"] == 404


async def test_a_check_that_hangs_has_failed(monkeypatch):
    import anyio
    from aragora_server.system import service

    monkeypatch.setattr(service, "PATIENCE_S", 0.05)
    hanging = Probe(name="slow", look=works(lambda: anyio.sleep(5)))

    with pytest.raises(NotReady):
        await Readiness((hanging,), Drain()).findings()


@pytest.mark.parametrize(("free", "status"), [(50, "ok"), (8, "degraded"), (3, "failed")])
async def test_a_full_disk_is_noticed(monkeypatch, tmp_path, free, status):
    from collections import namedtuple

    from aragora_server.system import service

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(service.shutil, "disk_usage", lambda _: usage(100, 100 - free, free))

    assert (await disk(tmp_path)())[0] == status


async def test_a_degraded_server_still_serves():
    from aragora_server.system.routes import SystemRoutes

    async def low():
        return "degraded", "8% free"

    routes = SystemRoutes(
        readiness=Readiness((Probe(name="disk", look=low),), Drain()),
        about=None,
        document=None,
        metrics=None,
    )

    assert (await routes.get_readiness()).status == "degraded"
