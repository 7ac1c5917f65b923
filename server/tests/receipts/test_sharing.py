"""Links that show a receipt: counted without a race, found by nobody, read by whoever has one."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora import receipts as offline
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.shares import ShareLinkNotFound
from aragora_server.receipts.model import Claim
from aragora_server.receipts.tables import share_link_uses, share_links
from aragora_server.services import Services
from sqlalchemy import select

from tests.stored import tables_with

pytestmark = pytest.mark.anyio


async def share(client: httpx2.AsyncClient, receipt_id: str, **terms: Any) -> dict[str, Any]:
    asked = {"disclose": ["question"], **terms}
    answer = await client.post(f"/v1/receipts/{receipt_id}/share-links", json=asked)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_fifty_at_once_open_a_link_of_five_uses_five_times(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, services: Services, receipt_id: str
) -> None:
    made = await share(acme, receipt_id, max_uses=5)
    statuses = []

    async def open_it() -> None:
        answer = await stranger.get(f"/v1/shared-receipts/{made['token']}")
        statuses.append(answer.status_code)

    async with anyio.create_task_group() as group:
        for _ in range(50):
            group.start_soon(open_it)

    assert sorted(statuses) == [200] * 5 + [404] * 45
    async with services.db.read() as tx:
        numbers = (await tx.execute(select(share_link_uses.c.number))).scalars().all()
        uses = (await tx.execute(select(share_links.c.uses))).scalar_one()
    assert (sorted(numbers), uses) == ([1, 2, 3, 4, 5], 5)


async def test_a_link_discloses_what_it_names_and_the_rest_still_verifies(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, receipt_id: str, claim: Claim
) -> None:
    made = await share(acme, receipt_id, disclose=["question", "dissent"])
    keys = (await stranger.get("/.well-known/aragora-keys.json")).content

    bundle = (await stranger.get(f"/v1/shared-receipts/{made['token']}")).content

    texts = {(text.name, text.value) for text in disclosed(bundle)}
    assert texts == {("text", claim.question), ("context", claim.context), ("text", "Too dear.")}
    assert offline.verify(bundle, keys=offline.PinnedKeys.load(keys)).is_verified
    for name in ("Ada", "I approve"):
        assert name not in bundle.decode()


def disclosed(bundle: bytes) -> list[offline.Disclosure]:
    return [offline.Disclosure.parse(text) for text in json.loads(bundle)["disclosures"]]


async def test_what_opens_nothing_is_not_told_apart(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, services: Services, receipt_id: str
) -> None:
    ended, revoked = [await share(acme, receipt_id) for _ in range(2)]
    link = f"/v1/receipts/{receipt_id}/share-links/{revoked['share_link']['id']}"
    assert [(await acme.delete(link)).status_code for _ in range(2)] == [204, 204]
    late = attrs.evolve(services.sharing, now=lambda: datetime.now(UTC) + timedelta(hours=25))

    answers = [
        await stranger.get(f"/v1/shared-receipts/{token}") for token in (revoked["token"], "A" * 43)
    ]

    with pytest.raises(ShareLinkNotFound):
        await late.open(ended["token"])
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (404, "share_link_not_found")
        assert answer.json()["detail"] == answers[0].json()["detail"]
        assert answer.headers["cache-control"] == "no-store"


async def test_no_table_and_no_line_of_the_log_holds_a_token(
    acme: httpx2.AsyncClient,
    stranger: httpx2.AsyncClient,
    services: Services,
    receipt_id: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    asked = {"disclose": ["question"]}
    links, key = f"/v1/receipts/{receipt_id}/share-links", {"Idempotency-Key": new_id()}
    first, again = [await acme.post(links, json=asked, headers=key) for _ in range(2)]
    token = first.json()["token"]

    opened = await stranger.get(f"/v1/shared-receipts/{token}")
    odd = await stranger.get(f"/v1/shared-receipts/{token}", params={"token": "x"})
    listed = await acme.get(links)

    assert again.json() == first.json()
    assert (opened.status_code, odd.status_code) == (200, 422)
    log = [str(vars(line)) for line in caplog.records if line.name.startswith("aragora")]
    for told in (odd.text, listed.text, *log):
        assert token not in told
    assert any("/v1/shared-receipts/{token}" in line for line in log)
    assert await tables_with(services.db, token) == set()
    assert await tables_with(services.db, receipt_id) >= {"receipts", "share_links"}


async def test_answers_leave_no_trace_with_browsers_and_search_engines(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, receipt_id: str
) -> None:
    made = await share(acme, receipt_id)

    opened = await stranger.get(f"/v1/shared-receipts/{made['token']}")
    page = await stranger.get("/v1/shared-receipts")

    for answer in (opened, page):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert made["url"].endswith(f"/v1/shared-receipts#{made['token']}")
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert policy.split("; frame")[0] in page.text


async def test_another_workspace_neither_makes_nor_sees_nor_revokes_a_link(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, receipt_id: str
) -> None:
    made = await share(acme, receipt_id)
    links = f"/v1/receipts/{receipt_id}/share-links"

    answers = [
        await rival.post(links, json={"disclose": []}),
        await rival.get(links),
        await rival.delete(f"{links}/{made['share_link']['id']}"),
        await acme.delete(f"/v1/receipts/{new_id()}/share-links/{made['share_link']['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    (listed,) = (await acme.get(links)).json()["items"]
    assert listed == made["share_link"]


@pytest.mark.parametrize("hours", [-1, 721])
async def test_a_link_ends_within_a_month(
    acme: httpx2.AsyncClient, receipt_id: str, hours: int
) -> None:
    end = (datetime.now(UTC) + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")
    asked = {"disclose": [], "expires_at": end}

    answer = await acme.post(f"/v1/receipts/{receipt_id}/share-links", json=asked)
    unsaid = (await share(acme, receipt_id))["share_link"]

    assert (answer.status_code, answer.json()["code"]) == (422, "share_link_expiry_invalid")
    life = datetime.fromisoformat(unsaid["expires_at"]) - datetime.fromisoformat(
        unsaid["created_at"]
    )
    assert life == timedelta(hours=24)


async def test_a_receipt_has_no_links_without_number(
    acme: httpx2.AsyncClient, receipt_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aragora_server.receipts.sharing.service.MOST_LINKS", 2)
    links = f"/v1/receipts/{receipt_id}/share-links"
    first, _ = [(await share(acme, receipt_id))["share_link"]["id"] for _ in "12"]

    refused = await acme.post(links, json={"disclose": []})
    await acme.delete(f"{links}/{first}")
    again = await acme.post(links, json={"disclose": []})

    assert (refused.status_code, again.status_code) == (422, 201)
    assert "revoke some" in refused.json()["detail"]
