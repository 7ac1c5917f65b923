"""Forgetting a debate whose receipt lost a text: its working copy goes whole.

What still may be read is in the receipt. Kept here are codes, ids, times and amounts, by the names
of their members; a member that nobody thought of is taken for a text, and goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from aragora_server.kernel.db import Tx

from .tables import calls, debates, documents, events, rounds

ERASED = "[erased]"
NOBODYS_SHA256 = "0" * 64
# What stands under these names is no text that anybody wrote.
PLAIN = {
    *(
        "answer_kind",
        "at",
        "code",
        "commitment",
        "digest",
        "family",
        "hash",
        "id",
        "kind",
        "media_type",
        "model",
    ),
    *("model_version", "outcome", "phase", "protocol", "provider", "rule", "state", "status"),
    *("stop_reason", "tie_rule_used", "type", "version"),
}
PLAIN_ENDINGS = ("_at", "_id", "_sha256", "_usd")


async def forget(tx: Tx, debate_id: str) -> Mapping[str, str]:
    """What each agent is called from now on, by its name before."""
    debate = (await tx.execute(select(debates).where(debates.c.id == debate_id))).one_or_none()
    if debate is None:
        return {}
    names = {seat["name"]: f"p{no}" for no, seat in enumerate(debate.agents, start=1)}
    blank = {"question": ERASED, "context": None}
    said = {
        column: scrubbed(getattr(debate, column), names)
        for column in ("options", "agents", "verdict", "dissents", "warnings")
    }
    await tx.execute(update(debates).where(debates.c.id == debate_id).values(blank | said))
    for table in (calls, rounds, documents):
        await tx.execute(delete(table).where(table.c.debate_id == debate_id))
    mine = events.c.debate_id == debate_id
    for seq, data in (await tx.execute(select(events.c.seq, events.c.data).where(mine))).all():
        left = orjson.dumps(scrubbed(orjson.loads(data), names)).decode()
        await tx.execute(update(events).where(mine, events.c.seq == seq).values(data=left))
    return names


async def ended_within(
    tx: Tx, until: datetime, *, workspace_id: str | None, after_id: str, limit: int
) -> list[dict[str, Any]]:
    """Debates that were over by then and were not forgotten, in the order of their ids."""
    d = debates.c
    query = select(d.id, d.workspace_id, d.receipt_id, d.ended_at.label("at")).where(
        d.ended_at <= until, d.id > after_id, _has_words()
    )
    if workspace_id is not None:
        query = query.where(d.workspace_id == workspace_id)
    found = await tx.execute(query.order_by(d.id).limit(limit))
    return [dict(row._mapping) for row in found]


def _has_words() -> ColumnElement[bool]:
    """Anybody may ask `[erased]`: that alone does not say that it was forgotten."""
    d = debates.c
    beside = (exists().where(one.c.debate_id == d.id) for one in (calls, rounds, documents))
    return or_(d.question != ERASED, d.context.is_not(None), *beside)


def scrubbed(value: Any, names: Mapping[str, str], member: str = "") -> Any:
    """The same shape without any text; agents have the names of the receipt's signed bytes."""
    if isinstance(value, dict):
        return {name: scrubbed(one, names, name) for name, one in value.items()}
    if isinstance(value, list):
        return [scrubbed(one, names, member) for one in value]
    if not isinstance(value, str):
        return value
    if member == "question_sha256":  # whoever guesses the question could tell by it
        return NOBODYS_SHA256
    if member in PLAIN or member.endswith(PLAIN_ENDINGS):
        return value
    return names.get(value, ERASED)
