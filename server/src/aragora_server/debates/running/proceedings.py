"""The transactions that move a debate forward. Each is one fact, committed whole, then told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from aragora_server.agents.model import AgentFailure, Reply, Usage
from aragora_server.debates import store
from aragora_server.debates.model import Call, Debate, Progress, Tenure
from aragora_server.debates.ports import Bound, Said
from aragora_server.debates.rules import protocol
from aragora_server.debates.rules.transcript import Ask, Failed, Record, Round, Unparsed
from aragora_server.debates.rules.voting import weight
from aragora_server.debates.telling import drafts, shapes, speech
from aragora_server.debates.telling.events import Draft
from aragora_server.kernel import telemetry
from aragora_server.kernel.db import Tx

from . import minutes
from .calls import Claimed, Ending
from .clerk import Clerk, Told
from .journal import Fenced


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
        """Take a debate up, for the first time or after others; None when it is not to be had."""
        journal = self.clerk.journal

        async def work(tx: Tx) -> tuple[Progress | None, Told]:
            tenure = await journal.adopt(tx, debate_id, self.clerk.pulse)
            if tenure is None:
                return None, ()
            debate = await self.clerk.get(tx, debate_id)
            if debate.started_at is not None:
                return await self._progress(tx, tenure, debate), ()
            started = debate.start(self.clerk.now())
            opening = Draft("debate.started", shapes.started(started))
            told = await self.clerk.append(tx, tenure, opening)
            await store.save(tx, started)
            return await self._progress(tx, tenure, started), told

        progress = await self.clerk.commit("adopt", work)
        if progress is not None:
            telemetry.ADOPTIONS.inc()
        return progress

    async def look(self, known: Progress) -> Progress:
        async def look(tx: Tx) -> Progress:
            debate = await store.reread(tx, known.debate)
            return await self._progress(tx, known.tenure, debate)

        return await self.clerk.see("look", look)

    async def is_cancelled(self, tenure: Tenure) -> bool:
        """Whether somebody asked for its end. Fenced when it is not ours any more."""

        async def look(tx: Tx) -> minutes.Standing:
            return (await minutes.standings(tx, [tenure.debate_id]))[tenure.debate_id]

        found = await self.clerk.see("look", look)
        if found.epoch != tenure.epoch:
            raise Fenced(f"debate {tenure.debate_id} was adopted in epoch {found.epoch}")
        return found.is_cancelled

    async def be_sure(self, tenure: Tenure) -> None:
        """Nothing is asked by a runner that others may have taken for dead: it looks first."""
        if not self.clerk.pulse.is_sure():
            await self.clerk.pulse.until_sure()
            await self.is_cancelled(tenure)

    async def claim(
        self, progress: Progress, view: Round, asks: Sequence[tuple[Ask, Bound]]
    ) -> Mapping[int, Call]:
        """Take a whole round: money held for every call of it, or PaymentRequired and nothing."""
        tenure, debate = progress.tenure, progress.debate

        async def work(tx: Tx) -> tuple[Claimed, Told]:
            # First of all the fence: every transaction locks the debate before any budget.
            await self.clerk.append(tx, tenure)
            claimed = await self.clerk.journal.claim(tx, tenure, debate, asks)
            if not await minutes.open_round(tx, debate.id, view, at=self.clerk.now()):
                return claimed, await self.clerk.tell(tx, tenure, claimed.said)
            started = Draft("round.started", speech.round_started(view))
            standing = await self.clerk.standing(tx, debate)
            return claimed, await self.clerk.append(tx, tenure, *claimed.said, started, standing)

        return self._counted(await self.clerk.keep("claim", work, tenure))

    async def retry(self, tenure: Tenure, debate: Debate, ask: Ask, bound: Bound) -> Call:
        """Another attempt, with a hold of its own; PaymentRequired when no budget admits it."""

        async def work(tx: Tx) -> tuple[Claimed, Told]:
            await self.clerk.append(tx, tenure)
            claimed = await self.clerk.journal.claim(tx, tenure, debate, [(ask, bound)])
            return claimed, await self.clerk.tell(tx, tenure, claimed.said)

        return self._counted(await self.clerk.keep("retry", work, tenure))[ask.call_no]

    async def complete(self, tenure: Tenure, call: Call, record: Record, reply: Reply) -> None:
        """A reply came: kept, told and paid in one transaction, and never asked for again."""
        ending = Ending(
            outcome="unparseable" if isinstance(record, Unparsed) else "answered",
            state="done",
            usage=reply.usage,
            record=record,
            reply=reply,
        )
        try:
            await self._end(tenure, call, ending, tuple(drafts.of_record(record, call.attempt)))
        except Fenced:
            await self._book_late(tenure.debate_id, call, reply.usage)
            raise

    async def set_back(self, tenure: Tenure, call: Call, setback: Setback) -> None:
        """An attempt gave nothing; with no retry to come the call is over."""
        failure = setback.failure
        ending = Ending(
            outcome=failure.code,
            state="claimed" if setback.record is None else "failed",
            usage=setback.usage,
            record=setback.record,
        )
        told = drafts.of_failure(call, failure, setback.retry_in_s)
        await self._end(tenure, call, ending, [told])

    async def refuse(self, tenure: Tenure, call: Call, record: Failed) -> None:
        """No budget admits another attempt: the agent stays silent in this round."""
        ending = Ending(outcome=record.code, state="failed", record=record)
        await self._end(tenure, call, ending, [drafts.of_failure(call, record, None)])

    async def close_round(self, tenure: Tenure, debate: Debate, view: Round) -> None:
        """Reveal the ballots of a round, all at once."""
        rules = protocol.load(debate.protocol.id)

        async def work(tx: Tx) -> tuple[None, Told]:
            await self.clerk.append(tx, tenure)
            if not await minutes.close_round(tx, debate.id, view.no, at=self.clerk.now()):
                return None, ()
            told = await self.clerk.append(
                tx,
                tenure,
                *(drafts.of_ballot(b, weight(rules.decision, b)) for b in view.ballots),
                Draft("round.completed", speech.round_completed(view)),
                await self.clerk.standing(tx, debate),
            )
            return None, told

        await self.clerk.keep("close", work)

    async def _end(self, tenure: Tenure, call: Call, ending: Ending, told: Sequence[Draft]) -> None:
        async def work(tx: Tx) -> tuple[None, Told]:
            events = await self.clerk.append(tx, tenure, *told)
            said = await self.clerk.journal.end(tx, tenure, call, ending)
            return None, events + await self.clerk.tell(tx, tenure, said)

        await self.clerk.keep("complete" if ending.state == "done" else "set_back", work)

    async def _book_late(self, debate_id: str, call: Call, usage: Usage) -> None:
        """Somebody else makes this call now, but it was answered here too, and is to be paid."""
        budgets = self.clerk.journal.budgets

        async def act(tx: Tx) -> tuple[None, Sequence[Said]]:
            paid = await budgets.adjust(tx, hold_id=str(call.hold_id), usage=usage)
            return None, paid.said

        await self.clerk.keep("late", self.clerk.beside(debate_id, act))

    def _counted(self, claimed: Claimed | None) -> Mapping[int, Call]:
        if claimed is None:
            raise AssertionError("a claim finds its own traces by itself")
        telemetry.CALLS_REPEATED.inc(claimed.repeated)
        return claimed.calls

    async def _progress(self, tx: Tx, tenure: Tenure, debate: Debate) -> Progress:
        rounds = await minutes.rounds_of(tx, debate.id)
        return Progress(
            tenure=tenure,
            debate=debate,
            transcript=await minutes.transcript(tx, debate.id),
            closed=frozenset(row.no for row in rounds if row.closed_at is not None),
        )
