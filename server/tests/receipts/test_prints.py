"""Prints of a receipt: no text of a debate acts in them, whatever it is."""

from __future__ import annotations

import csv
import re
from html.parser import HTMLParser
from io import StringIO

import attrs
import pytest
from aragora.receipts import document
from aragora_server.kernel import cells
from aragora_server.kernel.auth import Caller
from aragora_server.kernel.ids import new_id
from aragora_server.receipts.model import Claim, Message, Option
from aragora_server.receipts.prints import markdown, page
from aragora_server.receipts.prints.code import path_of
from aragora_server.receipts.service import ReceiptService

pytestmark = pytest.mark.anyio

ACME = Caller(workspace_id=new_id(), api_key_id=new_id(), scopes=frozenset({"receipts:export"}))
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="y">\' & </div></main>\n'
    "# Verdict\n\n![](http://evil.example/p.png) [x](javascript:y) <b>*_`|~\n"
    "```\n| a | b |\n---\n1. x\n> q\n\u202eEVIL"
)


async def bundle_of(receipts: ReceiptService, claim: Claim) -> bytes:
    async with receipts.db.begin() as tx:
        issued = await receipts.issue(tx, workspace_id=ACME.workspace_id, claim=claim)
    return await receipts.bundle(ACME.workspace_id, issued.receipt_id)


@pytest.fixture
async def hostile(receipts: ReceiptService, claim: Claim) -> bytes:
    """A claim whose every free text is an attack."""
    names = {person.name: f"{person.name} {HOSTILE}"[:200] for person in claim.participants}
    said = attrs.evolve(
        claim,
        question=HOSTILE,
        context=HOSTILE,
        participants=tuple(attrs.evolve(p, name=names[p.name]) for p in claim.participants),
        options=tuple(Option(id=option.id, label=HOSTILE) for option in claim.options),
        ballots=tuple(
            attrs.evolve(b, participant=names[b.participant], reason=HOSTILE) for b in claim.ballots
        ),
        verdict=attrs.evolve(claim.verdict, answer=HOSTILE),
        dissents=tuple(
            attrs.evolve(d, participant=names[d.participant], text=HOSTILE) for d in claim.dissents
        ),
        messages=tuple(
            Message(
                round=m.round,
                phase=m.phase,
                participant=names[m.participant],
                at=m.at,
                text=HOSTILE,
            )
            for m in claim.messages
        ),
        cost=attrs.evolve(
            claim.cost,
            agents=tuple(
                attrs.evolve(a, participant=names[a.participant]) for a in claim.cost.agents
            ),
        ),
        evidence=tuple(attrs.evolve(e, name=HOSTILE) for e in claim.evidence),
    )
    return await bundle_of(receipts, said)


class Tags(HTMLParser):
    """Every element and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


WORDS = """
    html head meta title style body main p h1 h2 h3 div section ul li bdi table thead tbody tr th td
    svg rect path small dl dt dd code pre figure figcaption article
"""
OURS = set(WORDS.split())


async def test_a_page_of_hostile_texts_has_no_element_but_ours(hostile: bytes) -> None:
    seen = Tags()

    seen.feed(page.render(document.of(hostile)))

    assert seen.tags == OURS
    assert not {name for name in seen.attributes if name.startswith("on") or "src" in name}
    assert not seen.attributes & {"href", "style", "id"}


async def test_a_page_forbids_itself_all_but_its_own_style(hostile: bytes) -> None:
    shown = page.render(document.of(hostile))

    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', shown)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]


async def test_no_line_of_hostile_markdown_begins_a_block_of_its_own(hostile: bytes) -> None:
    shown = markdown.render(document.of(hostile))

    unescaped = re.sub(r"\\.", "", shown)
    assert not re.findall(r"!\[|\]\(|<script|<img|```|javascript:", unescaped)
    assert re.findall(r"^#+ .*$", unescaped, re.MULTILINE) == [
        "## Verdict",
        "## Dissent",
        "## Votes",
        "## Participants and cost",
        "## How it was decided",
        "## How to verify",
        "## Ballots",
        "## Transcript 3 messages",
    ]
    assert "EVIL" in shown
    assert "\u202e" not in shown


async def test_both_prints_show_what_the_receipt_says(
    receipts: ReceiptService, claim: Claim
) -> None:
    blocks = document.of(await bundle_of(receipts, claim))

    shown = markdown.render(blocks), page.render(blocks)

    for told in ("Should we adopt the memo?", "Too dear", "escalate", "0.003000", "a" * 64):
        assert all(told.replace(".", "\\.") in part or told in part for part in shown), told


async def test_the_qr_code_is_the_link_with_the_digest_of_the_signed_bytes(
    receipts: ReceiptService, claim: Claim
) -> None:
    link = next(b.link for b in document.of(await bundle_of(receipts, claim)) if hasattr(b, "link"))

    side, path = path_of(link)

    assert link.startswith("http://127.0.0.1:8080/v/")
    assert re.search(r"#sha256=[0-9a-f]{64}$", link)
    assert side > 21 + 8
    assert path.startswith("M4 4h1v1h-1z")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_like_a_formula(first: str) -> None:
    assert cells.harmless(f"{first}1+1") == f"'{first}1+1"
    assert cells.harmless(f"x{first}") == f"x{first}"
    for parting in ";\t\n":
        assert cells.harmless(f"a{parting}{first}b") == f"a{parting}'{first}b"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("answer", ["\t=1", "ok\n\t=1", "a\r\n=1", ';"=1"', ';""=1', "\t\t-1"])
def test_nobody_reads_a_cell_that_begins_like_a_formula(answer: str, delimiter: str) -> None:
    written = cells.lines([["id", answer, "0.1"]])

    read = list(csv.reader(StringIO(written, newline=""), delimiter=delimiter))

    assert [cell for row in read for cell in row if cell.startswith(tuple("=+-@"))] == []
