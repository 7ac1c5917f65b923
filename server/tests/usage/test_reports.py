"""A report is the ledger, added up: at every moment, in every zone, by everything."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from aragora_server.agents.model import Usage
from aragora_server.budgets.tables import ledger
from aragora_server.debates.tables import debates
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.zones import midnight, zone
from aragora_server.usage import store as kept
from aragora_server.usage.calendar import Days, InvalidRange
from aragora_server.usage.report import COARSE, OVERLAPPING, SPANS, GroupBy, Report
from aragora_server.usage.rolling import Roller, Sources
from aragora_server.usage.service import Asked, UsageService
from aragora_server.usage.sums import FIELDS, TOKENS
from aragora_server.usage_plugs import UsageBudgets, UsageDebates, UsageLedger
from sqlalchemy import insert, select, text

from tests.debate_rows import debate_row
from tests.money import KEY, Call, Money

pytestmark = pytest.mark.anyio
OTHER_KEY = "00000000-0000-7000-8000-00000000ee02"

# Zones with a day of 23, 24½ or 25 hours in the days looked at, and one 5¾ hours off.
EDGES = {
    "Pacific/Auckland": (date(2026, 9, 25), date(2026, 9, 29)),
    "America/New_York": (date(2026, 10, 30), date(2026, 11, 3)),
    "Australia/Lord_Howe": (date(2026, 10, 2), date(2026, 10, 6)),
    "Asia/Kathmandu": (date(2026, 10, 30), date(2026, 11, 3)),
}


def usage_of(money: Money) -> UsageService:
    return UsageService(
        db=money.db,
        ledger=UsageLedger(),
        debates=UsageDebates(),
        budgets=UsageBudgets(),
        now=money.time,
    )


def roller(db: Database, at_once: int = 7) -> Roller:
    sources = Sources(ledger=UsageLedger(), debates=UsageDebates())
    return Roller(db=db, sources=sources, at_once=at_once)


async def reported(
    money: Money, first: date, last: date, zone: str, by: GroupBy, *, top: int = 1000
) -> Report:
    days = Days(first=first, last=last, timezone=zone)
    return await usage_of(money).report(money.workspace_id, Asked(days=days, group_by=by, top=top))


OPENED = (("a", KEY, ["x"]), ("b", OTHER_KEY, ["x", "y"]), ("a", OTHER_KEY, []))


async def add_debate(
    money: Money, protocol: str = "x", key: str = KEY, tags: Sequence[str] = (), **ends: object
) -> str:
    row = debate_row("running", None) | {
        "id": new_id(),
        "workspace_id": money.workspace_id,
        "created_by": key,
        "protocol_id": protocol,
        "tags": list(tags),
        "created_at": money.time(),
        **ends,
    }
    async with money.db.begin() as tx:
        await tx.execute(insert(debates), row)
    return str(row["id"])


async def busy(money: Money, first: date, last: date, zone: str, chance: random.Random) -> None:
    """Calls of several debates around every midnight there, late ones and lost ones among them."""
    await money.budget(10_000_000)
    money.time.moment = datetime.combine(first, datetime.min.time(), UTC)
    debates_ = [await add_debate(money, *of) for of in OPENED]
    local = ZoneInfo(zone)
    for no in range((last - first).days + 2):
        midnight = datetime.combine(first + timedelta(days=no), datetime.min.time(), local)
        for seconds in (-1, 0, chance.randrange(86_400)):
            money.time.moment = midnight.astimezone(UTC) + timedelta(seconds=seconds)
            await some_calls(money, chance, chance.choice(debates_))
        await roller(money.db).roll() if no % 2 else None


async def some_calls(money: Money, chance: random.Random, debate_id: str) -> None:
    calls = [Call(agent=chance.choice("ab"), input_bound=50, call_no=no) for no in range(3)]
    told, lost, released = await money.reserve_calls(*calls, debate_id=debate_id)
    await money.settle(told, chance.randrange(60), source=chance.choice(("counted", "reported")))
    await money.sent(lost)
    await money.abandon(lost)
    await money.release(released)
    if chance.random() < 0.5:
        await money.adjust(lost, chance.randrange(60))


async def recomputed(
    money: Money, first: date, last: date, zone: str, key: Callable[[Any, date], Iterable[str]]
) -> dict[str, Counter[str]]:
    """Row by row from the whole ledger, by the clock on the wall there."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    async with money.db.read() as tx:
        rows = (await tx.execute(select(ledger))).all()
    for row in rows:
        day = row.at.astimezone(ZoneInfo(zone)).date()
        if row.workspace_id != money.workspace_id or not first <= day <= last:
            continue
        if row.kind in ("reserve", "release"):
            continue
        sums: Counter[str] = Counter(cost_micro_usd=row.amount_micro_usd)
        sums["overage_micro_usd"] = row.overage_micro_usd
        if row.kind == "settle":
            sums["calls"] = row.usage is not None
            sums[row.usage_source] += 1
        for bucket in TOKENS:
            sums[bucket] = (row.usage or {}).get(bucket) or 0
        for name in key(row, day):
            for what in FIELDS:
                found[name][what] += sums[what]
    return {name: +sums for name, sums in found.items()}


