"""Fenced blocks of a Markdown page, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]
TSC = str(ROOT / "node_modules/typescript/bin/tsc")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@attrs.frozen
class Snippet:
    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line} ({self.language})"


def snippets(page: Path) -> Iterator[Snippet]:
    text = page.read_text()
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Snippet(page, line, found[1], found[2])


def pages() -> list[Path]:
    """Every page that people read, but the generated reference: its samples have a test."""
    docs = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "reference" not in page.parts]
    wanted = [page for page in docs if not {"decisions"} & set(page.parts)]
    own = [ROOT / "docs/house.md", ROOT / "docs/style.md"]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(p for p in wanted if p not in own)]
