"""A server in this process, fresh for every run, with something of everything in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
import httpx2
import uvicorn
from aragora_server.app import build_app
from aragora_server.contract.operations import SCOPES
from aragora_server.services import Services, build_services
from aragora_server.settings import Settings
from aragora_server.workspaces.model import NewKey

from tests import backlog
from tests.serving import free_port, wait_for_log

QUESTION = {"question": "Ship on Friday?", "seed": 7}


@attrs.frozen(kw_only=True)
class Seeded:
    """Where the server is, the key to it, and ids of what it holds."""

    url: str
    api_key: str
    debate_id: str
    receipt_id: str
    budget_id: str
    doomed_budget_id: str
    override_id: str
    api_key_id: str
    own_api_key_id: str
    job_id: str
    erased_receipt_id: str
    legal_hold_id: str
    participant_erasure_id: str
    webhook_id: str
    doomed_webhook_id: str
    link_id: str
    token: str
    usage_link_id: str
    usage_token: str
    export_id: str
    doomed_export_id: str
    workspace_price_id: str


@contextmanager
def server(folder: Path, database_url: str | None = None) -> Iterator[Seeded]:
    settings = Settings.from_env(
        {
            "ARAGORA_DATA_DIR": str(folder / "data"),
            "ARAGORA_CREDENTIALS": str(folder / "credentials.json"),
            "ARAGORA_RATE_LIMIT_PER_MINUTE": "1000000",
            **({"ARAGORA_DATABASE_URL": database_url} if database_url else {}),
        }
    )
    made: list[NewKey] = []
    dead: list[str] = []

    async def open_workspace(services: Services) -> None:
        await services.workspaces.open_with_key("contract", "contract", SCOPES, keep=made.append)
        dead.append(await backlog.dead(services.db, made[0].api_key.workspace_id))

    app = build_app(build_services(settings), validate_responses=True, at_start=open_workspace)
    port = free_port()
    config = uvicorn.Config(app, port=port, log_level="error", ws="websockets-sansio")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    try:
        _until_ready(url)
        yield _seed(url, made[0].secret, dead[0])
    finally:
        running.should_exit = True
        thread.join(timeout=15)


def _seed(url: str, api_key: str, job_id: str) -> Seeded:
    headers = {"authorization": f"Bearer {api_key}"}
    with httpx2.Client(base_url=url, headers=headers) as client:
        debate = _concluded(client)
        wait_for_log(client, debate["receipt_id"])
        own = client.get("/v1/account").json()
        spare = {"name": "spare", "scopes": ["debates:read"]}
        key = client.post("/v1/api-keys", json=spare).json()
        # The workspace's own budgets are left for the run to create.
        team = {"limit_usd": "100", "scope": "api_key", "scope_id": key["api_key"]["id"]}
        budget = client.post("/v1/budgets", json={**team, "name": "Team", "period": "total"}).json()
        doomed = client.post("/v1/budgets", json={**team, "name": "Old"}).json()
        more = {"amount_usd": "1", "expires_at": "2099-12-31T00:00:00Z", "reason": "r"}
        override = client.post(f"/v1/budgets/{budget['id']}/overrides", json=more).json()
        other = _concluded(client)["receipt_id"]
        asked = {"matter": "m", "reason": "r", "receipt_ids": [debate["receipt_id"]]}
        hold = client.post("/v1/legal-holds", json=asked).json()
        asked = {"participant": "Nobody", "legal_basis": "gdpr_art_17"}
        erasure = client.post("/v1/participant-erasures", json=asked).json()
        links = f"/v1/receipts/{debate['receipt_id']}/share-links"
        shared = client.post(links, json={"disclose": ["question"], "max_uses": 1_000_000}).json()
        spare_link = client.post(links, json={"disclose": []}).json()
        usage_links = [client.post("/v1/usage/share-links", json={}).json() for _ in range(2)]
        webhooks = [_told(client) for _ in range(2)]
        tier = {"over_tokens": 0, "input_usd": "1", "output_usd": "2"}
        asked = {"provider": "mistral", "match": "exact", "model": "m", "tiers": [tier]}
        price = client.post("/v1/workspace-prices", json=asked).json()
        exports = [_exported(client) for _ in range(2)]
    return Seeded(
        url=url,
        api_key=api_key,
        debate_id=debate["id"],
        receipt_id=debate["receipt_id"],
        budget_id=budget["id"],
        doomed_budget_id=doomed["id"],
        override_id=override["id"],
        api_key_id=key["api_key"]["id"],
        own_api_key_id=own["api_key"]["id"],
        job_id=job_id,
        erased_receipt_id=other,
        legal_hold_id=hold["id"],
        participant_erasure_id=erasure["id"],
        webhook_id=webhooks[0],
        doomed_webhook_id=webhooks[1],
        link_id=spare_link["share_link"]["id"],
        token=shared["token"],
        usage_link_id=usage_links[0]["usage_link"]["id"],
        usage_token=usage_links[1]["token"],
        export_id=exports[0],
        doomed_export_id=exports[1],
        workspace_price_id=price["id"],
    )


def _told(client: httpx2.Client) -> str:
    # A name that stands for nothing (RFC 6761): nobody is sent anything.
    asked = {"url": "https://hooks.invalid/"}
    made: str = client.post("/v1/webhooks", json=asked).json()["webhook"]["id"]
    return made


def _exported(client: httpx2.Client) -> str:
    # Of before there were any: no erasure takes it away.
    asked = {"format": "csv", "issued_to": "2020-01-01T00:00:00Z"}
    export = client.post("/v1/receipt-exports", json=asked).json()
    while export["state"] != "done":
        time.sleep(0.02)
        export = client.get(f"/v1/receipt-exports/{export['id']}").json()
    made: str = export["id"]
    return made


def _concluded(client: httpx2.Client) -> dict[str, str]:
    debate = client.post("/v1/debates", json=QUESTION).json()
    while not debate["receipt_id"]:
        time.sleep(0.02)
        debate = client.get(f"/v1/debates/{debate['id']}").json()
    made: dict[str, str] = debate
    return made


def _until_ready(url: str) -> None:
    for _ in range(300):
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.05)
    raise RuntimeError("the server was not ready within 15 seconds")
