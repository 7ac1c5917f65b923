"""The blocks as the template takes them: plain values, texts in lines, each with a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import attrs
from aragora.receipts.blocks import (
    Bar,
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
from aragora.receipts.readable import Receipt

from .code import path_of

Plain = dict[str, Any]

# A line breaks only between words; a long one of Latin signs gets places to break at.
_LONG = re.compile(r"[!-~]{25,}")
_PIECE = 12
_BREAK = "\u200b"
_SCRIPTS = (
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u08ff]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
)
_RIGHT_TO_LEFT = ("ar", "he")
_WIDTHS = {2: (3, 4), 3: (2, 3, 4)}
_SHORT = 1500


@attrs.frozen
class Setting:
    """`unshown` are the characters that no font has."""

    unshown: frozenset[str] = frozenset()

    def given(self, receipt: Receipt, blocks: Iterable[Block]) -> Plain:
        content = receipt.content
        at = content["issued_at"]
        names = ("year", "month", "day", "hour", "minute", "second")
        return {
            "title": f"Decision receipt {content['receipt_id']}",
            "author": content["issuer"]["origin"],
            "date": dict(zip(names, map(int, re.findall(r"\d+", at[:19])), strict=True)),
            "header": f"Decision receipt {content['receipt_id']}",
            "footer": f"SHA-256 {receipt.digest}",
            "blocks": [self._block(block) for block in blocks],
        }

    def _block(self, block: Block) -> Plain:
        match block:
            case Title(kicker, question, context, issued):
                return {
                    "block": "title",
                    "kicker": kicker.upper(),
                    "question": self._text(question),
                    "context": self._text(context) if context else None,
                    "issued": issued,
                }
            case Statement(kind, label, text, facts):
                return {
                    "block": "statement",
                    "kind": kind,
                    "label": self._words(label),
                    "text": self._text(text),
                    "facts": [self._words(fact) for fact in facts],
                    "is_long": len(text.value) > _SHORT,
                }
            case Spoken(who, when, text):
                told = {"who": self._words(who), "when": when, "text": self._text(text)}
                return {"block": "spoken", **told}
            case Table(head, rows, left):
                return self._table(head, rows, left)
            case _:
                return self._small(block)

    def _small(self, block: Block) -> Plain:
        match block:
            case Heading(text, opens_page):
                return {"block": "heading", "text": text.upper(), "opens_page": opens_page}
            case Chart(bars):
                return {"block": "chart", "bars": [self._bar(bar) for bar in bars]}
            case Facts(rows):
                listed = [
                    {"name": fact.name, "value": self._text(fact.value), "code": fact.is_code}
                    for fact in rows
                ]
                return {"block": "facts", "rows": listed}
            case Note(text):
                return {"block": "note", "text": self._words(text), "leads": text.endswith(":")}
            case Command(text):
                return {"block": "command", "text": text}
            case Seal(link):
                return {"block": "seal", "link": self._words(link), "code": _drawn(link)}
            case _:  # pragma: no cover - the others are made above
                raise AssertionError(block)

    def _bar(self, bar: Bar) -> Plain:
        return {
            "label": self._text(bar.label),
            "figure": bar.figure,
            "ppm": bar.ppm,
            "chosen": bar.is_chosen,
            "voters": self._words(bar.voters) if bar.voters else None,
        }

    def _table(self, head: tuple[str, ...], rows: tuple[tuple[Text, ...], ...], left: int) -> Plain:
        """Columns of words share the room that the figures leave."""
        return {
            "block": "table",
            "head": head,
            "rows": [[self._text(cell) for cell in row] for row in rows],
            "left": left,
            "columns": [*_WIDTHS[left], *(None for _ in head[left:])],
        }

    def _words(self, text: str) -> Plain:
        return self._text(Text(text))

    def _text(self, text: Text) -> Plain:
        spelled = {ord(char): f"[U+{ord(char):04X}]" for char in self.unshown}
        shown = text.value.translate(spelled) if spelled else text.value
        return {
            "lines": _LONG.sub(_breakable, shown.strip("\n").replace("\t", "    ")).split("\n"),
            "lang": language(text),
            "absent": text.is_absent,
        }


def language(text: Text) -> str:
    """By the scripts in it; direction goes with the language, so both have to agree."""
    found = [name for name, script in _SCRIPTS if script.search(text.value)]
    if text.is_right_to_left:
        return next((name for name in found if name in _RIGHT_TO_LEFT), "ar")
    return next((name for name in found if name not in _RIGHT_TO_LEFT), "en")


def _breakable(word: re.Match[str]) -> str:
    return _BREAK.join(re.findall(f".{{1,{_PIECE}}}", word[0]))


def _drawn(link: str) -> str:
    side, path = path_of(link)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path d="{path}"/></svg>'
    )
