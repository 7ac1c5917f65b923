"""`aragora receipts verify`: a receipt of the server, judged here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aragora import Aragora
from aragora.cli import exits
from aragora.cli.verify import pinned_keys, tell
from aragora.receipts import KeyFileError, verify


def verify_receipt(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    keys: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Trusted keys; default: those of the credentials file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
) -> None:
    """Fetch a receipt and verify it here, with the keys that you pinned, as `aragora verify` does.

    The server is not asked whether it is good.
    """
    try:
        trusted = pinned_keys(None if keys is None else str(keys))
    except (OSError, KeyFileError) as error:
        raise typer.BadParameter(exits.told(error), param_hint="--keys") from None
    with Aragora() as client:
        bundle = client.receipts.bundle(receipt_id).content
    raise typer.Exit(tell(verify(bundle, keys=trusted), as_json=as_json))
