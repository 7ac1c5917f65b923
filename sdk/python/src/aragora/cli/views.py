"""Three ways to watch a debate: live in a terminal, plain lines, and NDJSON."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, Self

from aragora import UnknownEvent
from aragora.cli import output
from aragora.cli.board import Board, told
from aragora.cli.escapes import harmless
from aragora.cli.telling import Summary, ballots, summary, tell
from aragora.receipts import Verification
from aragora.types import events as ev

VERDICTS = {
    "verified": "VERIFIED",
    "failed": "FAILED",
    "unreadable": "UNREADABLE",
    "not_verified": "NOT VERIFIED",
}


class View(Protocol):
    """Shows a debate while it runs and when it is over."""

    wants_deltas: bool

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
    def opened(self, board: Board) -> None: ...
    def show(self, event: ev.DebateEvent | UnknownEvent) -> None: ...
    def over(self) -> None: ...
    def receipt(self, verification: Verification, path: str | None) -> None: ...


class Plain:
    """One line a fact, no colour, nothing that moves."""

    wants_deltas = False
    board: Board

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def opened(self, board: Board) -> None:
        self.board = board
        output.write(f"Question: {board.question}")
        output.write(f"Agents: {', '.join(board.agents)} (protocol {board.protocol})")

    def show(self, event: ev.DebateEvent | UnknownEvent) -> None:
        telling = tell(self.board, event)
        self.board = told(self.board, event)
        if telling is None:
            return
        if telling.tone == "round":
            output.write(f"\n{telling.head}")
            return
        who = f"{telling.agent} " if telling.agent else ""
        output.write(f"  {who}{telling.head}")
        if telling.text:
            output.write(textwrap.indent(telling.text.strip(), "    "))

    def over(self) -> None:
        end = summary(self.board)
        if end is not None:
            output.write("\n".join(_plain_end(end)))

    def receipt(self, verification: Verification, path: str | None) -> None:
        output.write(receipt_line(verification, path))


def _plain_end(end: Summary) -> list[str]:
    lines = ["", f"Verdict: {end.verdict} ({end.outcome})", f"  by {end.rule}"]
    lines += [f"  {label}: {ballots(count)}, weight {weight}" for label, count, weight in end.tally]
    lines += [f"Dissent: {agent} for {label}: {text}" for agent, label, text in end.dissents]
    if not end.dissents:
        lines.append("Dissent: none")
    lines.append(f"Tokens: {end.tokens_in} in, {end.tokens_out} out, in {end.calls} calls")
    lines.append(f"Cost: {end.cost_usd} USD")
    return lines


def receipt_line(verification: Verification, path: str | None) -> str:
    """The verdict on the receipt, in one line."""
    saved = f", saved to {path}" if path else ""
    why = "" if verification.is_verified else f" ({verification.detail})"
    named = f" receipt {verification.receipt_id}" if verification.receipt_id else " receipt"
    return f"{VERDICTS[verification.verdict]}{named}{why}{saved}"


class Ndjson:
    """Each event as the API sent it, one a line; nothing else on stdout."""

    wants_deltas = False
    board: Board

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def opened(self, board: Board) -> None:
        self.board = board

    def show(self, event: ev.DebateEvent | UnknownEvent) -> None:
        self.board = told(self.board, event)
        output.write_json(_wire(event))

    def over(self) -> None:
        return None

    def receipt(self, verification: Verification, path: str | None) -> None:
        sys.stderr.write(harmless(receipt_line(verification, path)) + "\n")


def _wire(event: ev.DebateEvent | UnknownEvent) -> Mapping[str, Any]:
    return event.to_dict()
