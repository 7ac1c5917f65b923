"""Much is deleted in small bites."""

from __future__ import annotations

import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.outbox import jobs
from aragora_server.kernel.purge import purge

from tests.backlog import Firm

pytestmark = pytest.mark.anyio


async def test_everything_meant_goes_and_nothing_else(database: Database) -> None:
    firm = Firm(db=database)
    for _ in range(7):
        await firm.record(kind="old")
    kept = await firm.record(kind="new")

    assert await purge(database, jobs, jobs.c.kind == "old", at_once=3) == 7
    assert await purge(database, jobs, jobs.c.kind == "old", at_once=3) == 0
    assert [row.id for row in await firm.rows()] == [kept]
