"""One debate on a real server, and all that its receipt can be downloaded as."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from aragora.receipts.note import Note
from aragora.receipts.proof import Checkpoint, Proof

from tests.serving import Server, wait_for_end, wait_for_log

QUESTION = "Ship on Friday? — «نعم» 星期五 🚀"
# The header of an Ed25519 key in DER (RFC 8410) stands before its 32 bytes.
DER = bytes.fromhex("302a300506032b6570032100")


@attrs.frozen(kw_only=True)
class Evidence:
    origin: str
    keys: dict[str, Any]
    files: dict[str, bytes]
    newest: dict[str, str]
    """The proof by a later checkpoint, and the steps that show what the log grew by until then."""
    growth: list[str]

    @property
    def key_der(self) -> bytes:
        (key,) = (key for key in self.keys["keys"] if key["kind"] == "receipt")
        return DER + base64.b64decode(key["public_key"])


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    server = Server(tmp_path_factory.mktemp("judged")).start()
    try:
        yield _evidence(server)
    finally:
        server.stop()


def _evidence(server: Server) -> Evidence:
    client = server.client()
    receipt = f"/v1/receipts/{_debated(client)}"
    forms = ("bundle", "pdf", "odr", "html")
    files = {form: client.get(f"{receipt}/{form}").content for form in forms}
    keys = client.get("/.well-known/aragora-keys.json").json()
    size = _size(files["bundle"])
    _debated(client)
    growth = client.get("/v1/log/consistency", params={"from_size": size}).json()
    return Evidence(
        origin=keys["issuer"],
        keys=keys,
        files=files,
        newest=client.get(f"{receipt}/proof").json(),
        growth=growth["proof"],
    )


def _size(bundle: bytes) -> int:
    note = Proof.parse(json.loads(bundle)["tlog_proof"]).note
    return Checkpoint.parse(Note.parse(note).text).size


def _debated(client: Any) -> str:
    """The receipt of a debate, once it is in the log."""
    agents = [{"model": f"scripted:{name}"} for name in ("careful", "steady", "contrarian")]
    options = [{"id": "ship", "label": "Ship"}, {"id": "wait", "label": "等到星期一"}]
    asked = {"question": QUESTION, "agents": agents, "options": options, "seed": 7}
    debate = wait_for_end(client, client.post("/v1/debates", json=asked).json()["id"])
    wait_for_log(client, debate["receipt_id"])
    return str(debate["receipt_id"])


def program(name: str) -> str:
    """The judge's path, or a skip that names it."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine")
    return found


def judge(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """What it says; Python judges are found in the folder that `nox -s judges` puts them in."""
    path = os.environ.get("ARAGORA_JUDGES", "")
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def python_judge(module: str) -> str:
    """The interpreter, when it finds the judge; else a skip that names it."""
    path = os.environ.get("ARAGORA_JUDGES", "")
    if not (Path(path) / module).is_dir() and importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed: nox -s judges")
    return sys.executable
