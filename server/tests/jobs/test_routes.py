"""Jobs over HTTP: who sees which, and how a dead one comes back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import httpx2
import pytest
from aragora_server.kernel.outbox import TOPIC, NewJob
from aragora_server.services import Services
from aragora_server.workspaces.service import DEFAULT_WORKSPACE

from tests import backlog
from tests.fixtures import ClientFor

pytestmark = pytest.mark.anyio

NOBODYS = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"


@pytest.fixture
async def operator(client_for: ClientFor) -> AsyncIterator[httpx2.AsyncClient]:
    """A client with a key of the workspace that the first start makes."""
    async with await client_for(DEFAULT_WORKSPACE) as operator:
        yield operator


async def workspace_of(client: httpx2.AsyncClient) -> str:
    workspace_id: str = (await client.get("/v1/account")).json()["workspace"]["id"]
    return workspace_id


async def listed(client: httpx2.AsyncClient, **query: str | int) -> list[str]:
    """The ids of the jobs that are listed; what comes up by itself is left out."""
    answer = await client.get("/v1/jobs", params=query)
    assert answer.status_code == 200, answer.text
    return [job["id"] for job in answer.json()["items"] if job["kind"].startswith("bring_")]


async def test_a_workspace_sees_its_own_jobs_newest_first(
    services: Services, acme: httpx2.AsyncClient, rival: httpx2.AsyncClient
) -> None:
    acme_id = await workspace_of(acme)
    mine = [await backlog.dead(services.db, acme_id) for _ in range(3)]
    await backlog.dead(services.db, await workspace_of(rival))
    await backlog.dead(services.db)

    assert await listed(acme) == mine[::-1]


async def test_the_operator_sees_its_own_jobs_and_the_servers(
    services: Services, operator: httpx2.AsyncClient, acme: httpx2.AsyncClient
) -> None:
    own = await backlog.dead(services.db, await workspace_of(operator))
    servers = await backlog.dead(services.db)
    foreign = await backlog.dead(services.db, await workspace_of(acme))

    assert await listed(operator) == [servers, own]
    assert (await operator.get(f"/v1/jobs/{servers}")).status_code == 200
    assert (await operator.get(f"/v1/jobs/{foreign}")).status_code == 404
    assert (await operator.post(f"/v1/jobs/{foreign}/retry")).status_code == 404


async def test_the_servers_own_jobs_are_nobody_elses(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    servers = await backlog.dead(services.db)

    for answer in (
        await acme.get(f"/v1/jobs/{servers}"),
        await acme.post(f"/v1/jobs/{servers}/retry"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "job_not_found")


async def test_a_list_is_narrowed_by_state_and_kind(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    acme_id = await workspace_of(acme)
    dead = await backlog.dead(services.db, acme_id)
    other = await backlog.dead(services.db, acme_id, "bring_tea")
    due = await backlog.record(services.db, NewJob(kind="bring_tea", workspace_id=acme_id))

    assert await listed(acme, state="dead") == [other, dead]
    assert await listed(acme, kind="bring_tea") == [due, other]
    assert await listed(acme, kind="bring_tea", state="dead") == [other]
    assert await listed(acme, state="running") == []


async def test_pages_hold_every_job_once(services: Services, acme: httpx2.AsyncClient) -> None:
    acme_id = await workspace_of(acme)
    made = [await backlog.dead(services.db, acme_id) for _ in range(5)]

    seen, query = [], {"limit": "2"}
    while True:
        page = (await acme.get("/v1/jobs", params=query)).json()
        seen += [job["id"] for job in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert seen == made[::-1]


async def test_a_job_is_shown_without_what_it_works_with(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    acme_id = await workspace_of(acme)
    job = NewJob(
        kind="bring_tea",
        workspace_id=acme_id,
        subject="meeting",
        payload={"token": "a-secret"},
        unique_key="tea:a-secret-too",
    )
    job_id = await backlog.record(services.db, job)

    answer = await acme.get(f"/v1/jobs/{job_id}")

    shown = answer.json()
    assert "a-secret" not in answer.text
    assert (shown["kind"], shown["subject"], shown["state"]) == ("bring_tea", "meeting", "due")
    assert (shown["attempts"], shown["last_error"], shown["done_at"]) == (0, None, None)


async def test_a_dead_job_is_retried_with_all_its_attempts(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    job_id = await backlog.dead(services.db, await workspace_of(acme))
    dead = (await acme.get(f"/v1/jobs/{job_id}")).json()

    async with services.outbox.broadcast.listen(TOPIC) as calls:
        revived = await acme.post(f"/v1/jobs/{job_id}/retry")
        with anyio.fail_after(10):
            assert await anext(calls) == b""

    assert (dead["state"], dead["attempts"]) == ("dead", 10)
    assert revived.status_code == 200
    assert (revived.json()["state"], revived.json()["attempts"]) == ("due", 0)
    assert revived.json()["due_at"] > dead["due_at"]
    assert revived.json()["last_error"] == dead["last_error"]
    assert (await acme.get(f"/v1/jobs/{job_id}")).json() == revived.json()


async def test_a_job_that_is_not_dead_is_not_retried(
    services: Services, acme: httpx2.AsyncClient
) -> None:
    job_id = await backlog.dead(services.db, await workspace_of(acme))
    revived = (await acme.post(f"/v1/jobs/{job_id}/retry")).json()

    again = await acme.post(f"/v1/jobs/{job_id}/retry")

    assert (again.status_code, again.json()["code"]) == (409, "job_not_dead")
    assert (await acme.get(f"/v1/jobs/{job_id}")).json() == revived


async def test_a_job_that_is_not_there_is_not_found(acme: httpx2.AsyncClient) -> None:
    assert (await acme.get(f"/v1/jobs/{NOBODYS}")).json()["code"] == "job_not_found"
    assert (await acme.post(f"/v1/jobs/{NOBODYS}/retry")).json()["code"] == "job_not_found"


async def test_reading_and_retrying_are_two_scopes(
    services: Services, client_for: ClientFor, acme: httpx2.AsyncClient
) -> None:
    job_id = await backlog.dead(services.db, await workspace_of(acme))
    async with await client_for("acme", ["jobs:read"]) as reader:
        assert (await reader.get(f"/v1/jobs/{job_id}")).status_code == 200
        assert (await reader.post(f"/v1/jobs/{job_id}/retry")).status_code == 403
    async with await client_for("acme", ["jobs:write"]) as writer:
        assert (await writer.get("/v1/jobs")).status_code == 403
