"""One log, many readers: complete, in order, read and encoded once, and nobody holds up another."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping, Sequence

import anyio
import attrs
import pytest
from aragora_server.kernel import hub as hubs
from aragora_server.kernel import reader
from aragora_server.kernel.broadcast import LocalBroadcast
from aragora_server.kernel.hub import Height, Hub
from aragora_server.kernel.stream import StreamItem, TooSlow

pytestmark = pytest.mark.anyio

PAGE = 50


@attrs.define
class Ledger:
    """Logs that only tests write; it counts what it is asked."""

    broadcast: LocalBroadcast
    rows: dict[str, list[StreamItem]] = attrs.field(factory=dict)
    over: set[str] = attrs.field(factory=set)
    asked: Counter[str] = attrs.field(factory=Counter)
    is_away: bool = False
    hidden: int = 0

    def topic(self, key: str) -> str:
        return key

    def cached(self, wake_up: bytes) -> StreamItem | None:
        seq, _, payload = wake_up.partition(b" ")
        if not payload:
            return None
        return StreamItem(seq=int(seq) or None, type="step", payload=payload)

    async def heights(self, keys: Collection[str]) -> Mapping[str, Height]:
        self.asked["heights"] += 1
        self._check()
        await anyio.sleep(0)
        return {
            key: Height(len(self.rows[key]), key in self.over) for key in keys if key in self.rows
        }

    async def after(self, key: str, seq: int) -> Sequence[StreamItem]:
        self.asked["after"] += 1
        self._check()
        await anyio.sleep(0)
        return self.rows[key][: len(self.rows[key]) - self.hidden][seq : seq + PAGE]

    def _check(self) -> None:
        if self.is_away:
            raise ConnectionError("the database is away")

    def write(self, key: str = "a", size: int = 10) -> StreamItem:
        rows = self.rows.setdefault(key, [])
        item = StreamItem(seq=len(rows) + 1, type="step", payload=b"x" * size)
        rows.append(item)
        return item

    async def tell(self, item: StreamItem, key: str = "a") -> None:
        await self.broadcast.publish(key, b"%d %s" % (item.seq or 0, item.payload))

    async def grow(self, key: str = "a", size: int = 10) -> None:
        await self.tell(self.write(key, size), key)

    async def finish(self, key: str = "a") -> None:
        self.over.add(key)
        await self.broadcast.publish(key, b"0")


@pytest.fixture
def ledger() -> Ledger:
    ledger = Ledger(LocalBroadcast())
    ledger.rows["a"] = []
    return ledger


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The table is asked every few milliseconds; named before the hub, which starts to ask."""
    monkeypatch.setattr(hubs, "POLL_ALONE_S", 0.02)
    monkeypatch.setattr(hubs, "POLL_S", 0.02)
    return monkeypatch


@pytest.fixture
async def hub(ledger: Ledger) -> AsyncIterator[Hub]:
    hub = Hub(ledger, ledger.broadcast)
    async with hub.open():
        yield hub


@attrs.define
class Watcher:
    """Reads at its own pace until the end; `pace` is waited before each item."""

    hub: Hub
    key: str = "a"
    after: int = 0
    wants_ephemeral: bool = False
    pause: anyio.Event | None = None
    every_s: float = 0
    seen: list[StreamItem] = attrs.field(factory=list)
    is_slow: bool = False

    async def run(self) -> None:
        source = self.hub.follow(self.key, after=self.after, wants_ephemeral=self.wants_ephemeral)
        try:
            async for item in source:
                self.seen.append(item)
                if self.pause is not None:
                    await self.pause.wait()
                if self.every_s:
                    await anyio.sleep(self.every_s)
        except TooSlow:
            self.is_slow = True
        finally:
            await source.aclose()

    @property
    def seqs(self) -> list[int | None]:
        return [item.seq for item in self.seen]


async def settle() -> None:
    """Let every task come to where it waits: no step in here takes more turns of the loop."""
    for _ in range(50):
        await anyio.sleep(0)


async def test_readers_of_one_log_share_what_was_read_and_encoded(hub, ledger):
    watchers = [Watcher(hub) for _ in range(20)]

    async with anyio.create_task_group() as group:
        for watcher in watchers:
            group.start_soon(watcher.run)
        await settle()
        ledger.asked.clear()
        for _ in range(30):
            await ledger.grow()
            await settle()
        assert not ledger.asked
        await ledger.finish()

    for watcher in watchers:
        assert watcher.seqs == list(range(1, 31))
        assert all(
            mine is first for mine, first in zip(watcher.seen, watchers[0].seen, strict=True)
        )
    assert watchers[0].seen[3].block is watchers[1].seen[3].block


