"""API keys: shown once, kept as hashes, never able to give more than they have."""

import logging

import anyio
import pytest
from aragora_server.contract.operations import SCOPES
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.errors import StorageFull, Unauthenticated, Unavailable
from aragora_server.kernel.ids import new_id
from aragora_server.workspaces import keyring, store
from sqlalchemy import select

pytestmark = pytest.mark.anyio

READER = {"name": "reader", "scopes": ["debates:read", "keys:read"]}


async def create(client, body=READER, **headers):
    answer = await client.post("/v1/api-keys", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_key_can_be_made_for_whatever_an_operation_asks_for(acme):
    made = await create(acme, {"name": "all", "scopes": sorted(SCOPES)})

    assert made["api_key"]["scopes"] == sorted(SCOPES)


async def test_an_account_names_its_workspace_and_its_key(acme):
    account = (await acme.get("/v1/account")).json()

    assert account["workspace"]["name"] == "acme"
    assert account["api_key"]["name"] == "test"
    assert account["api_key"]["scopes"] == sorted(SCOPES)


async def test_a_new_key_works_with_its_own_scopes(acme, client_for):
    made = await create(acme)

    async with client_for.with_key(made["key"]) as reader:
        allowed = await reader.get("/v1/api-keys")
        refused = await reader.post("/v1/api-keys", json=READER)

    assert made["key"].startswith("ara_")
    assert len(made["key"]) == 47
    assert made["api_key"]["prefix"] == made["key"][:8]
    assert allowed.status_code == 200
    assert refused.json()["code"] == "scope_missing"
    assert refused.json()["required_scopes"] == ["keys:write"]


async def test_the_secret_is_stored_only_as_a_hash(acme, services):
    made = await create(acme, **{"idempotency-key": "once"})

    async with services.db.read() as r:
        keys = (await r.execute(select(store.api_keys))).all()

    assert not any(made["key"] in str(value) for row in keys for value in row)
    assert "key" not in (await acme.get("/v1/api-keys")).json()["items"][0]


async def test_a_repeated_create_shows_the_same_secret_and_makes_one_key(acme):
    first = await create(acme, **{"idempotency-key": "once"})
    second = await create(acme, **{"idempotency-key": "once"})

    assert first == second
    assert len((await acme.get("/v1/api-keys")).json()["items"]) == 2


async def test_a_key_cannot_grant_what_it_lacks(acme, client_for):
    made = await create(acme, {"name": "maker", "scopes": ["keys:write"]})

    async with client_for.with_key(made["key"]) as maker:
        refused = await maker.post(
            "/v1/api-keys", json={"name": "more", "scopes": ["keys:write", "debates:read"]}
        )

    assert refused.status_code == 403
    assert refused.json()["code"] == "scope_escalation"
    assert "debates:read" in refused.json()["detail"]


async def test_a_revoked_key_stops_at_once_and_stays_listed(acme, client_for):
    made = await create(acme)
    path = f"/v1/api-keys/{made['api_key']['id']}"
    async with client_for.with_key(made["key"]) as reader:
        assert (await reader.get("/v1/api-keys")).status_code == 200

        revoked = await acme.delete(path)

        assert (await reader.get("/v1/api-keys")).status_code == 401
    again = await acme.delete(path)
    listed = (await acme.get("/v1/api-keys")).json()["items"]
    assert (revoked.status_code, again.status_code) == (204, 204)
    assert listed[0]["revoked_at"] is not None


async def test_repeating_a_revocation_keeps_its_time(acme, services):
    made = await create(acme)
    path = f"/v1/api-keys/{made['api_key']['id']}"
    await acme.delete(path)
    first = (await acme.get("/v1/api-keys")).json()["items"][0]["revoked_at"]

    await acme.delete(path)

    assert (await acme.get("/v1/api-keys")).json()["items"][0]["revoked_at"] == first


async def test_keys_are_listed_newest_first_in_pages(acme):
    names = ["one", "two", "three"]
    for name in names:
        await create(acme, {"name": name, "scopes": ["keys:read"]})

    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await acme.get("/v1/api-keys", params=query)).json()
        seen += [key["name"] for key in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert seen == ["three", "two", "one", "test"]


@pytest.mark.parametrize("cursor", ["nonsense!", "WzFd", "W10", "bm90IGpzb24"])
async def test_a_foreign_cursor_is_refused(acme, cursor):
    answer = await acme.get("/v1/api-keys", params={"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


async def test_another_workspaces_keys_do_not_exist(acme, rival):
    made = await create(acme)

    answer = await rival.delete(f"/v1/api-keys/{made['api_key']['id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "api_key_not_found")
    assert len((await rival.get("/v1/api-keys")).json()["items"]) == 1
    assert (await acme.get("/v1/api-keys")).json()["items"][0]["revoked_at"] is None


async def test_last_use_is_written_down_in_bulk(acme, services):
    before = (await acme.get("/v1/account")).json()["api_key"]["last_used_at"]

    await services.keyring.flush()
    await services.keyring.flush()

    after = (await acme.get("/v1/account")).json()["api_key"]["last_used_at"]
    assert before is None
    assert after is not None


@pytest.mark.parametrize("fault", [StorageFull, Unavailable])
async def test_a_last_use_that_cannot_be_written_is_kept_for_later(
    acme, services, monkeypatch, fault
):
    await acme.get("/v1/account")

    async def refuse(*_):
        raise fault

    with monkeypatch.context() as full:
        full.setattr(store, "save_last_used", refuse)
        await services.keyring.flush()
    await services.keyring.flush()

    assert (await acme.get("/v1/account")).json()["api_key"]["last_used_at"] is not None


async def test_known_keys_are_remembered_for_seconds_only(services, client_for):
    now = 0.0
    ring = keyring.Keyring(services.db, services.clock, lambda: now, LocalBroadcast())
    home = await services.workspaces.open_workspace("acme")
    made = await services.workspaces.issue_key(home.id, "k", ["keys:read"])
    assert await ring.caller_of(made.secret) is not None
    await services.workspaces.revoke_key(home.id, made.api_key.id)

    now = keyring.HIT_S - 0.1
    remembered = await ring.caller_of(made.secret)
    now = keyring.HIT_S
    forgotten = await ring.caller_of(made.secret)

    assert remembered is not None
    assert forgotten is None


async def test_another_process_hears_of_a_revocation_at_once(services):
    ring = keyring.Keyring(services.db, services.clock, lambda: 0.0, services.outside.broadcast)
    home = await services.workspaces.open_workspace("acme")
    made = await services.workspaces.issue_key(home.id, "k", ["keys:read"])

    async with anyio.create_task_group() as other_process:
        await other_process.start(ring.heed_others)
        before = await ring.caller_of(made.secret)
        await services.workspaces.revoke_key(home.id, made.api_key.id)
        with anyio.fail_after(5):
            while await ring.caller_of(made.secret) is not None:
                await anyio.sleep(0.01)
        other_process.cancel_scope.cancel()

    assert before is not None


async def test_what_was_read_before_a_revocation_is_not_remembered_after_it(services, monkeypatch):
    ring = services.keyring
    home = await services.workspaces.open_workspace("acme")
    made = await services.workspaces.issue_key(home.id, "k", ["keys:read"])
    look_up = ring._look_up

    async def slowly(hashed):
        found = await look_up(hashed)
        await services.workspaces.revoke_key(home.id, made.api_key.id)
        return found

    monkeypatch.setattr(ring, "_look_up", slowly)
    await ring.caller_of(made.secret)
    monkeypatch.undo()

    assert await ring.caller_of(made.secret) is None


async def test_memory_of_keys_is_bounded(services, monkeypatch):
    monkeypatch.setattr(keyring, "MOST_REMEMBERED", 3)
    ring = keyring.Keyring(services.db, services.clock, lambda: 0.0, LocalBroadcast())

    for n in range(10):
        assert await ring.caller_of(f"ara_{n}") is None

    assert len(ring._known) == 3


async def test_what_does_not_look_like_a_key_costs_no_query(services):
    ring = keyring.Keyring(services.db, services.clock, lambda: 0.0, LocalBroadcast())

    assert await ring.caller_of("sk-something") is None
    assert not ring._known


async def test_no_secret_reaches_the_log(acme, caplog):
    with caplog.at_level(logging.DEBUG):
        made = await create(acme)

    assert made["key"] not in caplog.text


async def test_a_request_that_was_let_in_before_its_key_was_revoked_makes_no_key(acme, services):
    """Or whoever holds a stolen key would outrun its revocation."""
    account = (await acme.get("/v1/account")).json()
    home, own = account["workspace"]["id"], account["api_key"]["id"]
    await services.workspaces.revoke_key(home, own)

    with pytest.raises(Unauthenticated):
        await services.workspaces.create_key(home, by=own, name="heir", scopes=["debates:read"])


async def test_a_new_key_stands_in_no_repr(services):
    home = await services.workspaces.open_workspace("acme")

    made = await services.workspaces.issue_key(home.id, "shy", ["debates:read"])

    assert made.secret not in repr(made)


async def test_a_key_whose_secret_nobody_was_told_is_made_once_with_another(
    acme, services, client_for
):
    account = (await acme.get("/v1/account")).json()
    home, own, made_id = account["workspace"]["id"], account["api_key"]["id"], new_id()

    lost, told = [
        await services.workspaces.create_key(
            home, by=own, name="once", scopes=["keys:read"], api_key_id=made_id
        )
        for _ in range(2)
    ]

    async with client_for.with_key(lost.secret) as one, client_for.with_key(told.secret) as other:
        assert (await one.get("/v1/api-keys")).status_code == 401
        listed = (await other.get("/v1/api-keys")).json()["items"]
    assert [key["id"] for key in listed].count(made_id) == 1


async def test_a_key_can_be_given_every_scope_that_an_operation_needs(acme):
    body = {"name": "all", "scopes": sorted(SCOPES)}

    answer = await acme.post("/v1/api-keys", json=body)

    assert answer.status_code == 201, answer.text
    assert answer.json()["api_key"]["scopes"] == sorted(SCOPES)
