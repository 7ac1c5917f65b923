"""A stage of its own for every test of debates."""

from __future__ import annotations

from pathlib import Path

import pytest
from aragora_server.kernel.db import Database

from tests.stage import Stage, stage_on


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Stage:
    return stage_on(database, tmp_path / "keys")
