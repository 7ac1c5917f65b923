"""The words of a text, by which receipts are found: the same ones on every database.

A text is compared in one form of its characters, whatever their case. A word of a script that
writes no spaces is taken apart into pairs of neighbours, so that a part of it is found too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

LONGEST_WORD = 64
MOST_WORDS = 4_000

_PLAIN = re.compile(r"[a-z0-9_]+")
# Thai, Lao, Burmese, Khmer; kana; the Han characters.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


def normal(text: str) -> str:
    """One spelling for what readers take to be the same."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", folded).replace("\0", "").strip()


def entered(text: str) -> frozenset[str]:
    """What a text is found by; of an endless one only the beginning."""
    found: set[str] = set()
    for word in _words(text):
        found.update(_pieces(word, ends=True))
        if len(found) >= MOST_WORDS:
            break
    return frozenset(found)


def asked(text: str) -> frozenset[str]:
    """Beginnings that a text must have among its words, each of them, to be found by this one."""
    return frozenset(piece for word in _words(text) for piece in _pieces(word, ends=False))


def _words(text: str) -> Iterable[str]:
    plain = normal(text)
    if plain.isascii():
        return _PLAIN.findall(plain)
    return "".join(one if _is_letter(one) else " " for one in plain).split()


def _is_letter(character: str) -> bool:
    """Letters, numbers, and the marks that belong to them: a vowel sign is no border."""
    return character == "_" or unicodedata.category(character)[0] in "LNM"


def _pieces(word: str, *, ends: bool) -> Iterator[str]:
    for run in filter(None, _UNSPACED.split(word)):
        if not _UNSPACED.match(run):
            yield run[:LONGEST_WORD]
            continue
        yield from map("".join, pairwise(run))
        if ends or len(run) == 1:
            yield run[-1]
