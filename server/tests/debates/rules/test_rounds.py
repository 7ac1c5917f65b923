from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from pathlib import Path

import attrs
from aragora_server.debates.rules import prompts, protocol, rounds
from aragora_server.debates.rules.conclusion import latest_ballots
from aragora_server.debates.rules.replies import Reader
from aragora_server.debates.rules.transcript import (
    Ask,
    Conclude,
    Failed,
    Record,
    Seat,
    Setup,
    Transcript,
    Unparsed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hearings import failed, next_steps

ESCALATE = protocol.load("escalate")
VOTE = protocol.load("independent_vote")
SETUP = Setup(
    debate_id="debate",
    question="Shall we?",
    seed=3,
    seats=tuple(
        Seat(name=name, model=f"test:{name}", family=family)
        for name, family in (("ann", "x"), ("bob", "x"), ("cid", "y"), ("dee", "z"))
    ),
)


def answer(
    ask: Ask,
    said: Transcript,
    choice: str = "approve",
    *,
    sure: int = 70,
    setup: Setup = SETUP,
    rules: protocol.Protocol = ESCALATE,
) -> Record:
    ids = (f"{ask.call_no}-{no}" for no in itertools.count())
    reader = Reader(protocol=rules, setup=setup, new_id=lambda: next(ids), new_salt=lambda: "s")
    fields: dict[str, object] = {"answer": choice, "confidence": sure, "reasoning": "It holds."}
    if ask.kind == "critique":
        fields |= {"critique": "Too short.", "severity": 3}
    return reader.read(said, ask, json.dumps(fields))


def garbage(ask: Ask, said: Transcript) -> Record:
    reader = Reader(protocol=ESCALATE, setup=SETUP, new_id=lambda: "id", new_salt=lambda: "s")
    return reader.read(said, ask, "no object here")


def asks_after(said: Transcript, rules: protocol.Protocol = ESCALATE) -> tuple[Ask, ...]:
    found = next_steps(rules, SETUP, said)
    assert not isinstance(found, Conclude)
    return found


def end_after(said: Transcript, rules: protocol.Protocol = ESCALATE) -> Conclude:
    found = next_steps(rules, SETUP, said)
    assert isinstance(found, Conclude)
    return found


def round_of(said: Transcript, votes: Mapping[str, str] | str, *, sure: int = 70) -> Transcript:
    for ask in asks_after(said):
        choice = votes if isinstance(votes, str) else votes[ask.agent]
        said += (answer(ask, said, choice, sure=sure),)
    return said


SPLIT = {"ann": "approve", "cid": "reject"}


def test_the_pair_is_of_two_families_and_asked_first() -> None:
    asks = asks_after(())

    assert [(ask.agent, ask.call_no, ask.round, ask.step) for ask in asks] == [
        ("ann", 1, 0, "pair"),
        ("cid", 2, 0, "pair"),
    ]


def test_one_family_alone_still_makes_a_pair() -> None:
    seats = tuple(attrs.evolve(seat, family="x") for seat in SETUP.seats)

    asks = next_steps(ESCALATE, attrs.evolve(SETUP, seats=seats), ())

    assert not isinstance(asks, Conclude)
    assert [ask.agent for ask in asks] == ["ann", "bob"]


def test_a_sure_pair_that_agrees_ends_the_debate() -> None:
    end = end_after(round_of((), "approve", sure=80))

    assert (end.stop_reason, end.verdict.outcome) == ("agreed", "decided")
    assert end.verdict.quorum.eligible == 2
    assert end.verdict.supported_by == ("ann", "cid")
    assert end.verdict.confidence_ppm == 800_000


def test_an_unsure_pair_that_agrees_goes_on() -> None:
    said = round_of((), "approve", sure=79)

    assert [ask.kind for ask in asks_after(said)] == ["critique", "critique"]


def test_agreement_after_critique_ends_the_debate() -> None:
    said = round_of(round_of((), SPLIT), "reject")

    end = end_after(said)

    assert end.stop_reason == "agreed_after_critique"
    assert [(flip.agent, flip.kind) for flip in end.flips] == [("ann", "conformed")]


def test_two_abstentions_are_no_agreement() -> None:
    said = round_of(round_of((), SPLIT), "abstain")

    assert [ask.agent for ask in asks_after(said)] == ["bob", "dee"]


def test_a_lasting_split_goes_to_the_rest_as_a_panel() -> None:
    said = round_of(round_of((), SPLIT), SPLIT)

    asks = asks_after(said)

    assert [(ask.agent, ask.call_no, ask.round) for ask in asks] == [("bob", 5, 2), ("dee", 6, 2)]


def test_the_panel_sees_nothing_of_the_pair() -> None:
    said = round_of(round_of((), SPLIT), SPLIT)

    shown = [prompts.peers(ESCALATE, SETUP, said, ask) for ask in asks_after(said)]

    assert shown == [(), ()]


def test_dissent_stands_in_the_agents_own_words() -> None:
    said = round_of(round_of((), SPLIT), SPLIT)

    end = end_after(round_of(said, {"bob": "reject", "dee": "reject"}))

    assert (end.verdict.option_id, end.stop_reason) == ("reject", "rounds_exhausted")
    (dissent,) = end.dissents
    assert (dissent.agent, dissent.option_id, dissent.text) == ("ann", "approve", "It holds.")
    assert dissent.flipped_from is None


def test_a_dissenter_who_changed_sides_says_so() -> None:
    said = round_of((), SPLIT)
    said = round_of(said, {"ann": "reject", "cid": "approve"})

    end = end_after(round_of(said, {"bob": "reject", "dee": "reject"}))

    (dissent,) = end.dissents
    assert (dissent.agent, dissent.flipped_from) == ("cid", "reject")


def test_a_change_to_what_nobody_showed_is_a_move() -> None:
    said = round_of(round_of((), SPLIT), {"ann": "approve_with_conditions", "cid": "reject"})

    end = end_after(round_of(said, {"bob": "reject", "dee": "reject"}))

    assert [(flip.agent, flip.kind) for flip in end.flips] == [("ann", "moved")]


def test_a_tie_that_no_rule_parts_is_no_consensus() -> None:
    said = round_of(round_of((), SPLIT), SPLIT)

    end = end_after(round_of(said, {"bob": "approve", "dee": "reject"}))

    assert (end.verdict.outcome, end.verdict.option_id) == ("no_consensus", None)
    assert end.verdict.answer == "No consensus"
    assert end.dissents == ()


def test_call_numbers_do_not_hang_on_who_answers_first() -> None:
    first, second = asks_after(())

    assert asks_after((answer(second, ()),)) == (first,)


def test_a_reply_that_cannot_be_read_is_asked_for_once_more() -> None:
    first, second = asks_after(())
    said = (garbage(first, ()), answer(second, (), "reject"))

    (repair,) = asks_after(said)

    assert isinstance(said[0], Unparsed)
    assert (repair.agent, repair.call_no, repair.round, repair.repairs) == ("ann", 3, 0, 1)


def test_a_repair_waits_for_the_rest_of_its_round() -> None:
    first, second = asks_after(())

    assert asks_after((garbage(first, ()),)) == (second,)


def test_a_repair_that_fails_too_is_an_abstention() -> None:
    first, second = asks_after(())
    said: Transcript = (garbage(first, ()), answer(second, (), "reject"))
    (repair,) = asks_after(said)

    said += (garbage(repair, said),)

    (ballot, _) = latest_ballots(rounds.in_order(said))[::-1]
    assert (ballot.agent, ballot.kind, ballot.reason) == ("ann", "abstain", "unparseable")
    # Nobody shows cid an argument to criticise; ann still has cid's.
    assert [(ask.agent, ask.call_no) for ask in asks_after(said)] == [("ann", 4)]


def test_whoever_failed_twice_running_is_out() -> None:
    said: Transcript = ()
    for _ in range(2):
        for ask in asks_after(said):
            said += (failed(ask) if ask.agent == "ann" else answer(ask, said),)
    # cid had nobody to criticise, so the panel follows at once.
    where = rounds.plan(ESCALATE, SETUP, said)

    assert [round_.participants for round_ in where.rounds] == [
        ("ann", "cid"),
        ("ann",),
        ("bob", "dee"),
    ]
    assert where.rounds[1].skipped == ("cid",)


def test_a_failed_call_leaves_the_earlier_ballot() -> None:
    said = round_of((), SPLIT)
    for ask in asks_after(said):
        said += (failed(ask) if ask.agent == "ann" else answer(ask, said, "reject"),)

    end = end_after(round_of(said, {"bob": "reject", "dee": "reject"}))

    assert [ballot.choice for ballot in end.ballots if ballot.agent == "ann"] == ["approve"]


def test_a_lost_quorum_fails_the_debate() -> None:
    said: Transcript = ()
    while not isinstance(asks := next_steps(ESCALATE, SETUP, said), Conclude):
        for ask in asks:
            said += (failed(ask) if ask.agent in ("ann", "bob") else answer(ask, said),)

    assert (asks.status, asks.stop_reason) == ("failed", "quorum_lost")
    assert (asks.verdict.outcome, asks.verdict.option_id) == ("no_decision", None)


def test_silence_of_every_provider_is_its_own_reason() -> None:
    said = tuple(failed(ask) for ask in asks_after((), VOTE))

    end = end_after(said, VOTE)

    assert (end.status, end.stop_reason) == ("failed", "provider_failure")


def test_too_many_abstentions_are_no_decision_and_no_failure() -> None:
    said: Transcript = ()
    for ask in asks_after((), VOTE):
        choice = "approve" if ask.agent == "ann" else "abstain"
        said += (answer(ask, said, choice, rules=VOTE),)

    end = end_after(said, VOTE)

    assert (end.status, end.verdict.outcome) == ("concluded", "no_decision")
    assert (end.verdict.answer, end.verdict.abstentions) == ("No decision", 3)


def test_money_that_runs_out_leaves_what_closed_rounds_say() -> None:
    said = round_of((), SPLIT)
    open_ask = asks_after(said)[0]
    said += (answer(open_ask, said, "reject"),)

    end = rounds.cut_short(ESCALATE, SETUP, said, "budget")

    assert (end.status, end.stop_reason) == ("concluded", "budget")
    assert [ballot.choice for ballot in end.ballots] == ["approve", "reject"]
    assert end.verdict.outcome == "no_decision"


def test_time_that_runs_out_before_any_ballot_is_no_decision() -> None:
    end = rounds.cut_short(ESCALATE, SETUP, (), "deadline")

    assert (end.verdict.outcome, end.ballots) == ("no_decision", ())


def test_a_round_tells_its_tally_and_who_moved() -> None:
    said = round_of(round_of((), SPLIT), "reject")

    first, second = rounds.plan(ESCALATE, SETUP, said).rounds

    assert first.is_closed
    assert [entry.weight for entry in first.tally] == [3, 0, 3]
    assert [entry.weight for entry in second.tally] == [0, 0, 6]
    assert (first.moved, second.moved) == ((), ("ann",))


def test_the_bound_of_calls_counts_a_repair_of_each() -> None:
    assert rounds.calls_bound(ESCALATE, SETUP) == {"ann": 4, "cid": 4, "bob": 2, "dee": 2}


def test_proposals_in_free_text_become_options_for_the_next_round() -> None:
    setup = attrs.evolve(SETUP, answer_kind="text")
    said: Transcript = ()
    words = {"ann": "Wait a year", "bob": "wait  a YEAR", "cid": "Begin now", "dee": "Begin now"}
    first = next_steps(VOTE, setup, said)
    assert not isinstance(first, Conclude)
    for ask in first:
        said += (answer(ask, said, words[ask.agent], setup=setup, rules=VOTE),)

    second = next_steps(VOTE, setup, said)

    assert not isinstance(second, Conclude)
    assert [ask.kind for ask in second] == ["ballot"] * 4
    options = prompts.choosable(setup, said, second[0])
    assert [(option.id, option.label) for option in options] == [
        ("p1", "Wait a year"),
        ("p2", "Begin now"),
    ]
    for ask in second:
        said += (answer(ask, said, "p2", setup=setup, rules=VOTE),)
    end = next_steps(VOTE, setup, said)
    assert isinstance(end, Conclude)
    assert (end.verdict.option_id, end.verdict.answer) == ("p2", "Begin now")


def test_nobody_chooses_where_nobody_proposed() -> None:
    setup = attrs.evolve(SETUP, answer_kind="text")
    first = next_steps(VOTE, setup, ())
    assert not isinstance(first, Conclude)

    end = next_steps(VOTE, setup, tuple(failed(ask) for ask in first))

    assert isinstance(end, Conclude)
    assert end.stop_reason == "provider_failure"


def test_numbers_are_one_when_they_are_written_differently() -> None:
    setup = attrs.evolve(SETUP, answer_kind="number")
    said: Transcript = ()
    words = {"ann": "7.50", "bob": "007.5", "cid": "8", "dee": "-0"}
    asks = next_steps(VOTE, setup, said)
    assert not isinstance(asks, Conclude)
    for ask in asks:
        said += (answer(ask, said, words[ask.agent], setup=setup, rules=VOTE),)

    end = next_steps(VOTE, setup, said)

    assert isinstance(end, Conclude)
    assert [(e.option_id, e.count) for e in end.verdict.tally] == [("7.5", 2), ("8", 1), ("0", 1)]
    assert (end.verdict.option_id, end.verdict.answer) == ("7.5", "7.5")


OUTCOMES = st.sampled_from(["approve", "approve_with_conditions", "reject", "abstain", "", "-"])


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from([ESCALATE, VOTE]))
def test_every_debate_ends_in_bound_and_asks_nothing_twice(
    data: st.DataObject, rules: protocol.Protocol
) -> None:
    """Whatever the replies and their order: deterministic, finite, no completed call again."""
    said: Transcript = ()
    bound = sum(rounds.calls_bound(rules, SETUP).values())
    while not isinstance(asks := next_steps(rules, SETUP, said), Conclude):
        assert asks
        assert asks == next_steps(rules, SETUP, tuple(reversed(said)))
        done = {record.call_no for record in said}
        assert not done & {ask.call_no for ask in asks}
        ask = data.draw(st.sampled_from(asks))
        choice = data.draw(OUTCOMES)
        record: Record
        if choice == "-":
            record = failed(ask)
        elif choice == "":
            record = garbage(ask, said)
        else:
            sure = data.draw(st.integers(0, 100))
            record = answer(ask, said, choice, sure=sure, rules=rules)
        said += (record,)
        assert len(said) <= bound

    assert sorted(record.call_no for record in said) == list(range(1, len(said) + 1))
    assert asks.verdict.option_id is None or asks.verdict.quorum.met
    assert (asks.status == "failed") <= any(isinstance(record, Failed) for record in said)


def test_a_tie_among_what_was_shown_makes_a_change_a_move() -> None:
    """Two peers stand for different options: whoever changes follows no majority."""
    text = protocol_text("escalate").replace("who: pair", "who: all")
    rules = protocol.parse(text.replace("who: rest", "who: all"))
    said: Transcript = ()
    first = {"ann": "approve", "bob": "reject", "cid": "approve_with_conditions", "dee": "abstain"}
    for votes in (first, first | {"ann": "reject"}, first | {"ann": "reject"}):
        for ask in asks_after(said, rules):
            said += (answer(ask, said, votes[ask.agent], rules=rules),)

    end = end_after(said, rules)

    assert [(flip.agent, flip.kind) for flip in end.flips] == [("ann", "moved")]


def protocol_text(name: str) -> str:
    folder = Path(protocol.__file__).parent / "protocols"
    return (folder / f"{name}.yaml").read_text(encoding="utf-8")
