"""Errors are problem documents, and only those that the operation declares."""

import logging

import attrs
import pytest
from aragora_server.kernel.call import ContractBroken
from aragora_server.kernel.http import UndeclaredError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from tests.shop import Shop

pytestmark = pytest.mark.anyio


async def test_a_domain_error_becomes_its_problem(shop: Shop):
    async with shop.client() as client:
        answer = await client.get("/items/none")

    problem = answer.json()
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem == {
        "type": "urn:aragora:error:item_not_found",
        "title": "item not found",
        "status": 404,
        "detail": "no item none",
        "instance": "/items/none",
        "code": "item_not_found",
        "request_id": answer.headers["aragora-request-id"],
        "doc_url": "/v1/openapi.json#/x-error-codes/item_not_found",
        "errors": [],
    }


async def test_a_problem_shows_no_secret(shop: Shop):
    async with shop.client() as client:
        answer = await client.get("/items/leak")

    assert answer.json()["detail"] == "no item for Bearer [redacted]"


async def test_an_undeclared_error_fails_the_test(shop: Shop):
    async with shop.client() as client:
        with pytest.raises(UndeclaredError, match="item_exists is not declared"):
            await client.get("/items/taken")


@pytest.mark.parametrize("item", ["taken", "bug"])
async def test_in_production_our_faults_are_logged_and_not_told(shop: Shop, item, caplog):
    async with shop.client(strict=False) as client:
        with caplog.at_level(logging.ERROR, "aragora"):
            answer = await client.get(f"/items/{item}")

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert not any(word in answer.text for word in ("secret detail", "Traceback", "ItemExists"))
    assert answer.json()["request_id"] in caplog.text


async def test_a_bug_is_not_hidden_from_tests(shop: Shop):
    async with shop.client() as client:
        with pytest.raises(RuntimeError, match="secret detail"):
            await client.get("/items/bug")


async def test_a_database_that_is_away_is_a_503(shop: Shop):
    async def away():
        raise PoolTimeout

    shop.routes.on_create = away
    async with shop.client() as client:
        answer = await client.post("/items", json={"name": "a"})

    assert answer.status_code == 503
    assert answer.json()["code"] == "unavailable"
    assert answer.headers["retry-after"] == "1"


async def test_an_answer_that_breaks_the_contract_fails_the_test(shop: Shop):
    class Broken(type(shop.routes)):
        async def send_parcel(self, body: bytes) -> bytes:
            return b"{}"

    shop.routes = Broken()
    parcel = {"content": b'{"v":1}', "headers": {"content-type": "application/vnd.parcel+json"}}
    async with shop.client() as client:
        with pytest.raises(ContractBroken, match="sendParcel"):
            await client.post("/parcels", **parcel)
    async with shop.client(strict=False) as client:
        assert (await client.post("/parcels", **parcel)).status_code == 200


async def test_a_handler_that_takes_too_long_is_given_up(shop: Shop, monkeypatch):
    import anyio
    from aragora_server.kernel import resource

    monkeypatch.setattr(resource, "HANDLER_S", 0.05)
    shop.routes.on_create = lambda: anyio.sleep(5)
    async with shop.client() as client:
        answer = await client.post("/items", json={"name": "a"})

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize("authorization", [None, "", "Bearer ", "Basic full", "Bearer unknown"])
async def test_without_a_known_key_nothing_is_told(shop: Shop, authorization):
    headers = {} if authorization is None else {"authorization": authorization}
    async with shop.client(None) as client:
        answer = await client.get("/items/none", headers=headers)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_key_without_the_scope_is_told_which(shop: Shop):
    async with shop.client("reader") as client:
        answer = await client.post("/items", json={"name": "a"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "scope_missing"
    assert answer.json()["required_scopes"] == ["items:write"]


async def test_an_allowance_runs_out_and_comes_back(shop: Shop):
    shop = attrs.evolve(shop, per_minute=3)
    async with shop.client() as client:
        answers = [await client.get("/items/a") for _ in range(4)]
        shop.now += 20
        again = await client.get("/items/a")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[0].headers["ratelimit"] == '"key";r=2;t=20'
    assert answers[0].headers["ratelimit-policy"] == '"key";q=3;w=60'
    assert answers[3].headers["retry-after"] == "20"
    assert answers[3].headers["ratelimit"] == '"key";r=0;t=60'
    assert again.status_code == 200


async def test_one_keys_haste_does_not_slow_another(shop: Shop):
    shop = attrs.evolve(shop, per_minute=1)
    app = shop.client()
    async with app as client:
        await client.get("/items/a")
        spent = await client.get("/items/a")
        other = await client.get("/items/a", headers={"authorization": "Bearer reader"})
        public = await client.get("/items/count")

    assert (spent.status_code, other.status_code, public.status_code) == (429, 200, 200)
    assert "ratelimit" not in public.headers
