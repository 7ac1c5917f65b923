"""What a server does in the background, with nobody asking."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.idempotency import idempotency_records
from aragora_server.kernel.outbox import jobs
from aragora_server.lifecycle import running
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings
from sqlalchemy import func, insert, select, update

from tests import backlog
from tests.backlog import Firm
from tests.money import money_on

pytestmark = pytest.mark.anyio

PAGE = Path(__file__).parents[3] / "docs/operate/running.md"


def kinds_of(services: Services) -> set[str]:
    return set(services.job_loop.kinds)


async def until_done(services: Services) -> None:
    """Each periodic kind has been done once."""
    periodic = {name for name, kind in services.job_loop._shop.kinds.items() if kind.every_s}
    done = select(jobs.c.kind).where(jobs.c.state == "done")
    with anyio.fail_after(30):
        while True:
            async with services.db.read() as r:
                if set((await r.execute(done)).scalars()) >= periodic:
                    return
            await anyio.sleep(0.02)


async def test_a_server_clears_up_after_the_dead_and_the_past(settings: Settings) -> None:
    db = Database(settings.database_url)
    money = money_on(db)
    money.time.moment = system_clock() - timedelta(hours=1)
    budget = await money.budget(100)
    await money.sent(*await money.reserve(30))
    old = system_clock() - timedelta(days=2)
    firm = Firm(db=db)
    done = await firm.record()
    async with db.begin() as tx:
        past = {"state": "done", "done_at": old}
        await tx.execute(update(jobs).where(jobs.c.id == done).values(past))
        expired = {"id": "x", "request_sha256": "x", "owner": "x", "lease_ends_at": old}
        await tx.execute(insert(idempotency_records).values(**expired, made_id="x", expires_at=old))

    services = build_services(settings)
    async with running(services):
        await until_done(services)

    async with db.read() as r:
        left = (await r.execute(select(func.count()).select_from(idempotency_records))).scalar()
    assert await money.counters(budget) == (30, 0, 0, 70)
    assert done not in {row.id for row in await firm.rows()}
    assert left == 0
    await db.close()


async def test_a_restart_within_the_period_does_nothing_again(settings: Settings) -> None:
    first = build_services(settings)
    async with running(first):
        await until_done(first)
        async with first.db.read() as r:
            made = set((await r.execute(select(jobs.c.unique_key))).scalars())

    second = build_services(settings)
    async with running(second):
        await anyio.sleep(0.5)
        async with second.db.read() as r:
            keys = list((await r.execute(select(jobs.c.unique_key))).scalars())

    assert len(keys) == len(set(keys))
    assert made <= set(keys)


async def test_a_dead_job_of_a_known_kind_is_done_when_it_is_retried(services: Services) -> None:
    workspace = await services.workspaces.open_workspace("default")
    job_id = await backlog.dead(services.db, kind="sweep_holds")

    await services.jobs.retry(workspace.id, job_id)

    with anyio.fail_after(20):
        while (await services.jobs.get(workspace.id, job_id)).state != "done":
            await anyio.sleep(0.02)


async def test_the_page_on_running_names_each_kind(settings: Settings) -> None:
    services = build_services(settings)

    named = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE.read_text(), re.MULTILINE))

    assert kinds_of(services) <= named
    await services.db.close()
