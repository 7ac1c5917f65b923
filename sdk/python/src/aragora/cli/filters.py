"""The options by which receipts are chosen, for every command that has them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import typer

MIDNIGHT = "T00:00:00Z"
DAY = "Such as 2026-11-01 or 2026-11-01T09:30:00Z."

Participant = Annotated[
    str | None, typer.Option(metavar="NAME", help="An agent, a person, or a model.")
]
Outcome = Annotated[Literal["decided", "no_consensus", "no_decision"] | None, typer.Option()]
Protocol = Annotated[
    str | None, typer.Option(metavar="NAME", help="The protocol, such as escalate.")
]
Debate = Annotated[str | None, typer.Option(metavar="ID", help="The debate.")]
Since = Annotated[
    str | None, typer.Option("--from", metavar="TIME", help=f"Issued from here on. {DAY}")
]
Until = Annotated[str | None, typer.Option("--to", metavar="TIME", help=f"Issued before. {DAY}")]
MinCost = Annotated[str | None, typer.Option(metavar="USD", help="Cost at least this much.")]


def wanted(
    *, debate: str | None, since: str | None, until: str | None, min_cost: str | None, **others: Any
) -> dict[str, Any]:
    """What was given, under the names of the API."""
    given = {
        **others,
        "debate_id": debate,
        "issued_from": time(since),
        "issued_to": time(until),
        "min_cost_usd": min_cost,
    }
    return {name: value for name, value in given.items() if value is not None}


def time(text: str | None) -> str | None:
    """A day begins at its midnight, in UTC."""
    return f"{text}{MIDNIGHT}" if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text
