"""How a debate survives whatever dies: the one place that knows.

A debate belongs to the runner that adopted it last. Each adoption raises its epoch, and whoever
writes does so under the epoch of its own adoption: after a later one it changes nothing.

adopt       a debate that nobody has, or whose runner is dead, becomes ours under a new epoch
append      number and keep what is told; first in each transaction, for it is also the fence
claim       hold the money for a round and take its calls, from the dead as well: what they had
            sent is booked in full and asked again; what nobody had sent is taken as it is
end         how an attempt, and with it perhaps the call, ended; settled in the same transaction
end_all     nobody waits any more: a verdict, a cancellation, a fault
release     let go of a debate, for others to adopt at once
orphans     unfinished debates that no living runner has: asked for with every heartbeat

Nothing is remembered about the dead: each of these looks at what is so when it is called. And each
may be repeated when nobody knows whether its COMMIT happened: it finds its own traces by key.

A call has its place in ask order, not in the order of answers. Claimed, it is done, failed or
dropped, once. What was answered but not committed at a death is asked again; nothing closes that
gap, and `aragora_calls_repeated_total` counts it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import Boolean, Float, Integer, String, and_, bindparam, insert, or_, select, update

from aragora_server.debates.model import LIVE, Call, Debate, DebateOver, Tenure
from aragora_server.debates.ports import Bound, Budgets, Pulse
from aragora_server.debates.rules.transcript import Ask
from aragora_server.debates.tables import attempts, calls, debates, events
from aragora_server.debates.telling import drafts
from aragora_server.debates.telling.events import Draft, Event, number
from aragora_server.kernel.clock import Clock
from aragora_server.kernel.db import Big, Tx
from aragora_server.kernel.runners import db_now, live

from . import minutes
from .calls import Claimed, Ending, Usages

OPENING = 0
"""The epoch of a debate that nobody has adopted: its first round is held, but nobody was asked."""
AT_ONCE = 500
"""So many orphans are looked at in one beat."""
_ADD_CALL, _ADD_ATTEMPT, _ADD_EVENTS = insert(calls), insert(attempts), insert(events)


class Fenced(Exception):
    """Somebody else adopted this debate: whatever is written here now comes too late."""


class CallAlreadyOver(RuntimeError):
    """It ended in this epoch already: by a COMMIT whose answer was lost, or by a bug of ours."""


# Made once: putting a statement together costs more than its execution.
_ID, _ME = bindparam("of", type_=String), bindparam("me", type_=String)
_EPOCH = bindparam("own_epoch", type_=Integer)
_THEIRS_IS_DEAD = and_(
    bindparam("may_judge", type_=Boolean),
    ~live(debates.c.runner_id, bindparam("timeout_s", type_=Float)),
)
_ADOPT = (
    update(debates)
    .where(
        debates.c.id == _ID,
        debates.c.status.in_(LIVE),
        # Ours: a debate that this process has dropped. It never runs one twice at a time.
        or_(debates.c.runner_id.is_(None), debates.c.runner_id == _ME, _THEIRS_IS_DEAD),
    )
    .values(epoch=debates.c.epoch + 1, runner_id=_ME, status="running", updated_at=db_now())
    .returning(debates.c.epoch)
)
_FENCE = (
    update(debates)
    .where(debates.c.id == _ID, debates.c.epoch == _EPOCH)
    .values(last_seq=debates.c.last_seq + bindparam("places", type_=Big), updated_at=db_now())
    .returning(debates.c.last_seq, debates.c.status)
)
_RELEASE = (
    update(debates)
    .where(debates.c.id == _ID, debates.c.epoch == _EPOCH)
    .values(runner_id=None, updated_at=db_now())
)
_ORPHANS = (
    select(debates.c.id, debates.c.runner_id)
    .where(
        debates.c.status.in_(LIVE),
        or_(
            debates.c.runner_id.is_(None),
            and_(
                debates.c.runner_id == _ME, debates.c.id.not_in(bindparam("mine", expanding=True))
            ),
            and_(debates.c.runner_id != _ME, _THEIRS_IS_DEAD),
        ),
    )
    .order_by(debates.c.updated_at, debates.c.id)
    .limit(AT_ONCE)
)
_OF_CALL = and_(calls.c.debate_id == _ID, calls.c.call_no == bindparam("no", type_=Integer))
_OF_ATTEMPT = and_(
    attempts.c.debate_id == _ID,
    attempts.c.call_no == bindparam("no", type_=Integer),
    attempts.c.attempt == bindparam("nth", type_=Integer),
)


@attrs.frozen(kw_only=True)
class Journal:
    """Every method joins the caller's transaction. Rows are locked in one order: the debate, its
    calls, holds, budgets."""

    budgets: Budgets
    now: Clock

    async def adopt(self, tx: Tx, debate_id: str, pulse: Pulse) -> Tenure | None:
        """None when a living runner has it, or it is over."""
        asked = {"of": debate_id, **_asks(pulse)}
        epoch = (await tx.execute(_ADOPT, asked)).scalar_one_or_none()
        return None if epoch is None else Tenure(debate_id, epoch)

    async def append(self, tx: Tx, tenure: Tenure, *told: Draft) -> tuple[Event, ...]:
        asked = {**_key(tenure), "places": len(told)}
        row = (await tx.execute(_FENCE, asked)).one_or_none()
        if row is None:
            raise Fenced(f"debate {tenure.debate_id} is not in its epoch {tenure.epoch} any more")
        if row.status not in LIVE:
            raise DebateOver(f"debate {tenure.debate_id} is {row.status}")
        first = row.last_seq - len(told) + 1
        made = number(told, debate_id=tenure.debate_id, first=first, at=self.now())
        if made:
            await tx.execute(_ADD_EVENTS, [attrs.asdict(event) for event in made])
        return made

    async def claim(
        self, tx: Tx, tenure: Tenure, debate: Debate, asks: Sequence[tuple[Ask, Bound]]
    ) -> Claimed:
        """All of them, or PaymentRequired and none. From the commit on they may be billed."""
        before = await minutes.claimed(tx, tenure.debate_id)
        ready = await self._still_held(tx, tenure, before)
        lost = [before[ask.call_no] for ask, _ in asks if ask.call_no in before.keys() - ready]
        said = [await self._lose(tx, tenure, call, outcome="lost") for call in lost]
        new = {ask.call_no: (ask, bound) for ask, bound in asks if ask.call_no not in ready}
        nth = {no: before[no].attempt + 1 if no in before else 1 for no in new}
        bounds = [attrs.evolve(bound, attempt=nth[no]) for no, (_, bound) in new.items()]
        hold_ids = await self.budgets.reserve(
            tx,
            workspace_id=debate.workspace_id,
            api_key_id=debate.created_by,
            debate_id=debate.id,
            tags=debate.tags,
            bounds=bounds,
        )
        for (no, (ask, _)), hold_id in zip(new.items(), hold_ids, strict=True):
            call = Call(
                call_no=no,
                round=ask.round,
                agent=ask.agent,
                attempt=nth[no],
                epoch=tenure.epoch,
                hold_id=hold_id,
            )
            await self._take(tx, tenure, call, is_new=no not in before)
            ready[no] = call
        if tenure.epoch != OPENING and hold_ids:
            await self.budgets.mark_sent(tx, hold_ids=hold_ids)
        asked_before = [call for call in lost if call.hold_id and call.epoch != OPENING]
        return Claimed(calls=ready, repeated=len(asked_before), said=sum(said, ()))

    async def _still_held(
        self, tx: Tx, tenure: Tenure, before: Mapping[int, Call]
    ) -> dict[int, Call]:
        """Ours already, by a COMMIT whose answer was lost; or held at the opening, never sent."""
        mine = {no: call for no, call in before.items() if call.epoch == tenure.epoch}
        ready = {no: call for no, call in mine.items() if call.hold_id}
        unsent = [call for call in before.values() if call.epoch == OPENING and call.hold_id]
        if tenure.epoch == OPENING or not unsent:
            return ready
        held = await self.budgets.mark_sent(tx, hold_ids=[str(call.hold_id) for call in unsent])
        for call in unsent:
            if call.hold_id in held:
                ready[call.call_no] = attrs.evolve(call, epoch=tenure.epoch)
                key = {"of": tenure.debate_id, "no": call.call_no}
                await tx.execute(update(calls).where(_OF_CALL).values(epoch=tenure.epoch), key)
                own = update(attempts).where(_OF_ATTEMPT).values(epoch=tenure.epoch)
                await tx.execute(own, {**key, "nth": call.attempt})
        return ready

    async def _take(self, tx: Tx, tenure: Tenure, call: Call, *, is_new: bool) -> None:
        nth = {"attempt": call.attempt, "epoch": call.epoch, "hold_id": call.hold_id}
        place = {"debate_id": tenure.debate_id, "call_no": call.call_no}
        if is_new:
            row = {**place, **nth, "round": call.round, "agent": call.agent, "state": "claimed"}
            await tx.execute(_ADD_CALL, row)
        else:
            key = {"of": tenure.debate_id, "no": call.call_no}
            await tx.execute(update(calls).where(_OF_CALL).values(nth), key)
        await tx.execute(_ADD_ATTEMPT, {**place, **nth})

    async def end(self, tx: Tx, tenure: Tenure, call: Call, ending: Ending) -> tuple[Draft, ...]:
        """Ends what is open and ours, once; the fence has been passed before.

        What budgets have to say of it, to be told in the same transaction.
        """
        guard = and_(
            _OF_CALL,
            calls.c.state == "claimed",
            calls.c.epoch == _EPOCH,
            calls.c.hold_id.is_not_distinct_from(call.hold_id),
        )
        values: dict[str, Any] = {"state": ending.state, "hold_id": None}
        if ending.state != "claimed":
            values["done_at"] = self.now()
        if ending.record is not None:
            values["said"] = minutes.dump(ending.record)
        if ending.reply is not None:
            values |= {"reply": ending.reply.text, "model_version": ending.reply.model_version}
        key = {**_key(tenure), "no": call.call_no}
        if (await tx.execute(update(calls).where(guard).values(values), key)).rowcount != 1:
            await self._explain(tx, tenure, call)
        if call.hold_id is None:
            return ()
        await self._end_attempt(tx, tenure, call, ending.outcome)
        if ending.usage is None:
            # Surely not billed.
            paid = await self.budgets.release(tx, hold_id=call.hold_id)
        else:
            paid = await self.budgets.settle(tx, hold_id=call.hold_id, usage=ending.usage)
        return drafts.of_budgets(paid.said)

    async def end_all(
        self, tx: Tx, tenure: Tenure, left: Usages, ending: Ending
    ) -> tuple[Draft, ...]:
        """Of calls that were cut we know what to book; those of the dead are booked in full."""
        said: tuple[Draft, ...] = ()
        for no, call in (await minutes.claimed(tx, tenure.debate_id)).items():
            if call.epoch == tenure.epoch and (no in left or call.hold_id is None):
                used = attrs.evolve(ending, usage=left.get(no))
                said += await self.end(tx, tenure, call, used)
            elif ending.state != "claimed":
                said += await self._lose(tx, tenure, call, outcome=ending.outcome)
                values = {"state": ending.state, "hold_id": None, "done_at": self.now()}
                key = {"of": tenure.debate_id, "no": no}
                await tx.execute(update(calls).where(_OF_CALL).values(values), key)
        return said

    async def release(self, tx: Tx, tenure: Tenure) -> None:
        await tx.execute(_RELEASE, _key(tenure))

    async def orphans(self, tx: Tx, pulse: Pulse, mine: Collection[str]) -> dict[str, str | None]:
        """Each with the runner that is believed dead, None where there is none."""
        found = await tx.execute(_ORPHANS, {"mine": list(mine), **_asks(pulse)})
        return {row.id: row.runner_id for row in found}

    async def _lose(self, tx: Tx, tenure: Tenure, call: Call, *, outcome: str) -> tuple[Draft, ...]:
        """The attempt of a runner that is gone: booked in full if it was sent, else given back."""
        if call.hold_id is None:
            return ()
        await self._end_attempt(tx, tenure, call, outcome)
        paid = await self.budgets.abandon(tx, hold_id=call.hold_id)
        return drafts.of_budgets(paid.said)

    async def _end_attempt(self, tx: Tx, tenure: Tenure, call: Call, outcome: str) -> None:
        ending = update(attempts).where(_OF_ATTEMPT).values(outcome=outcome, ended_at=self.now())
        key = {"of": tenure.debate_id, "no": call.call_no, "nth": call.attempt}
        await tx.execute(ending, key)

    async def _explain(self, tx: Tx, tenure: Tenure, call: Call) -> None:
        key = {"of": tenure.debate_id, "no": call.call_no}
        epoch = (await tx.execute(select(calls.c.epoch).where(_OF_CALL), key)).scalar_one()
        told = f"call {call.call_no} of debate {tenure.debate_id} in epoch {tenure.epoch}"
        raise Fenced(told) if epoch != tenure.epoch else CallAlreadyOver(told)


def _key(tenure: Tenure) -> dict[str, Any]:
    return {"of": tenure.debate_id, "own_epoch": tenure.epoch}


def _asks(pulse: Pulse) -> dict[str, Any]:
    """Who asks, and whom it may take for dead."""
    return {
        "me": pulse.runner_id,
        "timeout_s": pulse.timeout_s,
        "may_judge": pulse.may_judge(),
    }
