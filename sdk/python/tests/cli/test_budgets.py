"""`aragora budgets` against a real server, where names are what others chose."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from aragora import Aragora
from aragora.cli import exits, main
from aragora.types import Budget

Make = Callable[[str, str], Budget]


@pytest.fixture
def made(signed_in: object) -> Iterator[Make]:
    """Makes budgets of a tag, which are gone after the test."""
    budgets: list[Budget] = []
    with Aragora() as client:

        def make(name: str, tag: str) -> Budget:
            budget = client.budgets.create(name=name, limit_usd="5", scope="tag", scope_id=tag)
            budgets.append(budget)
            return budget

        yield make
        for budget in budgets:
            client.budgets.delete(budget.id)


def limit_of(budget: Budget) -> str:
    with Aragora() as client:
        return client.budgets.get(budget.id).limit_usd


def test_a_name_that_several_have_means_none_of_them(
    made: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = made("Marketing", "m-1"), made("Marketing", "m-2")

    for argv in (["set", "Marketing", "9000"], ["pause", "Marketing"], ["close", "Marketing"]):
        assert main(["budgets", *argv]) == exits.USAGE
        told = capsys.readouterr().err
        assert first.id in told.replace("\n", "")

    assert (limit_of(first), limit_of(second)) == ("5", "5")
    assert main(["budgets", "set", second.id, "7"]) == exits.OK
    assert (limit_of(first), limit_of(second)) == ("5", "7")


def test_a_name_that_looks_like_an_id_takes_nothing_from_the_budget_with_it(made: Make) -> None:
    budget = made("Sales", "s-1")
    other = made(budget.id, "s-2")

    assert main(["budgets", "set", budget.id, "8"]) == exits.OK

    assert (limit_of(budget), limit_of(other)) == ("8", "5")


def test_a_name_of_two_lines_makes_no_second_row(
    made: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    made("Legal\nEverything  month  9000  0  0  9000\x1b[2J", "l-1")

    assert main(["budgets", "list"]) == exits.OK

    (row,) = (line for line in capsys.readouterr().out.splitlines() if "Everything" in line)
    assert row.startswith("Legal Everything")
    assert "\x1b" not in row


def test_what_was_booked_is_listed_and_adjusted(
    made: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    budget = made("Books", "books-1")
    assert main(["debate", "Ship on Friday?", "--tag", "books-1", "--json"]) == exits.OK
    capsys.readouterr()
    with Aragora() as client:
        hold = next(e.hold_id for e in client.budgets.ledger(budget.id) if e.kind == "settle")
    assert hold is not None

    told = ["--usd", "0.5", "--reason", "billed by hand"]
    assert main(["budgets", "adjust", hold, *told]) == exits.OK
    assert f"{hold}: 0.5 USD" in capsys.readouterr().out
    assert main(["budgets", "adjust", hold, "--usd", "-0.5", *told[2:], "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["overage_usd"] == "-0.5"
    assert main(["budgets", "ledger", "Books", "--limit", "2"]) == exits.OK
    listed = capsys.readouterr().out
    assert listed.count("billed by hand") == 2
    assert "settle" not in listed
    assert main(["budgets", "ledger", budget.id, "--json"]) == exits.OK
    assert json.loads(capsys.readouterr().out)["items"][0]["amount_usd"] == "-0.5"
    assert main(["budgets", "adjust", hold, "--usd", "-9", *told[2:]]) != exits.OK
    assert "adjustment_invalid" in capsys.readouterr().err
    assert main(["budgets", "audit"]) == exits.OK


def test_a_budget_of_a_tag_is_made_with_who_is_told_and_keeps_its_tag(
    made: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--tag", "spring", "--email", "ada@example.com", "--no-webhooks", "--warn", "50"]

    assert main(["budgets", "set", "Spring", "5", *told, "--json"]) == exits.OK
    budget = json.loads(capsys.readouterr().out)
    assert main(["budgets", "set", "Spring", "6", "--webhooks"]) == exits.OK
    assert main(["budgets", "set", "Spring", "7", "--tag", "autumn"]) == exits.USAGE
    assert main(["budgets", "set", "Both", "7", "--tag", "a", "--key", "b"]) == exits.USAGE

    assert (budget["scope"], budget["scope_id"]) == ("tag", "spring")
    assert budget["notify"] == {"emails": ["ada@example.com"], "webhooks": False}
    with Aragora() as client:
        left = client.budgets.get(budget["id"])
        client.budgets.delete(left.id)
    assert (left.limit_usd, left.warn_at_percent, left.notify.webhooks) == ("6", [50], True)
    assert "'Spring' has the scope_id spring, which stays" in capsys.readouterr().err
