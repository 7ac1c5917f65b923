"""`aragora costs DEBATE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aragora import Aragora
from aragora.cli import output

if TYPE_CHECKING:
    from aragora.types import CostSums, DebateCost

HEAD = ["", "CALLS", "INPUT", "CACHED", "WRITTEN", "OUTPUT", "REASONED", "COST", "TOLD BY"]

app: typer.Typer = output.new_app("Costs: what a debate cost, by agent, round and call.")


def run(argv: list[str]) -> int:
    return output.run(app, "costs", argv)


@app.command()
def show(
    debate_id: Annotated[str, typer.Argument(metavar="DEBATE_ID", help="The debate.")],
    calls: Annotated[bool, typer.Option("--calls", help="Every attempt at every call.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The cost as JSON.")] = False,
) -> None:
    """Show what a debate cost."""
    with Aragora() as client:
        cost = client.costs.get(debate_id)
    if as_json:
        output.write_json(cost.to_dict())
        return
    output.write_table(HEAD, [*_rows(cost), _row("total", cost.total)])
    if calls:
        output.write("")
        _write_calls(cost)
    output.write(f"Prices: {', '.join(cost.price_versions) or 'none'}")


def _rows(cost: DebateCost) -> list[list[str]]:
    agents = [_row(one.agent, one.sums) for one in cost.by_agent]
    return [*agents, *(_row(f"round {one.round}", one.sums) for one in cost.by_round)]


def _row(name: str, sums: CostSums) -> list[str]:
    used = sums.usage
    tokens = (
        used.input_tokens,
        used.cache_read_tokens,
        used.cache_write_tokens,
        used.output_tokens,
        used.reasoning_tokens,
    )
    told = {"reported": sums.reported, "counted": sums.counted, "estimated": sums.estimated}
    told["unpriced"] = sums.unpriced
    sources = ", ".join(f"{number} {source}" for source, number in told.items() if number)
    return [name, str(sums.calls), *map(str, tokens), sums.cost_usd, sources]


def _write_calls(cost: DebateCost) -> None:
    head = ["CALL", "TRY", "ROUND", "AGENT", "MODEL", "STATE", "COST", "OVERAGE", "TOLD BY"]
    rows = [
        [
            *map(str, (one.call_no, one.attempt, one.round)),
            one.agent,
            f"{one.provider}:{one.model}",
            one.state,
            one.cost_usd,
            one.overage_usd,
            one.usage_source or "",
        ]
        for one in cost.by_call
    ]
    output.write_table(head, rows)
