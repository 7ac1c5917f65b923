"""`aragora receipts erase`, and how long receipts are kept: `aragora receipts retention`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from aragora import OMIT, Aragora
from aragora.cli import output
from aragora.cli.sharing import Part

if TYPE_CHECKING:
    from aragora.types import Retention

app: typer.Typer = output.new_app("Retention: how long receipts are kept.")


def erase(  # noqa: PLR0913, PLR0917 - a command line has options
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    legal_basis: Annotated[
        str, typer.Option(metavar="CODE", help="Why, such as gdpr_art_17; part of every bundle.")
    ],
    part: Annotated[
        list[Part] | None, typer.Option(help="A part whose texts go; may be repeated.")
    ] = None,
    participant: Annotated[
        str | None, typer.Option(metavar="ID", help="Whose texts go, by the signed id, as in p3.")
    ] = None,
    path: Annotated[
        list[str] | None,
        typer.Option(metavar="POINTER", help="One text that goes; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The erasure as JSON.")] = False,
) -> None:
    """Delete texts of a receipt for good; every proof stays valid, and the log tells of it."""
    chosen: dict[str, Any] = {
        "parts": [one.value for one in part] if part else OMIT,
        "participant": participant or OMIT,
        "paths": path or OMIT,
    }
    with Aragora() as client:
        done = client.erasures.create(receipt_id, legal_basis=legal_basis, **chosen)
    if as_json:
        output.write_json(done.to_dict())
    elif done.erasure is None:
        output.write("nothing to erase: these texts were gone already")
    else:
        output.write(f"{receipt_id}: {done.erased} erased, as {done.erasure.id} tells the log")


@app.command("show")
def show_retention(
    as_json: Annotated[bool, typer.Option("--json", help="The retention as JSON.")] = False,
) -> None:
    """Say how long receipts are kept."""
    with Aragora() as client:
        _show(client.retention.get(), as_json=as_json)


@app.command("set")
def set_retention(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="Such as P7Y or P90D.")],
    debates: Annotated[
        str | None,
        typer.Option(metavar="PERIOD", help="The words of debates; else as long as receipts."),
    ] = None,
    apply_to_existing: Annotated[
        bool, typer.Option("--apply-to-existing", help="Keep what exists shorter too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The retention as JSON.")] = False,
) -> None:
    """Say how long receipts are to be kept; what a legal hold covers stays."""
    with Aragora() as client:
        said = client.retention.set(
            receipts=period, debates=debates or OMIT, apply_to_existing=apply_to_existing
        )
    _show(said, as_json=as_json)


def _show(retention: Retention, *, as_json: bool) -> None:
    if as_json:
        output.write_json(retention.to_dict())
        return
    by = "the default"
    if retention.set_at is not None:
        by = f"set {retention.set_at:%Y-%m-%d %H:%M} UTC by key {retention.set_by}"
    debates = f"words of debates {retention.debates}"
    output.write(f"receipts are kept {retention.receipts}, {debates} ({by})")
