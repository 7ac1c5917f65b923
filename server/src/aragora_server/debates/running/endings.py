"""How a debate ends: with a verdict and its receipt, cancelled, or failed. It ends once."""

from __future__ import annotations

import attrs

from aragora_server.debates import store
from aragora_server.debates.model import Cost, Debate, Decision, EndReason, Tenure
from aragora_server.debates.ports import Receipts
from aragora_server.debates.rules import protocol
from aragora_server.debates.rules.transcript import Answer, Conclude
from aragora_server.debates.rules.voting import weight
from aragora_server.debates.telling import drafts
from aragora_server.debates.telling.events import Draft
from aragora_server.kernel.db import Tx

from . import minutes
from .calls import Ending, Usages
from .clerk import Clerk, Told


@attrs.frozen(kw_only=True)
class Endings:
    clerk: Clerk
    receipts: Receipts

    async def conclude(self, tenure: Tenure, end: Conclude, *, left: Usages) -> None:
        """Verdict, dissents, settlement and receipt stand or fall together."""

        async def work(tx: Tx) -> tuple[None, Told]:
            debate = await self.clerk.enter(tx, tenure)
            if end.status == "failed":
                return None, await self._fail(tx, tenure, debate, end.stop_reason, left)
            over = debate.conclude(end, self.clerk.now())
            said = await self._end_calls(tx, tenure, left, outcome=end.stop_reason)
            cost = await self.clerk.costs.of_debate(tx, debate_id=debate.id)
            decision = await self._decision(tx, over, end, cost)
            issued = await self.receipts.issue(
                tx, workspace_id=debate.workspace_id, decision=decision
            )
            over = attrs.evolve(over, receipt_id=issued.receipt_id)
            ending = drafts.of_verdict(over, cost, issued)
            told = await self.clerk.append(tx, tenure, *said, *ending)
            await store.save(tx, over)
            return None, told

        await self.clerk.keep("conclude", work)
        await self.receipts.issued()

    async def cancel(self, tenure: Tenure, *, left: Usages) -> None:
        async def work(tx: Tx) -> tuple[None, Told]:
            debate = await self.clerk.enter(tx, tenure)
            return None, await self.cancelled(tx, tenure, debate, left)

        await self.clerk.keep("cancel", work)

    async def cancelled(self, tx: Tx, tenure: Tenure, debate: Debate, left: Usages) -> Told:
        over = debate.cancel(self.clerk.now())
        said = await self._end_calls(tx, tenure, left, outcome="cancelled")
        cost = await self.clerk.costs.of_debate(tx, debate_id=debate.id)
        told = await self.clerk.append(tx, tenure, *said, drafts.of_cancel(debate, cost))
        await store.save(tx, over)
        return told

    async def fail(self, tenure: Tenure, reason: EndReason, *, left: Usages) -> None:
        async def work(tx: Tx) -> tuple[None, Told]:
            debate = await self.clerk.enter(tx, tenure)
            return None, await self._fail(tx, tenure, debate, reason, left)

        await self.clerk.keep("fail", work)

    async def release(self, tenure: Tenure, *, left: Usages) -> None:
        """We stop: pay for what is under way, and let others go on. They make the calls again."""
        interrupted = Ending(outcome="interrupted", state="claimed")

        async def work(tx: Tx) -> tuple[None, Told]:
            await self.clerk.append(tx, tenure)
            said = await self.clerk.journal.end_all(tx, tenure, left, interrupted)
            told = await self.clerk.tell(tx, tenure, said)
            await self.clerk.journal.release(tx, tenure)
            return None, told

        await self.clerk.commit("release", work)

    async def _fail(
        self, tx: Tx, tenure: Tenure, debate: Debate, reason: EndReason, left: Usages
    ) -> Told:
        over = debate.fail(reason, self.clerk.now())
        said = await self._end_calls(tx, tenure, left, outcome=reason)
        told = await self.clerk.append(tx, tenure, *said, drafts.of_fault(reason))
        await store.save(tx, over)
        return told

    async def _end_calls(
        self, tx: Tx, tenure: Tenure, left: Usages, *, outcome: str
    ) -> tuple[Draft, ...]:
        dropped = Ending(outcome=outcome, state="dropped")
        return await self.clerk.journal.end_all(tx, tenure, left, dropped)

    async def _decision(self, tx: Tx, over: Debate, end: Conclude, cost: Cost) -> Decision:
        rules = protocol.load(over.protocol.id)
        rounds = await minutes.rounds_of(tx, over.id)
        closed = {row.no for row in rounds if row.closed_at is not None}
        ballots = tuple(
            record.ballot
            for record in await minutes.transcript(tx, over.id)
            if isinstance(record, Answer) and record.ballot and record.round in closed
        )
        return Decision(
            debate=over,
            verdict=end.verdict,
            options=end.options,
            ballots=ballots,
            weights={ballot.id: weight(rules.decision, ballot) for ballot in ballots},
            dissents=end.dissents,
            flips=end.flips,
            messages=await minutes.messages(tx, over.id),
            rounds=len(rounds),
            cost=cost,
        )
