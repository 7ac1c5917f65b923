"""`aragora prices list|resolve|set|end|reprice|history`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from aragora import OMIT, Aragora
from aragora.cli import output

if TYPE_CHECKING:
    from aragora.types import AppliedPrice, Price, PriceTier, WorkspacePrice

RATES = ["INPUT", "CACHED", "OUTPUT"]
OVER = re.compile(r"(?P<tokens>\d+)=(?P<input>[^/]+)/(?P<output>.+)")

Of = Annotated[str | None, typer.Option("--provider", help="Only of this provider.")]
Named = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Only models that begin like this.")
]
At = Annotated[
    str | None, typer.Option(metavar="TIME", help="Such as 2026-11-30T18:00:00Z; default now.")
]
Call = Annotated[
    str, typer.Argument(metavar="PROVIDER:MODEL", help="Such as openai:gpt-4o, as agents have it.")
]
Match = Literal["exact", "prefix"]
Prefix = Annotated[
    bool, typer.Option("--prefix", help="For every model whose name begins like this.")
]
Rate = Annotated[str | None, typer.Option(metavar="USD", help="Per million of these tokens.")]
Over = Annotated[
    list[str] | None,
    typer.Option(
        metavar="TOKENS=INPUT/OUTPUT",
        help="What longer calls cost, such as 200000=4/15; may be repeated.",
    ),
]
Fee = Annotated[
    str | None, typer.Option(metavar="USD", help="What every call costs beside its tokens.")
]
From = Annotated[
    str | None, typer.Option("--from", metavar="TIME", help="When it begins; default now.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="TIME", help="When it ends; default never.")
]
AsJson = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]

app: typer.Typer = output.new_app("Prices: what models cost, in US dollars per million tokens.")


def run(argv: list[str]) -> int:
    return output.run(app, "prices", argv)


@app.command("list")
def list_prices(
    provider: Of = None, model: Named = None, at: At = None, as_json: AsJson = False
) -> None:
    """List what models cost everybody on this server."""
    with Aragora() as client:
        first = client.prices.list(
            provider=provider or OMIT, model=model or OMIT, at=at or OMIT, limit=200
        )
        prices = list(first)
    if as_json:
        output.write_page(prices, None)
        return
    head = ["PROVIDER", "MODEL", *RATES, "OVER", "FROM", "UNTIL"]
    output.write_table(head, [row for price in prices for row in _rows(_listed(price), price)])


@app.command("resolve")
def resolve_price(call: Call, at: At = None, as_json: AsJson = False) -> None:
    """Say which price applies to a call, and why it is this one."""
    provider, model = _split(call)
    with Aragora() as client:
        found = client.prices.resolve(provider=provider, model=model, at=at or OMIT)
    if as_json:
        output.write_json(found.to_dict())
        return
    output.write_table([*RATES, "OVER", "FROM", "UNTIL"], _rows([], found))
    output.write(f"{call}: {_reason(found)}")
    if found.request_fee_usd != "0":
        output.write(f"Every call costs {found.request_fee_usd} USD more.")
    output.write(f"Version: {found.price_version}")


@app.command("set")
def set_price(  # noqa: PLR0913, PLR0917 - a command line has options
    call: Call,
    input_usd: Annotated[str, typer.Argument(metavar="INPUT_USD", help="Such as 2.50.")],
    output_usd: Annotated[str, typer.Argument(metavar="OUTPUT_USD", help="Such as 10.")],
    prefix: Prefix = False,
    cache_read: Rate = None,
    cache_write_5m: Rate = None,
    cache_write_1h: Rate = None,
    audio_in: Rate = None,
    audio_out: Rate = None,
    over: Over = None,
    request_fee: Fee = None,
    valid_from: From = None,
    valid_to: Until = None,
    note: Annotated[str | None, typer.Option(help="Why; it is kept.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set a price of this workspace's own. The one before it ends where this begins."""
    provider, model = _split(call)
    rates = _given(
        cache_read_usd=cache_read,
        cache_write_5m_usd=cache_write_5m,
        cache_write_1h_usd=cache_write_1h,
        audio_in_usd=audio_in,
        audio_out_usd=audio_out,
    )
    tiers: list[Any] = [{**_priced(0, input_usd, output_usd), **rates}, *map(_tier, over or ())]
    terms = _given(request_fee_usd=request_fee, valid_from=valid_from, valid_to=valid_to, note=note)
    match: Match = "prefix" if prefix else "exact"
    with Aragora() as client:
        made = client.workspace_prices.create(
            provider=provider, match=match, model=model, tiers=tiers, **terms
        )
    _write(made, as_json)


