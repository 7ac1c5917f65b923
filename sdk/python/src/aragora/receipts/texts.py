"""The check of the disclosed texts: each was signed, and what is missing was erased or withheld."""

from __future__ import annotations

from typing import Any

from .bundle import MAX_ERASURES, Bundle, Evidence
from .disclosure import DIGESTS, Disclosure, DisclosureError, Place, places
from .evidence import EvidenceError, prove
from .keys import LogKey
from .result import Findings, told
from .schema import TIME, TOKEN, UUID, each, integer, record, text

POINTER = text(r"(?:/[A-Za-z0-9_]{1,64}){1,16}")
ERASURE = record(
    {
        "v": integer(1, 1),
        "id": UUID,
        "receipt_id": UUID,
        "paths": each(POINTER, least=1),
        "legal_basis": TOKEN,
        "actor": UUID,
        "at": TIME,
    }
)
"""The body of an erasure: `paths` are JSON pointers to the digests, in the payload."""


def examine(
    findings: Findings, bundle: Bundle, logs: tuple[LogKey, ...], statement: dict[str, Any]
) -> None:
    """Note `disclosures`."""
    owed: dict[str, Place] = {}
    for place in places(statement):
        if place.digest in owed:
            findings.note("disclosures", "fail", f"digest {place.digest[:16]} stands twice")
        owed[place.digest] = place
    total, pointers = len(owed), {place.pointer for place in owed.values()}
    for encoded in bundle.disclosures:
        if fault := _taken(encoded, owed):
            findings.note("disclosures", "fail", fault)
    try:
        erased = _erased(bundle.erasures[:MAX_ERASURES], logs, statement, pointers)
    except EvidenceError as error:
        findings.note("disclosures", "fail", f"an erasure is false: {error}")
        return
    leaves = [erased.get(place.pointer) for place in owed.values()]
    _conclude(findings, total, leaves)


def _taken(encoded: str, owed: dict[str, Place]) -> str | None:
    """What is wrong with a text; if nothing, its place is taken."""
    try:
        shown = Disclosure.parse(encoded)
    except DisclosureError as error:
        return f"a disclosure is {error}"
    place = owed.pop(shown.digest, None)
    if place is None:
        return f"a disclosed {told(shown.name)} was not signed"
    if shown.name in place.home or shown.name == DIGESTS:
        return f"a text takes the place of {shown.name}"
    return None


def _erased(
    erasures: tuple[Evidence, ...],
    logs: tuple[LogKey, ...],
    statement: dict[str, Any],
    pointers: set[str],
) -> dict[str, int]:
    """The places that were erased, each with the leaf that says so."""
    found: dict[str, int] = {}
    for sent in erasures:
        proven = prove(sent, "erasure", ERASURE, logs)
        if proven is None:
            continue
        if proven.content["receipt_id"] != statement["predicate"]["receipt_id"]:
            raise EvidenceError("it is of another receipt")
        for path in proven.content["paths"]:
            if path not in pointers:
                raise EvidenceError("it names a text that was never signed")
            found.setdefault(path, proven.place.index)
    return found


def _conclude(findings: Findings, total: int, leaves: list[int | None]) -> None:
    """`leaves` has one item for each missing text: the leaf of its erasure."""
    by = sorted({leaf for leaf in leaves if leaf is not None})
    withheld = leaves.count(None)
    words = []
    if withheld:
        words.append(f"{withheld} of {total} texts withheld")
    if by:
        listed = ", ".join(str(leaf) for leaf in by[:5])
        words.append(f"{len(leaves) - withheld} of {total} texts erased by leaf {listed}")
    if withheld:
        findings.note("disclosures", "withheld", "; ".join(words))
    elif by:
        findings.note("disclosures", "erased", words[0])
    findings.note("disclosures", "pass", f"all {total} texts match their digests")
