"""`aragora receipts share`, and what became of its links: `aragora receipts links`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import lasting, output

if TYPE_CHECKING:
    from aragora.types import ShareLink

app: typer.Typer = output.new_app("Share links: what shows a receipt without a key.")


class Part(StrEnum):
    QUESTION = "question"
    PARTICIPANTS = "participants"
    OPTIONS = "options"
    BALLOTS = "ballots"
    VERDICT = "verdict"
    DISSENT = "dissent"
    TRANSCRIPT = "transcript"
    EVIDENCE = "evidence"


def share(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    disclose: Annotated[
        list[Part] | None,
        typer.Option(help="A part whose texts the link shows; may be repeated."),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="From now, such as 30m, 24h (the default) or 7d."),
    ] = None,
    max_uses: Annotated[
        int | None, typer.Option(min=1, help="How often it opens; 100 when not said.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The link as JSON.")] = False,
) -> None:
    """Make a link that shows a receipt without a key, with only the texts that you name."""
    terms: dict[str, Any] = {
        "disclose": [part.value for part in disclose or ()],
        "max_uses": OMIT if max_uses is None else max_uses,
        "expires_at": OMIT if expires is None else lasting.expires(expires),
    }
    with Aragora() as client:
        made = client.share_links.create(receipt_id, **terms)
    if as_json:
        output.write_json(made.to_dict())
        return
    link = made.share_link
    output.write(made.url)
    shown = ", ".join(link.disclose) or "nothing but what is signed in clear"
    output.write(f"shows {shown}; opens {link.max_uses} times until {link.expires_at:%F %T} UTC")


@app.command("list")
def list_links(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most links to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """List the links of a receipt, newest first; expired and revoked ones too."""
    with Aragora() as client:
        page = client.share_links.list(receipt_id, limit=limit, cursor=cursor or OMIT)
    if as_json:
        output.write_page(page.items, page.next_cursor)
        return
    head = ["LINK", "USES", "EXPIRES (UTC)", "REVOKED (UTC)", "SHOWS"]
    output.write_table(head, [_row(link) for link in page.items])
    if page.next_cursor:
        again = f"aragora receipts links list {receipt_id} --cursor {page.next_cursor}"
        output.write(f"more: {again}")


@app.command("revoke")
def revoke_link(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    link_id: Annotated[str, typer.Argument(metavar="LINK_ID")],
) -> None:
    """Let a link open nothing from now on; it stays in the list."""
    with Aragora() as client:
        client.share_links.revoke(receipt_id, link_id)
    output.write(f"{link_id}: revoked")


def _row(link: ShareLink) -> list[str]:
    revoked = "" if link.revoked_at is None else f"{link.revoked_at:%Y-%m-%d %H:%M}"
    uses, shows = f"{link.uses} of {link.max_uses}", ", ".join(link.disclose)
    return [link.id, uses, f"{link.expires_at:%Y-%m-%d %H:%M}", revoked, shows]
