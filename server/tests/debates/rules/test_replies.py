from __future__ import annotations

import hashlib
import itertools
import json

import attrs
import pytest
import rfc8785
from aragora_server.debates.rules import prompts, protocol, replies
from aragora_server.debates.rules.options import decimal_of, normal
from aragora_server.debates.rules.transcript import (
    Answer,
    Ask,
    Conclude,
    Setup,
    Transcript,
    Unparsed,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.hearings import Hearing, next_steps, setup

ESCALATE = protocol.load("escalate")
SETUP = setup()
FIRST = Ask(call_no=1, round=0, step="pair", kind="argument", agent="Ada")
GOOD = {"answer": "sqlite", "confidence": 80, "reasoning": "One file [D1:p3]. It is enough."}


def reader(case: Setup = SETUP) -> replies.Reader:
    ids = (f"id-{no}" for no in itertools.count(1))
    return replies.Reader(
        protocol=ESCALATE, setup=case, new_id=lambda: next(ids), new_salt=lambda: "salt"
    )


def read(text: str, ask: Ask = FIRST, case: Setup = SETUP) -> Answer | Unparsed:
    return reader(case).read((), ask, text)


def understood(text: str, ask: Ask = FIRST, case: Setup = SETUP) -> Answer:
    found = read(text, ask, case)
    assert isinstance(found, Answer)
    return found


def test_an_answer_is_an_argument_and_a_sealed_ballot() -> None:
    found = understood(json.dumps(GOOD))

    assert found.argument is not None
    assert found.ballot is not None
    assert (found.argument.option_id, found.argument.confidence_ppm) == ("sqlite", 800_000)
    assert found.argument.sources == ("D1:p3",)
    assert (found.ballot.choice, found.ballot.reason) == ("sqlite", "One file [D1:p3].")


def test_the_commitment_is_that_of_the_canonical_ballot() -> None:
    ballot = understood(json.dumps(GOOD)).ballot
    assert ballot is not None

    sealed = rfc8785.dumps(
        {
            "v": 1,
            "debate_id": SETUP.debate_id,
            "round": 0,
            "agent": "Ada",
            "choices": ["sqlite"],
            "confidence_ppm": 800_000,
            "salt": "salt",
        }
    )
    assert ballot.commitment == hashlib.sha256(sealed).hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here it is:\n```json\n{}\n```\nGood luck.",
        "{}",
        "prose {broken [ then {}",
        "\u2028{}",
    ],
)
def test_the_first_whole_object_is_read_whatever_stands_around_it(text: str) -> None:
    assert understood(text.replace("{}", json.dumps(GOOD))).ballot is not None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no complete JSON object"),
        ('{"answer": "sqlite"', "no complete JSON object"),
        ("[1, 2]", "no complete JSON object"),
        ('{"answer": NaN}', "no complete JSON object"),
        (json.dumps(GOOD | {"answer": "mysql"}), "answer"),
        (json.dumps(GOOD | {"confidence": 101}), "confidence"),
        (json.dumps(GOOD | {"confidence": 0.5}), "confidence"),
        (json.dumps(GOOD | {"extra": 1}), "extra"),
        (json.dumps({"answer": "sqlite"}), "required"),
        ("x" * 300_000, "longer than"),
        ("{" * 10_000, "no complete JSON object"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, ""),
    ],
)
def test_what_does_not_fit_is_unparsed_with_the_reason(text: str, told: str) -> None:
    found = read(text)

    assert isinstance(found, Unparsed)
    assert told in found.error


def test_line_breaks_in_a_string_are_forgiven() -> None:
    found = understood('{"answer": "sqlite", "confidence": 80, "reasoning": "one\ntwo"}')

    assert found.argument is not None
    assert found.argument.text == "one\ntwo"


@pytest.mark.parametrize("bad", ["\\u0000", "\\ud800", "\0", "\ud800"])
def test_what_no_database_stores_is_taken_out(bad: str) -> None:
    reasoning = f'{{"answer": "sqlite", "confidence": 80, "reasoning": "a{bad}b"}}'

    found = understood(reasoning)

    assert found.argument is not None
    assert found.argument.text in ("ab", "a?b")


def test_what_no_database_stores_is_taken_out_of_unread_text() -> None:
    found = read("a\0b\ud800c")

    assert isinstance(found, Unparsed)
    assert found.text == "ab?c"


