"""`aragora usage share|shares|unshare`: what shows a report without a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import lasting, output

if TYPE_CHECKING:
    from aragora.types import UsageLink

By = Literal[
    "day", "week", "month", "agent", "provider", "model", "protocol", "tag", "api_key", "budget"
]


def share(  # noqa: PLR0913, PLR0917 - a command line has options
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What whoever opens it sees above it.")
    ] = None,
    first_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Such as 2026-11-01.")
    ] = None,
    last_day: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Default the last of this month.")
    ] = None,
    timezone: Annotated[
        str, typer.Option(metavar="ZONE", help="Where a day begins, such as Europe/Berlin.")
    ] = "UTC",
    by: Annotated[By, typer.Option(help="What to add up by.")] = "day",
    top: Annotated[int, typer.Option(min=1, max=1000, help="Most groups to show.")] = 100,
    expires: Annotated[
        str | None, typer.Option(metavar="TIME", help="From now, such as 24h; 30d when not said.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The link as JSON.")] = False,
) -> None:
    """Make a link that shows this one report without a key, with the figures of the moment."""
    asked: dict[str, Any] = {"title": title, "first_day": first_day, "last_day": last_day}
    told = {name: value for name, value in asked.items() if value is not None}
    ends = OMIT if expires is None else lasting.expires(expires)
    with Aragora() as client:
        made = client.usage_links.create(
            **told, timezone=timezone, group_by=by, top=top, expires_at=ends
        )
    if as_json:
        output.write_json(made.to_dict())
        return
    link = made.usage_link
    output.write(made.url)
    output.write(
        f"shows {link.first_day} to {link.last_day} ({link.timezone}) by {link.group_by}"
        f" until {link.expires_at:%F %T} UTC"
    )


def list_links(
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most links to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """List the links to reports, newest first; expired and revoked ones too."""
    with Aragora() as client:
        page = client.usage_links.list(limit=limit, cursor=cursor or OMIT)
    if as_json:
        output.write_page(page.items, page.next_cursor)
        return
    head = ["LINK", "DAYS", "BY", "USES", "EXPIRES (UTC)", "REVOKED (UTC)", "TITLE"]
    output.write_table(head, [_row(link) for link in page.items])
    if page.next_cursor:
        output.write(f"more: aragora usage shares --cursor {page.next_cursor}")


def unshare(link_id: Annotated[str, typer.Argument(metavar="LINK_ID")]) -> None:
    """Let a link open nothing from now on; it stays in the list."""
    with Aragora() as client:
        client.usage_links.revoke(link_id)
    output.write(f"{link_id}: revoked")


def _row(link: UsageLink) -> list[str]:
    revoked = "" if link.revoked_at is None else f"{link.revoked_at:%Y-%m-%d %H:%M}"
    days, ends = f"{link.first_day} to {link.last_day}", f"{link.expires_at:%Y-%m-%d %H:%M}"
    return [link.id, days, link.group_by, str(link.uses), ends, revoked, link.title or ""]
