"""`aragora receipts erase-participant`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from aragora import Aragora
from aragora.cli import exits, output

if TYPE_CHECKING:
    from aragora.types import ParticipantErasure

LOOK_EVERY_S = 0.5


def erase_participant(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of an agent or a person.")],
    legal_basis: Annotated[
        str, typer.Option(metavar="CODE", help="Why, such as gdpr_art_17; part of every bundle.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="The outcome as JSON.")] = False,
) -> int:
    """Delete every text of a participant from all receipts; waits until it is done.

    Receipts that a legal hold covers stay whole and are named: then the exit code is 1.
    """
    with Aragora() as client:
        erasure = client.participant_erasures.create(participant=name, legal_basis=legal_basis)
        while erasure.done_at is None:
            time.sleep(LOOK_EVERY_S)
            erasure = client.participant_erasures.get(erasure.id)
    if as_json:
        output.write_json(erasure.to_dict())
    else:
        _tell(erasure)
    return exits.FAILED if erasure.held else exits.OK


def _tell(erasure: ParticipantErasure) -> None:
    output.write(f"receipts: {erasure.receipts} looked at, {erasure.erased} lost texts")
    output.write(f"texts erased: {erasure.texts}")
    if erasure.held:
        rows = [[held.receipt_id, held.legal_hold_id] for held in erasure.held]
        output.write_table(["KEPT WHOLE", "BY HOLD"], rows)
