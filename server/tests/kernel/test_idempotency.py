"""One key, one effect."""

from datetime import UTC, datetime, timedelta

import anyio
import attrs
import pytest
from aragora_server.kernel.errors import Unavailable
from aragora_server.kernel.idempotency import forget_expired, idempotency_records
from sqlalchemy import select

from tests.shop import ItemNotFound, Shop

pytestmark = pytest.mark.anyio

KEY = {"idempotency-key": "firstord"}
ASK = {"name": "a"}
START = datetime(2026, 1, 1, tzinfo=UTC)


@attrs.define
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


async def post(shop: Shop, body=ASK, headers=KEY, key="full"):
    async with shop.client(key) as client:
        return await client.post("/items", json=body, headers=headers)


async def test_the_same_request_again_gets_the_same_answer(shop):
    first = await post(shop)
    second = await post(shop)

    assert first.content == second.content
    assert first.status_code == second.status_code == 201
    assert shop.routes.calls["create"] == 1


async def test_without_a_key_everything_happens_each_time(shop):
    await post(shop, headers={})
    await post(shop, headers={})

    assert shop.routes.calls["create"] == 2


async def test_the_layout_of_the_body_does_not_matter(shop):
    await post(shop, {"name": "a", "count": 1})
    await post(shop, {"count": 1, "name": "a"})

    assert shop.routes.calls["create"] == 1


async def test_an_empty_key_is_refused_and_does_nothing(shop):
    answer = await post(shop, headers={"idempotency-key": ""})

    assert answer.status_code == 422
    assert shop.routes.calls["create"] == 0


async def test_a_key_with_another_body_is_refused(shop):
    await post(shop)

    answer = await post(shop, {"name": "b"})

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


async def test_another_callers_key_is_another_key(shop):
    shop.keys.known["second"] = shop.keys.known["full"]
    await post(shop)

    answer = await post(shop, {"name": "b"}, key="second")

    assert answer.status_code == 201


async def test_a_request_that_still_runs_is_not_started_again(shop):
    running, finish = anyio.Event(), anyio.Event()

    async def slowly():
        running.set()
        await finish.wait()

    shop.routes.on_create = slowly
    async with anyio.create_task_group() as group:
        group.start_soon(post, shop)
        await running.wait()
        answer = await post(shop)
        finish.set()

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_progress")
    assert answer.headers["retry-after"] == "1"
    assert shop.routes.calls["create"] == 1


async def test_a_failed_request_may_be_tried_again(shop):
    async def fail():
        raise ItemNotFound("not yet")

    shop.routes.on_create = fail
    refused = await post(shop)
    shop.routes.on_create = None

    assert refused.status_code == 404
    assert (await post(shop)).status_code == 201


async def test_the_claim_of_a_dead_process_does_not_lock_the_key(shop):
    clock = Clock()
    dead = attrs.evolve(shop, owner="dead", clock=clock)
    await abandon(dead)

    alive = attrs.evolve(shop, owner="alive", clock=clock)
    at_once = await post(alive)
    clock.now += timedelta(seconds=61)
    later = await post(alive)

    # On SQLite there is only one server, so another owner's claim is known to be dead.
    assert at_once.status_code == (201 if shop.db.dialect == "sqlite" else 409)
    assert later.status_code == 201


async def test_who_does_the_work_again_is_told_what_was_made_before(shop):
    clock = Clock()
    dead = attrs.evolve(shop, owner="dead", clock=clock)
    await abandon(dead)
    clock.now += timedelta(seconds=61)

    await post(attrs.evolve(shop, owner="alive", clock=clock))
    await post(shop, headers={"idempotency-key": "another"})

    first, again, other = shop.routes.seen["making"]
    assert first == again != other


async def test_a_request_that_may_have_had_an_effect_is_repeated_at_once_with_the_same_id(shop):
    async def fail():
        raise Unavailable("nobody knows what became of the commit")

    shop.routes.on_create = fail
    failed = await post(shop)
    shop.routes.on_create = None
    other = await post(shop, {"name": "b"})
    again = await post(shop)

    first, second = shop.routes.seen["making"]
    assert failed.status_code == 503
    assert other.json()["code"] == "idempotency_key_reused"
    assert again.status_code == 201
    assert first == second


