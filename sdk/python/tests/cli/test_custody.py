"""Holding, erasing, keeping and sharing by command, against a real server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aragora.cli import exits, main

QUESTION = "Ship on Friday?"
NOBODY = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"
pytestmark = pytest.mark.usefixtures("signed_in")


class Told:
    """What commands write, by what they are asked."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *argv: str, code: int = exits.OK) -> str:
        self.capsys.readouterr()
        assert main(["receipts", *argv]) == code
        return self.capsys.readouterr().out

    def json(self, *argv: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self(*argv, "--json"))
        return told


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    return Told(capsys)


@pytest.fixture
def receipt_id(told: Told) -> str:
    assert main(["debate", QUESTION, "--seed", "7"]) == exits.OK
    found: str = told.json("list", "--limit", "1")["items"][0]["id"]
    return found


def test_a_hold_is_placed_listed_and_released_and_keeps_texts(
    receipt_id: str, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["holds", "place", "Case 7", "--reason", "Pending", "--receipt", receipt_id]
    erasing = ["erase", receipt_id, "--part", "question", "--legal-basis", "gdpr_art_17"]
    hold_id, _, covers = told(*asked, "--from", "2020-01-01").partition(": ")

    assert covers == f"active; covers receipts {receipt_id}, from 2020-01-01 00:00\n"
    assert main(["receipts", *erasing]) == exits.FAILED
    assert "legal_hold_active" in capsys.readouterr().err
    assert told("holds", "release", hold_id).startswith(f"{hold_id}: released; covers receipts ")
    assert hold_id in told("holds", "list")
    assert told.json("holds", "list", "--limit", "1")["items"][0]["matter"] == "Case 7"
    assert told(*erasing).startswith(f"{receipt_id}: 1 erased, as ")
    assert told(*erasing) == "nothing to erase: these texts were gone already\n"
    assert told("holds", "release", NOBODY, code=exits.NOT_FOUND) == ""
    assert told(*asked[:5], code=exits.USAGE) == ""


def test_texts_are_erased_by_participant_and_by_place(receipt_id: str, told: Told) -> None:
    erasing = ["erase", receipt_id, "--legal-basis", "gdpr_art_17"]
    place = "/predicate/question/_sd/0"

    told(*erasing, "--participant", "p1")
    by_place = told.json(*erasing, "--path", place)

    assert by_place["erasure"]["paths"] == [place]
    shown = told.json("get", receipt_id)
    assert (shown["question"], shown["participants"][0]["name"]) == (None, None)
    assert told(*erasing, code=exits.USAGE) == ""
    assert told(*erasing, "--part", "soul", code=exits.USAGE) == ""


def test_a_participant_is_erased_from_every_receipt_that_no_hold_covers(
    receipt_id: str, told: Told
) -> None:
    (name, *_), erasing = names(told, receipt_id), ["erase-participant", "--legal-basis", "b"]
    hold = told("holds", "place", "Case 7", "--reason", "r", "--receipt", receipt_id)[:36]

    kept = told(*erasing, name, code=exits.FAILED)
    told("holds", "release", hold)
    gone = json.loads(told(*erasing, name, "--json"))

    assert kept.splitlines()[-1] == f"{receipt_id}  {hold}"
    assert (gone["erased"], gone["held"]) == (1, [])
    assert names(told, receipt_id)[0] is None
    assert "0 lost texts\ntexts erased: 0\n" in told(*erasing, name)
    assert told(*erasing, code=exits.USAGE) == ""


def names(told: Told, receipt_id: str) -> list[str | None]:
    return [person["name"] for person in told.json("get", receipt_id)["participants"]]


def test_it_is_said_how_long_receipts_are_kept(told: Told) -> None:
    before = told("retention", "show")

    assert before == "receipts are kept P7Y, words of debates P7Y (the default)\n"
    said = told("retention", "set", "P8Y", "--debates", "P90D")
    assert said.startswith("receipts are kept P8Y, words of debates P90D (set 2")
    assert told.json("retention", "set", "P7Y", "--apply-to-existing")["receipts"] == "P7Y"
    assert told.json("retention", "show")["set_by"]
    assert told("retention", "set", "7 years", code=exits.USAGE) == ""


def test_links_are_listed_and_revoked(receipt_id: str, told: Told) -> None:
    for _ in range(2):
        made = told.json("share", receipt_id, "--disclose", "question")
    link_id = made["share_link"]["id"]

    assert told("links", "revoke", receipt_id, link_id) == f"{link_id}: revoked\n"
    assert told.json("links", "list", receipt_id)["items"][0]["revoked_at"]
    first = told("links", "list", receipt_id, "--limit", "1")
    assert link_id in first
    more = first.split("more: aragora receipts ")[1].split()
    assert link_id not in told(*more)
    assert told("links", "revoke", receipt_id, NOBODY, code=exits.NOT_FOUND) == ""
