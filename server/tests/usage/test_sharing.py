"""Links that show a report: what they name and no more, found by nobody, ended when they end."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import attrs
import httpx2
import pytest
from aragora_server.app import _usage_links
from aragora_server.kernel.gate import STRANGERS
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.shares import ShareLinkNotFound
from aragora_server.services import Services
from aragora_server.usage.sharing.model import Terms

from tests.stored import tables_with

from .test_costs import decided

pytestmark = pytest.mark.anyio
LINKS = "/v1/usage/share-links"


async def share(client: httpx2.AsyncClient, **terms: Any) -> dict[str, Any]:
    answer = await client.post(LINKS, json=terms)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def shown_by(made: dict[str, Any]) -> str:
    return f"/v1/shared-usage/{made['token']}"


async def test_a_link_shows_the_figures_of_the_moment_and_nothing_else_of_the_workspace(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    await acme.post("/v1/budgets", json={"name": "Secret plan", "limit_usd": "5"})
    made = await share(acme, title="For the <b>bank</b>", group_by="tag")
    before = (await stranger.get(shown_by(made))).json()
    await decided(acme, tags=["release"])
    await decided(rival, tags=["theirs"])

    answer = await stranger.get(shown_by(made))

    own = (await acme.get("/v1/usage", params={"group_by": "tag"})).json()
    told = answer.json()
    assert before["total"]["cost_usd"] == "0"
    assert told["total"] == own["total"]
    assert told["total"]["cost_usd"] != "0"
    assert told["groups"] == own["groups"]
    assert [group["key"] for group in told["groups"]] == ["release"]
    assert (told["title"], told["rest"]) == ("For the <b>bank</b>", None)
    for secret in ("Secret plan", "Ship on Friday?", "theirs", "budgets", "top_tags", "ara_"):
        assert secret not in answer.text


async def test_days_are_fixed_when_the_link_is_made_and_reach_to_the_end_of_the_month(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    made = await share(acme, timezone="Pacific/Kiritimati", group_by="month")

    told = (await stranger.get(shown_by(made))).json()

    link = made["usage_link"]
    assert told["first_day"] == link["first_day"]
    assert link["first_day"].endswith("-01")
    after = datetime.fromisoformat(link["last_day"]) + timedelta(days=1)
    assert after.day == 1
    assert (told["last_day"], told["timezone"]) == (link["last_day"], "Pacific/Kiritimati")


async def test_what_opens_nothing_is_not_told_apart(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, services: Services
) -> None:
    ended, revoked = [await share(acme) for _ in range(2)]
    link = f"{LINKS}/{revoked['usage_link']['id']}"
    assert [(await acme.delete(link)).status_code for _ in range(2)] == [204, 204]
    now = datetime.now(UTC)
    late = attrs.evolve(_usage_links(services), now=lambda: now + timedelta(hours=720, minutes=1))

    answers = [
        await stranger.get(f"/v1/shared-usage/{token}") for token in (revoked["token"], "A" * 43)
    ]

    with pytest.raises(ShareLinkNotFound):
        await late.open(ended["token"])
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (404, "share_link_not_found")
        assert answer.json()["detail"] == answers[0].json()["detail"]
        assert answer.headers["cache-control"] == "no-store"
    listed = {one["id"]: one for one in (await acme.get(LINKS)).json()["items"]}
    assert listed[revoked["usage_link"]["id"]]["revoked_at"] is not None
    assert listed[revoked["usage_link"]["id"]]["uses"] == 0


async def test_every_use_is_counted_also_when_many_come_at_once(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    made = await share(acme)

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(stranger.get, shown_by(made))

    (listed,) = (await acme.get(LINKS)).json()["items"]
    assert listed["uses"] == 20
    assert listed["last_used_at"] is not None


async def test_no_table_and_no_line_of_the_log_holds_a_token(
    acme: httpx2.AsyncClient,
    stranger: httpx2.AsyncClient,
    services: Services,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    key = {"Idempotency-Key": new_id()}
    first, again = [await acme.post(LINKS, json={}, headers=key) for _ in range(2)]
    token = first.json()["token"]

    opened = await stranger.get(f"/v1/shared-usage/{token}")
    odd = await stranger.get(f"/v1/shared-usage/{token}", params={"token": "x"})
    listed = await acme.get(LINKS)

    assert again.json() == first.json()
    assert (opened.status_code, odd.status_code) == (200, 422)
    log = [str(vars(line)) for line in caplog.records if line.name.startswith("aragora")]
    for told in (odd.text, listed.text, opened.text, *log):
        assert token not in told
    assert any("/v1/shared-usage/{token}" in line for line in log)
    assert await tables_with(services.db, token) == set()


async def test_the_page_holds_no_token_and_may_reach_its_own_server_alone(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    made = await share(acme, title="Ours")

    page, opened = await stranger.get("/v1/shared-usage"), await stranger.get(shown_by(made))

    for answer in (page, opened):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
    policy = page.headers["content-security-policy"]
    assert made["url"].endswith(f"/v1/shared-usage#{made['token']}")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert made["token"] not in page.text
    assert "Ours" not in page.text
    for sink in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "://"):
        assert sink not in page.text


async def test_another_workspace_neither_sees_nor_revokes_a_link(
    acme: httpx2.AsyncClient, rival: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    made = await share(acme)

    theirs = (await rival.get(LINKS)).json()["items"]
    refused = await rival.delete(f"{LINKS}/{made['usage_link']['id']}")
    nobodys = [await stranger.get(LINKS), await stranger.post(LINKS, json={})]

    assert theirs == []
    assert (refused.status_code, refused.json()["code"]) == (404, "share_link_not_found")
    assert [answer.status_code for answer in nobodys] == [401, 401]
    assert (await stranger.get(shown_by(made))).status_code == 200


async def test_a_key_that_only_reads_shares_nothing(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient
) -> None:
    made = await acme.post("/v1/api-keys", json={"name": "r", "scopes": ["usage:read"]})
    reads = {"Authorization": f"Bearer {made.json()['key']}"}

    report = await stranger.get("/v1/usage", headers=reads)
    refused = [
        await stranger.post(LINKS, json={}, headers=reads),
        await stranger.get(LINKS, headers=reads),
    ]

    assert report.status_code == 200
    assert [answer.json()["code"] for answer in refused] == ["scope_missing"] * 2


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"group_by": "debate"}, "invalid_request"),
        ({"first_day": "2026-03-02", "last_day": "2026-03-01"}, "invalid_range"),
        ({"last_day": "2026-02-30"}, "invalid_range"),
        ({"timezone": "Mars/Olympus"}, "invalid_period"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "share_link_expiry_invalid"),
        ({"expires_at": "2199-01-01T00:00:00Z"}, "share_link_expiry_invalid"),
        ({"title": "a\u0000b"}, "invalid_request"),
    ],
)
async def test_what_cannot_be_shared_is_refused_by_name(
    acme: httpx2.AsyncClient, terms: dict[str, str], code: str
) -> None:
    answer = await acme.post(LINKS, json=terms)

    assert (answer.status_code, answer.json()["code"]) == (422, code), json.dumps(terms)


async def test_a_workspace_has_no_links_without_number_also_when_many_are_made_at_once(
    acme: httpx2.AsyncClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aragora_server.usage.sharing.service.MOST_LINKS", 3)
    statuses = []

    async def make() -> None:
        answer = await acme.post(LINKS, json={})
        statuses.append(answer.status_code)

    async with anyio.create_task_group() as group:
        for _ in range(12):
            group.start_soon(make)

    assert sorted(statuses) == [201] * 3 + [422] * 9
    listed = (await acme.get(LINKS)).json()["items"]
    await acme.delete(f"{LINKS}/{listed[0]['id']}")
    assert (await acme.post(LINKS, json={})).status_code == 201
    service, terms = _usage_links(services), Terms(timezone="UTC", group_by="day", top=1)
    await service.create(new_id(), terms, by=new_id(), link_id=None)


@pytest.mark.parametrize("what", ["usage", "receipts"])
async def test_nobody_guesses_tokens_or_asks_for_reports_without_end(
    acme: httpx2.AsyncClient, stranger: httpx2.AsyncClient, services: Services, what: str
) -> None:
    made = await share(acme)
    allowed = services.settings.rate_limit_per_minute // STRANGERS
    token = "A" * 43

    # The allowance fills up again meanwhile, much slower than it is used.
    statuses = [404]
    while statuses[-1] == 404 and len(statuses) < 4 * allowed:
        statuses.append((await stranger.get(f"/v1/shared-{what}/{token}")).status_code)

    assert len(statuses) > allowed
    assert statuses[-1] == 429
    told = [await stranger.get(shown_by(made)) for _ in range(50)]
    assert 429 in [answer.status_code for answer in told]
    assert (await acme.get("/v1/usage")).status_code == 200
