"""The document of a receipt as markdown. No text of a debate can act as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aragora.receipts import document
from aragora.receipts.blocks import (
    Block,
    Chart,
    Command,
    Facts,
    Heading,
    Note,
    Seal,
    Spoken,
    Statement,
    Table,
    Text,
    Title,
)

_ACTIVE = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&=:@$^])")
_WIDTH = 24


def of(bundle: bytes) -> str:
    return render(document.of(bundle))


def render(blocks: Iterable[Block]) -> str:
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Title(kicker, question, context, issued):
            parts = [f"{kicker}\n{'=' * len(kicker)}", _quoted(question)]
            parts += [_quoted(context)] if context else []
            return "\n\n".join([*parts, escaped(issued)])
        case Heading(text, _):
            return f"## {escaped(text)}"
        case Statement(_, label, text, facts):
            listed = "\n".join(f"- {escaped(fact)}" for fact in facts)
            return f"**{escaped(label)}**\n\n{_quoted(text)}\n\n{listed}"
        case Chart(bars):
            rows = [
                (bar.label.value, bar.figure, "█" * (bar.ppm * _WIDTH // 1_000_000), bar.voters)
                for bar in bars
            ]
            return _table(("Option", "Votes", "", "Voters"), rows, left=4)
        case Table(head, rows, left):
            return _table(head, [[cell.value for cell in row] for row in rows], left=left)
        case _:
            return _small(block)


def _small(block: Block) -> str:
    match block:
        case Facts(rows):
            return "\n".join(f"- {escaped(f.name)}: {_value(f.value, f.is_code)}" for f in rows)
        case Spoken(who, when, text):
            return f"**{escaped(who)}** ({escaped(when)})\n\n{_quoted(text)}"
        case Command(text):
            return f"    {text}"
        case Note(text):
            return escaped(text)
        case Seal(link):
            return f"<{link}>"
        case _:  # pragma: no cover - the others are made above
            raise AssertionError(block)


def _value(value: Text, is_code: bool) -> str:
    return f"`{value.value}`" if is_code else escaped(value.value)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], *, left: int) -> str:
    lines = [list(head)]
    rule = ["---" if place < left else "--:" for place in range(len(lines[0]))]
    shown = [[escaped(cell) for cell in line] for line in [*lines, *map(list, rows)]]
    return "\n".join(f"| {' | '.join(line)} |" for line in [shown[0], rule, *shown[1:]])


def _quoted(text: Text) -> str:
    """Line for line, as a quotation: a text cannot end what it stands in."""
    shown = "\n".join(f"> {escaped(line)}  " for line in text.value.split("\n"))
    return shown if not text.is_absent else f"> *{escaped(text.value)}*"


def escaped(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", text.replace("\t", "    ")).replace("\n", " ")
