"""`aragora receipts list|search|get|export|verify|share|links|feedback|erase|holds|retention`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aragora import OMIT, Aragora
from aragora.cli import (
    everywhere,
    exporting,
    feedback,
    finding,
    holding,
    judging,
    keeping,
    output,
    sharing,
)

if TYPE_CHECKING:
    from aragora.types import ReceiptLog

app: typer.Typer = output.new_app("Receipts: the signed records of decisions.")


app.command("search")(finding.search)
app.command("export")(exporting.export)
app.command("verify")(judging.verify_receipt)
app.command("share")(sharing.share)
app.command("feedback")(feedback.feedback)
app.command("erase")(keeping.erase)
app.command("erase-participant")(everywhere.erase_participant)
app.add_typer(sharing.app, name="links")
app.add_typer(holding.app, name="holds")
app.add_typer(keeping.app, name="retention")


def run(argv: list[str]) -> int:
    return output.run(app, "receipts", argv)


@app.command("list")
def list_receipts(
    limit: Annotated[int, typer.Option(min=1, max=200, help="Most receipts to show.")] = 20,
    cursor: Annotated[
        str | None, typer.Option(metavar="CURSOR", help="Where the page before ended.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The page as JSON.")] = False,
) -> None:
    """List receipts, newest first."""
    with Aragora() as client:
        page = client.receipts.list(limit=limit, cursor=cursor or OMIT)
    again = f"aragora receipts list --cursor {page.next_cursor}"
    finding.show_page(page, as_json=as_json, again=again)


@app.command("get")
def get_receipt(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the bundle to this file, to be verified offline."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The receipt as JSON.")] = False,
) -> None:
    """Show one receipt; `--save` keeps its bundle."""
    with Aragora() as client:
        receipt = client.receipts.get(receipt_id)
        if save is not None:
            client.receipts.bundle(receipt_id).save(save)
    if as_json:
        output.write_json(receipt.to_dict())
        return
    facts = {
        "receipt": receipt.id,
        "debate": receipt.debate_id,
        "issued": f"{receipt.issued_at:%Y-%m-%d %H:%M:%S} UTC",
        "question": receipt.question or "(withheld)",
        "verdict": f"{receipt.verdict.answer} ({receipt.verdict.outcome})",
        "dissents": str(len(receipt.dissents)),
        "cost": f"{receipt.usage.cost_usd} USD",
        "key": receipt.key_id,
        "digest": receipt.digest,
        "log": _place(receipt.log),
    }
    for name, value in facts.items():
        output.write(f"{name.ljust(9)} {value}")


def _place(log: ReceiptLog) -> str:
    if log.index is None:
        return "waits for its place"
    return f"leaf {log.index} of {log.shard}"