@app.command("end")
def end_price(
    price_id: Annotated[str, typer.Argument(metavar="PRICE_ID")], as_json: AsJson = False
) -> None:
    """Let a price of this workspace hold no longer, from now on."""
    with Aragora() as client:
        ended = client.workspace_prices.end(price_id)
    _write(ended, as_json)


@app.command("reprice")
def reprice_calls(
    price_id: Annotated[str, typer.Argument(metavar="PRICE_ID")],
    starts_at: Annotated[
        str, typer.Option("--from", metavar="TIME", help="Calls reserved from then on.")
    ],
    ends_at: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="And before then; default now.")
    ] = None,
    book: Annotated[
        bool, typer.Option("--book", help="Book it; otherwise only say what it would come to.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what calls of the past come to at this price, and with --book adjust what they cost."""
    with Aragora() as client:
        told = client.workspace_prices.reprice(
            price_id, starts_at=starts_at, ends_at=ends_at or OMIT, dry_run=not book
        )
    if as_json:
        output.write_json(told.to_dict())
        return
    head = ["CALLS", "BEFORE", "AFTER", "DIFFERENCE", "LEFT"]
    amounts = [told.cost_before_usd, told.cost_after_usd, told.difference_usd]
    output.write_table(head, [[str(told.calls), *amounts, str(told.calls_left)]])
    if told.dry_run:
        output.write("Nothing was booked; --book does it.")


@app.command("history")
def list_history(provider: Of = None, model: Named = None, as_json: AsJson = False) -> None:
    """List every price that this workspace ever set, newest first."""
    with Aragora() as client:
        found = list(
            client.workspace_prices.list(provider=provider or OMIT, model=model or OMIT, limit=200)
        )
    if as_json:
        output.write_page(found, None)
        return
    head = ["PRICE", "STATUS", "PROVIDER", "MODEL", *RATES, "OVER", "FROM", "UNTIL", "NOTE"]
    rows = [[*row, price.note or ""] for price in found for row in _rows(_own(price), price)]
    output.write_table(head, rows)


def _listed(price: Price) -> list[str]:
    return [price.provider, price.model]


def _own(price: WorkspacePrice) -> list[str]:
    model = f"{price.model}*" if price.match == "prefix" else price.model
    return [price.id, str(price.status), price.provider, model]


def _rows(about: Sequence[str], price: Price | AppliedPrice | WorkspacePrice) -> list[list[str]]:
    """One a tier."""
    dates = [_day(price.valid_from), _day(price.valid_to)]
    return [[*about, *_rates(tier), *dates] for tier in price.tiers]


def _rates(tier: PriceTier) -> list[str]:
    over = str(tier.over_tokens) if tier.over_tokens else ""
    return [tier.input_usd, tier.cache_read_usd, tier.output_usd, over]


def _day(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="minutes").replace("+00:00", "Z")


def _reason(found: AppliedPrice) -> str:
    who = {
        "workspace": "set by this workspace",
        "operator": "set by whoever runs the server",
        "snapshot": "from the price list",
    }.get(str(found.source), str(found.source))
    how = {
        "exact": f"for {found.name}",
        "dated": f"for {found.name} and a date after it",
        "prefix": f"for all that begins with {found.name}" if found.name else "for every model",
    }.get(str(found.match), str(found.match))
    return f"{who}, {how}"


def _write(price: WorkspacePrice, as_json: bool) -> None:
    if as_json:
        output.write_json(price.to_dict())
        return
    head = ["PRICE", "STATUS", "PROVIDER", "MODEL", *RATES, "OVER", "FROM", "UNTIL"]
    output.write_table(head, _rows(_own(price), price))


def _split(call: str) -> tuple[str, str]:
    provider, mark, model = call.partition(":")
    if not mark:
        raise typer.BadParameter(
            f"{call!r} is no PROVIDER:MODEL, such as openai:gpt-4o", param_hint="PROVIDER:MODEL"
        )
    return provider, model


def _tier(text: str) -> dict[str, Any]:
    told = OVER.fullmatch(text)
    if told is None:
        raise typer.BadParameter(
            f"{text!r} is no TOKENS=INPUT/OUTPUT, such as 200000=4/15", param_hint="--over"
        )
    return _priced(int(told["tokens"]), told["input"], told["output"])


def _priced(over_tokens: int, input_usd: str, output_usd: str) -> dict[str, Any]:
    return {"over_tokens": over_tokens, "input_usd": input_usd, "output_usd": output_usd}


def _given(**told: str | None) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}
