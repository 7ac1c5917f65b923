"""`aragora serve`: usable at once, private, held once, and gone when asked."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import httpx2
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

ASK = {
    "question": "Ship on Friday?",
    "agents": [{"model": "scripted:slow"}, {"model": "scripted:careful"}],
    "protocol": "independent_vote",
}


@attrs.define
class Process:
    home: Path
    running: subprocess.Popen[str] | None = None
    told: dict[str, str] = attrs.field(factory=dict)
    env: dict[str, str] = attrs.field(factory=dict)

    def start(self, *options: str) -> Process:
        self.close()
        own = {
            "ARAGORA_DATA_DIR": str(self.home / "data"),
            "ARAGORA_CREDENTIALS": str(self.home / "credentials.json"),
            "ARAGORA_DRAIN_S": "0.2",
        }
        self.running = subprocess.Popen(
            [sys.executable, "-m", "aragora_server", "serve", "--json", "--port", "0", *options],
            env={**os.environ, **own, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.running.stdout.readline()
        self.told = json.loads(line) if line else {}
        return self

    def stop(self, sent: int = signal.SIGTERM) -> int:
        self.running.send_signal(sent)
        return self.running.wait(timeout=20)

    @property
    def url(self) -> str:
        return self.told["url"]

    @property
    def credentials(self) -> dict[str, object]:
        return json.loads((self.home / "credentials.json").read_text())

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.credentials['api_key']}"}

    def close(self) -> None:
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait()
        for pipe in (self.running.stdout, self.running.stderr) if self.running else ():
            pipe.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    process.close()


def test_a_first_start_makes_everything_and_tells_the_key_once(process):
    process.start()
    first = process.told

    account = httpx2.get(f"{process.url}/v1/account", headers=process.headers)
    stopped = process.stop()
    process.start()

    assert account.status_code == 200
    assert account.json()["workspace"]["name"] == "default"
    assert first["api_key"] == process.credentials["api_key"]
    assert {key["kind"] for key in process.credentials["receipt_keys"]} == {"receipt", "log"}
    assert stopped == 0
    assert "api_key" not in process.told


def test_what_is_private_is_readable_by_its_owner_only(process):
    process.start()

    data = process.home / "data"
    assert mode(data) == 0o700
    assert mode(process.home / "credentials.json") == 0o600
    assert {mode(key) for key in (data / "keys").iterdir()} == {0o600}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_second_start_on_another_port_moves_the_credentials_along(process):
    process.start()
    key = process.credentials["api_key"]
    process.stop()

    process.start()

    assert process.credentials == process.credentials | {"base_url": process.url, "api_key": key}


def test_credentials_of_another_server_are_left_alone(process):
    process.start()
    process.stop()
    foreign = {"base_url": "https://elsewhere.example", "api_key": "ara_other"}
    (process.home / "credentials.json").write_text(json.dumps(foreign))

    process.start()

    assert process.credentials == foreign


def test_a_second_server_on_the_same_data_is_refused_by_pid(process):
    process.start()
    second = Process(process.home).start()

    code = second.running.wait(timeout=20)
    said = second.running.stderr.read()
    second.close()

    assert code == 2
    assert f"pid {process.running.pid}" in said
    assert httpx2.get(f"{process.url}/healthz").status_code == 200


def test_a_port_in_use_is_said_at_once(process):
    process.start()
    port = process.url.rsplit(":", 1)[1]
    other = Process(process.home / "other").start("--port", port)

    code = other.running.wait(timeout=20)
    said = other.running.stderr.read()
    other.close()

    assert code == 2
    assert port in said
    assert not (process.home / "other" / "data").exists()


def test_a_wrong_setting_is_named(process):
    process.env = {"ARAGORA_RATE_LIMIT_PER_MINUTE": "many"}
    process.start()

    assert process.running.wait(timeout=20) == 2
    assert "ARAGORA_RATE_LIMIT_PER_MINUTE must be a number" in process.running.stderr.read()


def test_a_key_file_that_others_can_read_is_refused(process):
    process.start()
    process.stop()
    next((process.home / "data" / "keys").iterdir()).chmod(0o644)

    process.start()

    assert process.running.wait(timeout=20) == 2
    assert "chmod 600" in process.running.stderr.read()


def test_a_killed_server_leaves_nothing_locked(process):
    process.start()
    process.stop(signal.SIGKILL)

    process.start()

    assert httpx2.get(f"{process.url}/readyz").status_code == 200


def test_a_signal_ends_streams_and_the_server(process):
    process.env = {"ARAGORA_SCRIPTED_SLOW_S": "30"}
    process.start()
    debate = httpx2.post(f"{process.url}/v1/debates", json=ASK, headers=process.headers).json()
    path = f"/v1/debates/{debate['id']}/events"
    socket_url = process.url.replace("http", "ws") + f"{path}/socket"

    with (
        connect(socket_url, additional_headers=process.headers) as socket,
        httpx2.stream("GET", f"{process.url}{path}/stream", headers=process.headers) as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        assert json.loads(socket.recv())["type"] == "debate.created"
        began = time.monotonic()
        process.running.send_signal(signal.SIGTERM)
        with pytest.raises(ConnectionClosed) as closed:
            read_all(socket)
        list(lines)
        assert process.running.wait(timeout=20) == 0

    assert closed.value.rcvd.code == 1012
    assert time.monotonic() - began < 10


def read_all(socket: ClientConnection) -> None:
    while True:
        socket.recv()


def test_a_second_signal_ends_it_at_once(process):
    process.env = {"ARAGORA_SCRIPTED_SLOW_S": "30", "ARAGORA_DRAIN_S": "30"}
    process.start()
    httpx2.post(f"{process.url}/v1/debates", json=ASK, headers=process.headers)
    time.sleep(0.3)
    process.running.send_signal(signal.SIGTERM)
    time.sleep(0.5)

    began = time.monotonic()
    code = process.stop()

    assert time.monotonic() - began < 5
    assert code != 0


def test_both_websocket_refusals_reach_the_client(process):
    process.start()
    missing = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
    url = process.url.replace("http", "ws") + f"/v1/debates/{missing}/events/socket"

    codes = []
    for headers in (process.headers, {}):
        with connect(url, additional_headers=headers) as socket:
            with pytest.raises(ConnectionClosed) as closed:
                socket.recv()
            codes.append(closed.value.rcvd.code)

    assert codes == [4404, 4401]


def test_the_routes_command_lists_what_is_served():
    from aragora_server.contract.operations import OPERATIONS

    command = [sys.executable, "-m", "aragora_server", "routes"]
    listed = json.loads(subprocess.check_output([*command, "--json"]))
    shown = subprocess.check_output(command, text=True)

    assert {entry["operation"] for entry in listed} == set(OPERATIONS)
    assert len(shown.splitlines()) == len(OPERATIONS)


def test_an_unknown_command_is_explained():
    command = [sys.executable, "-m", "aragora_server"]
    done = subprocess.run([*command, "dance"], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "usage" in done.stderr


def test_the_database_is_nobody_elses_to_read_wherever_it_is_put(tmp_path):
    tmp_path.chmod(0o755)
    database = tmp_path / "elsewhere.db"
    process = Process(tmp_path, env={"ARAGORA_DATABASE_URL": f"sqlite:///{database}"}).start()

    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("elsewhere.db*")}
    process.close()

    assert modes == {0o600}
