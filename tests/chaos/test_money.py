"""No budget is overrun: not by two hundred debates at once, by kills, or by a turn of the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.chaos.conftest import Begin
from tests.chaos.full import Full
from tests.chaos.oracle import counters_equal_the_ledger, no_hold_is_left, receipts_verify
from tests.chaos.run import Run
from tests.chaos.spending import DAY_OF_CHANGE, Spending, micro, taken

DEBATES, WORTH, WORKERS = 200, 100, 4
ZONES = list(DAY_OF_CHANGE)
EXPECTED = ((True, "exhausted", 100), (False, "threshold", 80), (False, "exhausted", 100))
"""What is said before the midnight and after it: when the limit was set, more than 80 % were spent
already, and that is not said."""
OWNED = """
SELECT hold_periods.period_id, holds.created_at, holds.state, holds.expires_at
FROM holds JOIN hold_periods ON hold_periods.hold_id = holds.id
"""


@pytest.mark.smoke
def test_thirty_debates_on_one_server_never_pass_a_limit(
    embedded: Run, begin: Begin, tell: Callable[..., None]
) -> None:
    spending = on_one_server(begin(embedded, ZONES[0]), debates=30)

    assert_no_cent_too_much(spending, tell)


@pytest.mark.parametrize("zone", ZONES)
def test_two_hundred_debates_on_one_server_never_pass_a_limit(
    embedded: Run, begin: Begin, zone: str, tell: Callable[..., None]
) -> None:
    spending = on_one_server(begin(embedded, zone), debates=DEBATES)

    assert_no_cent_too_much(spending, tell)


@pytest.mark.parametrize("zone", ZONES)
def test_two_hundred_debates_on_many_processes_never_pass_a_limit(
    full: Full, begin: Begin, zone: str, tell: Callable[..., None]
) -> None:
    spending = begin(full, zone)
    full.server.start()
    for _ in range(WORKERS):
        full.start_worker()
    full.wait_for_workers()
    spending.spend_most(worth=WORTH)

    with spending.users(DEBATES):
        fight(spending, lambda: full.replace(killed(full)))

    assert_no_cent_too_much(spending, tell)


def on_one_server(spending: Spending, *, debates: int) -> Spending:
    run = spending.run
    run.server.start()
    spending.spend_most(worth=max(40, debates // 2))

    def kill_and_start() -> None:
        run.kill(run.server)
        run.server.start()

    with spending.users(debates):
        fight(spending, kill_and_start)
    return spending


def killed(full: Full) -> Any:
    worker = full.busiest()
    full.kill(worker)
    return worker


def fight(spending: Spending, kill: Callable[[], object]) -> None:
    """A kill before the midnight, the midnight with calls under way, and a kill after it."""
    run = spending.run
    run.wait(lambda: bool(spending.refusals) and run.unfinished() > 0, "debates, and a refusal")
    kill()
    spending.set_clock(spending.midnight)
    run.wait(lambda: len(spending.periods()) == 2, "the next period begins")
    kill()
    refused = len(spending.refusals)
    run.wait(lambda: len(spending.refusals) > refused or run.is_over(), "its money is gone too")


def assert_no_cent_too_much(spending: Spending, tell: Callable[..., None]) -> None:
    spending.run.finish()
    last = spending.use_up()
    seen = spending.run.finish()
    assert_within_the_limit(spending)
    before, after = spending.periods()
    left = after["ceiling_micro_usd"] - taken(after)
    tell(
        spending.run,
        refused=len(spending.refusals),
        left=left,
        limit=after["ceiling_micro_usd"],
        needed=micro(str(last.needed_usd)),
        estimated=len(estimated(spending)),
    )
    assert moment(before["ends_at"]) == moment(after["starts_at"]) == spending.midnight
    assert left < micro(str(last.needed_usd))
    rules = (no_hold_is_left, counters_equal_the_ledger, receipts_verify)
    assert not [found for rule in rules for found in rule(seen)], spending.run.logs()
    assert {row["status"] for row in seen.tables.debates} <= {"concluded", "cancelled"}
    assert_calls_belong_where_they_were_reserved(spending)
    assert_everybody_is_told_once(spending)
    for problem in spending.problems():
        assert problem["budget_id"] == spending.budget.id
        assert micro(problem["limit_usd"]) == micro(spending.budget.limit_usd)
        assert micro(problem["needed_usd"]) > micro(problem["remaining_usd"]) >= 0
    assert spending.api.budgets.audit().agrees


def assert_within_the_limit(spending: Spending) -> None:
    """At the end, and whenever somebody looked."""
    for period in spending.periods():
        most = max(spending.most.get(period["id"], 0), taken(period))
        assert most <= period["ceiling_micro_usd"], f"{most} of {period}"
        assert period["overage_micro_usd"] == 0


def assert_calls_belong_where_they_were_reserved(spending: Spending) -> None:
    before, after = spending.periods()
    (owned,) = spending.run.store.ask(OWNED)
    of = {row["id"]: [] for row in (before, after)}  # type: ignore[var-annotated]
    for hold in owned:
        if hold["period_id"] in of:
            of[hold["period_id"]].append(moment(hold["created_at"]))
    assert all(of.values()), "no call on one side of the midnight"
    assert max(of[before["id"]]) < spending.midnight <= min(of[after["id"]])


def assert_everybody_is_told_once(spending: Spending) -> None:
    """Each alert is one row, and has one name at the mail server and at the endpoint. A process
    that dies between sending and noting it sends again: by the name it is known."""
    spending.wait_until_told()
    said = Counter(
        (moment(alert.period_start) < spending.midnight, str(alert.kind), alert.percent)
        for alert in spending.api.budgets.alerts(spending.budget.id)
    )
    assert said == Counter(EXPECTED)
    letters = {letter["message-id"]: letter["subject"] for letter in spending.mail.messages}
    messages = {sent.id: sent.event for sent in spending.hook.requests}
    assert len(letters) == len(messages) == len(EXPECTED)
    assert Counter(event["type"] for event in messages.values()) == {
        "budget.exhausted": 2,
        "budget.threshold_reached": 1,
    }
    assert len(spending.mail.letters) <= len(EXPECTED) + len(spending.run.cuts)
    # The first message to the endpoint was refused.
    assert len(spending.hook.requests) <= len(EXPECTED) + len(spending.run.cuts) + 1


def estimated(spending: Spending) -> list[dict[str, Any]]:
    """Calls that nobody could say the cost of, and that are booked in full."""
    query = "SELECT id FROM ledger_entries WHERE kind = 'settle' AND usage_source = 'estimated'"
    return spending.run.store.ask(query)[0]


def moment(stored: Any) -> datetime:
    """As each database keeps it."""
    if isinstance(stored, str):
        stored = datetime.fromisoformat(stored)
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)  # type: ignore[no-any-return]
