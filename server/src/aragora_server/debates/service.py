"""What can be done with debates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import attrs

from aragora_server.kernel.db import Tx
from aragora_server.kernel.ids import NewId
from aragora_server.kernel.paging import Cursor, InvalidCursor, Page, page_of

from . import estimate, opening, store
from .estimate import Estimate
from .model import Cost, Debate, DebateNotFound, RoundRow, Tenure
from .opening import Wanted
from .ports import Agents, Bound, Dispatch, SeatWanted
from .rules import prompts, protocol, rounds
from .rules.transcript import Ask, Transcript
from .running import minutes
from .running.clerk import Clerk, Told
from .running.endings import Endings
from .running.journal import OPENING
from .store import Filter
from .telling import drafts
from .telling.events import Event, control_topic

QUICK = 50
"""So many debates of a list are read faster than a thread is asked."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


@attrs.frozen(kw_only=True)
class Known:
    """A debate with what it cost so far."""

    debate: Debate
    cost: Cost


@attrs.frozen(kw_only=True)
class Said:
    """All that was said in a debate."""

    debate: Debate
    rounds: tuple[RoundRow, ...]
    transcript: Transcript


@attrs.frozen(kw_only=True)
class DebateService:
    clerk: Clerk
    endings: Endings
    agents: Agents
    dispatch: Dispatch
    new_id: NewId

    async def open(
        self,
        workspace_id: str,
        api_key_id: str,
        wanted: Wanted,
        agents: Sequence[SeatWanted],
        *,
        debate_id: str | None = None,
    ) -> Known:
        """A debate whose first round is paid for, or a refusal and no trace of it.

        With an id that the same request was given before, the debate that it opened then.
        """
        drafted = self._draft(workspace_id, api_key_id, wanted, agents, debate_id=debate_id)
        asks = _first_asks(drafted)

        async def work(tx: Tx) -> tuple[Known, Told]:
            if await store.find(tx, drafted.id, workspace_id=workspace_id):
                return await self._known(tx, drafted.id), ()
            bound = (await self._estimate(tx, drafted)).cost_max_micro_usd
            debate = attrs.evolve(drafted, cost_bound_micro_usd=bound)
            await store.add(tx, debate)
            if debate.max_cost_micro_usd is not None:
                await self.clerk.journal.budgets.open_cap(
                    tx,
                    workspace_id=workspace_id,
                    debate_id=debate.id,
                    limit_micro_usd=debate.max_cost_micro_usd,
                )
            opening = Tenure(debate.id, OPENING)
            await self.clerk.journal.claim(tx, opening, debate, asks)
            told = await self.clerk.append(tx, opening, *drafts.of_opening(debate))
            return await self._known(tx, debate.id), told

        known = await self.clerk.commit("open", work)
        await self.dispatch.submit(drafted.id)
        return known

    async def estimate(
        self, workspace_id: str, api_key_id: str, wanted: Wanted, agents: Sequence[SeatWanted]
    ) -> tuple[Debate, Estimate]:
        """What `open` would admit and the debate could cost. Nothing is kept."""
        debate = self._draft(workspace_id, api_key_id, wanted, agents)
        async with self.clerk.db.read() as tx:
            return debate, await self._estimate(tx, debate)

    async def get(self, workspace_id: str, debate_id: str) -> Known:
        async with self.clerk.db.read() as tx:
            return await self._known(tx, debate_id, workspace_id=workspace_id)

    async def list(
        self, workspace_id: str, wanted: Filter, *, cursor: str | None, limit: int
    ) -> Page[Known]:
        before, db = _place(cursor), self.clerk.db
        is_quick = wanted == Filter() and limit <= QUICK
        async with db.read() if is_quick else db.search() as tx:
            found = await store.list_(tx, workspace_id, wanted, before=before, limit=limit + 1)
            costs = await self.clerk.costs.of_debates(tx, debate_ids=[one.id for one in found])
        known = [Known(debate=one, cost=costs[one.id]) for one in found]
        return page_of(known, limit, lambda one: _key(one.debate))

    async def cancel(self, workspace_id: str, debate_id: str, by: str) -> Known:
        """A debate that waits ends at once; one that runs ends within a second."""

        async def work(tx: Tx) -> tuple[Known, Told]:
            found = await self._find(tx, workspace_id, debate_id, lock=True)
            asked = found.ask_to_cancel(by)
            told: Told = ()
            if asked.status == "queued":
                tenure = await minutes.tenure_of(tx, debate_id)
                told = await self.endings.cancelled(tx, tenure, asked, {})
            elif asked != found:
                await store.save(tx, asked)
            return await self._known(tx, debate_id), told

        known = await self.clerk.commit("ask_to_cancel", work)
        await self.clerk.broadcast.publish(control_topic(debate_id), b"cancel")
        return known

    async def transcript(self, workspace_id: str, debate_id: str) -> Said:
        async with self.clerk.db.read() as tx:
            return Said(
                debate=await self._find(tx, workspace_id, debate_id),
                rounds=await minutes.rounds_of(tx, debate_id),
                transcript=await minutes.transcript(tx, debate_id),
            )

    async def events(
        self, workspace_id: str, debate_id: str, *, after: int, cursor: str | None, limit: int
    ) -> Page[Event]:
        if cursor is not None:
            (last,) = Cursor.decode(cursor, int).parts
            after = int(last)
        async with self.clerk.db.read() as tx:
            pulse = await store.pulse(tx, workspace_id, debate_id)
            if pulse is None:
                raise DebateNotFound(f"no debate {debate_id}")
            pulse.check_after(after)
            found = await minutes.events_after(tx, debate_id, after, limit + 1)
        return page_of(found, limit, lambda event: (event.seq,))

    def _draft(
        self,
        workspace_id: str,
        created_by: str,
        wanted: Wanted,
        agents: Sequence[SeatWanted],
        *,
        debate_id: str | None = None,
    ) -> Debate:
        return opening.draft(
            wanted,
            self.agents.seats(agents),
            debate_id=debate_id or self.new_id(),
            workspace_id=workspace_id,
            created_by=created_by,
            at=self.clerk.now(),
        )

    async def _estimate(self, tx: Tx, debate: Debate) -> Estimate:
        return estimate.estimate(
            protocol.load(debate.protocol.id),
            debate.setup(),
            cap_micro_usd=debate.max_cost_micro_usd,
            price=await self.clerk.costs.pricing(
                tx,
                workspace_id=debate.workspace_id,
                api_key_id=debate.created_by,
                tags=debate.tags,
                is_capped=debate.max_cost_micro_usd is not None,
            ),
        )

    async def _known(self, tx: Tx, debate_id: str, *, workspace_id: str | None = None) -> Known:
        debate = await store.find(tx, debate_id, workspace_id=workspace_id)
        if debate is None:
            raise DebateNotFound(f"no debate {debate_id}")
        cost = await self.clerk.costs.of_debate(tx, debate_id=debate_id)
        return Known(debate=debate, cost=cost)

    async def _find(
        self, tx: Tx, workspace_id: str, debate_id: str, *, lock: bool = False
    ) -> Debate:
        debate = await store.find(tx, debate_id, workspace_id=workspace_id, lock=lock)
        if debate is None:
            raise DebateNotFound(f"no debate {debate_id}")
        return debate


def _first_asks(debate: Debate) -> list[tuple[Ask, Bound]]:
    rules, setup = protocol.load(debate.protocol.id), debate.setup()
    return [
        (ask, estimate.bound_of(setup, ask, prompts.render(rules, setup, (), ask)))
        for ask in rounds.plan(rules, setup, ()).asks
    ]


def _key(debate: Debate) -> tuple[int, str]:
    return (debate.created_at - EPOCH) // MILLISECOND, debate.id


def _place(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    since_epoch, debate_id = Cursor.decode(cursor, int, str).parts
    try:
        return EPOCH + int(since_epoch) * MILLISECOND, str(debate_id)
    except OverflowError:
        raise InvalidCursor("there is no such time") from None
