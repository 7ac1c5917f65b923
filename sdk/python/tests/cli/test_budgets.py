"""`aragora budgets` against a real server, where names are what others chose."""

from __future__ import annotations

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