def told_by(told: Report) -> dict[str, Counter[str]]:
    return {
        group.key: shown for group in told.groups if (shown := +Counter(attrs.asdict(group.sums)))
    }


KEYS: dict[str, Callable[[Any, date], Iterable[str]]] = {
    "day": lambda _, day: (day.isoformat(),),
    "agent": lambda row, _: (row.agent,),
    "debate": lambda row, _: (row.debate_id,),
    "provider": lambda row, _: (row.provider,),
    "model": lambda row, _: (f"{row.provider}:{row.model}",),
}


@pytest.mark.parametrize("zone", EDGES)
async def test_weeks_months_tags_and_keys_are_those_of_whoever_adds_up_the_ledger(
    money: Money, zone: str
) -> None:
    first, last = EDGES[zone]
    await busy(money, first, last, zone, random.Random(zone))
    async with money.db.read() as tx:
        opened = {row.id: row for row in await tx.execute(select(debates))}
    keys: dict[str, Callable[[Any, date], Iterable[str]]] = {
        "week": lambda _, day: (
            max(first, day - timedelta(days=day.isoweekday() - 1)).isoformat(),
        ),
        "month": lambda _, day: (max(first, date(day.year, day.month, 1)).isoformat(),),
        "tag": lambda row, _: opened[row.debate_id].tags,
        "api_key": lambda row, _: (opened[row.debate_id].created_by,),
        "protocol": lambda row, _: (opened[row.debate_id].protocol_id,),
    }

    for by, key in keys.items():
        told = await reported(money, first, last, zone, by)  # type: ignore[arg-type]

        assert told_by(told) == await recomputed(money, first, last, zone, key), by


@pytest.mark.parametrize("zone", EDGES)
async def test_figures_are_those_of_whoever_adds_up_the_ledger(money: Money, zone: str) -> None:
    first, last = EDGES[zone]
    await busy(money, first, last, zone, random.Random(zone))
    await money.rival().reserve(5)

    for by, key in KEYS.items():
        told = await reported(money, first, last, zone, by)  # type: ignore[arg-type]

        assert told_by(told) == await recomputed(money, first, last, zone, key), by
    (whole,) = (await recomputed(money, first, last, zone, lambda *_: ("all",))).values()
    assert +Counter(attrs.asdict(told.total)) == whole


async def test_groups_and_the_rest_add_up_to_the_total(money: Money) -> None:
    first, last = date(2026, 10, 30), date(2026, 11, 3)
    await busy(money, first, last, "UTC", random.Random(7))

    for by in (*SPANS, *COARSE, "agent", "debate"):
        told = await reported(money, first, last, "UTC", by, top=1)  # type: ignore[arg-type]

        if by in OVERLAPPING:
            assert told.rest is None
        else:
            parts = sum((group.sums for group in told.groups), told.rest)
            assert parts == told.total, by
            assert by in SPANS or len(told.groups) == 1
    by_budget = await reported(money, first, last, "UTC", "budget")
    assert [group.sums for group in by_budget.groups] == [by_budget.total]
    assert [group.label for group in by_budget.groups] == ["b"]


async def test_what_is_committed_late_with_an_old_time_is_not_lost(
    money: Money, database: Database
) -> None:
    """Two writers, the clock of one an hour behind; the sums are made while it writes."""
    debate_id, day = await add_debate(money), date(2026, 11, 22)
    (slow,) = await money.reserve(40, debate_id=debate_id)
    (fast,) = await money.reserve(30, debate_id=debate_id)
    await roller(database).roll()
    await money.settle(fast, 30)
    money.time.pass_by(hours=-1)
    if database.dialect == "postgresql":
        async with database.begin() as tx:
            await money.holds.settle(tx, hold_id=slow, usage=used(40))
            (later,) = await money.reserve(20, debate_id=debate_id)
            await money.settle(later, 20)
            await roller(database).roll()
            assert (await reported(money, day, day, "UTC", "day")).total.cost_micro_usd == 50
    else:
        await money.settle(slow, 40)
        (later,) = await money.reserve(20, debate_id=debate_id)
        await money.settle(later, 20)

    before = await reported(money, day, day, "UTC", "day")
    await roller(database).roll()
    after = await reported(money, day, day, "UTC", "day")

    assert before.total.cost_micro_usd == 90
    assert attrs.evolve(after, at=before.at) == before
    async with database.read() as tx:
        newest = (await tx.execute(text("SELECT max(seq) FROM ledger_entries"))).scalar_one()
        assert await kept.found_progress(tx) == newest


