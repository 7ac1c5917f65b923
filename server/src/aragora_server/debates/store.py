"""Where debates and their documents are kept. Queries; no rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

import attrs
from sqlalchemy import ColumnElement, bindparam, exists, func, insert, select, tuple_, update

from aragora_server.kernel.db import Tx
from aragora_server.kernel.prepared import Prepared
from aragora_server.kernel.runners import anybody, db_now, live

from .documents import Snapshot
from .model import Debate, ProtocolRef, Pulse, Status
from .rules.transcript import Dissent, Option, Quorum, Seat, TallyEntry, Verdict, Warned
from .tables import debate_tags, debates, documents

_ONE = Prepared(
    select(debates).where(
        debates.c.id == bindparam("debate_id"), debates.c.workspace_id == bindparam("workspace_id")
    )
)
_ITS = Prepared(
    select(documents)
    .where(documents.c.debate_id == bindparam("debate_id"))
    .order_by(documents.c.no)
)
_BY_ID = Prepared(select(debates).where(debates.c.id == bindparam("debate_id")))
_ADD = insert(debates).values(updated_at=db_now())
OF_JOURNAL = frozenset({"epoch", "runner_id", "updated_at"})


@attrs.frozen(kw_only=True)
class Filter:
    status: Status | None = None
    protocol: str | None = None
    tag: str | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    question: str | None = None


async def add(tx: Tx, debate: Debate) -> None:
    await tx.execute(_ADD, _row(debate))
    if debate.documents:
        rows = [attrs.asdict(document) for document in debate.documents]
        await tx.execute(insert(documents), [{"debate_id": debate.id, **row} for row in rows])
    if debate.tags:
        labels = {"debate_id": debate.id, "workspace_id": debate.workspace_id}
        await tx.execute(insert(debate_tags), [labels | {"tag": tag} for tag in debate.tags])


async def save(tx: Tx, debate: Debate) -> None:
    """Keep what can change. Who runs it, and how far it came, belongs to the journal."""
    changing = (
        "status",
        "stop_reason",
        "verdict",
        "dissents",
        "changed_answers",
        "warnings",
        "receipt_id",
        "cancelled_by",
        "started_at",
        "ended_at",
    )
    row = _row(debate)
    await tx.execute(
        update(debates)
        .where(debates.c.id == debate.id)
        .values({name: row[name] for name in changing})
    )


async def find(
    tx: Tx, debate_id: str, *, workspace_id: str | None = None, lock: bool = False
) -> Debate | None:
    """A caller's read names the workspace, so no caller can reach another tenant's debate."""
    if not lock and workspace_id is None:
        row = await _BY_ID.row(tx, debate_id=debate_id)
    elif not lock:
        row = await _ONE.row(tx, debate_id=debate_id, workspace_id=workspace_id)
    else:
        query = select(debates).where(debates.c.id == debate_id)
        if workspace_id is not None:
            query = query.where(debates.c.workspace_id == workspace_id)
        row = (await tx.execute(query.with_for_update())).one_or_none()
    return None if row is None else _debate(row, _by_debate(await _ITS.rows(tx, debate_id=row.id)))


async def reread(tx: Tx, known: Debate) -> Debate:
    """What changed of it; its documents never do, and they may be long."""
    row = (await tx.execute(select(debates).where(debates.c.id == known.id))).one()
    return _debate(row, {known.id: known.documents})


async def list_(
    tx: Tx, workspace_id: str, wanted: Filter, *, before: tuple[datetime, str] | None, limit: int
) -> tuple[Debate, ...]:
    """Newest first; `before` is the place of the last debate seen."""
    query = select(debates).where(debates.c.workspace_id == workspace_id)
    if wanted.status is not None:
        query = query.where(debates.c.status == wanted.status)
    if wanted.protocol is not None:
        query = query.where(debates.c.protocol_id == wanted.protocol)
    if wanted.tag is not None:
        query = query.where(_has_tag(workspace_id, wanted.tag))
    if wanted.created_from is not None:
        query = query.where(debates.c.created_at >= wanted.created_from)
    if wanted.created_to is not None:
        query = query.where(debates.c.created_at < wanted.created_to)
    if wanted.question is not None:
        query = query.where(
            func.lower(debates.c.question).contains(wanted.question.lower(), autoescape=True)
        )
    place = (debates.c.created_at, debates.c.id)
    if before is not None:
        query = query.where(tuple_(*place) < tuple_(*before))
    query = query.order_by(*(column.desc() for column in place)).limit(limit)
    rows = (await tx.execute(query)).all()
    read = await _documents(tx, [row.id for row in rows])
    return tuple(_debate(row, read) for row in rows)


def _has_tag(workspace_id: str, tag: str) -> ColumnElement[bool]:
    t = debate_tags.c
    return exists().where(t.workspace_id == workspace_id, t.tag == tag, t.debate_id == debates.c.id)


async def pulse(tx: Tx, workspace_id: str, debate_id: str) -> Pulse | None:
    found = await tx.execute(
        select(debates.c.status, debates.c.last_seq).where(
            debates.c.id == debate_id, debates.c.workspace_id == workspace_id
        )
    )
    row = found.one_or_none()
    return None if row is None else Pulse(status=row.status, last_seq=row.last_seq)


async def pulses(tx: Tx, debate_ids: Collection[str]) -> dict[str, Pulse]:
    found = await tx.execute(
        select(debates.c.id, debates.c.status, debates.c.last_seq).where(
            debates.c.id.in_(debate_ids)
        )
    )
    return {row.id: Pulse(status=row.status, last_seq=row.last_seq) for row in found}


async def count_by_status(tx: Tx) -> dict[Status, int]:
    """Of all workspaces; a status that no debate has is counted too."""
    query = select(debates.c.status, func.count()).group_by(debates.c.status)
    counted = {row[0]: row[1] for row in await tx.execute(query)}
    return {status: counted.get(status, 0) for status in get_args(Status)}


async def count_unowned(tx: Tx, timeout_s: float) -> int:
    """Of all workspaces: running with no living runner, or queued where nobody lives."""
    is_left = (debates.c.status == "running") & ~live(debates.c.runner_id, timeout_s)
    is_stranded = (debates.c.status == "queued") & ~anybody(timeout_s)
    query = select(func.count()).select_from(debates).where(is_left | is_stranded)
    unowned: int = (await tx.execute(query)).scalar_one()
    return unowned


async def _documents(tx: Tx, debate_ids: Sequence[str]) -> dict[str, tuple[Snapshot, ...]]:
    found = await tx.execute(
        select(documents).where(documents.c.debate_id.in_(debate_ids)).order_by(documents.c.no)
    )
    return _by_debate(found.all())


def _by_debate(rows: Sequence[Any]) -> dict[str, tuple[Snapshot, ...]]:
    read: dict[str, tuple[Snapshot, ...]] = {}
    for row in rows:
        fields = row._asdict()
        debate_id = fields.pop("debate_id")
        read[debate_id] = (*read.get(debate_id, ()), Snapshot(**fields))
    return read


def _row(debate: Debate) -> dict[str, Any]:
    row = attrs.asdict(debate)
    protocol = row.pop("protocol")
    row["agents"] = row.pop("seats")
    del row["documents"]
    return row | {f"protocol_{key}": value for key, value in protocol.items()}


def _debate(row: Any, read: Mapping[str, tuple[Snapshot, ...]]) -> Debate:
    fields = {name: value for name, value in row._asdict().items() if name not in OF_JOURNAL}
    protocol = ProtocolRef(
        id=fields.pop("protocol_id"),
        version=fields.pop("protocol_version"),
        sha256=fields.pop("protocol_sha256"),
    )
    fields |= {
        "protocol": protocol,
        "documents": read.get(row.id, ()),
        "seats": tuple(Seat(**seat) for seat in fields.pop("agents")),
        "tags": tuple(fields["tags"]),
        "options": tuple(Option(**option) for option in fields["options"]),
        "verdict": _verdict(fields["verdict"]),
        "dissents": tuple(Dissent(**dissent) for dissent in fields["dissents"]),
        "warnings": tuple(Warned(**warning) for warning in fields["warnings"]),
    }
    return Debate(**fields)


def _verdict(stored: dict[str, Any] | None) -> Verdict | None:
    if stored is None:
        return None
    read = {
        "tally": tuple(TallyEntry(**entry) for entry in stored["tally"]),
        "quorum": Quorum(**stored["quorum"]),
        "supported_by": tuple(stored["supported_by"]),
    }
    return Verdict(**stored | read)
