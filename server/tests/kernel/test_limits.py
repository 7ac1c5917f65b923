"""An allowance is the same wherever its bucket stands."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
import pytest
from aragora_server.kernel.errors import RateLimited
from aragora_server.kernel.limits import Allowances, RateLimit
from aragora_server.kernel.redis_client import connect
from aragora_server.kernel.redis_limits import SharedRateLimit
from redis.asyncio import Redis

from tests.redis_server import RedisServer

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["process", "redis"])
async def three(request: pytest.FixtureRequest) -> AsyncIterator[Allowances]:
    """Three requests a minute."""
    here = RateLimit(3, lambda: 0.0)
    if request.param == "process":
        yield here
        return
    client = connect(request.getfixturevalue("redis_url"))
    yield SharedRateLimit(client, here, lambda: 0.0)
    await client.aclose()


@pytest.fixture
async def two_processes(redis_url: str) -> AsyncIterator[tuple[Allowances, Allowances]]:
    def process(client: Redis) -> SharedRateLimit:
        return SharedRateLimit(client, RateLimit(3, anyio.current_time), anyio.current_time)

    async with connect(redis_url) as one, connect(redis_url) as two:
        yield process(one), process(two)


async def granted(limit: Allowances, times: int, key: str = "k") -> list[bool]:
    return [(await limit.take(key)).is_granted for _ in range(times)]


async def test_an_allowance_is_used_up(three: Allowances):
    assert await granted(three, 4) == [True, True, True, False]


async def test_the_headers_count_down(three: Allowances):
    taken = [await three.take("k") for _ in range(3)]

    assert [one.headers["RateLimit"].split(";")[1] for one in taken] == ["r=2", "r=1", "r=0"]
    assert {one.headers["RateLimit-Policy"] for one in taken} == {'"key";q=3;w=60'}


async def test_a_refusal_says_when_to_come_again(three: Allowances):
    await granted(three, 3)

    with pytest.raises(RateLimited) as refused:
        (await three.take("k")).check()

    assert 18 <= refused.value.retry_after_s <= 20


async def test_every_key_has_its_own(three: Allowances):
    await granted(three, 3)

    assert await granted(three, 1, "other") == [True]


async def test_a_share_is_apart_and_smaller(three: Allowances):
    await granted(three, 3)

    assert await granted(three.share(3), 2) == [True, False]


async def test_a_bucket_in_redis_fills_up_again(redis_url: str):
    client = connect(redis_url)
    fast = SharedRateLimit(client, RateLimit(600, lambda: 0.0), lambda: 0.0)

    await granted(fast, 600)
    with anyio.fail_after(20):
        while not (await fast.take("k")).is_granted:
            await anyio.sleep(0.02)
    await client.aclose()


async def test_processes_share_one_allowance(two_processes):
    one, two = two_processes

    assert await granted(one, 2) == [True, True]
    assert await granted(two, 2) == [True, False]


async def test_racing_processes_get_no_more_than_there_is(two_processes):
    won = []

    async def race(limit: Allowances) -> None:
        won.extend(await granted(limit, 5))

    async with anyio.create_task_group() as group:
        for limit in two_processes * 5:
            group.start_soon(race, limit)

    assert won.count(True) == 3


async def test_without_redis_each_process_counts_for_itself(
    two_processes, redis_server: RedisServer
):
    one, two = two_processes
    await granted(one, 3)
    redis_server.kill()
    try:
        assert await granted(one, 4) == [True, True, True, False]
        assert await granted(two, 4) == [True, True, True, False]
    finally:
        redis_server.start()


async def test_a_redis_that_hangs_holds_only_the_first_request_up(
    two_processes, redis_server: RedisServer
):
    one, _ = two_processes
    await granted(one, 1)
    redis_server.pause()
    try:
        with anyio.fail_after(5):
            assert await granted(one, 3) == [True, True, True]
            started = anyio.current_time()
            await one.take("k")
        assert anyio.current_time() - started < 0.4
    finally:
        redis_server.go_on()


async def test_redis_is_asked_again_when_it_is_back(redis_url: str, redis_server: RedisServer):
    now = [0.0]
    client = connect(redis_url)
    limit = SharedRateLimit(client, RateLimit(3, lambda: now[0]), lambda: now[0])
    redis_server.kill()
    try:
        await granted(limit, 3)
    finally:
        redis_server.start()

    assert await granted(limit, 1) == [False]
    now[0] += 1.1
    assert await granted(limit, 4) == [True, True, True, False]
    await client.aclose()


async def test_a_flushed_redis_knows_the_script_again(two_processes, redis_server: RedisServer):
    one, _ = two_processes
    await granted(one, 3)
    redis_server.command("FLUSHALL")
    redis_server.command("SCRIPT", "FLUSH")

    assert await granted(one, 4) == [True, True, True, False]