async def test_a_repeat_that_is_refused_forgets_nothing_of_what_was_made(shop):
    clock = Clock()
    await abandon(attrs.evolve(shop, owner="dead", clock=clock))
    clock.now += timedelta(seconds=61)
    alive = attrs.evolve(shop, owner="alive", clock=clock)

    async def refuse():
        raise ItemNotFound("not now")

    alive.routes.on_create = refuse
    refused = await post(alive)
    alive.routes.on_create = None
    again = await post(alive)

    assert (refused.status_code, again.status_code) == (404, 201)
    assert len(set(shop.routes.seen["making"])) == 1


async def test_a_refused_request_leaves_its_key_free_for_another(shop):
    async def refuse():
        raise ItemNotFound("not yet")

    shop.routes.on_create = refuse
    await post(shop)
    shop.routes.on_create = None

    assert (await post(shop, {"name": "b"})).status_code == 201


async def abandon(shop: Shop) -> None:
    """Claim the key and vanish, as a killed process does."""
    from aragora_server.kernel.idempotency import Idempotency

    let_go, Idempotency._let_go = Idempotency._let_go, lambda *_, **__: anyio.sleep(0)
    claimed = anyio.Event()

    async def hang():
        claimed.set()
        await anyio.sleep_forever()

    shop.routes.on_create = hang
    async with anyio.create_task_group() as group:
        group.start_soon(post, shop)
        await claimed.wait()
        group.cancel_scope.cancel()
    Idempotency._let_go = let_go
    shop.routes.on_create = None


async def test_a_key_is_free_again_after_a_day(shop):
    clock = Clock()
    shop = attrs.evolve(shop, clock=clock)
    await post(shop)
    clock.now += timedelta(hours=24, seconds=1)

    answer = await post(shop, {"name": "b"})

    assert answer.status_code == 201


async def test_of_two_who_come_after_a_day_one_is_first(shop):
    clock = Clock()
    shop = attrs.evolve(shop, clock=clock)
    await post(shop)
    clock.now += timedelta(hours=24, seconds=1)

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(post, shop, {"name": "b"})

    assert shop.routes.calls["create"] == 2
    assert (await post(shop, {"name": "b"})).json()["name"] == "b"
    assert shop.routes.calls["create"] == 2


async def test_expired_records_are_forgotten_and_others_are_not(shop):
    clock = Clock()
    shop = attrs.evolve(shop, clock=clock)
    await post(shop)
    clock.now += timedelta(hours=23)
    await post(shop, headers={"idempotency-key": "k2"})

    assert await forget_expired(shop.db, clock.now) == 0
    clock.now += timedelta(hours=1)
    assert await forget_expired(shop.db, clock.now) == 1
    assert (await post(shop, {"name": "b"}, {"idempotency-key": "k2"})).status_code == 422


async def test_the_stored_answer_cannot_be_read_without_the_api_key(shop):
    await post(shop, {"name": "topsecret"})

    async with shop.db.read() as r:
        (row,) = (await r.execute(select(idempotency_records))).all()

    assert row.sealed is not None
    assert b"topsecret" not in row.sealed
    assert not any(KEY["idempotency-key"] in str(value) for value in row)


async def test_nobody_can_test_by_the_record_what_was_asked_for(shop):
    for n in range(2):
        await post(shop, headers={"idempotency-key": f"order-{n}"})

    async with shop.db.read() as r:
        digests = (await r.execute(select(idempotency_records.c.request_sha256))).scalars().all()

    assert len(set(digests)) == 2


async def test_a_record_that_cannot_be_opened_is_done_again(shop):
    await post(shop)
    async with shop.db.begin() as tx:
        await tx.execute(idempotency_records.update().values(sealed=bytes(64)))

    assert (await post(shop)).status_code == 201
    assert shop.routes.calls["create"] == 2
