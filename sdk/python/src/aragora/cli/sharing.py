"""`aragora receipts share`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import output

HOURS: dict[str, float] = {"m": 1 / 60, "h": 1, "d": 24}


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
        "expires_at": OMIT if expires is None else datetime.now(UTC) + _time(expires),
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


def _time(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,4})([mhd])", text)
    if found is None:
        raise typer.BadParameter("such as 30m, 24h or 7d", param_hint="--expires")
    return timedelta(hours=int(found[1]) * HOURS[found[2]])
