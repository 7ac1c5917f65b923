"""Models whose price nobody knows: refused, unless every budget that blocks allows them."""

from __future__ import annotations

import pytest
from aragora_server.kernel.money import ModelUnpriced
from aragora_server.usage.model import UNPRICED

from tests.money import KEY, Call, Money

pytestmark = pytest.mark.anyio

STRANGE = Call(provider="nobody", model="new", input_bound=100)


async def test_where_it_is_allowed_nothing_is_booked_and_flagged(money: Money) -> None:
    budget = await money.budget(0, unpriced="allow")

    (hold,) = await money.reserve_calls(STRANGE)
    await money.settle(hold, 40, output=2)

    assert await money.counters(budget) == (0, 0, 0, 0)
    assert await money.ledger(budget) == [("reserve", 0), ("settle", 0)]
    cost = await money.cost()
    assert (cost.total_micro_usd, cost.usage.input, cost.price_versions) == (0, 40, (UNPRICED,))
    assert (await money.budgets.audit(money.workspace_id)).differences == ()


async def test_what_has_a_price_is_paid_beside_it(money: Money) -> None:
    budget = await money.budget(10, unpriced="allow")

    await money.reserve_calls(Call(input_bound=7), STRANGE)

    assert await money.counters(budget) == (0, 7, 0, 3)


@pytest.mark.parametrize("kind", ["workspace", "key", "cap"])
async def test_who_refuses_overrules_who_allows(money: Money, kind: str) -> None:
    await money.budget(10, scope="tag", scope_id="t", unpriced="allow")
    if kind == "workspace":
        await money.budget(10)
    elif kind == "key":
        await money.budget(10, scope="api_key", scope_id=KEY)
    else:
        await money.open_cap(10)

    with pytest.raises(ModelUnpriced):
        await money.reserve_calls(STRANGE, tags=["t"])


async def test_a_budget_that_never_blocks_refuses_nothing_and_allows_nothing(
    money: Money,
) -> None:
    watching = await money.budget(10, block_at_percent=None)
    with pytest.raises(ModelUnpriced):
        await money.reserve_calls(STRANGE)

    await money.budget(10, period="month", unpriced="allow")

    assert await money.reserve_calls(STRANGE)
    await money.budgets.change(money.workspace_id, watching.budget.id, block_at_percent=100)
    with pytest.raises(ModelUnpriced):
        await money.reserve_calls(STRANGE)


async def test_it_can_be_allowed_and_refused_again(money: Money) -> None:
    budget = await money.budget(10)

    for said, is_admitted in (("allow", True), ("refuse", False), ("allow", True)):
        changed = await money.budgets.change(money.workspace_id, budget.budget.id, unpriced=said)
        assert (changed.budget.unpriced, changed.budget.limit_version) == (said, 1)
        if is_admitted:
            assert await money.reserve_calls(STRANGE)
        else:
            with pytest.raises(ModelUnpriced):
                await money.reserve_calls(STRANGE)


async def test_a_budget_of_somebody_else_allows_nothing(money: Money) -> None:
    await money.rival().budget(10, unpriced="allow")
    await money.budget(10, scope="tag", scope_id="t", unpriced="allow")

    with pytest.raises(ModelUnpriced):
        await money.reserve_calls(STRANGE)


async def test_an_estimate_knows_what_is_allowed(money: Money) -> None:
    await money.budget(10, unpriced="allow")

    async with money.db.read() as tx:
        asked = {"workspace_id": money.workspace_id, "api_key_id": KEY, "tags": ()}
        free = await money.holds.pricing(tx, **asked, is_capped=False)
        capped = await money.holds.pricing(tx, **asked, is_capped=True)

    assert (free(STRANGE), free(Call(input_bound=9))) == (None, 9)
    with pytest.raises(ModelUnpriced):
        capped(STRANGE)
