"""The document of a receipt as one page of HTML: no script, no link to follow, nothing loaded.

Every text is escaped. The page forbids itself everything but its own style sheet, by digest, so it
stays harmless as a file too.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from pathlib import Path

from aragora.receipts import document
from aragora.receipts.blocks import (
    Bar,
    Block,
    Chart,
    Command,
    Fact,
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

from .code import path_of

BAR = 1000
STYLE = Path(__file__).with_name("page.css")


def of(bundle: bytes) -> str:
    return render(document.of(bundle))


def render(blocks: Iterable[Block]) -> str:
    style = STYLE.read_text(encoding="utf-8")
    named = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{named}'; base-uri 'none'; form-action 'none'"
    body = "\n".join(_block(block) for block in blocks)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>Decision receipt</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Title(kicker, question, context, issued):
            more = _told("div", context, "context") if context else ""
            heading = _told("h1", question)
            return f'<p class="kicker">{escape(kicker)}</p>{heading}{more}{_p("issued", issued)}'
        case Heading(text, opens_page):
            opening = ' class="opens"' if opens_page else ""
            return f"<h2{opening}>{escape(text)}</h2>"
        case Statement(kind, label, text, facts):
            listed = "".join(f"<li>{_auto(fact)}</li>" for fact in facts)
            inner = f'<h3 dir="auto">{escape(label)}</h3>{_told("div", text, "said")}'
            return f'<section class="statement {kind}">{inner}<ul>{listed}</ul></section>'
        case Spoken(who, when, text):
            head = f"<h3>{_auto(who)} <small>{escape(when)}</small></h3>"
            return f"<article>{head}{_told('div', text, 'said')}</article>"
        case _:
            return _small(block)


def _small(block: Block) -> str:
    match block:
        case Chart(bars):
            return f'<table class="chart">{"".join(map(_bar, bars))}</table>'
        case Table(head, rows, left):
            return _table(head, rows, left)
        case Facts(rows):
            return f"<dl>{''.join(map(_fact, rows))}</dl>"
        case Command(text):
            return f"<pre>{escape(text)}</pre>"
        case Note(text):
            return _p("note", text)
        case Seal(link):
            return (
                f'<figure>{_code(link)}<figcaption dir="ltr">{escape(link)}</figcaption></figure>'
            )
        case _:  # pragma: no cover - the others are made above
            raise AssertionError(block)


def _p(kind: str, text: str) -> str:
    return f'<p class="{kind}" dir="auto">{escape(text)}</p>'


def _auto(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"


def _told(tag: str, text: Text, kind: str = "") -> str:
    """A text of the receipt: its own direction, its own line breaks, marked when it is absent."""
    classes = " ".join(name for name in (kind, "absent" if text.is_absent else "") if name)
    named = f' class="{classes}"' if classes else ""
    return f'<{tag}{named} dir="auto">{escape(text.value)}</{tag}>'


def _bar(bar: Bar) -> str:
    kind = "chosen" if bar.is_chosen else "other"
    width = max(bar.ppm * BAR // 1_000_000, 2)
    drawn = (
        f'<svg viewBox="0 0 {BAR} 40" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="{BAR}" height="40"/>'
        f'<rect class="{kind}" width="{width}" height="40"/></svg>'
    )
    voters = f"<small>{_auto(bar.voters)}</small>" if bar.voters else ""
    return (
        f'<tr class="{kind}"><th scope="row">{_auto(bar.label.value)}{voters}</th>'
        f"<td>{drawn}</td><td>{escape(bar.figure)}</td></tr>"
    )


def _table(head: tuple[str, ...], rows: tuple[tuple[Text, ...], ...], left: int) -> str:
    kinds = ["" if place < left else ' class="figure"' for place in range(len(head))]
    titles = "".join(
        f'<th scope="col"{kind}>{escape(title)}</th>'
        for kind, title in zip(kinds, head, strict=True)
    )
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td{kind}>{_auto(cell.value)}</td>" for kind, cell in zip(kinds, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"


def _fact(fact: Fact) -> str:
    value = escape(fact.value.value)
    shown = f"<code>{value}</code>" if fact.is_code else f"<bdi>{value}</bdi>"
    return f"<dt>{escape(fact.name)}</dt><dd>{shown}</dd>"


def _code(link: str) -> str:
    size, path = path_of(link)
    return (
        f'<svg class="code" role="img" aria-label="QR code of the link" '
        f'viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'
    )
