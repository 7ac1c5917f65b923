"""The live view: what is said scrolls by, who is thinking stays at the bottom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from aragora import UnknownEvent
from aragora.cli.board import Board, told
from aragora.cli.escapes import harmless
from aragora.cli.telling import Summary, Telling, ballots, summary, tell
from aragora.cli.views import VERDICTS
from aragora.receipts import Verification
from aragora.types import events as ev

_PALETTE = ("cyan", "magenta", "yellow", "green", "blue", "bright_red", "bright_cyan", "white")
_TONES = {"ballot": "dim", "quiet": "dim", "warning": "bold yellow"}
_BAR = 24


class _Harmless:
    """What is rendered inside reaches the terminal without control codes of its own."""

    def __init__(self, inside: RenderableType) -> None:
        self._inside = inside

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inside, options):
            is_ours = segment.control is not None
            yield segment if is_ours else segment._replace(text=harmless(segment.text))


class LiveView:
    """Shows a debate in a terminal that can move its cursor."""

    wants_deltas = True
    board: Board

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)
        self._live = Live(console=self._console, transient=True, refresh_per_second=12)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def opened(self, board: Board) -> None:
        self.board = board
        names = Text("  ").join(self._agent(name) for name in board.agents)
        self._print(
            Panel(
                Group(Text(board.question, style="bold"), Text(""), names),
                title="ARAGORA",
                title_align="left",
                subtitle=f"protocol {board.protocol}",
                subtitle_align="right",
                border_style="bright_black",
                padding=(1, 2),
            )
        )
        self._live.update(self.footer())

    def show(self, event: ev.DebateEvent | UnknownEvent) -> None:
        telling = tell(self.board, event)
        self.board = told(self.board, event)
        if telling is not None:
            self._print(*self._told(telling))
        self._live.update(self.footer())

    def over(self) -> None:
        self._live.update(Text(""))
        end = summary(self.board)
        if end is not None:
            self._print(Text(""), _ending(end, [self._agent(agent) for agent, *_ in end.dissents]))

    def receipt(self, verification: Verification, path: str | None) -> None:
        style = "bold green" if verification.is_verified else "bold red"
        mark = "✔" if verification.is_verified else "✘"
        line = Text.assemble("  ", (f"{mark} {VERDICTS[verification.verdict]}", style))
        line.append(f"  receipt {verification.receipt_id or '?'}", style="dim")
        self._print(line)
        if not verification.is_verified:
            self._print(Text(f"  {verification.detail}", style="yellow"))
        if path:
            self._print(Text(f"  saved to {path}", style="dim"))

    def _print(self, *parts: RenderableType) -> None:
        for part in parts:
            self._console.print(_Harmless(part))

    def _agent(self, name: str) -> Text:
        place = self.board.agents.index(name) if name in self.board.agents else -1
        return Text(name, style=f"bold {_PALETTE[place % len(_PALETTE)]}")

    def _told(self, telling: Telling) -> Iterable[RenderableType]:
        if telling.tone == "round":
            yield Text("")
            yield Rule(Text(f" {telling.head} ", style="bold"), style="bright_black", align="left")
            return
        head = Text("  ")
        if telling.agent:
            head.append_text(self._agent(telling.agent)).append(" ")
        head.append(telling.head, style=_TONES.get(telling.tone, ""))
        yield head
        if telling.text:
            style = "dim" if telling.tone == "ballot" else ""
            yield Padding(Text(telling.text.strip(), style=style), (0, 2, 1, 4))

    def footer(self) -> RenderableType:
        """Who is thinking, and what it has cost."""
        return _Harmless(self._footer())

    def _footer(self) -> RenderableType:
        board = self.board
        money = f"spent {board.spent_usd} USD"
        if board.remaining_usd is not None:
            money += f", {board.remaining_usd} USD left"
        rows: list[RenderableType] = [Text("")]
        for name in board.waiting:
            tail = board.partial.get(name, "").replace("\n", " ")[-60:] or "is thinking"
            line = Text.assemble("  ", self._agent(name), " ", (tail, "dim italic"))
            rows.append(Columns([Spinner("dots", style="cyan"), line]))
        rows.append(Text(f"  {board.label} · {money}", style="dim"))
        return Group(*rows)


def _ending(end: Summary, dissenters: list[Text]) -> Panel:
    parts: list[RenderableType] = [
        Text.assemble(("VERDICT  ", "bold green"), (end.verdict, "bold")),
        Text(f"{end.outcome} by {end.rule}", style="dim"),
        Text(""),
        _tally(end),
        Text(""),
    ]
    for who, (_, label, text) in zip(dissenters, end.dissents, strict=True):
        parts.append(Text.assemble(("DISSENT  ", "bold yellow"), who, f" for {label}: {text}"))
    if not end.dissents:
        parts.append(Text.assemble(("DISSENT  ", "bold yellow"), ("none", "dim")))
    tokens = f"{end.tokens_in:,} in, {end.tokens_out:,} out, {end.calls} calls"
    parts.append(Text.assemble(("TOKENS   ", "bold"), tokens))
    parts.append(Text.assemble(("COST     ", "bold"), f"{end.cost_usd} USD"))
    return Panel(Group(*parts), border_style="green", padding=(1, 2))


def _tally(end: Summary) -> Table:
    table = Table.grid(padding=(0, 2))
    most = max((weight for *_, weight in end.tally), default=0) or 1
    for label, count, weight in end.tally:
        bar = "█" * max(1, round(_BAR * weight / most)) if weight else ""
        support = Text(f"{ballots(count)}, weight {weight}", "dim")
        table.add_row(Text(label), Text(bar, style="green"), support)
    return table
