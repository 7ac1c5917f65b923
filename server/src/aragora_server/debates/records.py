"""Records, options and verdicts as JSON and back: how the transcript rests in the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from .transcript import (
    Answer,
    Argument,
    Ballot,
    Critique,
    Dissent,
    Failed,
    Option,
    Quorum,
    Record,
    Seat,
    TallyEntry,
    Unparsed,
    Verdict,
    Warned,
)

Stored = dict[str, Any]

_KINDS: Mapping[str, type[Record]] = {"answer": Answer, "unparsed": Unparsed, "failed": Failed}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def dump(record: Record) -> Stored:
    return {"record": _NAMES[type(record)], **attrs.asdict(record)}


def load(stored: Mapping[str, Any]) -> Record:
    fields = dict(stored)
    match _KINDS[fields.pop("record")]:
        case kind if kind is Answer:
            return _answer(fields)
        case kind if kind is Unparsed:
            return Unparsed(**fields | {"warnings": _warnings(fields)})
        case _:
            return Failed(**fields)


def _answer(fields: Stored) -> Answer:
    argument, ballot = fields["argument"], fields["ballot"]
    read = {
        "argument": argument and Argument(**argument | {"sources": tuple(argument["sources"])}),
        "critiques": tuple(
            Critique(**critique | {"issues": tuple(critique["issues"])})
            for critique in fields["critiques"]
        ),
        "ballot": ballot and Ballot(**ballot | {"choices": tuple(ballot["choices"])}),
        "warnings": _warnings(fields),
    }
    return Answer(**fields | read)


def _warnings(fields: Stored) -> tuple[Warned, ...]:
    return tuple(Warned(**warning) for warning in fields["warnings"])


def options(stored: list[Stored]) -> tuple[Option, ...]:
    return tuple(Option(**option) for option in stored)


def seats(stored: list[Stored]) -> tuple[Seat, ...]:
    return tuple(Seat(**seat) for seat in stored)


def dissents(stored: list[Stored]) -> tuple[Dissent, ...]:
    return tuple(Dissent(**dissent) for dissent in stored)


def verdict(stored: Stored | None) -> Verdict | None:
    if stored is None:
        return None
    read = {
        "tally": tuple(TallyEntry(**entry) for entry in stored["tally"]),
        "quorum": Quorum(**stored["quorum"]),
        "supported_by": tuple(stored["supported_by"]),
    }
    return Verdict(**stored | read)
