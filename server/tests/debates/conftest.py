"""A stage of its own for every test of debates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aragora_server.kernel.db import Database

from tests.stage import Stage, stage_on


@pytest.fixture
async def stage(database: Database, tmp_path: Path) -> AsyncIterator[Stage]:
    stage = stage_on(database, tmp_path / "keys")
    await stage.heartbeat.start()
    async with stage.stream.hub.open():
        yield stage