def test_an_unparsed_text_is_kept_but_cut() -> None:
    found = read("x" * 300_000)

    assert isinstance(found, Unparsed)
    assert len(found.text) == replies.MAX_TEXT_BYTES


def test_a_second_failure_is_an_abstention_and_never_a_vote() -> None:
    repair = attrs.evolve(FIRST, call_no=3, repairs=1)

    found = understood("still no object", repair)

    assert found.argument is None
    assert found.ballot is not None
    assert (found.ballot.kind, found.ballot.reason) == ("abstain", "unparseable")
    assert found.repairs == 1


def test_who_abstains_still_argues() -> None:
    found = understood(json.dumps(GOOD | {"answer": "abstain"}))

    assert found.argument is not None
    assert found.argument.option_id is None
    assert found.ballot is not None
    assert (found.ballot.kind, found.ballot.choices) == ("abstain", ())


def test_a_passage_that_does_not_exist_is_no_source() -> None:
    text = "See [D1:p3], [D9:p1] and [D1:p999]."

    found = understood(json.dumps(GOOD | {"reasoning": text, "sources": ["[D1:p4]", "nonsense"]}))

    assert found.argument is not None
    assert found.argument.sources == ("D1:p4", "D1:p3")
    assert [(w.code, w.detail) for w in found.warnings] == [
        ("source_unknown", "no such passage: nonsense, D9:p1, D1:p999")
    ]


def test_a_long_argument_is_cut_between_characters_and_says_so() -> None:
    found = understood(json.dumps(GOOD | {"reasoning": "\u00e4" * 20_000}))

    assert found.argument is not None
    assert found.argument.truncated
    assert len(found.argument.text.encode()) <= replies.MAX_TEXT_BYTES
    assert [warning.code for warning in found.warnings] == ["truncated"]


def test_a_reply_that_shows_the_canary_is_masked_and_reported() -> None:
    mark = prompts.canary(SETUP, FIRST)

    found = understood(json.dumps(GOOD | {"reasoning": f"My mark is {mark}."}))

    assert found.argument is not None
    assert found.argument.text == f"My mark is {replies.CANARY_MASK}."
    assert [warning.code for warning in found.warnings] == ["canary_leaked"]


async def critique_of(case: Setup, fields: dict[str, object]) -> tuple[Transcript, Answer]:
    hearing = Hearing(setup=case)
    asks = next_steps(ESCALATE, case, ())
    assert not isinstance(asks, Conclude)
    said: Transcript = tuple([await hearing.hear((), ask) for ask in asks])
    (ask, _) = next_steps(ESCALATE, case, said)  # type: ignore[misc]
    found = reader(case).read(said, ask, json.dumps(GOOD | fields))
    assert isinstance(found, Answer)
    return said, found


@pytest.mark.anyio
@pytest.mark.parametrize("target", ["Response A", "Response Z", "Ben"])
async def test_a_critique_is_aimed_at_an_answer_that_was_shown(target: str) -> None:
    fields = {"target": target, "critique": "No.", "severity": 7, "issues": ["costs"]}

    said, found = await critique_of(SETUP, fields)

    (critique,) = found.critiques
    shown = said[1]
    assert isinstance(shown, Answer)
    assert shown.argument is not None
    assert critique.target_argument_id == shown.argument.id
    assert (critique.severity, critique.issues, critique.text) == (7, ("costs",), "No.")
    assert found.argument is None
    assert found.ballot is not None
    assert found.ballot.reason == GOOD["reasoning"]


@given(st.text(max_size=400))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    read(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
        max_leaves=12,
    )
)
def test_no_json_at_all_becomes_a_vote_by_accident(value: object) -> None:
    found = read(json.dumps(value))

    is_answer = isinstance(value, dict) and set(GOOD) <= set(value)
    assert isinstance(found, Answer) <= is_answer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", "7"),
        ("007.50", "7.5"),
        ("-0.0", "0"),
        ("1,000", "1000"),
        (" -3.140 ", "-3.14"),
        ("1e3", None),
        ("ten", None),
        ("", None),
    ],
)
def test_a_number_has_one_way_to_be_written(text: str, number: str | None) -> None:
    assert decimal_of(text) == number


@given(st.text(max_size=60))
def test_what_is_normal_stays_so(text: str) -> None:
    assert normal(normal(text)) == normal(text)
