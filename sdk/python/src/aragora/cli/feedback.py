"""`aragora receipts feedback RECEIPT_ID`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import exits, output


def feedback(
    receipt_id: Annotated[str, typer.Argument(metavar="RECEIPT_ID")],
    useful: Annotated[
        bool | None, typer.Option("--useful/--useless", help="Whether the decision was of use.")
    ] = None,
    outcome: Annotated[
        Literal["held", "reversed", "dissent_was_right"] | None,
        typer.Option(help="How it turned out."),
    ] = None,
    comment: Annotated[str | None, typer.Option(help="Why.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The feedback as JSON.")] = False,
) -> int:
    """Show what was said of a decision, or say what became of it."""
    if useful is None and (outcome or comment):
        typer.echo("aragora: say --useful or --useless too", err=True)
        return exits.USAGE
    with Aragora() as client:
        if useful is None:
            told = client.feedback.get(receipt_id)
        else:
            told = client.feedback.put(
                receipt_id, useful=useful, outcome=outcome or OMIT, comment=comment or OMIT
            )
    if as_json:
        output.write_json(told.to_dict())
        return exits.OK
    said = [*([told.current] if told.current else []), *told.earlier]
    rows = [
        [
            one.given_at.isoformat(timespec="minutes"),
            "useful" if one.useful else "useless",
            one.outcome or "",
            one.comment or "",
        ]
        for one in said
    ]
    output.write_table(["GIVEN", "USEFUL", "OUTCOME", "COMMENT"], rows)
    return exits.OK
