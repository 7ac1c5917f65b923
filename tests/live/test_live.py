"""A real language model debates a real question through the REST API. Run by `nox -s live`."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live.model_server import ALIAS, Witness, model_server, witnessed
from tests.serving import Server, wait_for_end

QUESTION = "Should a small team write its tests before its code?"
MODEL = f"openai_compatible:{ALIAS}"
# The model is small: three short answers are what it can do.
AGENTS = [
    {"model": MODEL, "name": name, "temperature": temperature, "max_output_tokens": 200}
    for name, temperature in (("calm", "0"), ("curious", "0.4"), ("bold", "0.8"))
]


@pytest.fixture(scope="module")
def witness() -> Iterator[Witness]:
    with model_server() as url, witnessed(url) as witness:
        yield witness


@pytest.fixture(scope="module")
def server(witness: Witness, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"ARAGORA_OPENAI_COMPATIBLE_BASE_URL": witness.url}
    server = Server(tmp_path_factory.mktemp("live"), settings)
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def debate(server: Server) -> dict[str, Any]:
    body = {
        "question": QUESTION,
        "agents": AGENTS,
        "protocol": "independent_vote",
        "deadline_s": 1200,
        "seed": 7,
    }
    client = server.client()
    opened = client.post("/v1/debates", json=body)
    assert opened.status_code == 202, opened.text
    return wait_for_end(client, opened.json()["id"], within_s=1200)


@pytest.fixture(scope="module")
def receipt(
    server: Server, debate: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    bundle = server.client().get(f"/v1/receipts/{debate['receipt_id']}/bundle")
    path = tmp_path_factory.mktemp("receipt") / "receipt.json"
    path.write_bytes(bundle.content)
    return path


def test_the_debate_concludes_with_a_receipt(debate: dict[str, Any]) -> None:
    assert debate["status"] == "concluded"
    assert debate["receipt_id"] is not None


def test_the_model_really_spoke(server: Server, debate: dict[str, Any]) -> None:
    transcript = server.client().get(f"/v1/debates/{debate['id']}/transcript").json()

    said = [argument["text"] for round_ in transcript["rounds"] for argument in round_["arguments"]]
    assert any(said), transcript


def test_the_receipt_holds_the_models_own_token_counts(
    witness: Witness, debate: dict[str, Any], receipt: Path
) -> None:
    usage = debate["usage"]
    claimed = claimed_by(receipt)

    assert witness.prompt_tokens > 0
    assert len(witness.requests) == usage["calls"]
    assert sum(agent["output_tokens"] for agent in claimed) == witness.completion_tokens
    assert witness.prompt_tokens == sum(
        agent["input_tokens"] + agent["cache_read_tokens"] + agent["cache_write_tokens"]
        for agent in claimed
    )
    assert not any(agent["estimated"] for agent in claimed)


def test_the_receipt_names_the_model_that_answered(receipt: Path) -> None:
    (model,) = {one["model"] for one in predicate_of(receipt)["participants"]}

    assert model.endswith(ALIAS)


def test_the_command_line_accepts_the_receipt(server: Server, receipt: Path) -> None:
    settings = {"ARAGORA_CREDENTIALS": str(server.home / "credentials.json"), "PATH": ""}

    done = subprocess.run(
        [sys.executable, "-m", "aragora", "verify", str(receipt)],
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "VERIFIED" in done.stdout


def predicate_of(receipt: Path) -> dict[str, Any]:
    envelope = json.loads(receipt.read_text())["dsse"]
    statement: dict[str, Any] = json.loads(base64.b64decode(envelope["payload"]))
    predicate: dict[str, Any] = statement["predicate"]
    return predicate


def claimed_by(receipt: Path) -> list[dict[str, Any]]:
    agents: list[dict[str, Any]] = predicate_of(receipt)["cost"]["agents"]
    return agents
