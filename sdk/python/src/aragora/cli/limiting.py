"""`aragora budgets set`: a limit, when it begins anew, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import Aragora
from aragora.cli import booking, exits, output

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
Tag = Annotated[
    str | None,
    typer.Option(metavar="TAG", help="A new budget is for debates with this tag alone."),
]
Key = Annotated[
    str | None,
    typer.Option(metavar="API_KEY_ID", help="A new budget is for this API key alone."),
]
Warns = Annotated[
    list[int] | None,
    typer.Option("--warn", metavar="PERCENT", help="Tell at this percent; may be repeated."),
]
Blocks = Annotated[
    str | None,
    typer.Option("--block", metavar="PERCENT", help="Refuse from this percent on, or `never`."),
]
Unpriced = Annotated[
    Literal["refuse", "allow"] | None,
    typer.Option(help="What becomes of models whose price nobody knows.", show_default=False),
]
Emails = Annotated[
    list[str] | None,
    typer.Option("--email", metavar="ADDRESS", help="Who gets a letter; may be repeated."),
]
Webhooks = Annotated[
    bool | None,
    typer.Option(
        "--webhooks/--no-webhooks",
        help="Whether the workspace's endpoints are told.",
        show_default=False,
    ),
]


def set_budget(  # noqa: PLR0913, PLR0917 - a command line has options
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the budget is for.")],
    limit_usd: Annotated[str, typer.Argument(metavar="LIMIT_USD", help="Such as 25 or 0.50.")],
    period: Period = None,
    timezone: Timezone = None,
    anchor_day: AnchorDay = None,
    tag: Tag = None,
    key: Key = None,
    warn: Warns = None,
    block: Blocks = None,
    unpriced: Unpriced = None,
    email: Emails = None,
    webhooks: Webhooks = None,
    as_json: Annotated[bool, typer.Option("--json", help="The budget as JSON.")] = False,
) -> int:
    """Set the limit of the budget with this name or id; make it when there is none."""
    told = {"period": period, "timezone": timezone, "anchor_day": anchor_day}
    fixed = {what: value for what, value in told.items() if value is not None} | _scope(tag, key)
    terms = _terms(warn, block, unpriced) | _notify(email, webhooks)
    with Aragora() as client:
        budgets = list(client.budgets.list())
        found = booking.meant(budgets, name)
        if refusal := _refusal(budgets, found, fixed):
            typer.echo(f"aragora: {refusal}", err=True)
            return exits.USAGE
        if found:
            budget = client.budgets.update(found.id, limit_usd=limit_usd, **terms)
        else:
            budget = client.budgets.create(name=name, limit_usd=limit_usd, **fixed, **terms)
    if as_json:
        output.write_json(budget.to_dict())
    else:
        output.write(_line(budget))
    return exits.OK


def _scope(tag: str | None, key: str | None) -> dict[str, Any]:
    if tag is not None and key is not None:
        raise typer.BadParameter("a budget is for a tag or for a key", param_hint="--key")
    if tag is not None:
        return {"scope": "tag", "scope_id": tag}
    return {} if key is None else {"scope": "api_key", "scope_id": key}


def _terms(warn: list[int] | None, block: str | None, unpriced: str | None) -> dict[str, Any]:
    terms: dict[str, Any] = {}
    if warn:
        terms["warn_at_percent"] = warn
    if block == "never":
        terms["block_at_percent"] = None
    elif block is not None:
        if not block.isdecimal():
            raise typer.BadParameter(f"{block!r} is no percent", param_hint="--block")
        terms["block_at_percent"] = int(block)
    if unpriced is not None:
        terms["unpriced"] = unpriced
    return terms


def _notify(emails: list[str] | None, webhooks: bool | None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if emails:
        told["emails"] = emails
    if webhooks is not None:
        told["webhooks"] = webhooks
    return {"notify": told} if told else {}


def _refusal(budgets: list[Budget], found: Budget | None, fixed: dict[str, Any]) -> str | None:
    """What a budget is for, and when it begins anew, is said once, when it is made."""
    if found is None:
        taken = None if "scope" in fixed else _of_workspace(budgets, fixed.get("period", "month"))
        has = taken and f"this workspace has the {taken.period} budget {taken.name!r} already"
        return f"{has}: set that one" if has else None
    for what, wanted in fixed.items():
        if (stays := getattr(found, what)) != wanted:
            return f"{found.name!r} has the {what} {stays}, which stays"
    return None


def _of_workspace(budgets: list[Budget], period: str) -> Budget | None:
    """A workspace has one budget a period."""
    same = (b for b in budgets if b.scope == "workspace" and b.period == period)
    return next(same, None)


def _line(budget: Budget) -> str:
    left = "no end" if budget.remaining_usd is None else f"{budget.remaining_usd} USD left"
    return f"{budget.name}: {budget.limit_usd} USD, {left}"