def used(cost: int) -> Any:
    return Usage(input=cost, output=0, source="reported")


class Meddling(UsageLedger):
    """Sums are made anew just when a report has read how far they reach."""

    def __init__(self, db: Database) -> None:
        object.__setattr__(self, "db", db)

    async def paid_after(self, tx: Any, seq: int, **asked: Any) -> Any:
        found = await super().paid_after(tx, seq, **asked)
        await roller(self.db).roll()  # type: ignore[attr-defined]
        return found


async def test_a_report_is_of_one_moment_whatever_is_summed_meanwhile(money: Money) -> None:
    day, debate_id = date(2026, 11, 22), await add_debate(money)
    (hold,) = await money.reserve(40, debate_id=debate_id)
    await money.settle(hold, 40)
    usage = attrs.evolve(usage_of(money), ledger=Meddling(money.db))

    days = Days(first=day, last=day, timezone="UTC")
    asked = Asked(days=days, group_by="day", top=1)
    told = await usage.report(money.workspace_id, asked)

    assert told.total.cost_micro_usd == 40
    async with money.db.read() as tx:
        assert await kept.found_progress(tx) > 0


async def test_an_agent_that_is_forgotten_is_forgotten_in_sums_too(money: Money) -> None:
    day, debate_id = date(2026, 11, 22), await add_debate(money)
    for name in ("eve", "p1"):
        (hold,) = await money.reserve_calls(Call(agent=name, input_bound=9), debate_id=debate_id)
        await money.settle(hold, 4 if name == "eve" else 5)
    await roller(money.db).roll()

    async with money.db.begin() as tx:
        names = {"eve": "p1", "p1": "p2"}
        await kept.rename(tx, debate_id, names)
        await money.holds.rename(tx, debate_id=debate_id, names=names)

    told = await reported(money, day, day, "UTC", "agent")
    assert {g.key: g.sums.cost_micro_usd for g in told.groups} == {"p1": 4, "p2": 5}


async def test_debates_are_counted_where_they_begin_and_where_they_end(money: Money) -> None:
    day = timedelta(days=1)
    ends = {"ended_at": money.time() + day, "stop_reason": "budget"}
    await add_debate(money, status="concluded", **ends)
    await add_debate(money, status="failed", ended_at=money.time())
    await add_debate(money)

    told = await reported(money, date(2026, 11, 22), date(2026, 11, 23), "UTC", "day")

    assert [attrs.astuple(group.debates)[:5] for group in told.groups] == [  # type: ignore[arg-type]
        (3, 0, 0, 0, 1),
        (0, 1, 1, 0, 0),
    ]
    assert attrs.astuple(told.debates) == (3, 1, 1, 0, 1)


async def test_an_empty_workspace_has_zeros(money: Money) -> None:
    told = await reported(money, date(2026, 11, 1), date(2026, 11, 30), "Asia/Tokyo", "day")

    assert not any(attrs.astuple(told.total))
    assert not any(attrs.astuple(told.debates))
    assert len(told.groups) == 30
    for by in (*COARSE, "agent", "debate"):
        assert (await reported(money, *EDGES["Asia/Kathmandu"], "UTC", by)).groups == ()  # type: ignore[arg-type]


def test_every_midnight_of_every_zone_is_at_a_quarter_of_an_hour() -> None:
    zones = files("tzdata").joinpath("zones").read_text().split()

    for name in zones:
        for year, month in product((2000, 2013, 2026, 2050), (1, 4, 7, 10)):
            begin = midnight(date(year, month, 1), zone(name))
            assert (begin.minute % 15, begin.second) == (0, 0), name


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-02-30", None),
        ("2026-03-02", "2026-03-01"),
        ("1999-12-31", "2000-01-01"),
        ("2000-01-01", "2026-01-01"),
    ],
)
def test_a_range_that_cannot_be_is_refused(first: str, last: str | None) -> None:
    with pytest.raises(InvalidRange):
        Days.asked(first, last, "UTC", now=datetime(2026, 11, 22, tzinfo=UTC))
