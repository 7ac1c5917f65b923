"""From a question to a receipt that anybody can verify, with the published client only."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from aragora import Aragora, AsyncAragora, PaymentRequired
from aragora.receipts import PinnedKeys, verify

from tests.fixtures import ONLY_EMBEDDED
from tests.serving import Installation, Server

MEMO = Path(__file__).parents[2] / "examples" / "decision-memo.md"
QUESTION = "Which database should the server use when nothing is configured?"
OPTIONS = [
    {"id": "sqlite", "label": "SQLite in the data directory"},
    {"id": "postgresql", "label": "PostgreSQL from the first day"},
]
DOCUMENTS = [{"name": MEMO.name, "media_type": "text/markdown", "text": MEMO.read_text("utf-8")}]


def key_of(server: Server) -> str:
    return str(json.loads((server.home / "credentials.json").read_text())["api_key"])


def keys_of(server: Server) -> PinnedKeys:
    """The keys that the client pinned at the server's first start."""
    known = json.loads((server.home / "credentials.json").read_text())["receipt_keys"]
    return PinnedKeys.of({"issuer": server.url, "keys": known})


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One process for all of these tests: they only add to what it has."""
    settings = {"ARAGORA_SCRIPTED_PACE_S": "0.05"}
    if request.param == "postgres":
        if os.environ.get(ONLY_EMBEDDED) == "1":
            pytest.skip(f"{ONLY_EMBEDDED}=1")
        postgres = request.getfixturevalue("postgres")
        settings["ARAGORA_DATABASE_URL"] = postgres.url(postgres.create(template="template1"))
        settings["ARAGORA_REDIS_URL"] = request.getfixturevalue("redis_server").url()
    server = Installation(tmp_path_factory.mktemp("server"), settings)
    yield server.start()
    server.stop()


@pytest.fixture
def client(server: Server) -> Iterator[Aragora]:
    with Aragora(base_url=server.url, api_key=key_of(server)) as client:
        yield client


def test_a_question_becomes_a_receipt_that_verifies_offline(
    server: Server, client: Aragora
) -> None:
    run = client.debates.start(
        question=QUESTION, options=OPTIONS, documents=DOCUMENTS, max_cost_usd="1"
    )
    with run.events() as stream:
        events = list(stream)
    debate = run.wait(timeout_s=60)
    bundle = run.receipt().content

    result = verify(bundle, keys=keys_of(server))

    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert (events[0].type, events[-1].type) == ("debate.created", "receipt.issued")
    assert debate.status == "concluded"
    assert debate.verdict is not None
    assert debate.verdict.option_id in ("sqlite", "postgresql", None)
    assert debate.usage.calls >= 2
    assert float(debate.usage.cost_usd) <= 1
    assert result.verdict == "verified"
    found = {check.name: check.result for check in result.checks}
    assert [found[name] for name in ("leaf", "inclusion", "checkpoint")] == ["pass"] * 3


@pytest.mark.parametrize("length", [b"", b"Content-Length: 0\r\n"])
def test_a_verification_without_a_body_is_answered_at_once(server: Server, length: bytes) -> None:
    """No body, whether that is said or not, is nothing to wait for."""
    address = urlsplit(server.url)
    kind = b"Content-Type: application/vnd.aragora.receipt-bundle+json\r\n"
    head = b"POST /v1/receipts/verify HTTP/1.1\r\nHost: aragora\r\n" + kind + length

    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head + b"\r\n")
        answer = connection.recv(65536)

    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 422 "))


def test_a_receipt_says_what_the_debate_said(server: Server, client: Aragora) -> None:
    debate = client.debates.run(question=QUESTION, options=OPTIONS, documents=DOCUMENTS)

    receipt = client.receipts.get(str(debate.receipt_id))

    assert receipt.debate_id == debate.id
    assert receipt.question == QUESTION
    assert receipt.protocol == debate.protocol
    assert receipt.verdict == debate.verdict
    assert receipt.dissents == debate.dissents
    assert receipt.usage == debate.usage


@pytest.mark.parametrize("transport", ["sse", "websocket"])
def test_a_stream_that_is_left_is_taken_up_where_it_was(client: Aragora, transport: str) -> None:
    run = client.debates.start(question=QUESTION, options=OPTIONS)
    first = []
    with run.events(transport=transport) as stream:  # type: ignore[arg-type]
        for event in stream:
            first.append(event)
            if len(first) == 7:
                break

    with run.events(after=first[-1].seq, transport=transport) as stream:  # type: ignore[arg-type]
        rest = list(stream)

    seen = [event.seq for event in (*first, *rest)]
    assert seen == list(range(1, run.refresh().last_seq + 1))


def test_a_debate_can_be_cancelled(client: Aragora, server: Server) -> None:
    run = client.debates.start(
        question=QUESTION,
        agents=[{"model": "scripted:slow", "name": name} for name in ("a", "b", "c")],
    )

    run.cancel()

    with run.events() as stream:
        last = list(stream)[-1]
    assert last.type in ("debate.cancelled", "receipt.issued")
    assert run.refresh().status in ("cancelled", "concluded")


def test_a_debate_that_nobody_can_pay_for_is_refused(client: Aragora) -> None:
    budget = client.budgets.create(name="almost nothing", limit_usd="0.000001")

    with pytest.raises(PaymentRequired) as refusal:
        client.debates.create(question=QUESTION)

    client.budgets.delete(budget.id)
    assert refusal.value.code == "budget_exceeded"


@pytest.mark.anyio
async def test_the_async_client_does_the_same(server: Server) -> None:
    async with AsyncAragora(base_url=server.url, api_key=key_of(server)) as client:
        run = await client.debates.start(question=QUESTION)
        async with run.events() as stream:
            types = [event.type async for event in stream]
        bundle = (await run.receipt(timeout_s=60)).content

    assert types[-1] == "receipt.issued"
    assert verify(bundle, keys=keys_of(server)).verdict == "verified"