async def test_who_comes_later_catches_up_and_joins(hub, ledger):
    for _ in range(3 * PAGE + 1):
        ledger.write()
    early, late = Watcher(hub), Watcher(hub, after=7)

    async with anyio.create_task_group() as group:
        group.start_soon(early.run)
        await settle()
        await ledger.grow()
        group.start_soon(late.run)
        await ledger.grow()
        await settle()
        await ledger.grow()
        await ledger.finish()

    assert early.seqs == list(range(1, 3 * PAGE + 5))
    assert late.seqs == list(range(8, 3 * PAGE + 5))


async def test_a_wake_up_is_used_only_where_it_fits(hub, ledger):
    watcher = Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        first, second, third = ledger.write(), ledger.write(), ledger.write()
        await ledger.tell(third)  # from the future: the two before it were lost
        await settle()
        for item in (second, first, third):  # from the past, out of order
            await ledger.tell(item)
        await ledger.finish()

    assert watcher.seqs == [1, 2, 3]


async def test_a_lost_wake_up_is_found_by_looking(quick, hub, ledger):
    watcher = Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        ledger.write()
        ledger.over.add("a")

    assert watcher.seqs == [1]


async def test_looking_is_one_query_whatever_is_watched(quick, hub, ledger):
    keys = [f"log-{number}" for number in range(40)]
    watchers = []

    async with anyio.create_task_group() as group:
        for key in keys:
            ledger.write(key)
            watchers.append(Watcher(hub, key=key))
            group.start_soon(watchers[-1].run)
        await settle()
        ledger.asked.clear()
        await anyio.sleep(0.2)
        looks = ledger.asked["heights"]
        for key in keys:
            await ledger.finish(key)

    assert 1 <= looks <= 10
    assert all(watcher.seqs == [1] for watcher in watchers)


async def test_where_no_wake_ups_arrive_the_table_is_asked_more_often(quick, hub, ledger):
    quick.setattr(hubs, "POLL_S", 60)
    watcher = Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await anyio.sleep(0.1)
        ledger.write()
        await anyio.sleep(0.1)
        assert watcher.seqs == []
        ledger.broadcast.is_connected = False
        ledger.over.add("a")

    assert watcher.seqs == [1]


