"""A receipt as a document to read and print: made from its bundle alone, in one way.

    blocks = document.of(bundle)

The markdown, the page and the PDF are these blocks, so whoever holds the bundle can say what a
print of it has to show. Nothing here verifies; call it with what `verify` accepted.
"""

from __future__ import annotations

from . import annexes, front
from .blocks import Block
from .readable import Receipt


def of(bundle: bytes) -> tuple[Block, ...]:
    """The document of a bundle that `verify` accepted."""
    receipt = Receipt.of(bundle)
    return (
        front.title(receipt),
        *front.verdict(receipt),
        *front.dissent(receipt),
        *front.votes(receipt),
        *front.cost(receipt),
        *annexes.process(receipt),
        *annexes.verification(receipt),
        *annexes.ballots(receipt),
        *annexes.transcript(receipt),
    )
