"""`aragora usage [forecast|roi|share|shares|unshare]`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import exits, output, usage_links

if TYPE_CHECKING:
    from aragora.types import BudgetForecast, UsageReport, UsageSums

BARS = "▁▂▃▄▅▆▇█"
PARTS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
By = Literal[
    "day",
    "week",
    "month",
    "agent",
    "provider",
    "model",
    "debate",
    "protocol",
    "tag",
    "api_key",
    "budget",
]

app: typer.Typer = output.new_app("Usage: what was used and what it cost.")

app.command("share")(usage_links.share)
app.command("shares")(usage_links.list_links)
app.command("unshare")(usage_links.unshare)


def run(argv: list[str]) -> int:
    return output.run(app, "usage", argv)


@app.callback(invoke_without_command=True)
def show(  # noqa: PLR0913, PLR0917 - a command line has options
    context: typer.Context,
    first_day: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Such as 2026-11-01.")
    ] = None,
    last_day: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="The last day; default today.")
    ] = None,
    timezone: Annotated[
        str, typer.Option(metavar="ZONE", help="Where a day begins, such as Europe/Berlin.")
    ] = "UTC",
    by: Annotated[By, typer.Option(help="What to add up by.")] = "day",
    top: Annotated[int, typer.Option(min=1, max=1000, help="Most groups to show.")] = 100,
    as_csv: Annotated[bool, typer.Option("--csv", help="The report as CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    watch: Annotated[
        int | None,
        typer.Option(min=1, metavar="SECONDS", help="Look that often, and show what changed."),
    ] = None,
) -> int:
    """Report what was used and what it cost: this month by day, unless you say otherwise."""
    if context.invoked_subcommand:
        return exits.OK
    asked: dict[str, Any] = {"timezone": timezone, "group_by": by, "top": top}
    asked |= {} if first_day is None else {"first_day": first_day}
    asked |= {} if last_day is None else {"last_day": last_day}
    show_one = _write_csv if as_csv else _write_json if as_json else _write_table
    with Aragora() as client:
        shown = show_one(client, asked, None)
        while watch is not None:
            time.sleep(watch)
            shown = show_one(client, asked, shown)
    return exits.OK


@app.command("forecast")
def forecast(
    as_json: Annotated[bool, typer.Option("--json", help="The forecast as JSON.")] = False,
) -> None:
    """Forecast the budgets of this workspace: a straight line through what is spent."""
    with Aragora() as client:
        told = client.usage.forecast()
    if as_json:
        output.write_json(told.to_dict())
        return
    head = ["NAME", "SPENT", "LIMIT", "PROJECTED", "PERIOD ENDS", "LIMIT IS MET"]
    output.write_table(head, [_forecast(budget) for budget in told.budgets])
    output.write(f"Method: {told.method}")


@app.command("roi")
def roi(  # noqa: PLR0913, PLR0917 - a command line has options
    minutes: Annotated[
        int, typer.Option(min=0, help="How long a decision takes you without debates.")
    ],
    people: Annotated[int, typer.Option(min=0, help="How many people it takes.")],
    rate_usd: Annotated[
        str, typer.Option("--hourly-rate", metavar="USD", help="What an hour of one costs.")
    ],
    first_day: Annotated[str | None, typer.Option("--from", metavar="DAY")] = None,
    last_day: Annotated[str | None, typer.Option("--to", metavar="DAY")] = None,
    timezone: Annotated[str, typer.Option(metavar="ZONE")] = "UTC",
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Compute what decisions saved, from your own assumptions."""
    with Aragora() as client:
        told = client.usage.roi(
            minutes_per_decision=minutes,
            people=people,
            hourly_rate_usd=rate_usd,
            first_day=first_day or OMIT,
            last_day=last_day or OMIT,
            timezone=timezone,
        )
    if as_json:
        output.write_json(told.to_dict())
        return
    assumed, said = told.assumptions, told.feedback
    percent = "unknown" if told.roi_percent is None else f"{told.roi_percent} %"
    output.write(
        f"You assume {assumed.minutes_per_decision} minutes of {assumed.people} people a decision,"
        f" at {assumed.hourly_rate_usd} USD an hour."
    )
    output.write(f"{told.decisions} decisions from {told.first_day} to {told.last_day}")
    output.write(f"Saved {told.saved_usd}, cost {told.cost_usd}, net {told.net_usd} USD: {percent}")
    output.write(f"{told.changed_answers} agents changed their answer")
    output.write(
        f"Feedback on {said.given} receipts: {said.useful} useful, {said.held} held,"
        f" {said.reversed} reversed, {said.dissent_was_right} where a dissent was right"
    )
    output.write(f"Formula: {told.formula}")


