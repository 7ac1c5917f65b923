"""The clients against the real server: in process for the async one, on loopback for the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aragora import (
    Aragora,
    AsyncAragora,
    NotFound,
    Unauthenticated,
    UnknownEvent,
    read_credentials,
    receipts,
)
from aragora.types import events as ev
from aragora.types.errors import BudgetExceeded, IdempotencyKeyReused, ScopeMissing

pytestmark = pytest.mark.anyio

ASK: dict[str, Any] = {
    "question": "Ship on Friday?",
    "options": [{"id": "ship", "label": "Ship"}, {"id": "wait", "label": "Wait"}],
    "documents": [{"name": "memo.md", "media_type": "text/markdown", "text": "Nobody is on call."}],
    "seed": 7,
}


@pytest.fixture
def client(acme: httpx2.AsyncClient) -> AsyncAragora:
    key = acme.headers["authorization"].removeprefix("Bearer ")
    return AsyncAragora(api_key=key, base_url="http://aragora.test", http_client=acme)


async def test_a_question_becomes_a_receipt_that_verifies(client: AsyncAragora) -> None:
    keys = receipts.PinnedKeys.of((await client.receipts.keys()).to_dict())
    run = await client.debates.start(**ASK)
    seen = [event async for event in run.events()]
    ended = await run.wait(timeout_s=60)
    bundle = await run.receipt()

    assert ended.status == "concluded"
    assert [event.seq for event in seen if not isinstance(event, ev.TokenDeltaEvent)] == list(
        range(1, ended.last_seq + 1)
    )
    assert not any(isinstance(event, UnknownEvent) for event in seen)
    assert receipts.verify(bundle.read(), keys=keys).verdict == "verified"
    report = await client.receipts.verify(bundle.read())
    assert report.verdict == "verified"


async def test_the_log_as_pages_is_the_log_as_a_stream(client: AsyncAragora) -> None:
    debate = await client.debates.run(**ASK, timeout_s=60)

    listed = [event async for event in await client.debates.list_events(debate.id, limit=3)]
    streamed = [event async for event in client.debates.events(debate.id)]

    assert [event.to_dict() for event in listed] == [event.to_dict() for event in streamed]


async def test_reading_goes_on_after_the_last_event_read(client: AsyncAragora) -> None:
    debate = await client.debates.run(**ASK, timeout_s=60)
    first = client.debates.events(debate.id)
    head = [await anext(first) for _ in range(5)]
    await first.close()

    rest = [event async for event in client.debates.events(debate.id, after=first.last_seq)]

    numbers = [event.seq for event in [*head, *rest]]  # type: ignore[union-attr]
    assert numbers == list(range(1, debate.last_seq + 1))


async def test_the_same_key_replays_the_same_debate(client: AsyncAragora) -> None:
    one = await client.debates.create(**ASK, request_options={"idempotency_key": "order-1"})
    two = await client.debates.create(**ASK, request_options={"idempotency_key": "order-1"})

    assert one.id == two.id
    with pytest.raises(IdempotencyKeyReused):
        await client.debates.create(
            question="Another?", request_options={"idempotency_key": "order-1"}
        )


async def test_a_budget_refuses_with_what_is_left(client: AsyncAragora) -> None:
    budget = await client.budgets.create(name="tiny", limit_usd="0.000001")

    with pytest.raises(BudgetExceeded) as caught:
        await client.debates.create(**ASK)

    assert caught.value.remaining_usd == "0.000001"
    assert caught.value.request_id
    assert (await client.budgets.update(budget.id, limit_usd="2")).limit_usd == "2"
    assert [found.name async for found in await client.budgets.list()] == ["tiny"]
    await client.budgets.delete(budget.id)


async def test_keys_are_made_listed_and_revoked(client: AsyncAragora) -> None:
    made = await client.api_keys.create(name="reader", scopes=["debates:read"])
    reader = AsyncAragora(
        api_key=made.key,
        base_url="http://aragora.test",
        http_client=client._sender.transport._client,
    )

    assert made.api_key.id in [key.id async for key in await client.api_keys.list()]
    assert [found async for found in await reader.debates.list()] == []
    with pytest.raises(ScopeMissing) as caught:
        await reader.api_keys.create(name="more", scopes=["debates:read"])
    assert caught.value.required_scopes == ["keys:write"]
    await client.api_keys.revoke(made.api_key.id)
    with pytest.raises(Unauthenticated):
        await reader.debates.list()


async def test_public_operations_need_no_key(app: Any) -> None:
    http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app))
    async with http:
        client = AsyncAragora(base_url="http://aragora.test", http_client=http)
        assert (await client.system.health()).status == "ok"
        assert (await client.system.meta()).api_version == "v1"
        assert (await client.receipts.keys()).keys


async def test_what_is_not_there_is_not_found(client: AsyncAragora) -> None:
    from aragora.types.errors import DebateNotFound

    with pytest.raises(DebateNotFound, match="debate_not_found") as caught:
        await client.debates.get("01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e")

    assert isinstance(caught.value, NotFound)


@pytest.mark.parametrize("transport", ["sse", "websocket"])
def test_a_debate_is_followed_over_a_socket(signed_in: Path, transport: Any) -> None:
    with Aragora() as client:
        run = client.debates.start(**ASK)
        seen = list(run.events(deltas=True, transport=transport))
        ended = run.wait(timeout_s=60)
        bundle = run.receipt().read()

    numbers = [e.seq for e in seen if not isinstance(e, ev.TokenDeltaEvent | ev.HeartbeatEvent)]
    assert numbers == list(range(1, ended.last_seq + 1))
    keys = receipts.PinnedKeys.of(list(read_credentials().receipt_keys))
    result = receipts.verify(bundle, keys=keys)
    assert result.is_verified
    found = {check.name: check.result for check in result.checks}
    assert [found[name] for name in ("leaf", "inclusion", "checkpoint")] == ["pass"] * 3
    assert json.loads(bundle)["v"] == 1


@pytest.mark.parametrize("transport", ["sse", "websocket"])
async def test_async_a_debate_is_followed_over_a_socket(signed_in: Path, transport: Any) -> None:
    async with AsyncAragora() as client:
        run = await client.debates.start(**ASK)
        seen = [event async for event in run.events(transport=transport)]
        ended = await run.wait(timeout_s=60)

    assert [e.seq for e in seen] == list(range(1, ended.last_seq + 1))  # type: ignore[union-attr]


@pytest.mark.parametrize("transport", ["sse", "websocket"])
def test_a_missing_debate_is_refused_on_both_transports(signed_in: Path, transport: Any) -> None:
    with Aragora() as client, pytest.raises(NotFound):
        list(client.debates.events("01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e", transport=transport))


def test_a_wrong_key_is_refused_on_both_transports(signed_in: Path) -> None:
    base_url = read_credentials().base_url
    for transport in ("sse", "websocket"):
        with (
            Aragora(api_key="ara_wrong", base_url=base_url) as client,
            pytest.raises(Unauthenticated),
        ):
            list(client.debates.events("01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e", transport=transport))  # type: ignore[arg-type]
