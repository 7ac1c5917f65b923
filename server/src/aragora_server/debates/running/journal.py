"""The journal of a debate: which calls were claimed and made, and what was told about it.

A call is committed once, under its place in ask order; events are numbered under the debate's
row lock, in the transaction of what they report. Nothing else writes these tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import attrs
from sqlalchemy import BindParameter, Row, bindparam, insert, select, update

from aragora_server.debates.model import LIVE, Call, DebateOver, Message, RoundRow
from aragora_server.debates.rules.transcript import (
    Answer,
    Argument,
    Ask,
    Ballot,
    Critique,
    Failed,
    Record,
    Round,
    Transcript,
    Unparsed,
    Warned,
)
from aragora_server.debates.tables import attempts, calls, debates, events, rounds
from aragora_server.debates.telling.events import Draft, Event, number
from aragora_server.kernel.db import Big, Tx

_KINDS: Mapping[str, type[Record]] = {"answer": Answer, "unparsed": Unparsed, "failed": Failed}
_NAMES = {kind: name for name, kind in _KINDS.items()}


# Asked many times in every debate: putting a statement together costs more than its execution.
_OF_DEBATE: BindParameter[str] = bindparam("debate_id")
_TAKE_PLACES = (
    update(debates)
    .where(debates.c.id == _OF_DEBATE, debates.c.status.in_(LIVE))
    .values(last_seq=debates.c.last_seq + bindparam("places", type_=Big))
    .returning(debates.c.last_seq)
)
_KEEP = insert(events)
_SAID = (
    select(calls.c.said)
    .where(calls.c.debate_id == _OF_DEBATE, calls.c.state.in_(("done", "failed")))
    .order_by(calls.c.call_no)
)
_ROUNDS = select(rounds).where(rounds.c.debate_id == _OF_DEBATE).order_by(rounds.c.no)


async def append(
    tx: Tx, debate_id: str, drafts: Sequence[Draft], *, at: datetime
) -> tuple[Event, ...]:
    """Number and keep events; also the fence: nothing is added to a debate that is over."""
    taken = await tx.execute(_TAKE_PLACES, {"debate_id": debate_id, "places": len(drafts)})
    last = taken.scalar_one_or_none()
    if last is None:
        raise DebateOver(f"debate {debate_id} is over")
    made = number(tuple(drafts), debate_id=debate_id, first=last - len(drafts) + 1, at=at)
    if made:
        await tx.execute(_KEEP, [attrs.asdict(event) for event in made])
    return made


async def events_after(tx: Tx, debate_id: str, after: int, limit: int) -> tuple[Event, ...]:
    found = await tx.execute(
        select(events)
        .where(events.c.debate_id == debate_id, events.c.seq > after)
        .order_by(events.c.seq)
        .limit(limit)
    )
    return tuple(Event(**row._mapping) for row in found)


async def claim(tx: Tx, debate_id: str, ask: Ask, *, hold_id: str, attempt: int) -> Call:
    """Take a call that nobody has, or another attempt at one that was not finished."""
    key = {"debate_id": debate_id, "call_no": ask.call_no}
    if attempt == 1:
        await tx.execute(
            insert(calls).values(
                **key,
                round=ask.round,
                agent=ask.agent,
                state="claimed",
                attempt=attempt,
                hold_id=hold_id,
            )
        )
    else:
        await _change(tx, debate_id, ask.call_no, attempt=attempt, hold_id=hold_id)
    await tx.execute(insert(attempts).values(**key, attempt=attempt, hold_id=hold_id))
    return Call(
        call_no=ask.call_no, round=ask.round, agent=ask.agent, attempt=attempt, hold_id=hold_id
    )


async def end_attempt(tx: Tx, debate_id: str, call: Call, *, outcome: str, at: datetime) -> None:
    """The attempt is paid for or given back: another one needs a hold of its own."""
    await tx.execute(
        update(attempts)
        .where(
            attempts.c.debate_id == debate_id,
            attempts.c.call_no == call.call_no,
            attempts.c.attempt == call.attempt,
        )
        .values(outcome=outcome, ended_at=at)
    )
    await _change(tx, debate_id, call.call_no, hold_id=None)


async def lose_attempts(tx: Tx, debate_id: str, *, at: datetime) -> None:
    """What a dead process had under way will not come back."""
    for call in (await claimed(tx, debate_id)).values():
        if call.hold_id is not None:
            await end_attempt(tx, debate_id, call, outcome="lost", at=at)


class Spoken(Protocol):
    """What came back from a call: its words, and the exact model that said them."""

    @property
    def text(self) -> str: ...
    @property
    def model_version(self) -> str: ...


async def finish(
    tx: Tx,
    debate_id: str,
    record: Record,
    *,
    at: datetime,
    reply: Spoken | None = None,
) -> None:
    """Commit how a call ended. It ends once: a second ending is refused."""
    await _change(
        tx,
        debate_id,
        record.call_no,
        state="done" if reply is not None else "failed",
        said=_dump(record),
        reply=reply and reply.text,
        model_version=reply and reply.model_version,
        done_at=at,
    )


async def drop(tx: Tx, debate_id: str, call_no: int, *, at: datetime) -> None:
    """Nobody waits for this call any more; it says nothing."""
    await _change(tx, debate_id, call_no, state="dropped", done_at=at)


class CallAlreadyOver(RuntimeError):
    """Two writers for one call: a bug here, never a caller's fault."""


async def _change(tx: Tx, debate_id: str, call_no: int, **values: object) -> None:
    changed = await tx.execute(
        update(calls)
        .where(
            calls.c.debate_id == debate_id,
            calls.c.call_no == call_no,
            calls.c.state == "claimed",
        )
        .values(**values)
    )
    if changed.rowcount != 1:
        raise CallAlreadyOver(f"call {call_no} of debate {debate_id} is over")


async def transcript(tx: Tx, debate_id: str) -> Transcript:
    found = await tx.execute(_SAID, {"debate_id": debate_id})
    return tuple(_load(said) for (said,) in found)


async def claimed(tx: Tx, debate_id: str) -> dict[int, Call]:
    """Calls that were taken and have not ended, by number."""
    found = await tx.execute(
        select(calls)
        .where(calls.c.debate_id == debate_id, calls.c.state == "claimed")
        .order_by(calls.c.call_no)
    )
    return {row.call_no: _call(row) for row in found}


def _call(row: Row[Any]) -> Call:
    return Call(**{field.name: getattr(row, field.name) for field in attrs.fields(Call)})


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


async def open_round(tx: Tx, debate_id: str, view: Round, *, at: datetime) -> None:
    await tx.execute(
        insert(rounds).values(
            debate_id=debate_id,
            no=view.no,
            kind=view.kind,
            label=view.label,
            participants=list(view.participants),
            opened_at=at,
        )
    )


async def close_round(tx: Tx, debate_id: str, no: int, *, at: datetime) -> None:
    await tx.execute(
        update(rounds)
        .where(rounds.c.debate_id == debate_id, rounds.c.no == no)
        .values(closed_at=at)
    )


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


def _dump(record: Record) -> dict[str, Any]:
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
