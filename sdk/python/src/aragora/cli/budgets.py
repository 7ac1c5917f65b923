"""`aragora budgets list|set|audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import Aragora
from aragora.cli import exits, output

if TYPE_CHECKING:
    from aragora.types import Budget

Period = Annotated[
    Literal["month", "week", "total"] | None,
    typer.Option(help="Of a new budget; default month.", show_default=False),
]
Timezone = Annotated[
    str | None,
    typer.Option(metavar="ZONE", help="Of a new budget, such as Europe/Berlin; default UTC."),
]
AnchorDay = Annotated[
    int | None,
    typer.Option(min=1, max=28, help="The day on which each month of a new budget begins."),
]

app: typer.Typer = output.new_app("Budgets: limits that no debate passes.")


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


@app.command("set", short_help="Set the limit of a budget, or make it.")
def set_budget(  # noqa: PLR0913, PLR0917 - a command line has options
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the budget is for.")],
    limit_usd: Annotated[str, typer.Argument(metavar="LIMIT_USD", help="Such as 25 or 0.50.")],
    period: Period = None,
    timezone: Timezone = None,
    anchor_day: AnchorDay = None,
    as_json: Annotated[bool, typer.Option("--json", help="The budget as JSON.")] = False,
) -> int:
    """Set the limit of the budget with this name; make it when there is none."""
    told = {"period": period, "timezone": timezone, "anchor_day": anchor_day}
    rhythm: dict[str, Any] = {what: value for what, value in told.items() if value is not None}
    with Aragora() as client:
        budgets = list(client.budgets.list())
        found = next((b for b in budgets if b.name == name), None)
        if refusal := _refusal(budgets, found, rhythm):
            typer.echo(f"aragora: {refusal}", err=True)
            return exits.USAGE
        if found:
            budget = client.budgets.update(found.id, limit_usd=limit_usd)
        else:
            budget = client.budgets.create(name=name, limit_usd=limit_usd, **rhythm)
    if as_json:
        output.write_json(budget.to_dict())
    else:
        output.write(f"{budget.name}: {budget.limit_usd} USD, {budget.remaining_usd} USD left")
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


def _refusal(budgets: list[Budget], found: Budget | None, rhythm: dict[str, Any]) -> str | None:
    """When a budget begins anew is said once, when it is made."""
    if found is None:
        taken = _of_workspace(budgets, rhythm.get("period", "month"))
        has = taken and f"this workspace has the {taken.period} budget {taken.name!r} already"
        return f"{has}: set that one" if has else None
    for what, wanted in rhythm.items():
        if (stays := getattr(found, what)) != wanted:
            return f"{found.name!r} has the {what} {stays}, which stays"
    return None


def _of_workspace(budgets: list[Budget], period: str) -> Budget | None:
    """A workspace has one budget a period."""
    same = (b for b in budgets if b.scope == "workspace" and b.period == period)
    return next(same, None)


def _row(budget: Budget) -> list[str]:
    money = [budget.limit_usd, budget.spent_usd, budget.held_usd, budget.remaining_usd]
    return [budget.name, budget.period, *money, budget.id]
