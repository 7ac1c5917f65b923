"""`aragora receipts holds`: legal holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import filters, output

if TYPE_CHECKING:
    from aragora.types import LegalHold

app: typer.Typer = output.new_app("Legal holds: receipts that nothing may go of.")


@app.command("list")
def list_holds(
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most holds to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """List legal holds, newest first; released ones too."""
    with Aragora() as client:
        page = client.legal_holds.list(limit=limit, cursor=cursor or OMIT)
    if as_json:
        output.write_page(page.items, page.next_cursor)
        return
    head = ["HOLD", "PLACED (UTC)", "RELEASED (UTC)", "MATTER", "COVERS"]
    output.write_table(head, [_row(hold) for hold in page.items])
    if page.next_cursor:
        output.write(f"more: aragora receipts holds list --cursor {page.next_cursor}")


@app.command("place")
def place_hold(  # noqa: PLR0913, PLR0917 - a command line has options
    matter: Annotated[str, typer.Argument(metavar="MATTER", help="Such as the number of a case.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")],
    receipt: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this one; may be repeated.")
    ] = None,
    debate: Annotated[str | None, typer.Option(metavar="ID", help="Only of this debate.")] = None,
    participant: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only with this agent, person or model.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help=f"Issued from here. {filters.DAY}")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help=f"Issued before. {filters.DAY}")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The hold as JSON.")] = False,
) -> None:
    """Keep receipts whole until the hold is released; what is named narrows together."""
    given = {
        "receipt_ids": receipt or None,
        "debate_id": debate,
        "participant": participant,
        "issued_from": filters.time(since),
        "issued_to": filters.time(until),
    }
    covered: dict[str, Any] = {n: OMIT if value is None else value for n, value in given.items()}
    with Aragora() as client:
        hold = client.legal_holds.create(matter=matter, reason=reason, **covered)
    _show(hold, as_json=as_json)


@app.command("release")
def release_hold(
    legal_hold_id: Annotated[str, typer.Argument(metavar="HOLD_ID")],
    as_json: Annotated[bool, typer.Option("--json", help="The hold as JSON.")] = False,
) -> None:
    """End a hold; it stays in the list."""
    with Aragora() as client:
        hold = client.legal_holds.release(legal_hold_id)
    _show(hold, as_json=as_json)


def _show(hold: LegalHold, *, as_json: bool) -> None:
    if as_json:
        output.write_json(hold.to_dict())
    else:
        state = "active" if hold.released_at is None else "released"
        output.write(f"{hold.id}: {state}; covers {_covered(hold)}")


def _row(hold: LegalHold) -> list[str]:
    released = "" if hold.released_at is None else f"{hold.released_at:%Y-%m-%d %H:%M}"
    return [hold.id, f"{hold.placed_at:%Y-%m-%d %H:%M}", released, hold.matter, _covered(hold)]


def _covered(hold: LegalHold) -> str:
    """All criteria, the way they narrow together."""
    told = [
        f"receipts {' '.join(hold.receipt_ids)}" if hold.receipt_ids else "",
        f"debate {hold.debate_id}" if hold.debate_id else "",
        f"participant {hold.participant}" if hold.participant else "",
        f"from {hold.issued_from:%Y-%m-%d %H:%M}" if hold.issued_from else "",
        f"to {hold.issued_to:%Y-%m-%d %H:%M}" if hold.issued_to else "",
    ]
    return ", ".join(filter(None, told))
