"""Two workspaces on one server, and every operation that the contract names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.services import Services
from starlette.applications import Starlette

from tests import backlog
from tests.serving import ENDED

pytestmark = pytest.mark.anyio

ASK = {"question": "Is this ours alone?", "seed": 7}
KEY = {"Idempotency-Key": "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"}
LASTING = {"name": "b", "limit_usd": "5", "period": "total"}
PRICE = {
    "provider": "openai",
    "match": "exact",
    "model": "ours-alone",
    "tiers": [{"over_tokens": 0, "input_usd": "2", "output_usd": "7"}],
}
REPORT = {"first_day": "2026-11-01", "last_day": "2026-11-30", "group_by": "tag"}
MORE = {"amount_usd": "1", "expires_at": "2099-12-31T00:00:00Z", "reason": "r"}
METHODS = ("get", "post", "put", "patch", "delete")
# These make something of the caller's own, whoever calls them.
# Whoever has the token may read, with whatever key or none: that is what it was made for.
BY_TOKEN = {"openSharedReceipt"}
CREATING = {
    "createDebate",
    "createBudget",
    "createApiKey",
    "createLegalHold",
    "createWebhook",
    "createReceiptExport",
    "createUsageLink",
    "createWorkspacePrice",
    "eraseParticipant",
}


@attrs.frozen(kw_only=True)
class Operation:
    id: str
    method: str
    path: str
    is_public: bool
    media_type: str | None
    example: Any

    @property
    def ids(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


def operations(spec: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in spec["paths"].items():
        for method in METHODS & methods.keys():
            spoken = methods[method]
            content = spoken.get("requestBody", {}).get("content", {})
            media_type = next(iter(content), None)
            examples = content[media_type].get("examples", {}) if media_type else {}
            yield Operation(
                id=spoken["operationId"],
                method=method,
                path=path,
                is_public=spoken.get("security", spec["security"]) == [],
                media_type=media_type,
                example=next(iter(examples.values()), {}).get("value"),
            )


async def test_no_operation_shows_or_changes_what_another_workspace_owns(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, services: Services
) -> None:
    owned = await everything_of(acme, services)
    spec = (await rival.get("/v1/openapi.json")).json()
    before = await seen_by(acme, owned)
    walked = []

    for operation in operations(spec):
        if operation.id in BY_TOKEN:
            continue
        answer = await call(rival, operation, owned)
        walked.append(operation.id)
        if operation.ids:
            assert answer.status_code == 404, (operation.id, answer.text)
            assert answer.json()["code"].endswith("_not_found"), operation.id
        elif operation.id in CREATING:
            assert answer.is_success, (operation.id, answer.text)
        told = told_by(answer, path_of(operation, owned))
        for name, secret in owned.items():
            assert secret not in told, f"{operation.id} told the {name}"

    assert len(walked) == len(set(walked)) >= 32
    assert await seen_by(acme, owned) == before


async def test_every_list_is_empty_for_a_workspace_that_did_nothing(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, services: Services
) -> None:
    owned = await everything_of(acme, services)

    for path in (
        "/v1/debates",
        "/v1/receipts",
        "/v1/receipt-exports",
        "/v1/budgets",
        "/v1/jobs",
        "/v1/legal-holds",
        "/v1/webhooks",
    ):
        assert (await acme.get(path)).json()["items"]
        assert (await rival.get(path)).json() == {"items": [], "next_cursor": None}
    mine = (await rival.get("/v1/account")).json()
    keys = (await rival.get("/v1/api-keys")).json()["items"]
    of_debate = await rival.get("/v1/receipts", params={"debate_id": owned["debate_id"]})
    assert [key["id"] for key in keys] == [mine["api_key"]["id"]]
    assert of_debate.json()["items"] == []


async def test_a_foreign_debate_cannot_be_followed_over_websocket(
    app: Starlette, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, services: Services
) -> None:
    debate_id = (await everything_of(acme, services))["debate_id"]

    own = await followed(app, debate_id, acme.headers["authorization"])
    foreign = await followed(app, debate_id, rival.headers["authorization"])

    assert any(message["type"] == "websocket.send" for message in own)
    assert [message["type"] for message in foreign] == ["websocket.accept", "websocket.close"]
    assert foreign[-1]["code"] == 4404


async def test_an_idempotency_key_replays_nothing_to_another_workspace(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    first = await acme.post("/v1/debates", json=ASK, headers=KEY)

    same = await acme.post("/v1/debates", json=ASK, headers=KEY)
    other = await rival.post("/v1/debates", json=ASK, headers=KEY)

    assert same.json()["id"] == first.json()["id"]
    assert other.status_code == 202
    assert other.json()["id"] != first.json()["id"]


async def test_a_foreign_api_key_cannot_be_given_a_budget(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, services: Services
) -> None:
    owned = await everything_of(acme, services)
    asked = {"name": "b", "limit_usd": "1", "scope": "api_key", "scope_id": owned["api_key_id"]}

    answer = await rival.post("/v1/budgets", json=asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "budget_scope_invalid")


async def test_a_foreign_cursor_leads_into_ones_own_list(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    for _ in range(2):
        await acme.post("/v1/debates", json=ASK)
    mine = (await rival.post("/v1/debates", json=ASK)).json()["id"]
    cursor = (await acme.get("/v1/debates", params={"limit": 1})).json()["next_cursor"]

    answer = await rival.get("/v1/debates", params={"cursor": cursor})

    assert {debate["id"] for debate in answer.json()["items"]} <= {mine}


async def followed(app: Starlette, debate_id: str, authorization: str) -> list[dict[str, Any]]:
    """What the server sends over the socket until it closes it."""
    sent: list[dict[str, Any]] = []
    begun = anyio.Event()
    scope = {
        "type": "websocket",
        "path": f"/v1/debates/{debate_id}/events/socket",
        "query_string": b"",
        "headers": [(b"authorization", authorization.encode())],
        "subprotocols": [],
    }

    async def receive() -> dict[str, Any]:
        if begun.is_set():
            await anyio.sleep_forever()
        begun.set()
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    with anyio.fail_after(30):
        await app(scope, receive, send)
    return sent


async def everything_of(client: httpx2.AsyncClient, services: Services) -> dict[str, str]:
    """One of each thing that a workspace can own."""
    budget = (await client.post("/v1/budgets", json=LASTING)).json()
    grants = f"/v1/budgets/{budget['id']}/overrides"
    override = (await client.post(grants, json=MORE)).json()
    key = await client.post("/v1/api-keys", json={"name": "k", "scopes": ["debates:read"]})
    debate = (await client.post("/v1/debates", json=ASK)).json()
    with anyio.fail_after(60):
        while debate["status"] not in ENDED:
            await anyio.sleep(0.02)
            debate = (await client.get(f"/v1/debates/{debate['id']}")).json()
    account = (await client.get("/v1/account")).json()
    links = f"/v1/receipts/{debate['receipt_id']}/share-links"
    asked = {"matter": "m", "reason": "r", "receipt_ids": [debate["receipt_id"]]}
    hold = (await client.post("/v1/legal-holds", json=asked)).json()
    asked = {"url": "https://hooks.example.com/ours"}
    webhook = (await client.post("/v1/webhooks", json=asked)).json()["webhook"]
    link = (await client.post(links, json={"disclose": ["question"]})).json()
    report = (await client.post("/v1/usage/share-links", json=REPORT)).json()
    price = (await client.post("/v1/workspace-prices", json=PRICE)).json()
    workspace_id = account["workspace"]["id"]
    export = (await client.post("/v1/receipt-exports", json={"format": "ndjson"})).json()
    with anyio.fail_after(60):
        while export["state"] != "done":
            await anyio.sleep(0.02)
            export = (await client.get(f"/v1/receipt-exports/{export['id']}")).json()
    asked = {"participant": "Nobody", "legal_basis": "gdpr_art_17"}
    erasure = (await client.post("/v1/participant-erasures", json=asked)).json()
    return {
        "workspace_id": workspace_id,
        "job_id": await backlog.dead(services.db, workspace_id),
        "budget_id": budget["id"],
        "override_id": override["id"],
        "api_key_id": key.json()["api_key"]["id"],
        "debate_id": debate["id"],
        "receipt_id": debate["receipt_id"],
        "legal_hold_id": hold["id"],
        "participant_erasure_id": erasure["id"],
        "webhook_id": webhook["id"],
        "link_id": link["share_link"]["id"],
        "usage_link_id": report["usage_link"]["id"],
        "workspace_price_id": price["id"],
        "export_id": export["id"],
        "token": link["token"],
    }


async def seen_by(client: httpx2.AsyncClient, owned: dict[str, str]) -> list[Any]:
    paths = (
        f"/v1/debates/{owned['debate_id']}",
        f"/v1/debates/{owned['debate_id']}/events?limit=100",
        f"/v1/receipts/{owned['receipt_id']}/bundle",
        f"/v1/receipts/{owned['receipt_id']}/share-links",
        "/v1/legal-holds",
        "/v1/usage/share-links",
        "/v1/workspace-prices",
        f"/v1/receipt-exports/{owned['export_id']}",
        f"/v1/budgets/{owned['budget_id']}",
        f"/v1/budgets/{owned['budget_id']}/ledger?limit=100",
        f"/v1/budgets/{owned['budget_id']}/alerts",
        f"/v1/budgets/{owned['budget_id']}/overrides",
        f"/v1/budgets/{owned['budget_id']}/periods",
        f"/v1/jobs/{owned['job_id']}",
        f"/v1/webhooks/{owned['webhook_id']}",
        "/v1/api-keys",
    )
    return [without_use((await client.get(path)).json()) for path in paths]


def without_use(shown: Any) -> Any:
    """When a key was last used changes with every look."""
    for item in shown.get("items", ()):
        item.pop("last_used_at", None)
    return shown


def path_of(operation: Operation, owned: dict[str, str]) -> str:
    """Links to receipts and to reports are called the same."""
    is_of_usage = operation.path.startswith("/v1/usage/")
    link_id = owned["usage_link_id" if is_of_usage else "link_id"]
    return operation.path.format(**owned | {"link_id": link_id}, part="0")


async def call(
    client: httpx2.AsyncClient, operation: Operation, owned: dict[str, str]
) -> httpx2.Response:
    path = path_of(operation, owned)
    if operation.media_type is None:
        return await client.request(operation.method, path)
    body = json.dumps(operation.example).encode()
    headers = {"content-type": operation.media_type}
    return await client.request(operation.method, path, content=body, headers=headers)


def told_by(answer: httpx2.Response, path: str) -> str:
    """The answer's text; an error may repeat the path and the id that it was asked for."""
    if not answer.is_error:
        return answer.text
    asked = [part for part in path.split("/") if part]
    return " ".join(word for word in re.split(r"[\s/\"?]", answer.text) if word not in asked)
