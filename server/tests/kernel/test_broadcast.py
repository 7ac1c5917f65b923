"""Wake-ups: the same promises within one process and across processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import anyio
import pytest
from aragora_server.kernel import broadcast as local
from aragora_server.kernel.broadcast import Broadcast, LocalBroadcast
from aragora_server.kernel.redis_broadcast import RedisBroadcast
from aragora_server.kernel.redis_client import connect

from tests.redis_server import RedisServer
from tests.waiting import until

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["local", "redis"])
async def ends(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Broadcast, Broadcast]]:
    """Where it is said and where it is heard: two processes where there can be two."""
    if request.param == "local":
        one = LocalBroadcast()
        yield one, one
        return
    url = request.getfixturevalue("redis_url")
    async with AsyncExitStack() as stack:
        here, there = RedisBroadcast(connect(url)), RedisBroadcast(connect(url))
        await stack.enter_async_context(here.open())
        await stack.enter_async_context(there.open())
        yield here, there


async def hear(wake_ups: AsyncIterator[bytes], times: int = 1) -> list[bytes]:
    with anyio.fail_after(10):
        return [await anext(wake_ups) for _ in range(times)]


async def is_silent(wake_ups: AsyncIterator[bytes]) -> bool:
    with anyio.move_on_after(0.1) as silence:
        await anext(wake_ups)
    return silence.cancelled_caught


async def test_a_wake_up_reaches_everybody_who_listens_to_its_topic(ends):
    here, there = ends

    async with there.listen("a") as one, there.listen("a") as two, there.listen("b") as other:
        await here.publish("a", b"1")

        assert await hear(one) == await hear(two) == [b"1"]
        assert await is_silent(other)


async def test_it_is_heard_from_the_moment_the_block_is_entered(ends):
    here, there = ends

    for n in range(50):
        async with there.listen(f"topic {n}") as wake_ups:
            await here.publish(f"topic {n}", b"%d" % n)

            assert await hear(wake_ups) == [b"%d" % n]


async def test_a_topic_left_and_listened_to_again_is_heard(ends):
    here, there = ends

    for n in range(50):
        async with there.listen("again"):
            pass
        async with there.listen("again") as wake_ups:
            await here.publish("again", b"%d" % n)

            assert await hear(wake_ups) == [b"%d" % n]


async def test_what_one_says_is_heard_in_its_order(ends):
    here, there = ends

    async with there.listen("a") as wake_ups:
        for n in range(100):
            await here.publish("a", b"%d" % n)

        assert await hear(wake_ups, 100) == [b"%d" % n for n in range(100)]


async def test_any_bytes_and_any_topic_may_be_sent(ends):
    here, there = ends
    message = bytes(range(256)) * 40

    async with there.listen("größe: 日本 *") as wake_ups:
        await here.publish("größe: 日本 *", message)

        assert await hear(wake_ups) == [message]


async def test_one_who_leaves_takes_nothing_from_the_others(ends):
    here, there = ends

    async with there.listen("a") as stays:
        async with there.listen("a"):
            pass
        await here.publish("a", b"1")

        assert await hear(stays) == [b"1"]


async def test_a_listener_that_does_not_listen_holds_nobody_up(ends):
    here, there = ends

    async with there.listen("a") as slow, there.listen("b") as other:
        with anyio.fail_after(30):
            for n in range(local.QUEUE + 10):
                await here.publish("a", b"%d" % n)
        await here.publish("b", b"1")

        assert await hear(other) == [b"1"]
        assert await hear(slow) == [b"0"]


async def test_it_is_connected(ends):
    assert all(end.is_connected for end in ends)


# Redis and its absence ----------------------------------------------------------------------------


@pytest.fixture
async def pair(redis_url: str) -> AsyncIterator[tuple[RedisBroadcast, RedisBroadcast]]:
    async with AsyncExitStack() as stack:
        here, there = RedisBroadcast(connect(redis_url)), RedisBroadcast(connect(redis_url))
        await stack.enter_async_context(here.open())
        await stack.enter_async_context(there.open())
        yield here, there


async def test_who_listens_hears_again_when_redis_is_back(pair, redis_server: RedisServer):
    here, there = pair

    async with there.listen("a") as wake_ups:
        redis_server.kill()
        await until(lambda: not here.is_connected and not there.is_connected)
        await here.publish("a", b"lost")
        async with there.listen("b") as came_meanwhile:
            redis_server.start()
            await until(lambda: here.is_connected and there.is_connected)
            async with there.listen("a"), there.listen("b"):  # both are subscribed to by now
                await here.publish("a", b"1")
                await here.publish("b", b"2")

            assert await hear(wake_ups) == [b"1"]
            assert await hear(came_meanwhile) == [b"2"]


async def test_without_redis_nothing_waits_and_nothing_fails(redis_server: RedisServer, redis_url):
    redis_server.kill()
    try:
        alone = RedisBroadcast(connect(redis_url))
        async with alone.open():
            with anyio.fail_after(5):
                async with alone.listen("a") as wake_ups:
                    await alone.publish("a", b"1")
                    assert await is_silent(wake_ups)
            assert not alone.is_connected
    finally:
        redis_server.start()


async def test_a_connection_that_is_dead_but_open_is_given_up(
    pair, redis_server: RedisServer, monkeypatch
):
    from aragora_server.kernel import redis_broadcast

    monkeypatch.setattr(redis_broadcast, "SILENCE_S", 0.5)
    monkeypatch.setattr(redis_broadcast, "PING_S", 0.1)
    here, there = pair
    async with there.listen("a"):  # from now on with these times
        await here.publish("a", b"1")
    redis_server.pause()
    try:
        with anyio.fail_after(5):
            await here.publish("a", b"lost")
        await until(lambda: not there.is_connected)
    finally:
        redis_server.go_on()
    await until(lambda: there.is_connected)


async def test_a_silent_connection_is_kept(pair, monkeypatch):
    from aragora_server.kernel import redis_broadcast

    monkeypatch.setattr(redis_broadcast, "SILENCE_S", 0.5)
    monkeypatch.setattr(redis_broadcast, "PING_S", 0.1)
    here, there = pair
    before = there._up
    async with there.listen("a") as wake_ups:
        await here.publish("a", b"1")
        await hear(wake_ups)
        await anyio.sleep(1)

        assert there._up is before
        assert there.is_connected


async def test_flushing_redis_changes_nothing(pair, redis_server: RedisServer):
    here, there = pair

    async with there.listen("a") as wake_ups:
        redis_server.command("FLUSHALL")
        await here.publish("a", b"1")

        assert await hear(wake_ups) == [b"1"]


async def test_connections_cut_by_redis_are_made_anew(pair, redis_server: RedisServer):
    here, there = pair

    async with there.listen("a") as wake_ups:
        redis_server.command("CLIENT", "KILL", "TYPE", "pubsub")
        redis_server.command("CLIENT", "KILL", "TYPE", "normal")
        await until(lambda: not there.is_connected)
        await until(lambda: here.is_connected and there.is_connected)
        async with there.listen("a"):
            await here.publish("a", b"1")

        assert await hear(wake_ups) == [b"1"]


async def test_no_fault_of_the_client_library_ends_the_process(redis_url, caplog):
    """redis-py says AttributeError where one task closes what another one writes to."""
    client, made = connect(redis_url), []
    subscribing = client.pubsub

    def noted():
        made.append(subscribing())
        return made[-1]

    async def broken_once(_command):
        del connection._send_packed_command
        raise AttributeError("'NoneType' object has no attribute 'writelines'")

    client.pubsub = noted
    there = RedisBroadcast(client)
    async with there.open():
        connection = made[0].connection
        connection._send_packed_command = broken_once
        async with there.listen("a") as wake_ups:
            await until(lambda: len(made) == 2 and there.is_connected)
            async with there.listen("a"):
                await there.publish("a", b"1")

            assert await hear(wake_ups) == [b"1"]
    assert "made anew" in caplog.text


async def test_a_process_subscribes_once_however_many_listen(pair, redis_server: RedisServer):
    _, there = pair

    async with AsyncExitStack() as stack:
        for _ in range(20):
            await stack.enter_async_context(there.listen("a"))
        number = there._prefix.encode()
        subscribers = redis_server.command("PUBSUB", "NUMSUB", f"{number.decode()}a")

    assert subscribers.endswith(b":1\r\n")
    await until(lambda: b":0" in redis_server.command("PUBSUB", "NUMSUB", f"{there._prefix}a"))


async def test_numbered_databases_have_their_own_channels(redis_server: RedisServer, redis_url):
    here, other = RedisBroadcast(connect(redis_url)), RedisBroadcast(connect(redis_server.url(0)))
    async with here.open(), other.open(), here.listen("a") as wake_ups:
        await other.publish("a", b"1")

        assert await is_silent(wake_ups)
