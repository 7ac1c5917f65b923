"""Events of many debates, ten in a transaction, as a debate writes them."""

from __future__ import annotations

import asyncio
import time

from aragora_server.debates.tables import debates, events
from aragora_server.kernel.clock import system_clock
from aragora_server.kernel.db import Database
from aragora_server.kernel.ids import new_id
from sqlalchemy import bindparam, insert, update

from bench import databases

WRITERS, BATCHES, BATCH = 50, 20, 10
DATA = '{"text":"' + "x" * 400 + '"}'
ADVANCE = (
    update(debates)
    .where(debates.c.id == bindparam("debate_id"))
    .values(last_seq=debates.c.last_seq + bindparam("places"))
    .returning(debates.c.last_seq)
)
APPEND = insert(events)


def measure() -> dict[str, float]:
    return databases.on_both(_append)


async def _append(db: Database) -> dict[str, float]:
    ids = [new_id() for _ in range(WRITERS)]
    async with db.begin() as tx:
        await tx.execute(insert(debates), [_debate(one) for one in ids])

    async def write(debate_id: str) -> None:
        for _ in range(BATCHES):
            async with db.begin() as tx:
                asked = {"debate_id": debate_id, "places": BATCH}
                last = (await tx.execute(ADVANCE, asked)).scalar_one()
                await tx.execute(APPEND, [_event(debate_id, last - no) for no in range(BATCH)])

    begin = time.perf_counter()
    await asyncio.gather(*map(write, ids))
    rate = WRITERS * BATCHES * BATCH / (time.perf_counter() - begin)
    return {"appended (events/s)": round(rate)}


def _event(debate_id: str, seq: int) -> dict[str, object]:
    at = system_clock()
    return {"debate_id": debate_id, "seq": seq, "type": "argument", "at": at, "data": DATA}


def _debate(debate_id: str) -> dict[str, object]:
    """As little as its table takes."""
    at = system_clock()
    moments = dict.fromkeys(("deadline_at", "created_at", "updated_at"), at)
    texts = dict.fromkeys(("question", "answer_kind", "protocol_id", "protocol_sha256"), "text")
    lists: dict[str, object] = {name: [] for name in ("options", "agents", "dissents", "warnings")}
    numbers = dict.fromkeys(("protocol_version", "seed", "cost_bound_micro_usd", "last_seq"), 0)
    owner = dict.fromkeys(("workspace_id", "created_by"), new_id())
    return {
        "id": debate_id, "status": "concluded", **owner, **moments, **texts, **lists, **numbers
    }  # fmt: skip
