"""Documents as context: text and Markdown, cut into numbered passages `[D1:p3]`.

The digests of what was read are fixed when the debate opens, so its receipt can name them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from aragora_server.kernel.errors import Invalid

from .rules.transcript import Document

EXTRACTORS = {"text/plain": "text/1", "text/markdown": "markdown/1"}
MAX_CONTEXT_CHARS = 400_000
# Each one is handled in every prompt of a debate: thousands of tiny ones would stop the server.
MAX_PASSAGES = 5_000

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}#{1,6}(\s|$)")


class ContextTooLarge(Invalid):
    code = "context_too_large"


@attrs.frozen(kw_only=True)
class Source:
    """A document as it was handed in."""

    name: str
    text: str
    media_type: str = "text/plain"


@attrs.frozen(kw_only=True)
class Snapshot:
    """A document as the debate reads it; `no` counts from 1 and names it `D1`."""

    no: int
    name: str
    media_type: str
    text: str
    extractor: str
    byte_count: int
    sha256: str
    text_sha256: str

    @cached_property
    def passages(self) -> tuple[str, ...]:
        return tuple(_blocks(self.text, markdown=self.extractor == EXTRACTORS["text/markdown"]))

    def for_agents(self) -> Document:
        return Document(
            name=self.name,
            passages=self.passages,
            media_type=self.media_type,
            sha256=self.sha256,
            text_sha256=self.text_sha256,
        )


def read(sources: Iterable[Source]) -> tuple[Snapshot, ...]:
    """Snapshot documents in the order given; too much text is refused, never cut."""
    documents = tuple(_read(no, source) for no, source in enumerate(sources, 1))
    chars = sum(len(document.text) for document in documents)
    if chars > MAX_CONTEXT_CHARS:
        raise ContextTooLarge(
            f"the documents have {chars} characters together, {MAX_CONTEXT_CHARS} are allowed"
        )
    passages = sum(len(document.passages) for document in documents)
    if passages > MAX_PASSAGES:
        raise ContextTooLarge(
            f"the documents have {passages} passages together, {MAX_PASSAGES} are allowed"
        )
    return documents


def _read(no: int, source: Source) -> Snapshot:
    media_type = source.media_type.partition(";")[0].strip().lower()
    raw = source.text.encode()
    text = source.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Snapshot(
        no=no,
        name=source.name,
        media_type=media_type,
        text=text,
        extractor=EXTRACTORS.get(media_type, EXTRACTORS["text/plain"]),
        byte_count=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _blocks(text: str, *, markdown: bool) -> Iterator[str]:
    """Paragraphs; in Markdown a heading stays with what follows and a code fence stays whole."""
    block: list[str] = []
    fence: str | None = None
    for line in text.split("\n"):
        mark = _FENCE.match(line) if markdown else None
        if fence is not None:
            fence = None if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif not line.strip():
            if block and not (markdown and _HEADING.match(block[-1])):
                yield "\n".join(block)
                block = []
            continue
        block.append(line)
    if block:
        yield "\n".join(block)
