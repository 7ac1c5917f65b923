"""A receipt as a document: everything that was decided stands in it, made from the bundle alone."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from aragora.receipts import canonical, document
from aragora.receipts.blocks import Chart, Spoken, Statement, Text, plain, visible
from aragora.receipts.replies import laid_out
from erasure_vectors import erased
from example import example, seal, sealed, text_of
from logged import logged

Json = dict[str, Any]


def blocks_of(bundle: Json) -> Any:
    return document.of(text_of(bundle).encode())


def words_of(bundle: Json) -> str:
    return "\n".join(visible(blocks_of(bundle)))


def test_every_disclosed_text_stands_in_the_document() -> None:
    bundle = sealed()

    shown = words_of(bundle)

    for encoded in bundle["disclosures"]:
        padded = encoded + "=" * (-len(encoded) % 4)
        _, name, value = canonical.decode(base64.urlsafe_b64decode(padded))[0]
        assert value in shown, name


def test_the_verdict_is_followed_by_the_dissent_in_the_same_form() -> None:
    verdict, dissent = (b for b in blocks_of(sealed()) if isinstance(b, Statement))

    assert (verdict.label, verdict.text.value) == (
        "Decided: Approve",
        "Adopt it, and measure the cost.",
    )
    assert verdict.facts == ("Rule: weighted", "Confidence: 80 %", "Quorum: 3 of 3 voted, met")
    assert (dissent.label, dissent.text.value) == ("Blaise", "The cost is not proven.")
    assert dissent.facts == ("For: Reject", "Round 1")


def test_votes_are_bars_of_the_weight_with_the_names_of_the_voters() -> None:
    chart = next(block for block in blocks_of(sealed()) if isinstance(block, Chart))

    approve, reject = chart.bars
    assert (approve.voters, approve.figure, approve.is_chosen) == (
        "Ada, Carl",
        "2 votes, weight 6",
        True,
    )
    assert (reject.voters, reject.figure, reject.is_chosen) == (
        "Blaise",
        "1 vote, weight 1",
        False,
    )
    assert (approve.ppm, reject.ppm) == (857_142, 142_857)


def test_what_is_withheld_is_said_to_be_withheld_where_it_would_stand() -> None:
    content, _ = example()

    blocks = blocks_of(seal(canonical.encode(content), []))

    said = [block.text for block in blocks if isinstance(block, Spoken)]
    assert said == [Text("[Withheld: the message is not in this copy.]", is_absent=True)] * 5
    assert blocks[0].question.is_absent
    assert "p2 [Withheld: the name]" in list(visible(blocks))


def test_what_was_erased_is_told_from_what_is_withheld() -> None:
    said = [b.text.value for b in blocks_of(erased(also_missing=1)) if isinstance(b, Spoken)]

    assert said[:4] == [
        *["[Erased: the message is not in this copy.]"] * 3,
        "[Withheld: the message is not in this copy.]",
    ]


def test_a_dissent_without_a_text_says_that_none_was_given() -> None:
    def silent(content: Json) -> None:
        del content["predicate"]["dissent"][0]["_sd"]

    assert "[No dissent was given.]" in words_of(sealed(silent))


def test_a_receipt_without_votes_prices_or_documents_is_a_document_too() -> None:
    def bare(content: Json) -> None:
        predicate = content["predicate"]
        predicate |= {"ballots": [], "dissent": [], "evidence": []}
        predicate["verdict"] = {
            "outcome": "no_decision",
            "rule": "none",
            "tally": [],
            "quorum": {"cast": 0, "eligible": 3, "met": False},
            "abstentions": 0,
        }
        predicate["cost"] |= {"price_versions": [], "agents": []}

    shown = words_of(sealed(bare))

    for told in ("No decision", "No option was chosen.", "Nobody dissented.", "0 of 3 voted, not"):
        assert told in shown


def test_the_place_in_the_log_is_shown_when_the_bundle_proves_one() -> None:
    assert "Log entry" not in words_of(sealed())

    assert "Log entry\n4 of 7 in aragora.example/receipts/2026" in words_of(logged())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202egnp.exe", "a[U+202E]gnp.exe"),
        ("bell\x07 nul\x00", "bell[U+0007] nul[U+0000]"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree\tfour"),
        ("👩‍👧 \u200f عربي", "👩‍👧 \u200f عربي"),
    ],
)
def test_what_would_act_unseen_is_spelled_out(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (
            '{"answer":"ship","confidence":7.50,"ok":true}',
            "Answer: ship\nConfidence: 7.50\nOk: true",
        ),
        ('{"sources":[],"issues":["a",{"b_c":1}]}', "Sources: none\nIssues: a; B c: 1"),
        ('{"x":1,"x":2}', "X: 1\nX: 2"),
        ("{}", "{}"),
        ('{"x":1} and more', '{"x":1} and more'),
        ("[1]", "[1]"),
        ('{"a":' * 3000, '{"a":' * 3000),
        ('{"a":' * 9 + "1" + "}" * 9, '{"a":' * 9 + "1" + "}" * 9),
    ],
)
def test_a_reply_in_json_is_laid_out_member_by_member(reply: str, shown: str) -> None:
    assert laid_out(reply) == shown


@pytest.mark.parametrize(
    ("text", "is_right_to_left"),
    [("عربي", True), ("1. עברית", True), ("Rollback يستغرق", False), ("2026", False), ("", False)],
)
def test_a_text_runs_as_its_first_letter_does(text: str, is_right_to_left: bool) -> None:
    assert Text(text).is_right_to_left is is_right_to_left
