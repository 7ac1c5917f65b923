"""A period is a function of the time: months in UTC tile the line, and nobody resets anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from aragora_server.budgets.model import BudgetExceeded, Window, window
from hypothesis import given
from hypothesis import strategies as st

from tests.money import Money

CREATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def month_at(at: datetime) -> Window:
    return window("month", created_at=CREATED, at=at)


@given(TIMES)
def test_every_instant_lies_in_exactly_one_month(at: datetime) -> None:
    now = month_at(at)
    assert now.ends_at is not None

    assert now.starts_at <= at < now.ends_at
    assert month_at(now.ends_at).starts_at == now.ends_at
    assert month_at(now.starts_at - TICK).ends_at == now.starts_at


@pytest.mark.parametrize(
    ("at", "starts", "ends"),
    [
        ((2026, 12, 31, 23, 59), (2026, 12, 1), (2027, 1, 1)),
        ((2028, 2, 29), (2028, 2, 1), (2028, 3, 1)),
        ((2026, 11, 1), (2026, 11, 1), (2026, 12, 1)),
    ],
)
def test_a_month_is_the_calendars(
    at: tuple[int, int, int], starts: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    expected = Window(starts_at=datetime(*starts, tzinfo=UTC), ends_at=datetime(*ends, tzinfo=UTC))

    assert month_at(datetime(*at, tzinfo=UTC)) == expected


def test_a_month_is_counted_in_utc_wherever_the_clock_stands() -> None:
    tokyo = timezone(timedelta(hours=9))

    assert month_at(datetime(2026, 12, 1, 8, 59, tzinfo=tokyo)).starts_at.month == 11
    assert month_at(datetime(2026, 12, 1, 9, tzinfo=tokyo)).starts_at.month == 12


def test_a_total_budget_never_begins_anew() -> None:
    forever = window("total", created_at=CREATED, at=CREATED + timedelta(days=9999))

    assert forever == Window(starts_at=CREATED, ends_at=None)


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
