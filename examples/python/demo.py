"""From a question to a verified receipt on this machine, with nothing prepared.

Starts the server on its embedded default in a folder of its own, lets three scripted agents debate
a memo, shows it live, and verifies the receipt offline. `make demo` runs it.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
CLI = (sys.executable, "-m", "aragora.cli")
QUESTION = "Which database should the reference server use when nothing is configured?"
OPTIONS = (
    "sqlite=SQLite in the data directory",
    "postgresql=PostgreSQL from the first day",
    "both=Both, with SQLite as the default",
)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--pace", type=float, default=0.0, help="seconds each answer takes")
    arguments.add_argument("--folder", type=Path, default=ROOT / "build" / "demo")
    options = arguments.parse_args()
    folder: Path = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    environment = {
        **os.environ,
        "ARAGORA_DATA_DIR": str(folder / "data"),
        "ARAGORA_CREDENTIALS": str(folder / "credentials.json"),
        "ARAGORA_BASE_URL": f"http://127.0.0.1:{port}",
        "ARAGORA_SCRIPTED_PACE_S": str(options.pace),
    }
    environment.pop("ARAGORA_API_KEY", None)
    log_file = folder / "server.log"
    with log_file.open("w") as log:
        command = [*CLI, "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_ready(server, port, log_file)
            return _debate(environment, folder / "receipt.json")
        finally:
            server.terminate()
            server.wait(timeout=15)


def _debate(environment: dict[str, str], receipt: Path) -> int:
    options = [part for option in OPTIONS for part in ("--option", option)]
    memo = ROOT / "examples" / "decision-memo.md"
    debate = [*CLI, "debate", QUESTION, "--document", str(memo), *options]
    debated = subprocess.run(
        [*debate, "--max-cost", "0.50", "--save-receipt", str(receipt)],
        env=environment,
        check=False,
    )
    if debated.returncode:
        return debated.returncode
    verify = [*CLI, "verify", str(receipt)]
    return subprocess.run(verify, env=environment, check=False).returncode


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log_file: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit(f"the server did not start; see {log_file}")
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise SystemExit("the server was not ready within 30 seconds")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
