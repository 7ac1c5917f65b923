"""What the pages of a PDF show, as text: strings in the order in which they are drawn.

Every way of showing something that is not text set in an embedded font, and every part of a
document that our own prints never have, is reported as foreign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ROOT = frozenset(
    ("/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang", "/StructTreeRoot", "/MarkInfo",
     "/ViewerPreferences", "/Outlines", "/Names", "/AF", "/PageLabels")
)  # fmt: skip
PAGE = frozenset(
    ("/Type", "/Parent", "/MediaBox", "/Contents", "/Resources", "/StructParents", "/Tabs",
     "/Group", "/Rotate")
)  # fmt: skip
MAX_DEPTH = 4
# Far beyond what a print of ours has; forms that draw forms could multiply without end.
MAX_STEPS, MAX_GLYPHS = 2_000_000, 65_536
# A small file can unpack to what takes hours to read; a character of ours takes some ten bytes.
LEAST_ROOM, ROOM_A_CHARACTER, MAX_SIGN = 1 << 20, 64, 256
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]+)>")
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
Glyphs = dict[int, str]


class Foreign(ValueError):
    """Something that a print of ours has not."""


@dataclass(slots=True)
class Drawn:
    """One page: its own text, and that of header and footer."""

    body: str = ""
    margin: str = ""


@dataclass(slots=True)
class _Room:
    """How much more all pages together may hold."""

    content: int
    text: int

    def take(self, *, content: int = 0, text: int = 0) -> None:
        self.content -= content
        self.text -= text
        if self.content < 0 or self.text < 0:
            raise Foreign("its pages hold more than a print of this receipt")


def pages(reader: Any, characters: int) -> list[Drawn]:
    """`characters` is how many the print has to show."""
    root = reader.trailer["/Root"]
    _only(root, ROOT, "the document")
    _only(root["/Names"], frozenset({"/EmbeddedFiles"}), "the document's list of names")
    most = LEAST_ROOM + ROOM_A_CHARACTER * characters
    room = _Room(content=most, text=most)
    return [_page(reader, page, room) for page in reader.pages]


def _only(given: Any, known: frozenset[str], where: str) -> None:
    if foreign := sorted(set(given) - known):
        raise Foreign(f"{where} has {foreign[0]}")


def _page(reader: Any, page: Any, room: _Room) -> Drawn:
    _only(page, PAGE, "a page")
    pen = _Pen(reader, room)
    contents = page.get_contents()
    if contents is not None:
        pen.draw(contents, page.get("/Resources", {}), 0)
    return pen.drawn


@dataclass(slots=True)
class _Pen:
    """Follows the operators of a page."""

    reader: Any
    room: _Room
    drawn: Drawn = field(default_factory=Drawn)
    marks: list[tuple[bool, str | None]] = field(default_factory=list)
    font: Glyphs = field(default_factory=dict)
    steps: int = 0
    known: dict[str, Glyphs] = field(default_factory=dict)

    def draw(self, contents: Any, resources: Any, depth: int) -> None:
        self.room.take(content=len(contents.get_data()))
        fonts = resources.get("/Font", {})
        for operands, operator in contents.operations:
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise Foreign("a page is drawn in more steps than a print takes")
            match operator:
                case b"Tf":
                    self.font = self._glyphs(fonts.raw_get(operands[0]))
                case b"Tr" if operands[0] != 0:
                    raise Foreign("a page has text that is not simply filled")
                case b"BMC" | b"BDC":
                    self._open(operands)
                case b"EMC":
                    self._close()
                case b"Do":
                    self._form(resources["/XObject"][operands[0]], depth)
                case b"BI" | b"INLINE IMAGE":
                    raise Foreign("a page has a picture")
                case _ if operator in _SHOWING:
                    self._show(operands[-1])

    def _glyphs(self, reference: Any) -> Glyphs:
        """Of a font, read once."""
        name = repr(reference)
        if name not in self.known:
            self.known[name] = _glyphs(reference)
        return self.known[name]

    def _open(self, operands: Any) -> None:
        properties = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
        actual = properties.get("/ActualText")
        self.marks.append((operands[0] == "/Artifact", None if actual is None else str(actual)))

    def _close(self) -> None:
        _, actual = self.marks.pop() if self.marks else (False, None)
        if actual is not None:
            self._write(actual)

    def _show(self, shown: Any) -> None:
        if any(actual is not None for _, actual in self.marks):
            return
        parts = shown if isinstance(shown, list) else [shown]
        for part in parts:
            if isinstance(part, str | bytes):
                self._write("".join(self._decoded(_raw(part))))

    def _decoded(self, raw: bytes) -> Iterator[str]:
        for place in range(0, len(raw) - 1, 2):
            code = raw[place] << 8 | raw[place + 1]
            if code not in self.font:
                raise Foreign("a page has a sign that is no character")
            yield self.font[code]

    def _write(self, text: str) -> None:
        self.room.take(text=len(text))
        if any(is_artifact for is_artifact, _ in self.marks):
            self.drawn.margin += text
        else:
            self.drawn.body += text

    def _form(self, reference: Any, depth: int) -> None:
        form = reference.get_object()
        if form.get("/Subtype") != "/Form" or depth > MAX_DEPTH:
            raise Foreign("a page has a picture")
        from pypdf.generic import ContentStream

        inner = ContentStream(form, self.reader)
        self.draw(inner, form.get("/Resources", {}), depth + 1)


def _raw(part: Any) -> bytes:
    return part if isinstance(part, bytes) else bytes(part.original_bytes)


def _glyphs(reference: Any) -> Glyphs:
    font = reference.get_object()
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        raise Foreign("a page has a font of another kind")
    return _characters(font["/ToUnicode"].get_object().get_data())


def _characters(table: bytes) -> Glyphs:
    glyphs: Glyphs = {}
    for kind, section in _SECTION.findall(table):
        if kind == b"bfchar":
            for code, text in _PAIR.findall(section):
                glyphs[int(code, 16)] = _unicode(text)
        else:
            for first, last, text in _RANGE.findall(section):
                start = _unicode(text)
                steps = min(int(last, 16) - int(first, 16), MAX_GLYPHS - len(glyphs)) + 1
                for step in range(steps):
                    glyphs[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
        if len(glyphs) > MAX_GLYPHS:
            raise Foreign("a page has a font with more characters than there are codes")
    return glyphs


def _unicode(text: bytes) -> str:
    if len(text) > 4 * MAX_SIGN:
        raise Foreign("a page has a sign that stands for a whole text")
    return bytes.fromhex(text.decode()).decode("utf-16-be")
