"""A server process of its own for every test, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server


@pytest.fixture
def server(tmp_path: Path, empty_database_url: str) -> Iterator[Server]:
    """Not started yet, so that a test may set something first."""
    settings = {"ARAGORA_DATABASE_URL": empty_database_url}
    server = Server(tmp_path, settings)
    yield server
    server.stop()
