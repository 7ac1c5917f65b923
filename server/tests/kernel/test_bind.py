"""What is in the contract is served, and nothing else."""

import pytest
from aragora_server.kernel.bind import ContractNotServed, match
from starlette.routing import Route

from tests.shop import OPERATIONS, ItemRoutes, Shop, operation

pytestmark = pytest.mark.anyio


class Extra(ItemRoutes):
    async def rename_item(self) -> None: ...


class Second:
    async def get_item(self) -> None: ...


def test_a_missing_handler_is_named():
    table = {**OPERATIONS, "moveItem": operation("moveItem", "move_item", "PUT", "/items/x")}

    with pytest.raises(ContractNotServed, match=r"no handler for moveItem \(move_item\)"):
        match([ItemRoutes()], table)


def test_a_handler_that_is_no_operation_is_named():
    with pytest.raises(ContractNotServed, match=r"Extra\.rename_item is no operation"):
        match([Extra()], OPERATIONS)


def test_two_handlers_of_one_operation_are_named():
    with pytest.raises(ContractNotServed, match="ItemRoutes and Second both have get_item"):
        match([ItemRoutes(), Second()], OPERATIONS)


def test_every_operation_is_bound_to_its_handler():
    routes = ItemRoutes()

    bound = match([routes], OPERATIONS)

    assert bound["getItem"] == routes.get_item
    assert set(bound) == set(OPERATIONS)


async def test_static_paths_win_over_templated_ones(shop: Shop):
    async with shop.client() as client:
        answer = await client.get("/items/count")

    assert answer.json()["id"] == "count"


async def test_a_path_outside_of_the_contract_is_a_problem(shop: Shop):
    async with shop.client() as client:
        answer = await client.get("/nothing/here")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"
    assert answer.json()["instance"] == "/nothing/here"


async def test_another_method_is_refused_with_the_allowed_ones(shop: Shop):
    async with shop.client() as client:
        answer = await client.put("/items")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert answer.json()["code"] == "method_not_allowed"


async def test_options_names_the_methods(shop: Shop):
    async with shop.client(None) as client:
        answer = await client.options("/items/a")

    assert (answer.status_code, answer.headers["allow"]) == (204, "DELETE, GET, HEAD, OPTIONS")


async def test_head_answers_like_get_without_a_body(shop: Shop):
    async with shop.client() as client:
        head = await client.head("/items/a")
        get = await client.get("/items/a")
        missing = await client.head("/nowhere")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert (missing.status_code, missing.content) == (404, b"")


async def test_a_websocket_path_asks_for_an_upgrade(shop: Shop):
    async with shop.client() as client:
        answer = await client.get("/items/a/socket")

    assert answer.status_code == 426
    assert answer.headers["upgrade"] == "websocket"
    assert answer.json()["code"] == "upgrade_required"


async def test_every_answer_names_the_version_and_the_request(shop: Shop):
    async with shop.client() as client:
        answers = [await client.get(path) for path in ("/items/a", "/items/none", "/nowhere")]

    ids = [answer.headers["aragora-request-id"] for answer in answers]
    assert all(answer.headers["aragora-version"] == "9.9.9" for answer in answers)
    assert all(id_.startswith("req_") for id_ in ids)
    assert len(set(ids)) == 3
    assert answers[1].json()["request_id"] == ids[1]


async def test_a_deprecated_operation_says_until_when(shop: Shop):
    async with shop.client() as client:
        answer = await client.delete("/items/a")

    assert answer.status_code == 204
    assert answer.headers["deprecation"] == "@1801353600"
    assert answer.headers["sunset"] == "Sun, 31 Jan 2027 00:00:00 GMT"
    assert 'rel="deprecation"' in answer.headers["link"]


async def test_routes_come_from_the_table_alone(shop: Shop):
    paths = [route.path for route in shop.app().routes if isinstance(route, Route)]

    assert paths.index("/items/count") < paths.index("/items/{item_id}")
    assert set(paths) == {op.path for op in OPERATIONS.values()} | {"/items/{item_id}/socket"}