def _forecast(budget: BudgetForecast) -> list[str]:
    ends, met = budget.period_end, budget.reaches_limit_at
    return [
        budget.name,
        budget.spent_usd,
        budget.limit_usd,
        budget.projected_usd or "unknown",
        ends.date().isoformat() if ends else "never",
        met.date().isoformat() if met else "",
    ]


def _write_csv(client: Aragora, asked: dict[str, Any], before: object) -> object:
    table = client.usage.csv(**asked).rstrip("\r\n")
    if table != before:
        output.write(table)
    return table


def _write_json(client: Aragora, asked: dict[str, Any], before: object) -> object:
    told = client.usage.get(**asked)
    if (figures := _figures(told)) != before:
        output.write_json(told.to_dict())
    return figures


def _write_table(client: Aragora, asked: dict[str, Any], before: object) -> object:
    told = client.usage.get(**asked)
    if (figures := _figures(told)) != before:
        if before is not None:
            output.write(f"\n{told.created_at:%F %T} UTC")
        _write(told)
    return figures


def _figures(told: UsageReport) -> dict[str, Any]:
    """All but the moment, which is always another."""
    return {name: value for name, value in told.to_dict().items() if name != "created_at"}


def _write(told: UsageReport) -> None:
    head = [told.group_by.upper(), "CALLS", "INPUT", "CACHED", "OUTPUT", "COST", "", ""]
    parts = bars([group.sums.cost_usd for group in told.groups])
    rows = [
        _row(group.label or group.key, group.sums, part)
        for group, part in zip(told.groups, parts, strict=True)
    ]
    if told.rest is not None and told.rest.calls:
        rows.append(_row("rest", told.rest))
    output.write_table(head, [*rows, _row("total", told.total)])
    if told.group_by == "day":
        output.write(f"Cost by day: {sparkline([group.sums.cost_usd for group in told.groups])}")
    debates = told.debates
    output.write(
        f"Debates: {debates.opened} opened, {debates.concluded} concluded,"
        f" {debates.stopped_by_budget} stopped by a budget, {debates.failed} failed"
    )
    if told.top_tags:
        tags = ", ".join(f"{one.tag} ({one.debates})" for one in told.top_tags)
        output.write(f"Tags: {tags}")
    for budget in told.budgets:
        spent = f"{budget.spent_usd} of {budget.limit_usd} USD spent"
        output.write(f"Budget {budget.name}: {spent}")


def _row(name: str, sums: UsageSums, part: str = "") -> list[str]:
    used = sums.usage
    written = used.cache_write_5m_tokens + used.cache_write_1h_tokens
    told = {"counted": sums.counted, "estimated": sums.estimated, "unpriced": sums.unpriced}
    notes = ", ".join(f"{number} {what}" for what, number in told.items() if number)
    numbers = (sums.calls, used.input_tokens + written, used.cache_read_tokens, used.output_tokens)
    return [name, *map(str, numbers), sums.cost_usd, part, notes]


def sparkline(costs: list[str]) -> str:
    """The dearest is the highest bar; what cost nothing has the lowest."""
    amounts = [max(0, micro_usd(cost)) for cost in costs]
    most = max(amounts, default=0)
    return "".join(BARS[amount * (len(BARS) - 1) // most if most else 0] for amount in amounts)


def bars(costs: list[str]) -> list[str]:
    """The dearest has ten blocks; what cost something has an eighth of one at least."""
    amounts = [max(0, micro_usd(cost)) for cost in costs]
    most = max(amounts, default=0) or 1
    eighths = [-(-amount * 80 // most) for amount in amounts]
    return ["█" * (one // 8) + PARTS[one % 8] for one in eighths]


def micro_usd(text: str) -> int:
    dollars, _, rest = text.lstrip("-").partition(".")
    amount = int(dollars) * 1_000_000 + int(rest.ljust(6, "0") or 0)
    return -amount if text.startswith("-") else amount
