"""One real server for all tests that need a socket: the CLI and the synchronous client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), {"ARAGORA_WEBHOOK_TARGETS": "any"}).start()
    yield server
    server.stop()


@pytest.fixture
def signed_in(server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The environment of somebody who started the server on this machine."""
    for name in ("ARAGORA_API_KEY", "ARAGORA_BASE_URL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    path = server.home / "credentials.json"
    monkeypatch.setenv("ARAGORA_CREDENTIALS", str(path))
    return path
