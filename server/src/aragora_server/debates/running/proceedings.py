"""The transactions that move a debate forward. Each is one fact, committed whole, then told."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from aragora_server.agents.model import AgentFailure, Reply, Usage
from aragora_server.debates import store
from aragora_server.debates.model import Call, Debate, Progress
from aragora_server.debates.ports import Bound
from aragora_server.debates.rules import protocol
from aragora_server.debates.rules.transcript import Ask, Failed, Record, Round, Unparsed
from aragora_server.debates.rules.voting import weight
from aragora_server.debates.telling import drafts, shapes, speech
from aragora_server.debates.telling.events import Draft
from aragora_server.kernel.db import Tx

from . import journal
from .clerk import Clerk, Told

HOLD_FRESH_S = 600
"""A queued debate's first holds are good this long; after it they are taken anew."""


@attrs.frozen(kw_only=True)
class Setback:
    """A failed attempt: what it may have used, if anything, and the next try or the end."""

    failure: AgentFailure
    usage: Usage | None
    retry_in_s: float | None = None
    record: Failed | None = None


@attrs.frozen(kw_only=True)
class Proceedings:
    clerk: Clerk

    async def begin(self, debate_id: str) -> Progress | None:
        """Take a debate up, for the first time or after a restart; None when it is over."""

        async def work(tx: Tx) -> tuple[Progress | None, Told]:
            debate = await self.clerk.lock(tx, debate_id)
            if debate.is_over:
                return None, ()
            age_s = (self.clerk.now() - debate.created_at).total_seconds()
            if debate.status == "running" or age_s > HOLD_FRESH_S:
                await self.clerk.budgets.sweep(tx, debate_id=debate_id)
                await journal.lose_attempts(tx, debate_id, at=self.clerk.now())
            if debate.status == "running":
                return await self._progress(tx, debate), ()
            started = debate.start(self.clerk.now())
            opening = Draft("debate.started", shapes.started(started))
            told = await self.clerk.append(tx, started, opening)
            await store.save(tx, started)
            return await self._progress(tx, started), told

        return await self.clerk.commit(work)

    async def look(self, known: Debate) -> Progress:
        async with self.clerk.db.read() as tx:
            return await self._progress(tx, await store.reread(tx, known))

    async def is_cancelled(self, debate_id: str) -> bool:
        async with self.clerk.db.read() as tx:
            return await store.is_cancelled(tx, debate_id)

    async def claim(
        self, progress: Progress, view: Round, asks: Iterable[tuple[Ask, Bound]]
    ) -> dict[int, Call]:
        """Take a whole round: money held for every call of it, or PaymentRequired and nothing."""
        debate = progress.debate

        async def work(tx: Tx) -> tuple[dict[int, Call], Told]:
            # First of all the fence: every transaction locks the debate before any budget.
            await self.clerk.fence(tx, debate)
            calls = await self.take(tx, debate, asks)
            await self.clerk.budgets.mark_sent(
                tx, hold_ids=[str(call.hold_id) for call in calls.values()]
            )
            if view.no in progress.opened:
                return calls, ()
            await journal.open_round(tx, debate.id, view, at=self.clerk.now())
            started = Draft("round.started", speech.round_started(view))
            return calls, await self.clerk.append(
                tx, debate, started, await self.clerk.standing(tx, debate)
            )

        return await self.clerk.commit(work)

    async def take(
        self, tx: Tx, debate: Debate, asks: Iterable[tuple[Ask, Bound]]
    ) -> dict[int, Call]:
        """Hold and claim what is not claimed yet, or was claimed by an attempt that is lost."""
        claimed = await journal.claimed(tx, debate.id)
        ready = {no: call for no, call in claimed.items() if call.hold_id is not None}
        missing = [(ask, bound) for ask, bound in asks if ask.call_no not in ready]
        attempts = [
            claimed[ask.call_no].attempt + 1 if ask.call_no in claimed else 1 for ask, _ in missing
        ]
        hold_ids = await self.clerk.budgets.reserve(
            tx,
            workspace_id=debate.workspace_id,
            api_key_id=debate.created_by,
            debate_id=debate.id,
            bounds=[
                attrs.evolve(bound, attempt=attempt)
                for (_, bound), attempt in zip(missing, attempts, strict=True)
            ],
        )
        for (ask, _), attempt, hold_id in zip(missing, attempts, hold_ids, strict=True):
            ready[ask.call_no] = await journal.claim(
                tx, debate.id, ask, hold_id=hold_id, attempt=attempt
            )
        return ready

    async def complete(self, debate: Debate, call: Call, record: Record, reply: Reply) -> None:
        """A reply came: kept, told and paid in one transaction, and never asked for again."""

        async def work(tx: Tx) -> tuple[None, Told]:
            told = await self.clerk.append(tx, debate, *drafts.of_record(record, call.attempt))
            outcome = "unparseable" if isinstance(record, Unparsed) else "answered"
            await journal.end_attempt(tx, debate.id, call, outcome=outcome, at=self.clerk.now())
            await journal.finish(tx, debate.id, record, reply=reply, at=self.clerk.now())
            await self.clerk.settle(tx, call, reply.usage)
            return None, told

        await self.clerk.commit(work)

    async def set_back(self, debate: Debate, call: Call, setback: Setback) -> None:
        """An attempt gave nothing; with no retry to come the call is over."""
        failure = setback.failure

        async def work(tx: Tx) -> tuple[None, Told]:
            told = await self.clerk.append(
                tx, debate, drafts.of_failure(call, failure, setback.retry_in_s)
            )
            await journal.end_attempt(
                tx, debate.id, call, outcome=failure.code, at=self.clerk.now()
            )
            if setback.record is not None:
                await journal.finish(tx, debate.id, setback.record, at=self.clerk.now())
            await self.clerk.settle(tx, call, setback.usage)
            return None, told

        await self.clerk.commit(work)

    async def retry(self, debate: Debate, ask: Ask, bound: Bound) -> Call:
        """Another attempt, with a hold of its own; PaymentRequired when no budget admits it."""

        async def work(tx: Tx) -> tuple[Call, Told]:
            # The fence: a debate that is over makes no further call.
            await self.clerk.fence(tx, debate)
            call = (await self.take(tx, debate, [(ask, bound)]))[ask.call_no]
            await self.clerk.budgets.mark_sent(tx, hold_ids=[str(call.hold_id)])
            return call, ()

        return await self.clerk.commit(work)

    async def refuse(self, debate: Debate, call: Call, record: Failed) -> None:
        """No budget admits another attempt: the agent stays silent in this round."""

        async def work(tx: Tx) -> tuple[None, Told]:
            told = await self.clerk.append(tx, debate, drafts.of_failure(call, record, None))
            await journal.finish(tx, debate.id, record, at=self.clerk.now())
            return None, told

        await self.clerk.commit(work)

    async def close_round(self, debate: Debate, view: Round) -> None:
        """Reveal the ballots of a round, all at once."""
        rules = protocol.load(debate.protocol.id)

        async def work(tx: Tx) -> tuple[None, Told]:
            await journal.close_round(tx, debate.id, view.no, at=self.clerk.now())
            told = await self.clerk.append(
                tx,
                debate,
                *(drafts.of_ballot(b, weight(rules.decision, b)) for b in view.ballots),
                Draft("round.completed", speech.round_completed(view)),
                await self.clerk.standing(tx, debate),
            )
            return None, told

        await self.clerk.commit(work)

    async def _progress(self, tx: Tx, debate: Debate) -> Progress:
        rounds = await journal.rounds_of(tx, debate.id)
        return Progress(
            debate=debate,
            transcript=await journal.transcript(tx, debate.id),
            opened=frozenset(row.no for row in rounds),
            closed=frozenset(row.no for row in rounds if row.closed_at is not None),
        )
