"""Verify a receipt that came as PDF: the bundle inside, and whether the pages show what it says.

A true bundle inside a forged print proves nothing about the print. With `press`, the receipt is set
again and the file has to be the same bytes: only that passes. Without it, or when another release
made the file, the text of the pages is compared with what the bundle says; a difference fails, but
what a page shows need not be what its text says, so agreement is no more than `absent`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from . import document
from .blocks import visible
from .keys import HmacKeys, PinnedKeys
from .readable import Receipt
from .result import Check, Policy, Verdict, Verification
from .shown import Drawn, Foreign, pages
from .verify import verify

MAGIC = b"%PDF-"
ATTACHED = "receipt.json"
MAX_BYTES = 64 * 1024 * 1024
_SPELLED = re.compile(r"\[U\+((?:10|[0-9A-F])?[0-9A-F]{4})\]")
Press = Callable[[bytes], bytes]


def verify_pdf(
    data: bytes,
    *,
    keys: PinnedKeys | None = None,
    hmac_keys: HmacKeys | None = None,
    policy: Policy | None = None,
    press: Press | None = None,
) -> Verification:
    """Judge a PDF: the checks of its bundle, and after them `pdf_text`."""
    try:
        bundle, reader = _read(data)
    except ImportError:
        told = "reading a PDF needs the extra aragora[pdf]"
        return Verification("not_verified", (Check("pdf_text", "absent", told),), told)
    except _Unreadable as fault:
        return Verification("unreadable", (Check("pdf_text", "absent", str(fault)),), str(fault))
    result = verify(bundle, keys=keys, hmac_keys=hmac_keys, policy=policy)
    if not result.is_verified:
        return _with(result, Check("pdf_text", "absent", "the bundle inside is not verified"))
    if press is not None and press(bundle) == data:
        return _with(result, Check("pdf_text", "pass", "set again: the same bytes"))
    texts = list(visible(document.of(bundle)))
    # Only now: without a receipt of somebody whom the reader trusts nobody makes him work.
    drawn = _drawn(reader, sum(map(len, texts)))
    if isinstance(drawn, Foreign):
        return _with(result, Check("pdf_text", "fail", str(drawn)))
    return _with(result, _compared(drawn, Receipt.of(bundle), texts))


def _drawn(reader: Any, characters: int) -> list[Drawn] | Foreign:
    """What the pages show, or why that cannot be told."""
    try:
        return pages(reader, characters)
    except Foreign as fault:
        return fault
    except Exception as fault:  # noqa: BLE001 - a hostile PDF breaks its reader in any way
        return Foreign(f"the pages cannot be read ({type(fault).__name__})")


class _Unreadable(ValueError):
    """The file is no PDF with a bundle inside."""


def _read(data: bytes) -> tuple[bytes, Any]:
    """The bundle inside, and what reads the pages."""
    from pypdf import PdfReader

    if len(data) > MAX_BYTES:
        raise _Unreadable(f"the PDF is larger than {MAX_BYTES} bytes")
    try:
        reader = PdfReader(BytesIO(data), strict=True)
        attached = reader.attachments
        if set(attached) != {ATTACHED} or len(attached[ATTACHED]) != 1:
            raise _Unreadable(f"the PDF does not carry one {ATTACHED} and nothing else")
        return bytes(attached[ATTACHED][0]), reader
    except _Unreadable:
        raise
    except Exception as fault:  # noqa: BLE001 - a hostile PDF breaks its reader in any way
        raise _Unreadable(f"the PDF cannot be read ({type(fault).__name__})") from None


def _with(result: Verification, check: Check) -> Verification:
    """What the pages show counts like every other check that is required."""
    made = replace(result, checks=(*result.checks, check))
    if not result.is_verified or check.result == "pass":
        return made
    verdict: Verdict = "failed" if check.result == "fail" else "not_verified"
    return replace(made, verdict=verdict, detail=f"{check.name}: {check.detail}", statement=None)


def _compared(drawn: list[Drawn], receipt: Receipt, texts: Sequence[str]) -> Check:
    head = f"Decision receipt {receipt.content['receipt_id']}SHA-256 {receipt.digest}"
    for number, page in enumerate(drawn, start=1):
        if _bare(page.margin) != _bare(f"{head}Page {number} of {len(drawn)}"):
            return Check("pdf_text", "fail", f"page {number} has another header or footer")
    if any(unicodedata.bidirectional(char) in ("R", "AL") for text in texts for char in text):
        told = "text that runs from right to left is compared only by setting the receipt again"
        return Check("pdf_text", "absent", f"{told}: install aragora-server[pdf]")
    said, shown = _bare("".join(texts)), _bare("".join(page.body for page in drawn))
    if said == shown:
        # A page can be drawn over its text in ways that no comparison of texts sees.
        told = f"the text of {len(drawn)} pages is that of the bundle, but what they show is not"
        return Check("pdf_text", "absent", f"{told} proven: install aragora-server[pdf]")
    place = next(
        (n for n, pair in enumerate(zip(said, shown, strict=False)) if pair[0] != pair[1]),
        min(len(said), len(shown)),
    )
    near = shown[max(place - 10, 0) : place + 20]
    return Check("pdf_text", "fail", f"the pages show what the bundle does not say, near: {near}")


def _bare(text: str) -> str:
    """Without what layout adds or takes: spaces, marks without a shape, capitals, ligatures, and
    whether a character was spelled out."""
    written = _SPELLED.sub(lambda found: chr(int(found[1], 16)), text)
    folded = unicodedata.normalize("NFKC", written).casefold()
    return "".join(
        char for char in folded if not char.isspace() and unicodedata.category(char) != "Cf"
    )
