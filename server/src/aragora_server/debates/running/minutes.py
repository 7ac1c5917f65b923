"""The journal read back: what was told, what was said, in which rounds. And how it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import BindParameter, bindparam, func, select, update

from aragora_server.debates.model import Call, Message, RoundRow, Tenure
from aragora_server.debates.rules.transcript import (
    Answer,
    Argument,
    Ballot,
    Critique,
    Failed,
    Record,
    Round,
    Transcript,
    Unparsed,
    Warned,
)
from aragora_server.debates.tables import calls, debates, events, rounds
from aragora_server.debates.telling.events import Event
from aragora_server.kernel.db import Big, Tx, add_if_new

_KINDS: Mapping[str, type[Record]] = {"answer": Answer, "unparsed": Unparsed, "failed": Failed}
_NAMES = {kind: name for name, kind in _KINDS.items()}

# Asked many times in every debate: putting a statement together costs more than its execution.
_OF_DEBATE: BindParameter[str] = bindparam("debate_id")
_SAID = (
    select(calls.c.said)
    .where(calls.c.debate_id == _OF_DEBATE, calls.c.state.in_(("done", "failed")))
    .order_by(calls.c.call_no)
)
_CLAIMED = (
    select(*(calls.c[field.name] for field in attrs.fields(Call)))
    .where(calls.c.debate_id == _OF_DEBATE, calls.c.state == "claimed")
    .order_by(calls.c.call_no)
)
_ROUNDS = select(rounds).where(rounds.c.debate_id == _OF_DEBATE).order_by(rounds.c.no)
_LATER = (events.c.debate_id == _OF_DEBATE, events.c.seq > bindparam("after", type_=Big))
_AFTER = select(events).where(*_LATER).order_by(events.c.seq).limit(bindparam("most"))
_SIZE = func.length(events.c.data)
_SIZED = (
    select(events.c.seq, (func.sum(_SIZE).over(order_by=events.c.seq) - _SIZE).label("before"))
    .where(*_LATER)
    .order_by(events.c.seq)
    .limit(bindparam("most"))
    .subquery()
)
_WITHIN = (
    select(events)
    .join(_SIZED, events.c.seq == _SIZED.c.seq)
    .where(events.c.debate_id == _OF_DEBATE, _SIZED.c.before < bindparam("characters"))
    .order_by(events.c.seq)
)


async def events_after(tx: Tx, debate_id: str, after: int, limit: int) -> tuple[Event, ...]:
    found = await tx.execute(_AFTER, {"debate_id": debate_id, "after": after, "most": limit})
    return tuple(Event(**row._mapping) for row in found)


async def events_within(
    tx: Tx, debate_id: str, after: int, limit: int, characters: int
) -> tuple[Event, ...]:
    """The next ones, as many as stay within both bounds; at least one, if there is one."""
    which = {"debate_id": debate_id, "after": after, "most": limit, "characters": characters}
    found = await tx.execute(_WITHIN, which)
    return tuple(Event(**row._mapping) for row in found)


async def transcript(tx: Tx, debate_id: str) -> Transcript:
    found = await tx.execute(_SAID, {"debate_id": debate_id})
    return tuple(_load(said) for (said,) in found)


async def claimed(tx: Tx, debate_id: str) -> dict[int, Call]:
    """Calls that were taken and have not ended, by number."""
    found = await tx.execute(_CLAIMED, {"debate_id": debate_id})
    return {row.call_no: Call(**row._mapping) for row in found}


async def messages(tx: Tx, debate_id: str) -> tuple[Message, ...]:
    """What was answered, in call order, with the words as they came."""
    found = await tx.execute(
        select(calls)
        .where(calls.c.debate_id == debate_id, calls.c.state == "done")
        .order_by(calls.c.call_no)
    )
    return tuple(
        Message(
            call_no=row.call_no,
            round=row.round,
            phase=row.said["step"],
            agent=row.agent,
            at=row.done_at,
            text=row.reply,
            model_version=row.model_version,
        )
        for row in found
    )


async def open_round(tx: Tx, debate_id: str, view: Round, *, at: datetime) -> bool:
    """False when it is open already: an earlier commit did happen, or an earlier runner was."""
    row = {
        "debate_id": debate_id,
        "no": view.no,
        "kind": view.kind,
        "label": view.label,
        "participants": list(view.participants),
        "opened_at": at,
    }
    return await add_if_new(tx, rounds, row)


async def close_round(tx: Tx, debate_id: str, no: int, *, at: datetime) -> bool:
    """False when it is closed already."""
    closing = update(rounds).where(
        rounds.c.debate_id == debate_id, rounds.c.no == no, rounds.c.closed_at.is_(None)
    )
    return (await tx.execute(closing.values(closed_at=at))).rowcount == 1


@attrs.frozen(kw_only=True)
class Standing:
    """What a runner should know of a debate that it believes to be its own."""

    epoch: int
    is_cancelled: bool


async def standings(tx: Tx, debate_ids: Collection[str]) -> dict[str, Standing]:
    asked = select(debates.c.id, debates.c.epoch, debates.c.cancelled_by)
    found = await tx.execute(asked.where(debates.c.id.in_(debate_ids)))
    return {key: Standing(epoch=epoch, is_cancelled=by is not None) for key, epoch, by in found}


async def tenure_of(tx: Tx, debate_id: str) -> Tenure:
    """For whoever holds the lock on its row."""
    asked = select(debates.c.epoch).where(debates.c.id == debate_id)
    return Tenure(debate_id, (await tx.execute(asked)).scalar_one())


async def rounds_of(tx: Tx, debate_id: str) -> tuple[RoundRow, ...]:
    found = await tx.execute(_ROUNDS, {"debate_id": debate_id})
    return tuple(
        RoundRow(
            no=row.no,
            kind=row.kind,
            label=row.label,
            participants=tuple(row.participants),
            opened_at=row.opened_at,
            closed_at=row.closed_at,
        )
        for row in found
    )


def dump(record: Record) -> dict[str, Any]:
    return {"record": _NAMES[type(record)], **attrs.asdict(record)}


def _load(stored: Mapping[str, Any]) -> Record:
    fields = dict(stored)
    match _KINDS[fields.pop("record")]:
        case kind if kind is Answer:
            return _answer(fields)
        case kind if kind is Unparsed:
            return Unparsed(**fields | {"warnings": _warnings(fields)})
        case _:
            return Failed(**fields)


def _answer(fields: dict[str, Any]) -> Answer:
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


def _warnings(fields: dict[str, Any]) -> tuple[Warned, ...]:
    return tuple(Warned(**warning) for warning in fields["warnings"])
