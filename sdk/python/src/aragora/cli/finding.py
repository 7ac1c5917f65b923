"""`aragora receipts search`, and how lists of receipts are shown."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import output
from aragora.cli.filters import (
    Debate,
    MinCost,
    Outcome,
    Participant,
    Protocol,
    Since,
    Until,
    wanted,
)

if TYPE_CHECKING:
    from aragora import Page
    from aragora.types import Receipt


def search(  # noqa: PLR0913, PLR0917 - a command line has options
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="Words of the question or the verdict.")
    ] = None,
    participant: Participant = None,
    outcome: Outcome = None,
    protocol: Protocol = None,
    debate: Debate = None,
    since: Since = None,
    until: Until = None,
    min_cost: MinCost = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most receipts to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """Find receipts by words, participant, outcome, protocol, debate, time or cost."""
    given = wanted(
        topic=topic, participant=participant, outcome=outcome, protocol=protocol,
        debate=debate, since=since, until=until, min_cost=min_cost,
    )  # fmt: skip
    with Aragora() as client:
        page = client.receipts.list(limit=limit, cursor=cursor or OMIT, **given)
    again = _again(given | {"cursor": page.next_cursor}, limit)
    show_page(page, as_json=as_json, again=again)


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


def _again(given: dict[str, Any], limit: int) -> str:
    names = {"debate_id": "debate", "issued_from": "from", "issued_to": "to"}
    options = [
        f"--{names.get(name, name).removesuffix('_usd').replace('_', '-')}={value}"
        for name, value in given.items()
        if value is not None and name != "topic"
    ]
    # Behind `--`, for a text may begin like an option.
    topic = ["--", given["topic"]] if given.get("topic") else []
    return shlex.join(["aragora", "receipts", "search", f"--limit={limit}", *options, *topic])