async def test_others_may_be_connected_again_later_than_we_are(quick, hub, ledger):
    quick.setattr(hubs, "POLL_S", 60)
    watcher = Watcher(hub)
    ledger.broadcast.is_connected = False

    with anyio.move_on_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(watcher.run)
            await anyio.sleep(0.1)
            ledger.broadcast.is_connected = True
            await anyio.sleep(0.1)
            ledger.write()
            ledger.over.add("a")

    assert watcher.seqs == [1]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds up others is waited for a fiftieth of the time."""
    monkeypatch.setattr(reader, "PAUSE_S", 0.002)
    monkeypatch.setattr(reader, "MOST_STILL", 20)
    monkeypatch.setattr(reader, "MOST_SLOW", 100)


def burst(ledger: Ledger, number: int, size: int = 10) -> list[int]:
    return [ledger.write(size=size).seq or 0 for _ in range(number)]


async def test_a_burst_cuts_nobody_that_reads(hub, ledger):
    watchers = [Watcher(hub) for _ in range(5)]

    async with anyio.create_task_group() as group:
        for watcher in watchers:
            group.start_soon(watcher.run)
        await settle()
        seqs = burst(ledger, 20 * reader.MOST_ITEMS)
        await ledger.finish()

    assert [watcher.seqs for watcher in watchers] == [seqs] * 5


async def test_a_burst_waits_for_a_single_reader_as_long_as_that_takes(impatient, hub, ledger):
    watcher = Watcher(hub, every_s=0.001)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        seqs = burst(ledger, 2 * reader.MOST_ITEMS)
        await ledger.finish()

    assert watcher.seqs == seqs


@pytest.mark.parametrize(("number", "size"), [(1000, 10), (12, reader.MOST_BYTES // 4)])
async def test_a_reader_that_stands_still_is_cut_and_harms_nobody(
    impatient, hub, ledger, number, size
):
    frozen, lively = Watcher(hub, pause=anyio.Event()), Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(frozen.run)
        group.start_soon(lively.run)
        await settle()
        seqs = burst(ledger, number, size)
        with anyio.fail_after(5):
            await ledger.finish()
            while len(lively.seen) < number:
                await anyio.sleep(0.01)
        frozen.pause.set()

    assert (frozen.is_slow, frozen.seqs) == (True, [1])
    assert lively.seqs == seqs


async def test_a_reader_that_drips_does_not_set_the_pace(impatient, hub, ledger):
    dripping, lively = Watcher(hub, every_s=0.02), Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(dripping.run)
        group.start_soon(lively.run)
        await settle()
        seqs = burst(ledger, 2000)
        with anyio.fail_after(5):
            await ledger.finish()

    assert dripping.is_slow
    assert lively.seqs == seqs


async def test_readers_of_one_log_do_not_hold_up_another(quick, hub, ledger):
    frozen, lively = Watcher(hub, pause=anyio.Event()), Watcher(hub, key="b")
    ledger.rows["b"] = []

    async with anyio.create_task_group() as group:
        group.start_soon(frozen.run)
        group.start_soon(lively.run)
        await settle()
        burst(ledger, 2 * reader.MOST_ITEMS)
        await anyio.sleep(0.1)  # it is looked for, and the one reader is waited for
        ledger.write("b")
        ledger.over.add("b")
        with anyio.fail_after(5):
            while not lively.seen:
                await anyio.sleep(0.01)
        group.cancel_scope.cancel()

    assert lively.seqs == [1]


@pytest.mark.parametrize("joins", ["before", "after"])
async def test_a_table_that_does_not_show_yet_what_it_promised_is_asked_at_leisure(
    quick, hub, ledger, joins
):
    watcher = Watcher(hub)
    ledger.hidden = 3

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            if joins == "before":
                group.start_soon(watcher.run)
                await settle()
            seqs = burst(ledger, 5)
            ledger.over.add("a")
            if joins == "after":
                group.start_soon(watcher.run)
            await anyio.sleep(0.2)
            asked = ledger.asked["after"]
            ledger.hidden = 0

    assert watcher.seqs == seqs
    assert asked < 30


async def test_one_event_of_any_size_reaches_its_reader(hub, ledger):
    watcher = Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        await ledger.grow(size=2 * reader.MOST_BYTES)
        await settle()
        await ledger.finish()

    assert watcher.seqs == [1]


async def test_ephemeral_items_go_to_those_who_want_them_and_are_dropped_first(hub, ledger):
    pause = anyio.Event()
    keen, plain = Watcher(hub, wants_ephemeral=True, pause=pause), Watcher(hub)
    delta = StreamItem(seq=None, type="delta", payload=b"d")

    async with anyio.create_task_group() as group:
        group.start_soon(keen.run)
        group.start_soon(plain.run)
        await settle()
        await ledger.grow()
        for _ in range(reader.MOST_ITEMS):
            await ledger.tell(delta)
            await settle()
        await ledger.grow()
        await settle()
        pause.set()
        await settle()
        await ledger.finish()

    assert [seq for seq in keen.seqs if seq] == plain.seqs == [1, 2]
    assert keen.seqs.count(None) == reader.MOST_ITEMS * reader.HALF


async def test_a_database_that_is_away_costs_time_and_no_event(quick, hub, ledger):
    watcher = Watcher(hub)

    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        ledger.is_away = True
        ledger.write()
        ledger.write()
        await ledger.tell(ledger.write())
        await anyio.sleep(0.1)
        ledger.is_away = False
        ledger.over.add("a")

    assert watcher.seqs == [1, 2, 3]


async def test_who_comes_while_the_database_is_away_is_told(hub, ledger):
    ledger.is_away = True

    with pytest.raises(ConnectionError):
        await anext(hub.follow("a", after=0))

    ledger.is_away = False
    watcher = Watcher(hub)
    async with anyio.create_task_group() as group:
        group.start_soon(watcher.run)
        await settle()
        await ledger.grow()
        await ledger.finish()
    assert watcher.seqs == [1]


async def test_nothing_is_kept_of_a_log_that_nobody_watches(hub, ledger):
    async with anyio.create_task_group() as group:
        for _ in range(3):
            group.start_soon(Watcher(hub).run)
        await settle()
        assert list(hub._channels) == ["a"]
        group.cancel_scope.cancel()

    await settle()
    assert not hub._channels
    assert not ledger.broadcast._listeners
