"""What a watcher is shown: one reducer, one set of words, three views."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import pytest
from aragora import UnknownEvent
from aragora.cli import board, exits, output, views
from aragora.cli.board import Board, told
from aragora.cli.debate import exit_code
from aragora.cli.live import LiveView, _ending
from aragora.cli.telling import Telling, summary, tell
from aragora.cli.views import Ndjson, Plain, View
from aragora.receipts import Check, Verification
from aragora.resources.debates import _load_events
from aragora.types import Debate
from rich.console import Console
from rich.text import Text

from tests.debate_wire import DEBATE_USAGE, ID, VERDICT, argument, debate, delta, event, log

DEBATE = Debate.model_validate(debate())
GOOD = Verification("verified", (), "every required check passed", ID)
BAD = Verification("failed", (Check("signature", "fail", "no"),), "signature: no", ID)


def read(entry: dict[str, Any]) -> Any:
    model = _load_events().get(entry["type"], UnknownEvent)
    return model.model_validate(entry)


def after(*entries: dict[str, Any]) -> Board:
    state = Board.of(DEBATE)
    for entry in entries:
        state = told(state, read(entry))
    return state


def tellings() -> list[Telling]:
    state, found = Board.of(DEBATE), []
    for entry in log():
        found.append(tell(state, read(entry)))
        state = told(state, read(entry))
    return [telling for telling in found if telling]


def test_the_board_knows_who_is_still_thinking() -> None:
    opened = {"round": 0, "kind": "x", "label": "Sealed", "participants": ["careful", "steady"]}

    state = after(
        event(1, "round.started", opened),
        delta("steady", "Fri"),
        delta("steady", "day"),
        event(2, "argument.added", argument("careful", "No.")),
    )

    assert (state.waiting, state.partial, state.label) == (
        ("steady",),
        {"steady": "Friday"},
        "Sealed",
    )


def test_the_board_ends_with_verdict_dissent_and_cost() -> None:
    state = after(*log())
    end = summary(state)

    assert end
    assert (end.verdict, end.outcome, end.cost_usd) == ("Wait for Monday", "decided", "0.003076")
    assert end.dissents == (("contrarian", "Ship on Friday", "A rollback takes four minutes."),)
    assert (end.tokens_in, end.tokens_out, end.calls) == (1840, 412, 5)
    assert (state.spent_usd, state.remaining_usd, state.receipt_id) == (
        "0.003",
        "0.497",
        log()[-1]["data"]["receipt_id"],
    )


def test_a_debate_without_a_verdict_has_no_summary() -> None:
    assert summary(after(*log()[:5])) is None


@pytest.mark.parametrize(
    ("kind", "data", "label"),
    [
        ("debate.cancelled", {"by": ID, "usage": DEBATE_USAGE}, "cancelled"),
        ("debate.failed", {"code": "deadline", "detail": "too late"}, "failed"),
    ],
)
def test_other_ends_are_told_too(kind: str, data: dict[str, Any], label: str) -> None:
    entry = event(1, kind, data)

    assert after(entry).label == label
    telling = tell(Board.of(DEBATE), read(entry))
    assert telling
    assert label in telling.head


def test_an_event_from_the_future_changes_nothing() -> None:
    state = Board.of(DEBATE)
    entry = read(event(1, "moon.rose", {}))

    assert told(state, entry) == state
    assert tell(state, entry) is None


def test_everything_said_is_told_in_words() -> None:
    assert [(t.tone, t.agent, t.head) for t in tellings()] == [
        ("quiet", None, "protocol escalate, seed 7, at most 0.5 USD"),
        ("round", None, "Round 0 · Sealed"),
        ("argument", "careful", "argues for Wait for Monday (78 % sure) [D1:p3]"),
        ("ballot", "careful", "sealed a ballot abababababab…"),
        ("warning", "steady", "failed: 503, again in 2 s"),
        ("ballot", "careful", "votes for Wait for Monday"),
        ("ballot", "steady", "abstains"),
        ("critique", "contrarian", "answers careful (severity 6 of 10)"),
        ("warning", None, "homogeneous_agents: one family"),
        ("quiet", None, "changed their ballot: steady"),
    ]


BUDGET = {
    "id": ID,
    "name": "Team budget",
    "scope": "workspace",
    "period_end": "2026-12-01T00:00:00.000Z",
    "limit_usd": "25",
    "remaining_usd": "0.02",
}


@pytest.mark.parametrize(
    ("kind", "facts", "head"),
    [
        (
            "threshold_reached",
            {"threshold_percent": 80},
            "budget Team budget has reached 80 % of 25 USD, 0.02 USD left",
        ),
        (
            "threshold_reached",
            {"budget": {**BUDGET, "remaining_usd": None}, "threshold_percent": 120},
            "budget Team budget has reached 120 % of 25 USD",
        ),
        (
            "exhausted",
            {"needed_usd": "0.12"},
            "budget Team budget admits nothing more, 0.02 USD left, 0.12 USD were needed",
        ),
        (
            "exhausted",
            {"needed_usd": None},
            "budget Team budget admits nothing more, 0.02 USD left",
        ),
        (
            "overage_recorded",
            {"overage_usd": "0.000015"},
            "a call cost 0.000015 USD more than was reserved, counted against budget Team budget",
        ),
        (
            "hold_swept",
            {"settled_usd": "0.5"},
            "a call was lost, 0.5 USD count as spent in budget Team budget",
        ),
    ],
)
def test_what_budgets_say_is_told_in_one_line(kind: str, facts: dict[str, Any], head: str) -> None:
    entry = read(event(1, f"budget.{kind}", {"budget": BUDGET, **facts}))

    assert tell(Board.of(DEBATE), entry) == Telling("warning", head)
    assert told(Board.of(DEBATE), entry) == Board.of(DEBATE)


def test_a_reason_that_the_argument_gave_is_not_told_again() -> None:
    votes = [telling for telling in tellings() if telling.head.startswith("votes")]
    assert votes[0].text == "Nobody is on call."

    said = event(1, "argument.added", argument("careful", "Listen. Nobody is on call."))
    vote = read(log()[6])
    telling = tell(after(said), vote)

    assert telling
    assert telling.text == ""


def play(view: View, verification: Verification = GOOD, path: str | None = "r.json") -> None:
    with view:
        view.opened(Board.of(DEBATE))
        for entry in [delta("careful", "thinking aloud"), *log()]:
            view.show(read(entry))
        view.over()
        view.receipt(verification, path)


def test_plain_lines_hold_the_whole_story(capsys: pytest.CaptureFixture[str]) -> None:
    play(Plain())

    out = capsys.readouterr().out
    assert "\x1b" not in out
    for part in (
        "Question: Ship on Friday?",
        "Round 0 · Sealed",
        "    Nobody is on call at the weekend.",
        "Verdict: Wait for Monday (decided)",
        "  Ship on Friday: 1 ballot, weight 5",
        "Dissent: contrarian for Ship on Friday: A rollback takes four minutes.",
        "Tokens: 1840 in, 412 out, in 5 calls",
        "Cost: 0.003076 USD",
        f"VERIFIED receipt {ID}, saved to r.json",
    ):
        assert part in out


def test_json_is_the_log_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    play(Ndjson())

    said = capsys.readouterr()
    entries = [json.loads(line) for line in said.out.splitlines()]
    assert [entry["type"] for entry in entries][1:] == [entry["type"] for entry in log()]
    assert entries[4]["data"] == log()[3]["data"]
    assert "VERIFIED" in said.err


@pytest.mark.parametrize("width", [40, 100])
def test_the_live_view_fits_its_terminal(width: int) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=width, highlight=False)

    play(LiveView(console))

    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "VERDICT" in text
    assert "DISSENT" in text
    assert "VERIFIED" in text


def test_the_bottom_of_the_live_view_shows_who_is_thinking() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, highlight=False)
    opened = {"round": 0, "kind": "x", "label": "Sealed", "participants": ["careful", "steady"]}
    view = LiveView(console)
    view.opened(Board.of(DEBATE))
    view.show(read(event(1, "round.started", opened)))
    view.show(read(delta("steady", "On balance\n I would wait")))
    view.show(read(log()[9]))

    console.print(view.footer())

    text = console.file.getvalue()  # type: ignore[attr-defined]
    for part in ("is thinking", "On balance  I would wait", "0.497 USD left"):
        assert part in text


def test_the_live_view_shows_a_failure_and_no_dissent() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100, highlight=False)
    entries = [entry for entry in log() if entry["type"] != "dissent.recorded"]
    view = LiveView(console)

    with view:
        view.opened(Board.of(DEBATE))
        view.show(read(delta("careful", "thinking\naloud")))
        for entry in entries:
            view.show(read(entry))
        view.over()
        view.receipt(BAD, None)

    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert "✘ FAILED" in text
    assert "none" in text
    assert "signature: no" in text


def test_no_dissent_is_said_in_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    view = Plain()
    with view:
        view.opened(Board.of(DEBATE))
        view.show(read(event(1, "debate.concluded", {"verdict": VERDICT, "usage": DEBATE_USAGE})))
        view.over()
        view.receipt(BAD, None)

    assert "Dissent: none" in capsys.readouterr().out


def test_modules_of_the_view_import_only_public_names() -> None:
    from pathlib import Path

    for module in (board, views):
        text = Path(module.__file__ or "").read_text("utf-8")
        assert "aragora._core" not in text


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stop_reason": "budget", "verdict": VERDICT}, exits.BUDGET),
        ({"status": "failed"}, exits.FAILED),
        ({"verdict": VERDICT}, exits.OK),
        ({"verdict": {**VERDICT, "outcome": "no_consensus"}}, exits.NO_CONSENSUS),
    ],
)
def test_the_exit_code_says_how_the_debate_ended(changes: dict[str, Any], code: int) -> None:
    assert exit_code(Debate.model_validate(debate(**changes))) == code


HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b1A\rVERIFIED \u202e[/red]"


def test_what_a_model_writes_cannot_move_the_cursor_of_who_watches(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = event(2, "argument.added", argument("careful", HOSTILE))
    screen = io.StringIO()
    console = Console(file=screen, width=100, color_system=None, force_terminal=True)

    for view in (Plain(), LiveView(console)):
        view.opened(after(delta("careful", HOSTILE)))
        view.show(read(said))

    for shown in (screen.getvalue(), capsys.readouterr().out):
        assert "VERIFIED" in shown
        assert not any(
            code in shown for code in ("\x1b[2J", "\x1b]", "\x07", "\x9b", "\r", "\u202e")
        )


def test_an_option_may_look_like_markup(capsys: pytest.CaptureFixture[str]) -> None:
    end = summary(after(*log()))
    assert end is not None
    screen = io.StringIO()

    tally = [(f"[/red] {label}", count, weight) for label, count, weight in end.tally]
    marked = dataclasses.replace(end, tally=tuple(tally))
    Console(file=screen, width=100).print(_ending(marked, [Text(who) for who, *_ in end.dissents]))

    assert "[/red]" in screen.getvalue()


def test_json_keeps_its_value_when_its_text_is_hostile(capsys: pytest.CaptureFixture[str]) -> None:
    output.write_json({"text": HOSTILE})

    line = capsys.readouterr().out
    assert json.loads(line) == {"text": HOSTILE}
    assert not any(code in line for code in ("\x1b", "\x9b", "\u202e"))
