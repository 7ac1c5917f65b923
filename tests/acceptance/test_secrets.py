"""Every secret is planted, every fault that might tell it is provoked, and all output is read."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.fault_server import FaultServer, answer
from tests.serving import Program, Server, everything, wait_for_end

METRICS_TOKEN = "planted-metrics-token"
PROVIDER_KEY = "planted provider key"
OTHER_KEY = "-".join(("sk", "planted", "0123456789abcdef"))
PASSWORD = "planted-password"
STRANGERS_KEY = "ara_" + "planted0123456789"
PEM = "\n".join(f"-----{edge} PRIVATE KEY-----" for edge in ("BEGIN", "END"))
PEM = PEM.replace("\n", "\nplanted+private+key\n")
PLANTED = (METRICS_TOKEN, PROVIDER_KEY, OTHER_KEY, PASSWORD, STRANGERS_KEY, "planted+private")

TALKATIVE = answer(
    json.dumps({"error": {"message": f"no: Bearer {PROVIDER_KEY} {OTHER_KEY} {PEM}"}}).encode(),
    status=b"500 Internal Server Error",
)


@pytest.fixture
def provider() -> Iterator[FaultServer]:
    with FaultServer(TALKATIVE) as server:
        yield server


def planted(url: str) -> str:
    """The same URL with our password in it."""
    scheme, _, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    return f"{scheme}://{user}:{PASSWORD}@{place if at else rest}"


def test_no_secret_is_in_anything_that_a_server_writes(server: Server, provider) -> None:
    server.settings |= {
        "ARAGORA_LOG_LEVEL": "debug",
        "ARAGORA_METRICS_TOKEN": METRICS_TOKEN,
        "ARAGORA_OPENAI_COMPATIBLE_BASE_URL": f"{provider.url}/v1",
        "ARAGORA_OPENAI_COMPATIBLE_API_KEY": PROVIDER_KEY,
        "MISTRAL_API_KEY": OTHER_KEY,
    }
    for name in ("ARAGORA_DATABASE_URL", "ARAGORA_REDIS_URL"):
        if not server.settings.get(name, "sqlite:").startswith("sqlite:"):
            server.settings[name] = planted(server.settings[name])
    client = server.start().client()

    told = [one.text for one in refusals(client)]
    told.append(debate_with_a_provider_that_tells_all(client))
    told.append(metrics(server))
    server.stop()

    output = "\n".join([*told, *logs(server)])
    secrets = (*PLANTED, server.api_key, *signing_keys(server))
    assert [secret for secret in secrets if secret in output] == []
    assert "[redacted]" in output


def refusals(client: httpx2.Client) -> Iterator[httpx2.Response]:
    """Requests that hold a secret where none belongs."""
    stranger = {"authorization": f"Bearer {STRANGERS_KEY}"}
    yield client.get("/v1/account", headers=stranger)
    yield client.get("/v1/account", headers={"authorization": STRANGERS_KEY})
    yield client.get("/v1/debates", params={"cursor": STRANGERS_KEY})
    yield client.get("/v1/debates", params={"status": f"Bearer {STRANGERS_KEY}"})
    yield client.post("/v1/debates", json={"question": "?", "seed": f"password={PASSWORD}"})
    yield client.post("/v1/debates", content=b'{"api_key": "' + STRANGERS_KEY.encode())
    yield client.get("/metrics", headers={"authorization": f"Bearer {METRICS_TOKEN}x"})
    yield client.get("/metrics", headers=stranger)


def debate_with_a_provider_that_tells_all(client: httpx2.Client) -> str:
    agents = [{"model": "openai_compatible:any", "name": f"a{n}"} for n in range(3)]
    asked: dict[str, Any] = {"question": "Ship?", "agents": agents, "seed": 7}
    opened = client.post("/v1/debates", json=asked)
    assert opened.status_code == 202, opened.text
    debate = wait_for_end(client, opened.json()["id"])
    events = everything(client, f"/v1/debates/{debate['id']}/events")
    assert "agent.failed" in {event["type"] for event in events}, events
    return json.dumps([debate, events])


def metrics(server: Server) -> str:
    headers = {"authorization": f"Bearer {METRICS_TOKEN}"}
    seen = httpx2.get(f"{server.url}/metrics", headers=headers)
    assert seen.status_code == 200
    return seen.text


def logs(server: Program) -> Iterator[str]:
    """All that was written, but for the one line that shows the first key on purpose."""
    for path in server.home.glob("*.log"):
        lines = path.read_text().splitlines()
        yield "\n".join(line for line in lines if "shown this once" not in line)


def signing_keys(server: Program) -> Iterator[str]:
    for path in Path(server.home / "data/keys").glob("*.json"):
        yield json.loads(path.read_text())["private_key"]


@contextlib.contextmanager
def database_that_refuses() -> Iterator[int]:
    """As PostgreSQL says it, with more in its message than it would say itself."""
    told = f"password authentication failed: password={PASSWORD}".encode()
    fields = b"SFATAL\0VFATAL\0C28P01\0M" + told + b"\0\0"
    refusal = b"E" + struct.pack("!i", len(fields) + 4) + fields
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    while (asked := connection.recv(1024)) and len(asked) == 8:
                        connection.sendall(b"N")  # no TLS
                    connection.sendall(refusal)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=5)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_wrong_password_of_the_database_is_not_told(tmp_path: Path, command: str) -> None:
    with database_that_refuses() as port:
        url = f"postgresql://aragora:{PASSWORD}@127.0.0.1:{port}/aragora?sslmode=disable"
        settings = {"ARAGORA_DATABASE_URL": url, "ARAGORA_PORT": "0"}
        program = Program(tmp_path, settings, command=(command,))
        program.launch()
        assert program.process is not None
        try:
            code = program.process.wait(timeout=60)
        finally:
            program.stop()

    assert code != 0
    assert "password authentication failed" in program.log
    assert PASSWORD not in program.log
