from __future__ import annotations

import anyio
import pytest
from aragora_server.debates.rules.transcript import Ask
from aragora_server.debates.running import journal
from aragora_server.debates.telling.events import Draft
from aragora_server.kernel.ids import new_id
from sqlalchemy.exc import IntegrityError

from tests.stage import Stage

pytestmark = pytest.mark.anyio


async def test_writers_at_once_leave_no_gap_between_their_events(stage: Stage) -> None:
    debate = await stage.open()
    note = Draft("debate.warning", {"code": "note", "detail": "", "agent": None})

    async def write() -> None:
        async with stage.db.begin() as tx:
            await journal.append(tx, debate.id, [note, note], at=stage.money.time())

    async with anyio.create_task_group() as group:
        for _ in range(8):
            group.start_soon(write)

    assert [event.seq for event in await stage.events(debate.id)] == list(range(1, 18))
    assert (await stage.get(debate.id)).last_seq == 17


async def test_what_is_rolled_back_takes_no_number(stage: Stage) -> None:
    debate = await stage.open()
    note = Draft("debate.warning", {"code": "note", "detail": "", "agent": None})

    async def append_and_fail() -> None:
        async with stage.db.begin() as tx:
            await journal.append(tx, debate.id, [note], at=stage.money.time())
            raise RuntimeError("something else failed")

    with pytest.raises(RuntimeError):
        await append_and_fail()

    assert (await stage.get(debate.id)).last_seq == 1
    assert len(await stage.events(debate.id)) == 1


async def test_a_call_is_claimed_by_one(stage: Stage) -> None:
    debate = await stage.open()
    taken = Ask(call_no=1, round=0, step="pair", kind="argument", agent="ada")

    with pytest.raises(IntegrityError):
        async with stage.db.begin() as tx:
            await journal.claim(tx, debate.id, taken, hold_id=new_id(), attempt=1)


async def test_an_attempt_is_made_by_one(stage: Stage) -> None:
    debate = await stage.open()
    taken = Ask(call_no=1, round=0, step="pair", kind="argument", agent="ada")

    async with stage.db.begin() as tx:
        await journal.claim(tx, debate.id, taken, hold_id=new_id(), attempt=2)

    with pytest.raises(IntegrityError):
        async with stage.db.begin() as tx:
            await journal.claim(tx, debate.id, taken, hold_id=new_id(), attempt=2)
