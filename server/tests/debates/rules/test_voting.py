from __future__ import annotations

import attrs
import pytest
from aragora_server.debates.rules import voting
from aragora_server.debates.rules.transcript import Ballot
from aragora_server.debates.rules.voting import Decision, Share
from hypothesis import given
from hypothesis import strategies as st

OPTIONS = ("a", "b", "c")
PLURALITY = Decision(rule="plurality", ties=("sealed_ballots", "no_decision"))


def ballots(*choices: str | None, sure: tuple[int | None, ...] = ()) -> tuple[Ballot, ...]:
    return tuple(
        Ballot(
            id=f"ballot-{no}",
            round=0,
            agent=f"agent-{no}",
            call_no=no + 1,
            kind="single" if choice else "abstain",
            choices=(choice,) if choice else (),
            confidence_ppm=sure[no] if sure else 700_000,
            salt="salt",
            commitment="0" * 64,
        )
        for no, choice in enumerate(choices)
    )


def winner(decision: Decision, *choices: str | None, eligible: int | None = None) -> str | None:
    counted = voting.tally(
        decision,
        ballots(*choices),
        options=OPTIONS,
        eligible=len(choices) if eligible is None else eligible,
    )
    return counted.winner


@pytest.mark.parametrize(
    ("rule", "choices", "expected"),
    [
        ("plurality", "aab", "a"),
        ("plurality", "abc", None),
        ("weighted", "abb", "b"),
        ("majority", "aabb", None),
        ("majority", "aabbb", "b"),
        ("majority", "aabc", None),
        ("supermajority", "aab", "a"),
        ("supermajority", "aabb", None),
        ("unanimous", "aaa", "a"),
        ("unanimous", "aab", None),
    ],
)
def test_each_rule_on_a_small_vote(rule: voting.Rule, choices: str, expected: str | None) -> None:
    assert winner(Decision(rule=rule, ties=("no_decision",)), *choices) == expected


def test_half_a_share_asked_for_never_lets_two_win() -> None:
    even = Decision(rule="supermajority", ties=("first_listed",), share=Share(num=1, den=2))

    assert winner(even, "a", "b") is None


def test_abstentions_count_for_nothing_but_the_quorum() -> None:
    counted = voting.tally(
        Decision(rule="majority", ties=("no_decision",)),
        ballots("a", "a", "b", None),
        options=OPTIONS,
        eligible=4,
    )

    assert (counted.winner, counted.abstentions, counted.quorum.cast) == ("a", 1, 3)


@pytest.mark.parametrize(
    ("choices", "eligible", "is_met"),
    [("a", 1, False), ("aa", 2, True), ("aa", 4, False), ("aaa", 5, True), ("", 0, False)],
)
def test_a_quorum_is_two_ballots_and_more_than_half(
    choices: str, eligible: int, is_met: bool
) -> None:
    counted = voting.tally(PLURALITY, ballots(*choices), options=OPTIONS, eligible=eligible)

    assert counted.quorum.met is is_met
    assert counted.winner == ("a" if is_met else None)


@pytest.mark.parametrize(
    ("sure", "weight"),
    [
        (0, 1),
        (600_000, 1),
        (600_001, 3),
        (799_999, 3),
        (800_000, 5),
        (899_999, 5),
        (900_000, 8),
        (999_999, 8),
        (1_000_000, 10),
        (None, 1),
    ],
)
def test_confidence_weighs_through_the_table_alone(sure: int | None, weight: int) -> None:
    reconcile = Decision(rule="weighted", weights="reconcile", ties=("no_decision",))
    (ballot,) = ballots("a", sure=(sure,))

    assert voting.weight(reconcile, ballot) == weight
    assert voting.weight(PLURALITY, ballot) == 1


def test_a_sure_minority_can_outweigh_an_unsure_majority() -> None:
    counted = voting.tally(
        Decision(rule="weighted", weights="reconcile", ties=("no_decision",)),
        ballots("a", "b", "b", sure=(950_000, 500_000, 600_000)),
        options=OPTIONS,
        eligible=3,
    )

    assert (counted.winner, counted.margin) == ("a", 6)


def test_a_tie_goes_to_who_led_in_the_sealed_ballots() -> None:
    counted = voting.tally(
        PLURALITY,
        ballots("a", "b"),
        options=OPTIONS,
        eligible=2,
        sealed=ballots("b", "b", "c", "c", "c"),
    )

    assert (counted.winner, counted.tie_rule_used) == ("b", "sealed_ballots")


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (("sealed_ballots", "first_listed"), ("a", "first_listed")),
        (("sealed_ballots", "no_decision"), (None, "no_decision")),
        (("sealed_ballots",), (None, None)),
    ],
)
def test_tie_rules_are_tried_in_their_order(
    ties: tuple[voting.TieRule, ...], expected: tuple[str | None, str | None]
) -> None:
    counted = voting.tally(
        attrs.evolve(PLURALITY, ties=ties), ballots("b", "a"), options=OPTIONS, eligible=2
    )

    assert (counted.winner, counted.tie_rule_used) == expected


VOTES = st.lists(st.sampled_from([*OPTIONS, None]), max_size=12)
RULES = st.sampled_from(["plurality", "majority", "supermajority", "unanimous", "weighted"])


@given(VOTES, RULES, st.randoms(use_true_random=False))
def test_the_order_of_ballots_never_matters(choices, rule, random) -> None:  # type: ignore[no-untyped-def]
    decision = Decision(rule=rule, ties=("no_decision",))
    cast = list(ballots(*choices))
    shuffled = random.sample(cast, len(cast))

    first, second = (
        voting.tally(decision, votes, options=OPTIONS, eligible=len(cast))
        for votes in (cast, shuffled)
    )

    assert first == second


@given(VOTES, RULES, st.permutations(OPTIONS))
def test_renaming_the_options_renames_the_winner(choices, rule, names) -> None:  # type: ignore[no-untyped-def]
    renamed = dict(zip(OPTIONS, names, strict=True))
    decision = Decision(rule=rule, ties=("no_decision",))

    before = winner(decision, *choices)
    after = winner(decision, *(renamed[choice] if choice else None for choice in choices))

    assert after == (renamed[before] if before else None)


@given(VOTES)
def test_stricter_rules_agree_with_laxer_ones(choices: list[str | None]) -> None:
    by_rule = {
        rule: winner(Decision(rule=rule, ties=("no_decision",)), *choices)
        for rule in ("unanimous", "supermajority", "majority", "plurality")
    }

    for strict, lax in zip(list(by_rule), list(by_rule)[1:], strict=False):
        assert by_rule[strict] is None or by_rule[strict] == by_rule[lax]


@given(VOTES)
def test_a_tally_adds_up(choices: list[str | None]) -> None:
    counted = voting.tally(PLURALITY, ballots(*choices), options=OPTIONS, eligible=len(choices))

    assert sum(entry.count for entry in counted.entries) + counted.abstentions == len(choices)
