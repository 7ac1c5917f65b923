"""Writes `docs/price-list.md`: the prices that a server has when nobody set any.

Run as `python server/tools/price_list.py` (`nox -s prices`). A test says when the page is not what
this makes of the committed snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aragora_server.kernel.money import format_usd
from aragora_server.pricing.catalogue import Model, Span
from aragora_server.pricing.model import Rates
from aragora_server.pricing.snapshot import Snapshot, load

PAGE = Path(__file__).parents[2] / "docs/price-list.md"
OFFLINE = ("recorded", "scripted")
"""Their prices are invented, and so no prices of anybody's."""
HEAD = """<!-- Made by `nox -s prices` from the snapshot - DO NOT EDIT. -->

# Price list

What models cost on a server where nobody set another price, in US dollars per million tokens: \
{source} {source_version}, made on {day}, version `{version}`. {models} models of {providers} \
providers.

The source says of itself that its prices are not 100 % accurate, and providers change theirs: \
[set your own](concepts/prices.md) where an invoice says otherwise. `aragora prices list` \
shows what a running server has, `aragora prices resolve PROVIDER:MODEL` what applies to you.

*Over* is the input of a call beyond which the line holds for all of it. A line with dates holds \
between them, in UTC. A name with `…` stands for every name that begins so, *a date* for names \
followed by one. What is not listed has no price: a budget refuses it.
"""
COLUMNS = (
    "Model", "Also named", "Over", "Input", "Cached", "Written, 5 min", "Written, 1 h", "Output",
    "Audio in", "Audio out", "From", "Until",
)  # fmt: skip


def page(snapshot: Snapshot) -> str:
    listed = {name: one for name, one in snapshot.catalogues.items() if name not in OFFLINE}
    parts = [
        HEAD.format(
            source=snapshot.source,
            source_version=snapshot.source_version,
            day=snapshot.generated_at.date(),
            version=snapshot.version,
            models=sum(len(catalogue.models) for catalogue in listed.values()),
            providers=len(listed),
        )
    ]
    for provider, catalogue in sorted(listed.items()):
        lines = [_line(COLUMNS), _line(["---"] * len(COLUMNS))]
        for model in sorted(catalogue.models, key=lambda model: model.id):
            lines += map(_line, _rows(model))
        parts.append(f"## {provider}\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _rows(model: Model) -> Iterator[list[str]]:
    """One a price and tier, the oldest price first."""
    spelled = {"exact": "`{}`", "dated": "`{}` and a date", "prefix": "`{}…`"}
    names = [spelled[form].format(name) for form, name in model.names]
    others = ", ".join(name for name in names if name != f"`{model.id}`")
    for span in model.spans:
        for tier in span.price.tiers:
            over = f"{tier.over_tokens:,}" if tier.over_tokens else ""
            yield [f"`{model.id}`", others, over, *_rates(tier.rates), *_dates(span)]


def _rates(rates: Rates) -> Iterator[str]:
    for rate in (
        rates.input,
        rates.cache_read,
        rates.cache_write_5m,
        rates.cache_write_1h,
        rates.output,
        rates.audio_in,
        rates.audio_out,
    ):
        yield "" if rate is None else format_usd(rate)


def _dates(span: Span) -> Iterator[str]:
    for at in (span.starts_at, span.ends_at):
        yield "" if at is None else at.date().isoformat()


def _line(cells: tuple[str, ...] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(load()))
