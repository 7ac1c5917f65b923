"""The small parts: wake-ups, ids, times, pages, allowances."""

import re
import uuid
from datetime import UTC, datetime, timedelta, timezone

import anyio
import pytest
from aragora_server.kernel import broadcast, limits
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.clock import system_clock, wire_time
from aragora_server.kernel.ids import new_id, new_request_id
from aragora_server.kernel.paging import Cursor, InvalidCursor, page_of

pytestmark = pytest.mark.anyio


async def test_a_wake_up_reaches_everybody_who_listens_to_its_topic():
    local = LocalBroadcast()

    async with local.listen("a") as one, local.listen("a") as two, local.listen("b") as other:
        await local.publish("a", b"1")
        with anyio.fail_after(1):
            heard = [await anext(one), await anext(two)]
        with anyio.move_on_after(0.01) as silence:
            await anext(other)

    assert heard == [b"1", b"1"]
    assert silence.cancelled_caught


async def test_nobody_who_has_left_is_remembered():
    local = LocalBroadcast()

    async with local.listen("a"):
        pass
    await local.publish("a", b"1")

    assert not local._listeners


async def test_a_listener_that_does_not_listen_holds_nobody_up():
    local = LocalBroadcast()

    async with local.listen("a") as slow:
        with anyio.fail_after(5):
            for n in range(broadcast.QUEUE + 10):
                await local.publish("a", b"%d" % n)
        first = await anext(slow)

    assert first == b"0"


async def test_ids_are_uuid7_and_rise():
    made = [new_id() for _ in range(1000)]

    assert made == sorted(made)
    assert len(set(made)) == 1000
    assert {uuid.UUID(one).version for one in made} == {7}
    stamp = uuid.UUID(made[0]).int >> 80
    assert abs(stamp / 1000 - datetime.now(UTC).timestamp()) < 5


async def test_request_ids_say_what_they_are():
    assert re.fullmatch(r"req_[0-9a-f]{32}", new_request_id())


async def test_times_are_utc_in_milliseconds():
    now = system_clock()
    east = datetime(2026, 1, 1, 1, 30, 0, 4_567, timezone(timedelta(hours=1)))

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0
    assert wire_time(east) == "2026-01-01T00:30:00.004Z"


async def test_a_cursor_survives_the_round_trip():
    cursor = Cursor(("2026-01-01T00:00:00Z", 7))

    assert Cursor.decode(cursor.encode(), str, int) == cursor
    assert re.fullmatch(r"[A-Za-z0-9_-]+", cursor.encode())


@pytest.mark.parametrize(
    "text", ["", "=", "ä", "bnVsbA", "NQ", Cursor((1,)).encode(), "WyJh", Cursor(("a\0",)).encode()]
)
async def test_what_is_no_cursor_is_refused(text):
    with pytest.raises(InvalidCursor):
        Cursor.decode(text, str)


async def test_a_page_knows_whether_more_follows():
    full = page_of([1, 2, 3], 2, lambda n: (n,))
    last = page_of([1, 2], 2, lambda n: (n,))
    empty = page_of([], 2, lambda n: (n,))

    assert (full.items, full.next_cursor) == ((1, 2), Cursor((2,)).encode())
    assert (last.items, last.next_cursor) == ((1, 2), None)
    assert empty.items == ()


async def test_allowances_of_forgotten_keys_are_dropped(monkeypatch):
    monkeypatch.setattr(limits, "MOST_KEYS", 3)
    bucket = limits.RateLimit(60, lambda: 0.0)

    for n in range(10):
        await bucket.take(str(n))

    assert len(bucket._buckets) == 3


@pytest.mark.parametrize(
    ("host", "whose"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("", ""),
    ],
)
async def test_one_ipv6_host_is_not_many(host, whose):
    assert limits.network(host) == whose
