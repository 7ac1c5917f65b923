"""A workspace's own rates come first, hold for a time, and are never changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import attrs
import pytest
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from aragora_server.kernel.money import ModelUnpriced
from aragora_server.pricing.keeping import OwnPriceService
from aragora_server.pricing.model import flat_price
from aragora_server.pricing.own import (
    OwnDraft,
    OwnPrice,
    PriceInvalid,
    PriceNotFound,
    PriceOverlap,
    Wanted,
    choose,
)
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.money import Call, Money, money_on, own_prices

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def money(database: Database) -> Money:
    return money_on(database)


@attrs.frozen
class Own:
    """The prices of one workspace, set by one of its keys."""

    service: OwnPriceService
    workspace_id: str

    async def set(self, rate: int = 1, **asked: object) -> OwnPrice:
        """So many US dollars a million tokens, in and out."""
        named = {"provider": "acme", "match": "exact", "model": "m", **asked}
        draft = OwnDraft(terms=terms(rate), **named)  # type: ignore[arg-type]
        return await self.service.set(self.workspace_id, draft, by=new_id())

    async def all(self) -> list[OwnPrice]:
        page = await self.service.list(self.workspace_id, Wanted(), cursor=None, limit=100)
        return list(page.items)


def terms(rate: int) -> dict[str, object]:
    micro_usd = rate * 1_000_000
    return flat_price("", input_rate=micro_usd, output_rate=micro_usd).terms()


def own_of(money: Money) -> Own:
    return Own(own_prices(money), money.workspace_id)


async def held_at(money: Money, **call: object) -> tuple[int, str]:
    """What one token in is held at, and by which version."""
    (hold_id,) = await money.reserve_calls(Call(input_bound=1, **call))  # type: ignore[arg-type]
    async with money.db.begin() as tx:
        hold = await money.find(tx, hold_id)
    return hold.amount_micro_usd, hold.price_version


async def test_a_negotiated_rate_is_what_a_call_is_held_and_settled_at(money: Money) -> None:
    """gpt-4o is listed at 2.50 in and 10 out; this workspace pays 2 and 7, and a cent a call.

    Bound: 1,000 x 2 + 100 x 7 + 10,000. Cost: 900 x 2 + 50 x 7 + 10,000.
    """
    rates = dict.fromkeys(("input", "cache_read", "cache_write_5m", "cache_write_1h"), 2_000_000)
    tier = {"over_tokens": 0, **rates, "output": 7_000_000}
    agreed = OwnDraft(
        provider="openai",
        match="exact",
        model="gpt-4o",
        terms={"request_fee": 10_000, "tiers": [tier]},
    )
    own = own_of(money)
    price = await own.service.set(own.workspace_id, agreed, by=new_id())
    budget = await money.budget(100_000)

    (hold,) = await money.reserve_calls(
        Call(provider="openai", model="gpt-4o", input_bound=1_000, max_output=100)
    )
    held = await money.counters(budget)
    settled = await money.settle(hold, 900, output=50)

    assert held == (0, 12_700, 0, 87_300)
    assert settled == (12_150, 0)
    assert (await money.cost()).price_versions == (price.version,)


async def test_a_workspace_without_rates_pays_what_everybody_pays(money: Money) -> None:
    await own_of(money.rival()).set(9, provider="flat", model="one")

    assert await held_at(money) == (1, "flat-1")


async def test_own_rates_come_before_the_operators_and_the_snapshot(money: Money) -> None:
    own = own_of(money)
    everybody = [await held_at(money), await held_at(money, provider="openai", model="gpt-4o")]
    await own.set(5, provider="flat", match="prefix", model="o")
    await own.set(6, provider="openai", match="prefix", model="gpt-")

    mine = [await held_at(money), await held_at(money, provider="openai", model="gpt-4o")]

    assert [amount for amount, _ in everybody] == [1, 3]
    assert [amount for amount, _ in mine] == [5, 6]


async def test_a_rate_makes_a_model_affordable_that_nobody_else_has_a_price_for(
    money: Money,
) -> None:
    own = own_of(money)
    with pytest.raises(ModelUnpriced):
        await held_at(money, provider="acme", model="m")
    await own.set(0)

    amount, _ = await held_at(money, provider="acme", model="M")

    assert amount == 0
    with pytest.raises(ModelUnpriced):
        await held_at(money.rival(), provider="acme", model="m")


async def test_a_successor_closes_the_range_before_it(money: Money) -> None:
    own = own_of(money)
    first = await own.set(1)
    money.time.pass_by(days=1)
    before = await held_at(money, provider="acme", model="m")
    second = await own.set(2)

    after = await held_at(money, provider="acme", model="m")

    assert (before, after) == ((1, first.version), (2, second.version))
    assert [(p.valid_from, p.valid_to) for p in await own.all()] == [
        (NOON + DAY, None),
        (NOON, NOON + DAY),
    ]


async def test_a_rate_holds_from_its_first_instant_to_before_its_last(money: Money) -> None:
    await own_of(money).set(7, valid_from=NOON, valid_to=NOON + DAY)

    found = []
    for milliseconds in (-1, 0, 86_399_999, 86_400_000):
        money.time.moment = NOON + timedelta(milliseconds=milliseconds)
        try:
            found.append((await held_at(money, provider="acme", model="m"))[0])
        except ModelUnpriced:
            found.append(-1)

    assert found == [-1, 7, 7, -1]


@pytest.mark.parametrize(
    ("starts", "ends"), [(0, None), (-1, None), (-2, 1), (3, 5), (5, 6), (6, None)]
)
async def test_no_two_rates_of_one_name_hold_at_the_same_time(
    money: Money, starts: int, ends: int | None
) -> None:
    own = own_of(money)
    await own.set(1, valid_from=NOON, valid_to=NOON + 4 * DAY)
    await own.set(2, valid_from=NOON + 5 * DAY, valid_to=NOON + 7 * DAY)

    with pytest.raises(PriceOverlap):
        await own.set(
            3,
            model="M",
            valid_from=NOON + starts * DAY,
            valid_to=None if ends is None else NOON + ends * DAY,
        )

    assert len(await own.all()) == 2


async def test_ranges_that_touch_and_other_names_do_not_overlap(money: Money) -> None:
    own = own_of(money)
    await own.set(1, valid_from=NOON, valid_to=NOON + DAY)

    await own.set(2, valid_from=NOON + DAY, valid_to=NOON + 2 * DAY)
    await own.set(3, match="prefix")
    await own.set(4, model="other")
    await own.set(5, provider="other")
    await own_of(money.rival()).set(6)

    assert len(await own.all()) == 5


async def test_of_two_that_are_set_at_once_one_is_refused(money: Money) -> None:
    own, refused = own_of(money), []

    async def try_to(rate: int) -> None:
        try:
            await own.set(rate, valid_from=NOON, valid_to=NOON + DAY)
        except PriceOverlap:
            refused.append(rate)

    async with anyio.create_task_group() as group:
        for rate in range(1, 5):
            group.start_soon(try_to, rate)

    assert (len(refused), len(await own.all())) == (3, 1)


async def test_ending_a_rate_is_final_and_leaves_it_in_the_history(money: Money) -> None:
    own = own_of(money)
    price = await own.set(3)
    money.time.pass_by(hours=1)

    ended = await own.service.end(own.workspace_id, price.id)
    money.time.pass_by(hours=1)
    again = await own.service.end(own.workspace_id, price.id)

    assert ended == again == attrs.evolve(price, valid_to=NOON + timedelta(hours=1))
    assert await own.all() == [ended]
    with pytest.raises(ModelUnpriced):
        await held_at(money, provider="acme", model="m")


async def test_a_rate_that_is_to_come_can_be_called_off_and_set_anew(money: Money) -> None:
    own = own_of(money)
    wrong = await own.set(3, valid_from=NOON + DAY)
    await own.service.end(own.workspace_id, wrong.id)
    right = await own.set(4, valid_from=NOON + DAY)
    money.time.pass_by(days=1)

    assert await held_at(money, provider="acme", model="m") == (4, right.version)


async def test_the_price_of_another_workspace_cannot_be_ended(money: Money) -> None:
    price = await own_of(money).set()
    rival = own_of(money.rival())

    with pytest.raises(PriceNotFound):
        await rival.service.end(rival.workspace_id, price.id)

    assert await rival.all() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_to": NOON},
        {"valid_from": NOON, "valid_to": NOON - DAY},
    ],
)
async def test_a_range_that_ends_before_it_begins_is_refused(
    money: Money, wrong: dict[str, object]
) -> None:
    with pytest.raises(PriceInvalid):
        await own_of(money).set(**wrong)  # type: ignore[arg-type]


async def test_a_rate_that_could_overflow_a_cost_is_refused(money: Money) -> None:
    await own_of(money).set(1_000_000)

    with pytest.raises(PriceInvalid, match="1000000 USD"):
        await own_of(money).set(1_000_001, model="other")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workspace_prices SET terms = '{}'",
        "UPDATE workspace_prices SET model = 'x'",
        "UPDATE workspace_prices SET valid_from = created_at",
        "DELETE FROM workspace_prices",
    ],
)
async def test_the_database_refuses_to_change_a_price(money: Money, change: str) -> None:
    await own_of(money).set()

    with pytest.raises(DBAPIError, match="never changed"):
        async with money.db.begin() as tx:
            await tx.execute(text(change))


NAMES = st.sampled_from(["", "a", "ab", "abc", "AB"])


@st.composite
def some_prices(draw: st.DrawFn) -> OwnPrice:
    starts = draw(st.integers(0, 5))
    return OwnPrice(
        id=new_id(),
        workspace_id="w",
        provider=draw(st.sampled_from(["p", "q"])),
        match=draw(st.sampled_from(["exact", "prefix"])),
        model=draw(NAMES),
        valid_from=NOON + starts * DAY,
        valid_to=draw(st.none() | st.integers(starts, 6).map(lambda day: NOON + day * DAY)),
        terms=terms(1),
        note=None,
        created_by="k",
        created_at=NOON,
    )


@given(st.lists(some_prices(), max_size=8), NAMES, st.integers(0, 6), st.randoms())
def test_the_choice_depends_on_what_there_is_and_not_on_its_order(
    prices: list[OwnPrice], model: str, day: int, chance: object
) -> None:
    """Two of one name never hold at once: such a list cannot be."""
    at = NOON + day * DAY
    held = {(p.provider, p.match, p.model.lower()): p for p in prices if p.holds_at(at)}
    possible = [*held.values(), *(p for p in prices if not p.holds_at(at))]
    asked = {"provider": "p", "model": model, "at": at}
    chosen = choose(possible, **asked)  # type: ignore[arg-type]
    chance.shuffle(possible)  # type: ignore[attr-defined]

    assert choose(possible, **asked) == chosen  # type: ignore[arg-type]
    for one in possible:
        if one.names("p", model) and one.holds_at(at):
            assert chosen is not None
            assert (chosen.match == "exact", len(chosen.model)) >= (
                one.match == "exact",
                len(one.model),
            )
