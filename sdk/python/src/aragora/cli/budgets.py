"""`aragora budgets list|show|set|check|alerts|pause|resume|close|override|ledger|adjust|audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aragora import OMIT, Aragora
from aragora.cli import booking, exits, limiting, output

if TYPE_CHECKING:
    from aragora.types import Budget

Named = Annotated[str, typer.Argument(metavar="BUDGET", help="Its name, or its id.")]
_TAG = typer.Option(metavar="TAG", help="A tag of the debate; may be repeated.")
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]

app: typer.Typer = output.new_app("Budgets: limits that no debate passes.")


app.command("set", short_help="Set the limit of a budget, or make it.")(limiting.set_budget)
app.command("ledger")(booking.list_ledger)
app.command("adjust")(booking.adjust_ledger)


def run(argv: list[str]) -> int:
    return output.run(app, "budgets", argv)


@app.command("list")
def list_budgets(
    as_json: Annotated[bool, typer.Option("--json", help="The budgets as JSON.")] = False,
) -> None:
    """List budgets with what is spent and left."""
    with Aragora() as client:
        budgets = list(client.budgets.list())
    if as_json:
        output.write_page(budgets, None)
        return
    head = ["NAME", "PERIOD", "LIMIT", "SPENT", "HELD", "LEFT", "ID"]
    output.write_table(head, [_row(budget) for budget in budgets])


@app.command("show")
def show_budget(named: Named, as_json: AsJson = False) -> int:
    """Show a budget, its terms and its current period."""
    with Aragora() as client:
        budget = booking.budget_named(client, named)
    if as_json:
        output.write_json(budget.to_dict())
        return exits.OK
    scope = budget.scope if budget.scope_id is None else f"{budget.scope} {budget.scope_id}"
    warns = ", ".join(f"{percent} %" for percent in budget.warn_at_percent) or "never"
    blocks = "never" if budget.block_at_percent is None else f"{budget.block_at_percent} %"
    rows = [
        ["limits", f"{scope}, {budget.limit_usd} USD a {budget.period}"],
        ["warns at", warns],
        ["blocks at", blocks],
        ["unpriced", budget.unpriced],
        ["spent", f"{budget.spent_usd} USD, overage {budget.overage_usd} USD"],
        ["held", f"{budget.held_usd} USD"],
        ["left", "no end" if budget.remaining_usd is None else f"{budget.remaining_usd} USD"],
        ["state", "paused" if budget.paused else "open"],
        ["id", budget.id],
    ]
    output.write_table([budget.name, ""], rows)
    return exits.OK


@app.command("alerts")
def list_alerts(named: Named, as_json: AsJson = False) -> int:
    """List what was told of a budget, newest first."""
    with Aragora() as client:
        alerts = list(client.budgets.alerts(booking.budget_named(client, named).id))
    if as_json:
        output.write_page(alerts, None)
        return exits.OK
    rows = [
        [
            alert.at.isoformat(timespec="seconds"),
            alert.kind,
            "" if alert.percent is None else f"{alert.percent} %",
            alert.used_usd,
            alert.limit_usd,
        ]
        for alert in alerts
    ]
    output.write_table(["AT", "KIND", "PERCENT", "USED", "LIMIT"], rows)
    return exits.OK


@app.command("check")
def check_budgets(
    amount_usd: Annotated[str, typer.Argument(metavar="USD", help="Such as 0.50.")],
    tag: Annotated[list[str] | None, _TAG] = None,
    as_json: AsJson = False,
) -> int:
    """Ask whether a debate of this cost would be admitted now; exit code 6 when it would not."""
    with Aragora() as client:
        found = client.budgets.check(amount_usd=amount_usd, tags=tag or OMIT)
    if as_json:
        output.write_json(found.to_dict())
    else:
        left = "no limit" if found.remaining_usd is None else f"{found.remaining_usd} USD left"
        output.write(f"{'admitted' if found.admitted else 'refused'}, {left}")
        for one in found.refused_by:
            output.write(f"  {one.name}: {one.reason}")
    return exits.OK if found.admitted else exits.BUDGET


@app.command("override")
def override_budget(
    named: Named,
    amount_usd: Annotated[str, typer.Argument(metavar="USD", help="How much more.")],
    until: Annotated[str, typer.Option(metavar="TIME", help="Such as 2026-11-30T18:00:00Z.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    as_json: AsJson = False,
) -> int:
    """Let the current period of a budget admit more than its limit, for a time."""
    with Aragora() as client:
        made = client.budgets.override(
            booking.budget_named(client, named).id,
            amount_usd=amount_usd,
            expires_at=until,
            reason=reason,
        )
    if as_json:
        output.write_json(made.to_dict())
    else:
        ends = made.expires_at.isoformat(timespec="seconds")
        output.write(f"{named}: {made.amount_usd} USD more until {ends} ({made.id})")
    return exits.OK


@app.command("pause")
def pause_budget(named: Named) -> int:
    """Admit nothing under a budget until it is resumed."""
    return _pause(named, paused=True)


@app.command("resume")
def resume_budget(named: Named) -> int:
    """Let a paused budget admit again."""
    return _pause(named, paused=False)


@app.command("close")
def close_budget(named: Named) -> int:
    """Close a budget: it limits nothing from now on, and its books stay."""
    with Aragora() as client:
        budget = booking.budget_named(client, named)
        client.budgets.delete(budget.id)
    output.write(f"{budget.name}: closed")
    return exits.OK


@app.command("audit")
def audit_budgets(
    as_json: Annotated[bool, typer.Option("--json", help="What was found as JSON.")] = False,
) -> int:
    """Prove that counters, receipts and ledger agree; exit code 1 when an amount differs."""
    with Aragora() as client:
        found = client.budgets.audit()
    if as_json:
        output.write_json(found.to_dict())
    else:
        looked = f"{found.periods} budget periods and {found.receipts} receipts"
        verdict = "agree" if found.agrees else f"differ in {found.differences} amounts"
        output.write(f"{looked} and the ledger {verdict}")
        for one in found.first:
            said = f"{one.amount} {one.told_usd} USD, ledger {one.ledger_usd} USD"
            output.write(f"  {one.of} {one.id}: {said}")
    return exits.OK if found.agrees else exits.FAILED


def _pause(named: str, *, paused: bool) -> int:
    with Aragora() as client:
        budget = client.budgets.update(booking.budget_named(client, named).id, paused=paused)
    output.write(f"{budget.name}: {'paused' if budget.paused else 'open'}")
    return exits.OK


def _row(budget: Budget) -> list[str]:
    left = "-" if budget.remaining_usd is None else budget.remaining_usd
    money = [budget.limit_usd, budget.spent_usd, budget.held_usd, left]
    return [budget.name, budget.period, *money, budget.id]
