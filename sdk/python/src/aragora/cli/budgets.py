"""`aragora budgets list|set`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import exits, output

if TYPE_CHECKING:
    from aragora.types import Budget

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
def set_budget(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the budget is for.")],
    limit_usd: Annotated[str, typer.Argument(metavar="LIMIT_USD", help="Such as 25 or 0.50.")],
    period: Annotated[
        Literal["month", "total"] | None,
        typer.Option(help="Of a new budget; default month.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The budget as JSON.")] = False,
) -> int:
    """Set the limit of the budget with this name; make it when there is none."""
    with Aragora() as client:
        budgets = list(client.budgets.list())
        found = next((b for b in budgets if b.name == name), None)
        if found and period and found.period != period:
            typer.echo(f"aragora: {name!r} has the period {found.period}, which stays", err=True)
            return exits.USAGE
        if not found and (taken := _of_workspace(budgets, period or "month")):
            has = f"this workspace has the {taken.period} budget {taken.name!r} already"
            typer.echo(f"aragora: {has}: set that one", err=True)
            return exits.USAGE
        if found:
            budget = client.budgets.update(found.id, limit_usd=limit_usd)
        else:
            budget = client.budgets.create(name=name, limit_usd=limit_usd, period=period or OMIT)
    if as_json:
        output.write_json(budget.to_dict())
    else:
        output.write(f"{budget.name}: {budget.limit_usd} USD, {budget.remaining_usd} USD left")
    return exits.OK


def _of_workspace(budgets: list[Budget], period: str) -> Budget | None:
    """A workspace has one budget a period."""
    same = (b for b in budgets if b.scope == "workspace" and b.period == period)
    return next(same, None)


def _row(budget: Budget) -> list[str]:
    money = [budget.limit_usd, budget.spent_usd, budget.held_usd, budget.remaining_usd]
    return [budget.name, budget.period, *money, budget.id]
