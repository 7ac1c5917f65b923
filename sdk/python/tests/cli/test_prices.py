"""`aragora prices` against a real server."""

from __future__ import annotations

import json

import pytest
from aragora.cli import exits, main

pytestmark = pytest.mark.usefixtures("signed_in")


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(["prices", *argv]) == exits.OK
    return capsys.readouterr().out


def test_the_price_list_is_shown_as_table_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    table = told(capsys, "list", "--provider", "openai", "--model", "gpt-5.4")
    listed = json.loads(told(capsys, "list", "--json"))["items"]

    head, first, *_ = table.splitlines()
    columns = ["PROVIDER", "MODEL", "INPUT", "CACHED", "OUTPUT", "OVER", "FROM", "UNTIL"]
    assert head.split() == columns
    assert first.split()[:2] == ["openai", "gpt-5.4"]
    assert "272000" in table
    assert len(listed) > 200


def test_a_price_is_set_resolved_followed_and_ended(capsys: pytest.CaptureFixture[str]) -> None:
    call = "openai:gpt-4o"
    before = told(capsys, "resolve", call)
    made = json.loads(
        told(capsys, "set", call, "2", "7", "--cache-read", "0.2", "--note", "agreed", "--json")
    )
    now = told(capsys, "resolve", call)
    told(capsys, "set", call, "1", "6", "--over", "200000=2/9", "--request-fee", "0.01")
    resolved = json.loads(told(capsys, "resolve", call, "--json"))
    history = told(capsys, "history", "--model", "gpt-4o")
    ended = told(capsys, "end", resolved["workspace_price_id"])

    assert "from the price list, for gpt-4o" in before
    assert "2.5" in before
    assert "set by this workspace, for gpt-4o" in now
    assert made["tiers"][0]["cache_read_usd"] == "0.2"
    assert [tier["over_tokens"] for tier in resolved["tiers"]] == [0, 200_000]
    assert resolved["request_fee_usd"] == "0.01"
    assert [line.split()[1] for line in history.splitlines()[1:]] == ["current", "current", "ended"]
    assert "agreed" in history
    assert ended.splitlines()[1].split()[1] == "ended"
    assert "from the price list" in told(capsys, "resolve", call)


def test_a_prefix_and_a_time_to_come(capsys: pytest.CaptureFixture[str]) -> None:
    span = ["--from", "2098-01-01T00:00:00Z", "--until", "2099-01-01T00:00:00Z"]
    shown = told(capsys, "set", "mistral:mi", "0", "0", "--prefix", *span)
    then = told(capsys, "resolve", "mistral:mixed", "--at", "2098-06-01T00:00:00Z")

    assert "upcoming" in shown
    assert "mi*" in shown
    assert "set by this workspace, for all that begins with mi" in then
    told(capsys, "end", shown.splitlines()[1].split()[0])


def test_calls_of_the_past_are_priced_anew_when_it_is_said_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["debate", "Ship on Friday?", "--json"]) == exits.OK
    capsys.readouterr()
    made = json.loads(told(capsys, "set", "scripted:", "1", "1", "--prefix", "--json"))["id"]
    since = ["--from", "2026-01-01T00:00:00Z"]

    foreseen = told(capsys, "reprice", made, *since)
    booked = json.loads(told(capsys, "reprice", made, *since, "--book", "--json"))
    again = told(capsys, "reprice", made, *since, "--book")
    told(capsys, "end", made)

    assert foreseen.splitlines()[1].split()[:2] == [str(booked["calls"]), booked["cost_before_usd"]]
    assert "Nothing was booked" in foreseen
    assert (booked["calls"] > 0, booked["dry_run"]) == (True, False)
    assert again.splitlines()[1].split() == ["0", "0", "0", "0", "0"]
    assert "Nothing was booked" not in again


@pytest.mark.parametrize(
    "argv",
    [
        ["resolve", "gpt-4o"],
        ["resolve", "openai:gpt-none"],
        ["set", "openai:gpt-4o", "much", "7"],
        ["set", "openai:gpt-4o", "2", "7", "--over", "many"],
        ["set", "openai:gpt-4o", "2"],
        ["end", "none"],
        ["reprice", "none"],
        ["list", "--at", "yesterday"],
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prices", *argv]) == exits.USAGE
    assert capsys.readouterr().err
