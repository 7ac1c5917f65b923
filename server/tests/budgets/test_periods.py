"""A period is a function of the time: they tile the line, and nobody resets anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aragora_server.budgets.model import BudgetExceeded
from aragora_server.budgets.periods import DAY, InvalidPeriod, Rhythm, Window, midnight, zone
from hypothesis import given
from hypothesis import strategies as st

from tests.money import Money

CREATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


ZONES = (
    *("UTC", "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Istanbul", "Europe/Moscow"),
    *("America/New_York", "America/Toronto", "America/Sao_Paulo", "America/Havana", "Asia/Tokyo"),
    *("America/St_Johns", "America/Santiago", "America/Asuncion", "America/Godthab", "Asia/Gaza"),
    "Antarctica/Troll",
    *("Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut", "Asia/Amman", "Asia/Manila"),
    *("Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham"),
    *("Pacific/Apia", "Pacific/Kwajalein", "Pacific/Kiritimati", "Africa/Cairo"),
)
RHYTHMS = st.one_of(
    st.builds(Rhythm, anchor_day=st.integers(1, 28), timezone=st.sampled_from(ZONES)),
    st.builds(Rhythm, kind=st.just("week"), timezone=st.sampled_from(ZONES)),
)


def window_of(rhythm: Rhythm, at: datetime) -> Window:
    return rhythm.window(created_at=CREATED, at=at)


@given(RHYTHMS, TIMES)
def test_every_instant_lies_in_exactly_one_period(rhythm: Rhythm, at: datetime) -> None:
    now = window_of(rhythm, at)
    assert now.ends_at is not None

    assert now.starts_at <= at < now.ends_at
    assert window_of(rhythm, now.ends_at).starts_at == now.ends_at
    assert window_of(rhythm, now.starts_at - TICK).ends_at == now.starts_at


@pytest.mark.parametrize("name", ZONES)
def test_around_each_turn_of_the_clock_one_period_follows_the_other(name: str) -> None:
    for turn in turns(zone(name)):
        begins = turn.astimezone(zone(name)).day
        rhythm = Rhythm(anchor_day=min(begins, 28), timezone=name)
        for minutes in range(-180, 181, 15):
            at = turn + timedelta(minutes=minutes)
            now = window_of(rhythm, at)
            assert now.ends_at is not None
            assert now.starts_at <= at < now.ends_at
            assert window_of(rhythm, now.starts_at - TICK).ends_at == now.starts_at


def turns(local: ZoneInfo) -> Iterator[datetime]:
    """The midnights between 1980 and 2030 about which the clock was changed."""
    at, end = datetime(1980, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    while at < end:
        if at.astimezone(local).utcoffset() != (at + DAY).astimezone(local).utcoffset():
            yield midnight((at + DAY).astimezone(local).date(), local)
        at += DAY


@pytest.mark.parametrize(
    ("rhythm", "at", "starts", "ends"),
    [
        (Rhythm(), "2026-12-31T23:59", "2026-12-01", "2027-01-01"),
        (Rhythm(), "2028-02-29", "2028-02-01", "2028-03-01"),
        (Rhythm(anchor_day=28), "2027-03-01", "2027-02-28", "2027-03-28"),
        (Rhythm(anchor_day=15), "2026-01-14T23:59", "2025-12-15", "2026-01-15"),
        (Rhythm(kind="week"), "2027-01-03T23:59", "2026-12-28", "2027-01-04"),
        (Rhythm(timezone="Asia/Tokyo"), "2026-11-30T14:59", "2026-10-31T15:00", "2026-11-30T15:00"),
        (
            # Spring in October: this month is an hour shorter.
            Rhythm(timezone="Pacific/Auckland"),
            "2026-10-01", "2026-09-30T11:00", "2026-10-31T11:00",
        ),
        (
            Rhythm(kind="week", timezone="America/New_York"),
            "2026-11-01T06:00", "2026-10-26T04:00", "2026-11-02T05:00",
        ),
        (
            # That midnight came twice.
            Rhythm(anchor_day=4, timezone="America/Havana"),
            "2018-11-04T05:30", "2018-11-04T04:00", "2018-12-04T05:00",
        ),
        (
            # The last hour before midnight came twice.
            Rhythm(anchor_day=18, timezone="America/Sao_Paulo"),
            "2018-02-18T02:30", "2018-01-18T02:00", "2018-02-18T03:00",
        ),
        (
            # That midnight never came.
            Rhythm(anchor_day=4, timezone="America/Sao_Paulo"),
            "2018-11-04T03:00", "2018-11-04T03:00", "2018-12-04T02:00",
        ),
        (
            # The whole 30 December 2011 was left out.
            Rhythm(kind="month", anchor_day=28, timezone="Pacific/Apia"),
            "2011-12-30T10:00", "2011-12-28T10:00", "2012-01-27T10:00",
        ),
        (
            # The clock went from 23:30 to 00:30.
            Rhythm(kind="week", timezone="America/Toronto"),
            "1919-03-31T04:30", "1919-03-31T04:30", "1919-04-07T04:00",
        ),
    ],
)  # fmt: skip
def test_a_period_is_the_calendars(rhythm: Rhythm, at: str, starts: str, ends: str) -> None:
    expected = Window(starts_at=utc(starts), ends_at=utc(ends))

    assert window_of(rhythm, utc(at)) == expected


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_total_budget_never_begins_anew() -> None:
    forever = window_of(Rhythm(kind="total"), CREATED + timedelta(days=9999))

    assert forever == Window(starts_at=CREATED, ends_at=None)


@pytest.mark.parametrize(
    "rhythm",
    [
        *(Rhythm(timezone=name) for name in ("Nope", "America", "../UTC", "zone.tab", "UTC/")),
        Rhythm(kind="week", anchor_day=2),
        Rhythm(kind="total", timezone="Asia/Tokyo"),
    ],
)
def test_what_is_no_period_is_refused(rhythm: Rhythm) -> None:
    with pytest.raises(InvalidPeriod):
        rhythm.check()


@pytest.mark.anyio
async def test_the_first_call_of_a_new_month_is_admitted(money: Money) -> None:
    budget = await money.budget(10, period="month")
    money.time.moment = datetime(2026, 12, 1, tzinfo=UTC) - TICK
    await money.settle((await money.reserve(10))[0], 10)
    with pytest.raises(BudgetExceeded) as refused:
        await money.reserve(1)

    money.time.moment += TICK
    (hold,) = await money.reserve(10)

    assert refused.value.members["period_end"] == "2026-12-01T00:00:00.000Z"
    assert await money.counters(budget) == (0, 10, 0, 0)
    assert hold


@pytest.mark.anyio
async def test_a_call_belongs_to_the_month_in_which_it_was_held(money: Money) -> None:
    budget = await money.budget(10, period="month")
    money.time.moment = datetime(2026, 12, 1, tzinfo=UTC) - TICK
    (hold,) = await money.reserve(10)

    money.time.moment += TICK
    await money.settle(hold, 4)

    assert await money.counters(budget) == (0, 0, 0, 10)
    money.time.moment -= TICK
    assert await money.counters(budget) == (4, 0, 0, 6)


@pytest.mark.anyio
async def test_a_limit_lowered_at_midnight_holds_in_the_month_that_another_server_has_begun(
    money: Money,
) -> None:
    budget = await money.budget(10, period="month")
    money.time.moment = datetime(2026, 12, 1, tzinfo=UTC)
    await money.reserve(3)
    money.time.moment -= TICK

    await money.lower(budget, 5)

    money.time.moment += TICK
    assert await money.counters(budget) == (0, 3, 0, 2)
    with pytest.raises(BudgetExceeded):
        await money.reserve(3)
    await money.reserve(2)
    assert (await money.budgets.audit(money.workspace_id)).differences == ()


@pytest.mark.anyio
async def test_a_limit_lowered_after_midnight_leaves_the_month_before_as_it_was(
    money: Money,
) -> None:
    budget = await money.budget(10, period="month")
    money.time.moment = datetime(2026, 12, 1, tzinfo=UTC) - TICK
    await money.reserve(7)
    money.time.moment += TICK
    await money.reserve(1)

    await money.lower(budget, 5)

    page = await money.budgets.periods(money.workspace_id, budget.budget.id, cursor=None, limit=10)
    assert [period.limit_micro_usd for period in page.items] == [5, 10]
