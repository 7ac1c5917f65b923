"""What a printed receipt is made of: a few kinds of blocks, whatever format they end up in.

Every visible word of a printed receipt stands in a block, so a reader can compare a print with what
the receipt says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

# They reorder or hide text without being seen: in evidence they are spelled out.
_HIDDEN = frozenset(
    (
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    )
)
_LAID_OUT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the receipt, or, when it is not disclosed, the words that stand in its place."""

    value: str
    is_absent: bool = False

    @property
    def is_right_to_left(self) -> bool:
        """By the first letter that has a direction, as Unicode's rule P2 has it."""
        for char in self.value:
            match unicodedata.bidirectional(char):
                case "L":
                    return False
                case "R" | "AL":
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Title:
    kicker: str
    question: Text
    context: Text | None
    issued: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    value: Text
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    rows: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The verdict or a dissent: both look the same."""

    kind: Literal["verdict", "dissent"]
    label: str
    text: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    label: Text
    figure: str
    ppm: int
    is_chosen: bool
    voters: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns after the first `left` ones hold figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    left: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message of the transcript."""

    who: str
    when: str
    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line to type."""

    text: str


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the receipt can be looked up, as a link and as a QR code."""

    link: str


Block: TypeAlias = (
    Title | Heading | Facts | Statement | Chart | Table | Spoken | Note | Command | Seal
)


def plain(text: str) -> str:
    """A stranger's text, fit to be shown: what would act unseen is spelled out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return "".join(_told(char) for char in text.replace("\u2029", "\n"))


def _told(char: str) -> str:
    code = ord(char)
    if code in _HIDDEN or (char not in _LAID_OUT and unicodedata.category(char) in ("Cc", "Cs")):
        return f"[U+{code:04X}]"
    return char


def visible(blocks: Iterable[Block]) -> Iterator[str]:
    """Every text that a print of these blocks shows, in reading order."""
    for block in blocks:
        yield from (text for text in _texts(block) if text)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Title(kicker, question, context, issued):
            yield from (kicker, question.value, context.value if context else "", issued)
        case Facts(rows):
            for fact in rows:
                yield from (fact.name, fact.value.value)
        case Statement(_, label, text, facts):
            yield from (label, text.value, *facts)
        case Chart(bars):
            for bar in bars:
                yield from (bar.label.value, bar.voters, bar.figure)
        case Table(head, rows, _):
            yield from head
            for row in rows:
                yield from (cell.value for cell in row)
        case Spoken(who, when, text):
            yield from (who, when, text.value)
        case Seal(link):
            yield link
        case Heading(text, _) | Note(text) | Command(text):
            yield text
