"""`aragora keys`: an operator rotates and revokes, and readers see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aragora.receipts.bundle import MEDIA_TYPE
from aragora_server.keys_command import keys

from tests.serving import Installation, Server, wait_for_end, wait_for_log

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": "scripted:careful"}, {"model": "scripted:steady"}],
    "protocol": "independent_vote",
}


@pytest.fixture
def server(dialect: str, empty_database_url: str, tmp_path: Path) -> Iterator[Server]:
    settings = {} if dialect == "sqlite" else {"ARAGORA_DATABASE_URL": empty_database_url}
    server = Installation(tmp_path, settings)
    yield server.start()
    server.stop()


def command(server: Server, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aragora_server", "keys", "--json", *words],
        env={**os.environ, **server.environment()},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def done(server: Server, *words: str) -> dict[str, str]:
    """With one process for one file, the server has to stop first."""
    if "ARAGORA_DATABASE_URL" not in server.settings:
        server.terminate()
        found = command(server, *words)
        server.start()
    else:
        found = command(server, *words)
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def decided(server: Server) -> str:
    """A debate's receipt."""
    client = server.client()
    opened = client.post("/v1/debates", json=ASK).json()
    receipt_id = str(wait_for_end(client, opened["id"])["receipt_id"])
    wait_for_log(client, receipt_id)
    return receipt_id


def verdict(server: Server, receipt_id: str) -> tuple[str, str]:
    client = server.client()
    report = client.post(
        "/v1/receipts/verify",
        content=client.get(f"/v1/receipts/{receipt_id}/bundle").content,
        headers={"content-type": MEDIA_TYPE},
    ).json()
    return report["verdict"], report["checks"][2]["detail"].split()[-1]


def test_keys_are_rotated_and_revoked_while_receipts_go_on(server: Server) -> None:
    first = decided(server)
    (old,) = [key for key in done(server, "list")["keys"] if key["kind"] == "receipt"]

    new = done(server, "rotate")["key_id"]
    second = decided(server)
    rotated = [verdict(server, one) for one in (first, second)]
    done(server, "revoke", old["key_id"], "--reason", "key_leaked")
    revoked = [verdict(server, one)[0] for one in (first, second)]

    assert rotated == [("verified", old["key_id"]), ("verified", new)]
    assert revoked == ["failed", "verified"]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_running_server_on_a_file_is_not_disturbed(server: Server) -> None:
    refused = command(server, "rotate")

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "in use" in refused.stderr


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_what_cannot_be_done_is_said_in_a_line(server: Server) -> None:
    server.terminate()

    for words, said in {
        ("revoke", "0" * 64, "--reason", "key_leaked"): "no key 000",
        ("revoke", "0" * 64, "--reason", "x", "--since-receipt", "none"): "no receipt none",
    }.items():
        found = command(server, *words)
        assert (found.returncode, found.stdout, found.stderr.count("\n")) == (2, "", 1)
        assert said in found.stderr


def test_a_reason_is_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        keys(["revoke", "0" * 64, "--reason", "It leaked!"])

    assert "small letters" in capsys.readouterr().err
