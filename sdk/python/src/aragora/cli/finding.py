"""`aragora receipts search`, and how lists of receipts are shown."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import output

if TYPE_CHECKING:
    from aragora import Page
    from aragora.types import Receipt

MIDNIGHT = "T00:00:00Z"
DAY = "Such as 2026-11-01 or 2026-11-01T09:30:00Z."


def search(  # noqa: PLR0913, PLR0917 - a command line has options
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="Words of the question or the verdict.")
    ] = None,
    participant: Annotated[
        str | None, typer.Option(metavar="NAME", help="An agent, a person, or a model.")
    ] = None,
    outcome: Annotated[
        Literal["decided", "no_consensus", "no_decision"] | None, typer.Option()
    ] = None,
    protocol: Annotated[
        str | None, typer.Option(metavar="NAME", help="The protocol, such as escalate.")
    ] = None,
    debate: Annotated[str | None, typer.Option(metavar="ID", help="The debate.")] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help=f"Issued from here on. {DAY}")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help=f"Issued before. {DAY}")
    ] = None,
    min_cost: Annotated[
        str | None, typer.Option(metavar="USD", help="Cost at least this much.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most receipts to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """Find receipts by words, participant, outcome, protocol, debate, time or cost."""
    given = {
        "topic": topic,
        "participant": participant,
        "outcome": outcome,
        "protocol": protocol,
        "debate_id": debate,
        "issued_from": time(since),
        "issued_to": time(until),
        "min_cost_usd": min_cost,
        "cursor": cursor,
    }
    wanted: dict[str, Any] = {n: OMIT if value is None else value for n, value in given.items()}
    with Aragora() as client:
        page = client.receipts.list(limit=limit, **wanted)
    show_page(page, as_json=as_json, again=_again(given | {"cursor": page.next_cursor}, limit))


def show_page(page: Page[Receipt], *, as_json: bool, again: str) -> None:
    """A table, or JSON; `again` is the command that shows the next page."""
    if as_json:
        output.write_page(page.items, page.next_cursor)
        return
    rows = [
        [receipt.id, f"{receipt.issued_at:%Y-%m-%d %H:%M}", receipt.verdict.answer]
        for receipt in page.items
    ]
    output.write_table(["RECEIPT", "ISSUED (UTC)", "VERDICT"], rows)
    if page.next_cursor:
        output.write(f"more: {again}")


def time(text: str | None) -> str | None:
    """A day begins at its midnight, in UTC."""
    return f"{text}{MIDNIGHT}" if text and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def _again(given: dict[str, str | None], limit: int) -> str:
    names = {"debate_id": "debate", "issued_from": "from", "issued_to": "to"}
    options = [
        f"--{names.get(name, name).removesuffix('_usd').replace('_', '-')}={value}"
        for name, value in given.items()
        if value is not None and name != "topic"
    ]
    # Behind `--`, for a text may begin like an option.
    topic = ["--", given["topic"]] if given["topic"] else []
    return shlex.join(["aragora", "receipts", "search", f"--limit={limit}", *options, *topic])
