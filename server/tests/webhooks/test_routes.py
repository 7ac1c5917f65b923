"""Webhook endpoints over HTTP, and what a real receiver gets."""

from __future__ import annotations

import base64
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.app import build_app
from aragora_server.contract import models as wire
from aragora_server.kernel import working
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.jobs import Job
from aragora_server.kernel.notices import Notice
from aragora_server.lifecycle import running
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings
from aragora_server.webhooks.model import TooManyWebhooks
from aragora_server.webhooks.store import webhooks
from pydantic import TypeAdapter
from sqlalchemy import select

from tests.fixtures import ClientFor
from tests.receiver import Receiver, receiver
from tests.waiting import until

pytestmark = pytest.mark.anyio

PUBLIC = "https://hooks.example.com/aragora"
STANDING = {
    "id": "01943f70-5d1e-7c44-a3b2-90fe12ab34cd",
    "name": "Team",
    "scope": "workspace",
    "scope_id": None,
    "period_start": "2026-11-01T00:00:00.000Z",
    "period_end": None,
    "limit_usd": "25",
    "spent_usd": "20.01",
    "held_usd": "0",
    "remaining_usd": "4.99",
}
EVENT: TypeAdapter[Any] = TypeAdapter(wire.WebhookEvent)
REACHED = {"budget": STANDING, "threshold_percent": 80}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return attrs.evolve(settings, webhook_targets="any")


@pytest.fixture
def endpoint() -> Iterator[Receiver]:
    with receiver() as endpoint:
        yield endpoint


async def made(client: httpx2.AsyncClient, url: str, **more: Any) -> dict[str, Any]:
    """The endpoint that was made, with its secret."""
    answer = await client.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()
    return shown["webhook"] | {"secret": shown["secret"]}


async def tell(
    services: Services, client: httpx2.AsyncClient, key: str = "alert-1", **more: Any
) -> None:
    account = (await client.get("/v1/account")).json()
    given = {"type": "budget.threshold_reached", "at": datetime.now(UTC), "data": REACHED}
    notice = Notice(workspace_id=account["workspace"]["id"], key=key, **given | more)
    async with services.db.begin() as tx:
        await services.messengers.tell(tx, notice)
    await services.outbox.wake()


async def job(client: httpx2.AsyncClient, state: str, **query: str) -> dict[str, Any]:
    """The one job that sends something, when it has come to this state."""
    with anyio.fail_after(30):
        while True:
            asked = {"kind": "send_webhook", **query}
            found = (await client.get("/v1/jobs", params=asked)).json()["items"]
            if found and found[0]["state"] == state:
                shown: dict[str, Any] = found[0]
                return shown
            await anyio.sleep(0.02)


