"""A server process of its own for every test, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Installation


@pytest.fixture
def server(
    request: pytest.FixtureRequest, dialect: str, tmp_path: Path, empty_database_url: str
) -> Iterator[Installation]:
    """Not started yet, so that a test may set something first."""
    settings = {"ARAGORA_DATABASE_URL": empty_database_url}
    if dialect == "postgres":
        settings["ARAGORA_REDIS_URL"] = request.getfixturevalue("redis_url")
    server = Installation(tmp_path, settings)
    yield server
    server.stop()
