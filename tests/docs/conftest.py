"""A real server process, as a newcomer starts it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from tests.serving import free_port


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory):
    """The environment of somebody who ran `aragora serve` and nothing else."""
    home = tmp_path_factory.mktemp("newcomer")
    port = free_port()
    scripts = str(Path(sys.executable).parent)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ARAGORA_")},
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "ARAGORA_DATA_DIR": str(home / "data"),
        "ARAGORA_CREDENTIALS": str(home / "credentials.json"),
        "ARAGORA_BASE_URL": f"http://127.0.0.1:{port}",
        "NO_COLOR": "1",
    }
    log = (home / "server.log").open("w")
    command = [shutil.which("aragora", path=scripts), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(300):
            assert server.poll() is None, (home / "server.log").read_text()
            try:
                if httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    break
            except httpx2.TransportError:
                time.sleep(0.1)
        credentials = json.loads((home / "credentials.json").read_text())
        environment["ARAGORA_API_KEY"] = credentials["api_key"]
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=15)
        log.close()