async def test_an_event_is_delivered_once_signed_and_as_the_contract_says(
    services: Services, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    ours = await made(acme, endpoint.url)
    await made(rival, endpoint.url)

    await tell(services, acme)
    await tell(services, acme)

    done = await job(acme, "done")
    (got,) = endpoint.requests
    assert (done["subject"], done["attempts"]) == (ours["id"], 1)
    assert got.id == "msg_alert-1"
    assert got.is_signed_with(ours["secret"])
    assert abs(int(got.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 300
    assert got.headers["content-type"] == "application/json"
    EVENT.validate_json(got.body, strict=True)
    assert (got.event["type"], got.event["data"]) == ("budget.threshold_reached", REACHED)


async def test_an_endpoint_gets_the_events_that_it_asks_for(
    services: Services, acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    await made(acme, endpoint.url + "/exhausted", events=["budget.exhausted"])
    await made(acme, endpoint.url + "/all")

    await tell(services, acme)
    await tell(services, acme, key="quiet", webhooks=False)

    await job(acme, "done")
    assert [got.path for got in endpoint.requests] == ["/hook/all"]


async def test_an_answer_that_is_no_success_is_a_failed_attempt_and_comes_again(
    services: Services, acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    await made(acme, endpoint.url)
    endpoint.answers = [503]

    await tell(services, acme)

    done = await job(acme, "done")
    first, second = endpoint.requests
    assert (first.id, first.body) == (second.id, second.body)
    assert (done["attempts"], done["last_error"]) == (2, "the endpoint answered 503")


async def test_an_endpoint_that_is_gone_is_disabled_and_its_letter_is_dead(
    services: Services, acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    ours = await made(acme, endpoint.url)
    endpoint.answers = [410]
    await tell(services, acme)
    dead = await job(acme, "dead")

    shown = (await acme.get(f"/v1/webhooks/{ours['id']}")).json()
    await tell(services, acme, key="alert-2")
    tested = await acme.post(f"/v1/webhooks/{ours['id']}/test")
    await acme.post(f"/v1/jobs/{dead['id']}/retry")
    with anyio.fail_after(20):
        while "enable it" not in (again := await job(acme, "dead"))["last_error"]:
            await anyio.sleep(0.02)

    assert (shown["state"], "410" in shown["disabled_because"]) == ("disabled", True)
    assert (tested.status_code, tested.json()["code"]) == (409, "webhook_disabled")
    assert again["id"] == dead["id"]
    assert len(endpoint.requests) == 1

    enabled = await acme.patch(f"/v1/webhooks/{ours['id']}", json={"state": "enabled"})
    await acme.post(f"/v1/jobs/{dead['id']}/retry")
    await job(acme, "done")
    assert (enabled.json()["state"], enabled.json()["disabled_because"]) == ("enabled", None)
    assert [got.id for got in endpoint.requests] == ["msg_alert-1", "msg_alert-1"]


async def test_while_a_secret_is_rotated_both_sign_and_then_the_new_one_alone(
    services: Services, acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    ours = await made(acme, endpoint.url)
    path = f"/v1/webhooks/{ours['id']}"

    rotated = (await acme.post(f"{path}/rotate-secret", json={})).json()
    await tell(services, acme)
    await job(acme, "done")
    last = (await acme.post(f"{path}/rotate-secret", json={"overlap_hours": 0})).json()
    await acme.post(f"{path}/test")
    with anyio.fail_after(20):
        while len(endpoint.requests) < 2:
            await anyio.sleep(0.02)

    both, alone = endpoint.requests
    ends_at = datetime.fromisoformat(rotated["webhook"]["previous_secret_ends_at"])
    assert timedelta(hours=23) < ends_at - datetime.now(UTC) <= timedelta(hours=24)
    assert both.is_signed_with(ours["secret"])
    assert both.is_signed_with(rotated["secret"])
    assert last["webhook"]["previous_secret_ends_at"] is None
    assert alone.is_signed_with(last["secret"])
    assert not alone.is_signed_with(rotated["secret"])


async def test_a_test_event_reaches_an_endpoint_that_asks_for_others(
    acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    ours = await made(acme, endpoint.url, events=["budget.exhausted"])
    key = {"idempotency-key": "once"}

    asked = [await acme.post(f"/v1/webhooks/{ours['id']}/test", headers=key) for _ in range(2)]

    done = await job(acme, "done")
    (got,) = endpoint.requests
    assert [one.status_code for one in asked] == [202, 202]
    assert asked[0].json() == asked[1].json() == {"message_id": got.id, "job_id": done["id"]}
    assert (got.event["type"], got.event["data"]) == ("webhook.test", {"webhook_id": ours["id"]})
    EVENT.validate_json(got.body, strict=True)


async def test_nothing_is_sent_to_an_endpoint_that_was_deleted_meanwhile(
    services: Services, acme: httpx2.AsyncClient, endpoint: Receiver
) -> None:
    ours = await made(acme, endpoint.url)
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    sent = {"message_id": "msg_1", "event": {"type": "webhook.test"}}
    left = Job(
        id=new_id(),
        kind="send_webhook",
        workspace_id=workspace_id,
        subject=ours["id"],
        payload=sent,
        attempts=1,
        epoch=1,
    )

    await services.messengers.delivery.run(left)
    deleted = await acme.delete(f"/v1/webhooks/{ours['id']}")
    await services.messengers.delivery.run(left)

    assert deleted.status_code == 204
    assert len(endpoint.requests) == 1
    assert (await acme.get(f"/v1/webhooks/{ours['id']}")).json()["code"] == "webhook_not_found"


async def test_a_secret_is_shown_once_and_is_nowhere_in_the_database(
    acme: httpx2.AsyncClient, database: Database
) -> None:
    ours = await made(acme, PUBLIC, description="Finance", events=["budget.exhausted"])

    shown = await acme.get(f"/v1/webhooks/{ours['id']}")
    listed = await acme.get("/v1/webhooks")
    async with database.read() as r:
        row = (await r.execute(select(webhooks).where(webhooks.c.id == ours["id"]))).one()

    secret = ours.pop("secret")
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    assert secret.startswith("whsec_")
    assert len(raw) == 32
    assert shown.json() == ours
    assert listed.json() == {"items": [ours], "next_cursor": None}
    assert raw not in row.secret
    assert secret not in repr(row) + shown.text + listed.text


async def test_what_is_given_is_changed_and_the_rest_stays(acme: httpx2.AsyncClient) -> None:
    ours = await made(acme, PUBLIC, events=["budget.exhausted"])
    path = f"/v1/webhooks/{ours['id']}"

    changed = (await acme.patch(path, json={"events": []})).json()
    moved = (await acme.patch(path, json={"url": f"{PUBLIC}/2", "state": "disabled"})).json()

    assert (changed["events"], changed["url"]) == ([], PUBLIC)
    assert (moved["url"], moved["state"]) == (f"{PUBLIC}/2", "disabled")
    assert (await acme.get(path)).json() == moved


async def test_a_url_that_leads_inside_is_refused_unless_the_operator_allows_it(
    settings: Settings,
) -> None:
    services = build_services(attrs.evolve(settings, webhook_targets="public"))
    async with running(services):
        app = build_app(services, validate_responses=True)
        async with await ClientFor(services, app)("acme") as acme:
            inside = await acme.post("/v1/webhooks", json={"url": "https://10.0.0.1/"})
            ours = await made(acme, PUBLIC)
            moved = await acme.patch(
                f"/v1/webhooks/{ours['id']}", json={"url": "http://hooks.example.com/"}
            )

    assert (inside.status_code, inside.json()["code"]) == (422, "webhook_url_refused")
    assert (moved.status_code, moved.json()["code"]) == (422, "webhook_url_refused")


async def test_a_workspace_has_twenty_endpoints_at_most(acme: httpx2.AsyncClient) -> None:
    for _ in range(20):
        await made(acme, PUBLIC)

    answer = await acme.post("/v1/webhooks", json={"url": PUBLIC})

    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_webhooks")


async def test_of_many_who_ask_at_once_only_as_many_get_a_place_as_there_are(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    service = services.messengers.webhooks
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    for _ in range(17):
        await made(acme, PUBLIC)
    refused: list[Exception] = []

    async def ask() -> None:
        try:
            await service.create(workspace_id, url=PUBLIC)
        except TooManyWebhooks as refusal:
            refused.append(refusal)

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(ask)

    page = await service.list(workspace_id, cursor=None, limit=50)
    assert (len(page.items), len(refused)) == (20, 5)


async def promptly(services: Services, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient) -> bool:
    """Whether a workspace hears of an event soon, while the endpoint of another one takes
    everything and answers nothing."""
    held = threading.Event()
    with receiver() as hanging, receiver() as quick:
        hanging.hold = held
        await made(acme, hanging.url)
        await made(rival, quick.url)
        for no in range(12):
            await tell(services, acme, key=f"slow-{no}")
        await until(lambda: len(hanging.requests) >= 2)
        await tell(services, rival, key="quick")
        try:
            with anyio.move_on_after(5):
                await until(lambda: bool(quick.requests), within_s=30)
            return bool(quick.requests) and len(hanging.requests) == 2
        finally:
            held.set()


async def test_endpoints_that_hang_make_no_other_workspace_wait(
    services: Services, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    assert await promptly(services, acme, rival)


async def test_without_a_bound_for_each_workspace_they_would(
    services: Services,
    acme: httpx2.AsyncClient,
    rival: httpx2.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(working, "A_WORKSPACE", 99)
    monkeypatch.setattr(working, "KEPT", 0)

    assert not await promptly(services, acme, rival)


async def test_the_same_request_again_never_ends_the_secret_that_receivers_know(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    """Its first answer was lost: nobody was told the secret that it made."""
    service = services.messengers.webhooks
    workspace_id = (await acme.get("/v1/account")).json()["workspace"]["id"]
    ours = await made(acme, PUBLIC)
    asked = {"overlap": timedelta(hours=1), "secret_id": new_id()}

    await service.rotate(workspace_id, ours["id"], **asked)
    rotated, _ = await service.rotate(workspace_id, ours["id"], **asked)

    assert rotated.sealed.previous is not None
    known = service.safe.open(ours["id"], rotated.sealed.previous)
    assert "whsec_" + base64.b64encode(known).decode() == ours["secret"]


@pytest.fixture
async def readers(client_for: ClientFor) -> AsyncIterator[httpx2.AsyncClient]:
    async with await client_for("acme", ["webhooks:read"]) as reader:
        yield reader


async def test_reading_and_changing_are_two_scopes(
    acme: httpx2.AsyncClient, readers: httpx2.AsyncClient
) -> None:
    ours = await made(acme, PUBLIC)

    assert (await readers.get(f"/v1/webhooks/{ours['id']}")).status_code == 200
    assert (await readers.delete(f"/v1/webhooks/{ours['id']}")).status_code == 403
    assert (await readers.post(f"/v1/webhooks/{ours['id']}/test")).status_code == 403
