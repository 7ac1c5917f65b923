"""The index of receipts: by which words and names each is found.

It holds nothing that the receipt and its disclosures do not: made anew from them, it gives the same
answers. Terms are bytes, so that both databases order them alike, and are compared as values, so
that nothing that is searched for can be taken for a query.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, cast

import attrs
import orjson
from aragora.receipts import Disclosure, reveal
from sqlalchemy import Column, ColumnElement, delete, false, intersect, select

from aragora_server.kernel.db import Tx
from aragora_server.kernel.prepared import Handwritten

from . import words
from .tables import receipt_terms

Kind = Literal["topic", "participant", "protocol"]
SEARCHED = ("question", "verdict", "participants", "protocol")
LONGEST_NAME = 256
# No UTF-8 text has this byte: it comes after everything that begins like the bytes before it.
AFTER = b"\xff"

_t = receipt_terms.c

# One statement for all terms of a receipt: row by row they take twice as long.
_INTO = "INSERT INTO receipt_terms (workspace_id, kind, term, receipt_id) SELECT "
_ENTERING = Handwritten(
    sqlite=f"""{_INTO} :workspace_id, json_extract(value, '$[0]'),
        CAST(json_extract(value, '$[1]') AS BLOB), :receipt_id FROM json_each(:terms)""",
    postgresql=f"""{_INTO} :workspace_id, value ->> 0, convert_to(value ->> 1, 'UTF8'), :receipt_id
        FROM jsonb_array_elements(CAST(:terms AS jsonb))""",
)


@attrs.frozen
class Term:
    kind: Kind
    text: str


def terms_of(payload: bytes, texts: Iterable[Disclosure]) -> frozenset[Term]:
    """What a receipt is found by, as far as its texts are disclosed.

    The words of question and verdict; whole names of participants, of their models, and of both
    provider and model; the name of the protocol.
    """
    content = _read(payload, texts)
    asked, answered = content["question"].get("text", ""), content["verdict"].get("answer", "")
    topic = words.entered(f"{asked}\n{answered}")
    names = {name for person in content["participants"] for name in _names(person)}
    return frozenset(
        {Term("topic", word) for word in topic}
        | {Term("participant", name) for name in names}
        | {Term("protocol", content["protocol"]["name"])}
    )


def _read(payload: bytes, texts: Iterable[Disclosure]) -> Mapping[str, Any]:
    """No more than is searched: a transcript is long."""
    signed = orjson.loads(payload)["predicate"]
    return cast(dict[str, Any], reveal({name: signed[name] for name in SEARCHED}, texts))


def _names(person: Mapping[str, Any]) -> list[str]:
    provider, model = person.get("provider"), person.get("model")
    both = f"{provider}:{model}" if provider and model else None
    return [_name(name) for name in (person.get("name"), model, both) if name]


def _name(text: str) -> str:
    return words.normal(text)[:LONGEST_NAME]


async def enter(tx: Tx, workspace_id: str, receipt_id: str, terms: Collection[Term]) -> None:
    if not terms:
        return
    rows = json.dumps([[one.kind, one.text] for one in terms])
    await _ENTERING.run(tx, workspace_id=workspace_id, receipt_id=receipt_id, terms=rows)


async def remove(tx: Tx, receipt_ids: Collection[str]) -> None:
    await tx.execute(delete(receipt_terms).where(_t.receipt_id.in_(receipt_ids)))


def about(receipt_id: Column[Any], workspace_id: str, topic: str) -> ColumnElement[bool]:
    """Every word of the topic begins a word of question or verdict; no words, no receipts."""
    wanted = sorted(words.asked(topic))
    if not wanted:
        return false()
    each = [
        select(_t.receipt_id).where(
            _t.workspace_id == workspace_id,
            _t.kind == "topic",
            _t.term >= word.encode(),
            _t.term < word.encode() + AFTER,
        )
        for word in wanted
    ]
    return receipt_id.in_(each[0] if len(each) == 1 else intersect(*each))


def with_participant(receipt_id: Column[Any], workspace_id: str, name: str) -> ColumnElement[bool]:
    """A participant of exactly this name, model or `provider:model`, in capitals or not."""
    return _named(receipt_id, workspace_id, Term("participant", _name(name)))


def of_protocol(receipt_id: Column[Any], workspace_id: str, name: str) -> ColumnElement[bool]:
    return _named(receipt_id, workspace_id, Term("protocol", name))


def _named(receipt_id: Column[Any], workspace_id: str, term: Term) -> ColumnElement[bool]:
    among = select(_t.receipt_id).where(
        _t.workspace_id == workspace_id, _t.kind == term.kind, _t.term == term.text.encode()
    )
    return receipt_id.in_(among)
