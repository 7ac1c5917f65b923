"""`aragora receipts export`: one receipt as a file, or all of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from aragora import Aragora, export_receipts
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
    from aragora.exports import ExportFormat
    from aragora.types import ReceiptExport

Format = Literal["bundle", "markdown", "html", "pdf", "odr", "ndjson", "csv"]
ENDINGS = {"bundle": "json", "markdown": "md", "html": "html", "pdf": "pdf", "odr": "odr.json"}
OF_ALL = ("ndjson", "csv")


ReceiptId = Annotated[str | None, typer.Argument(metavar="RECEIPT_ID")]
All = Annotated[bool, typer.Option("--all", help="Every receipt, or those that the filters leave.")]
To = Annotated[
    Format | None,
    typer.Option(
        "--format", help="Of one receipt bundle (default) to odr; of all ndjson (default), csv."
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Where to; default: RECEIPT_ID, or `receipts`."
    ),
]
Topic = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Words of the question or the verdict.")
]


def export(  # noqa: PLR0913, PLR0917 - a command line has options
    receipt_id: ReceiptId = None,
    is_all: All = False,
    to: To = None,
    path: Output = None,
    topic: Topic = None,
    participant: Participant = None,
    outcome: Outcome = None,
    protocol: Protocol = None,
    debate: Debate = None,
    since: Since = None,
    until: Until = None,
    min_cost: MinCost = None,
) -> None:
    """Write one receipt to a file, the evidence or a print of it; or all, with `--all`.

    `ndjson` is an archive with all proofs, for `aragora log audit FILE`; `csv` is a table.
    """
    filters = wanted(
        topic=topic, participant=participant, outcome=outcome, protocol=protocol,
        debate=debate, since=since, until=until, min_cost=min_cost,
    )  # fmt: skip
    if is_all == (receipt_id is not None):
        raise typer.BadParameter("name one receipt, or say --all")
    if to is not None and is_all != (to in OF_ALL):
        raise typer.BadParameter(f"{to} is of {'one receipt' if is_all else 'all: say --all'}")
    if receipt_id is None:
        _export_all(cast("ExportFormat", to or "ndjson"), path, filters)
    elif filters:
        raise typer.BadParameter("filters go with --all")
    else:
        _export_one(receipt_id, to or "bundle", path)


def _export_all(to: ExportFormat, path: Path | None, filters: dict[str, Any]) -> None:
    target = path or Path(f"receipts.{to}")
    progress = _Progress()
    try:
        with Aragora() as client:
            export_receipts(client, target, format=to, on_progress=progress.tell, **filters)
    finally:
        progress.clear()
    output.write(str(target))


def _export_one(receipt_id: str, to: Format, path: Path | None) -> None:
    with Aragora() as client:
        content = _exported(client, receipt_id, to)
    target = path or Path(f"{receipt_id}.{ENDINGS[to]}")
    target.write_bytes(content)
    output.write(str(target))


def _exported(client: Aragora, receipt_id: str, to: Format) -> bytes:
    match to:
        case "markdown":
            return client.receipts.markdown(receipt_id).encode()
        case "html":
            return client.receipts.html(receipt_id).encode()
        case "pdf":
            return client.receipts.pdf(receipt_id).content
        case "odr":
            return client.receipts.odr(receipt_id).content
        case _:
            return client.receipts.bundle(receipt_id).content


class _Progress:
    """One line on a terminal, written over and over; nothing elsewhere."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._width = 0

    def tell(self, export: ReceiptExport) -> None:
        of = "" if export.total is None else f" of {export.total:,}"
        self._write(f"{export.done:,}{of} records")

    def clear(self) -> None:
        self._write("")

    def _write(self, line: str) -> None:
        if self._is_shown:
            sys.stderr.write("\r" + line.ljust(self._width) + ("" if line else "\r"))
            sys.stderr.flush()
            self._width = len(line)
