"""What the commands say when they cannot do their work, and what they list."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from pathlib import Path

import attrs
import httpx2
import pytest
from aragora_server.__main__ import main
from aragora_server.cli import _with_port, serve
from aragora_server.contract.operations import OPERATIONS
from aragora_server.datadir import DataDir, DataDirInUse
from aragora_server.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ARAGORA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ARAGORA_CREDENTIALS", str(tmp_path / "credentials.json"))
    return tmp_path


def test_a_wrong_setting_ends_the_start(monkeypatch, capsys):
    monkeypatch.setenv("ARAGORA_DRAIN_S", "soon")

    assert serve([]) == 2
    assert "ARAGORA_DRAIN_S" in capsys.readouterr().err


def test_a_taken_port_ends_the_start(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert serve(["--port", str(taken.getsockname()[1])]) == 2

    assert "Address already in use; --port takes another" in capsys.readouterr().err


def test_a_data_directory_that_is_a_file_ends_the_start(home, capsys):
    home.mkdir(exist_ok=True)
    (home / "file").write_text("")

    assert serve(["--port", "0", "--data-dir", str(home / "file")]) == 2
    assert capsys.readouterr().err == f"aragora serve: {home / 'file'}: File exists\n"


def test_a_held_data_directory_ends_the_start(home, capsys):
    with DataDir(home / "data"):
        assert serve(["--port", "0"]) == 2

    assert f"pid {os.getpid()}" in capsys.readouterr().err


def test_a_data_directory_is_free_again_after_its_holder(home):
    with DataDir(home / "data"), pytest.raises(DataDirInUse), DataDir(home / "data"):
        pass
    with DataDir(home / "data"):
        assert (home / "data" / "server.lock").read_text() == str(os.getpid())


def test_serving_starts_tells_and_stops(capsys):
    """In this process, so that a signal reaches it as it would in a terminal."""

    def stop_when_it_serves() -> None:
        for _ in range(200):
            time.sleep(0.05)
            said = capsys.readouterr().out
            if "listens on" in said:
                told.append(said)
                url = said.split("listens on ")[1].split()[0]
                told.append(httpx2.get(f"{url}/healthz").text)
                break
        os.kill(os.getpid(), signal.SIGTERM)

    told: list[str] = []
    watcher = threading.Thread(target=stop_when_it_serves)
    watcher.start()
    code = serve(["--host", "127.0.0.1", "--port", "0"])
    watcher.join()

    assert code == 0
    assert "API key, shown this once: ara_" in told[0]
    assert told[1] == '{"status":"ok"}'


@pytest.mark.parametrize(
    ("host", "public_url", "told"),
    [
        ("127.0.0.1", None, "http://127.0.0.1:{port}"),
        ("0.0.0.0", None, "http://127.0.0.1:{port}"),
        ("127.0.0.1", "https://aragora.example", "https://aragora.example"),
    ],
)
def test_clients_are_told_an_address_that_they_can_reach(host, public_url, told):
    given = {"HOME": "/srv", "ARAGORA_HOST": host, "ARAGORA_PORT": "0"}
    settings = Settings.from_env(given | ({"ARAGORA_PUBLIC_URL": public_url} if public_url else {}))
    with socket.socket() as listener:
        listener.bind((host, 0))
        port = listener.getsockname()[1]

        known = _with_port(settings, listener)

    assert known.public_url == told.format(port=port)
    assert known.port == port
    assert attrs.evolve(known, port=0, public_url=settings.public_url) == settings


def test_the_routes_are_the_operations(capsys):
    assert main(["routes", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert main(["routes"]) == 0
    shown = capsys.readouterr().out

    assert {entry["operation"] for entry in listed} == set(OPERATIONS)
    assert all(operation in shown for operation in OPERATIONS)


@pytest.mark.parametrize("argv", [[], ["dance"]])
def test_an_unknown_command_is_answered_with_the_usage(argv, capsys):
    assert main(argv) == 2
    assert "usage" in capsys.readouterr().err


def test_serve_is_a_command_of_the_module_too(monkeypatch):
    monkeypatch.setenv("ARAGORA_PORT", "no")

    assert main(["serve"]) == 2
