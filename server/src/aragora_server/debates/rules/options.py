"""The answers that ballots can choose: given, fixed, or made of what agents proposed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .transcript import VERDICTS, Answer, Argument, Option, Record, Setup

ABSTAIN = "abstain"

_NUMBER = re.compile(r"(-?)0*([0-9]+)(?:\.([0-9]+))?\Z")


def options_of(setup: Setup, said: Sequence[Record]) -> tuple[Option, ...]:
    """What can be chosen, in listed order, after these records."""
    match setup.answer_kind:
        case "choice":
            return setup.options
        case "verdict":
            return VERDICTS
        case "number":
            return _numbers(said)
        case "text":
            return _proposals(setup, said)


def option_of(argument: Argument, options: Sequence[Option]) -> str | None:
    """The option an argument is for; a proposal finds its own once proposals have names."""
    if argument.option_id is not None:
        return argument.option_id
    wanted = normal(argument.answer)
    return next((option.id for option in options if normal(option.label) == wanted), None)


def normal(text: str) -> str:
    """Two proposals are one when they differ only in case, spacing or composition."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def decimal_of(text: str) -> str | None:
    """The one way to write this number, or None: `007.50` is `7.5`, `-0` is `0`."""
    found = _NUMBER.match(text.strip().replace(",", "").replace("_", ""))
    if found is None:
        return None
    whole, fraction = found[2], (found[3] or "").rstrip("0")
    value = f"{whole}.{fraction}" if fraction else whole
    return f"{found[1]}{value}" if value != "0" else "0"


def _numbers(said: Sequence[Record]) -> tuple[Option, ...]:
    chosen = (r.ballot.choice for r in said if isinstance(r, Answer) and r.ballot is not None)
    return tuple(Option(id=number, label=number) for number in dict.fromkeys(chosen) if number)


def _proposals(setup: Setup, said: Sequence[Record]) -> tuple[Option, ...]:
    """Distinct proposals become p1, p2, ... in seat order."""
    order = {seat.name: place for place, seat in enumerate(setup.seats)}
    arguments = [r.argument for r in said if isinstance(r, Answer) and r.argument is not None]
    first: dict[str, str] = {}
    for argument in sorted(arguments, key=lambda argument: order[argument.agent]):
        if argument.option_id is None:
            first.setdefault(normal(argument.answer), argument.answer)
    return tuple(Option(id=f"p{no}", label=label) for no, label in enumerate(first.values(), 1))
