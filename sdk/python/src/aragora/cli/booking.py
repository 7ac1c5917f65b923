"""`aragora budgets ledger|adjust`: what was booked, and corrections of it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from aragora import Aragora
from aragora.cli import exits, output

if TYPE_CHECKING:
    from aragora.types import Budget

Named = Annotated[str, typer.Argument(metavar="BUDGET", help="Its name, or its id.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def list_ledger(
    named: Named,
    limit: Annotated[int, typer.Option(min=1, help="Most entries.")] = 50,
    as_json: AsJson = False,
) -> int:
    """List what was booked under a budget, newest first."""
    with Aragora() as client:
        entries = list(islice(client.budgets.ledger(budget_named(client, named).id), limit))
    if as_json:
        output.write_page(entries, None)
        return exits.OK
    rows = [
        [
            entry.at.isoformat(timespec="seconds"),
            entry.kind,
            entry.amount_usd,
            entry.agent or "",
            f"{entry.provider}:{entry.model}",
            entry.hold_id or "",
            entry.reason or "",
        ]
        for entry in entries
    ]
    output.write_table(["AT", "KIND", "USD", "AGENT", "MODEL", "HOLD", "REASON"], rows)
    return exits.OK


def adjust_ledger(
    hold_id: Annotated[str, typer.Argument(metavar="HOLD", help="The call's reservation.")],
    usd: Annotated[str, typer.Option(metavar="USD", help="Such as -0.50, to give that back.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    as_json: AsJson = False,
) -> int:
    """Correct what a call cost, in every budget that it counts in."""
    with Aragora() as client:
        made = client.budgets.adjust(hold_id=hold_id, amount_usd=usd, reason=reason)
    if as_json:
        output.write_json(made.to_dict())
    else:
        output.write(f"{made.hold_id}: {made.amount_usd} USD ({made.id})")
    return exits.OK


def budget_named(client: Aragora, named: str) -> Budget:
    found = meant(list(client.budgets.list()), named)
    if found is None:
        raise typer.BadParameter(f"there is no budget {named!r}", param_hint="BUDGET")
    return found


def meant(budgets: list[Budget], named: str) -> Budget | None:
    """By its id, which no name can take away, else by its name, which others may have too."""
    found = [b for b in budgets if b.id == named] or [b for b in budgets if b.name == named]
    if len(found) > 1:
        ids = ", ".join(budget.id for budget in found)
        raise typer.BadParameter(f"{named!r} is the name of several: {ids}", param_hint="BUDGET")
    return next(iter(found), None)
