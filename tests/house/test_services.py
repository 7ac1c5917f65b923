"""The full mode is always tested, or its absence is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import redis_server
from tests.redis_server import CHOSEN, ServiceMissing, executable

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without any Redis."""
    monkeypatch.delenv(CHOSEN, raising=False)
    monkeypatch.setattr(redis_server, "find_spec", lambda _: None)
    monkeypatch.setattr(redis_server.shutil, "which", lambda _: None)
    return monkeypatch


def test_a_machine_without_redis_fails_the_suite_and_is_named(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(ServiceMissing, match=f"no Redis server for Python .* on {sys.platform}"):
        executable()


def test_what_is_on_the_path_will_do(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(redis_server.shutil, "which", {"valkey-server": "/usr/bin/valkey-server"}.get)

    assert executable() == "/usr/bin/valkey-server"


def test_a_chosen_server_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOSEN, "/opt/redis-server")

    assert executable() == "/opt/redis-server"


def test_leaving_the_full_mode_out_is_asked_for_by_name_and_told_last() -> None:
    tried = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "server/tests/kernel/test_money.py",
         "server/tests/receipts/test_http.py", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**os.environ, "ARAGORA_TEST_EMBEDDED_ONLY": "1"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )  # fmt: skip

    assert tried.returncode == 0, tried.stdout
    assert tried.stdout.strip().splitlines()[-1].startswith("FULL MODE NOT TESTED (")
