"""How a debate ends: with a verdict and its receipt, cancelled, or failed. It ends once."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from aragora_server.agents.model import Usage
from aragora_server.debates import store
from aragora_server.debates.model import Cost, Debate, Decision, EndReason
from aragora_server.debates.ports import Receipts
from aragora_server.debates.rules import protocol
from aragora_server.debates.rules.transcript import Answer, Conclude
from aragora_server.debates.rules.voting import weight
from aragora_server.debates.telling import drafts
from aragora_server.kernel.db import Tx

from . import journal
from .clerk import Clerk, Told

Usages = Mapping[int, Usage | None]
"""What to book for calls that were cut, by call number; None for one that had not left yet."""


@attrs.frozen(kw_only=True)
class Endings:
    clerk: Clerk
    receipts: Receipts

    async def conclude(self, debate_id: str, end: Conclude, *, left: Usages) -> Debate:
        """Verdict, dissents, settlement and receipt stand or fall together."""

        async def work(tx: Tx) -> tuple[Debate, Told]:
            debate = await self.clerk.lock(tx, debate_id)
            if end.status == "failed":
                return await self._end_without_verdict(tx, debate, end.stop_reason, left)
            over = debate.conclude(end, self.clerk.now())
            await self._drop_open_calls(tx, debate, left, outcome=end.stop_reason)
            cost = await self.clerk.costs.of_debate(tx, debate_id=debate.id)
            decision = await self._decision(tx, over, end, cost)
            issued = await self.receipts.issue(
                tx, workspace_id=debate.workspace_id, decision=decision
            )
            over = attrs.evolve(over, receipt_id=issued.receipt_id)
            told = await self.clerk.append(tx, debate, *drafts.of_verdict(over, cost, issued))
            await store.save(tx, over)
            return over, told

        return await self.clerk.commit(work)

    async def cancel(self, debate_id: str, *, left: Usages) -> Debate:
        async def work(tx: Tx) -> tuple[Debate, Told]:
            return await self.cancelled(tx, await self.clerk.lock(tx, debate_id), left)

        return await self.clerk.commit(work)

    async def cancelled(self, tx: Tx, debate: Debate, left: Usages) -> tuple[Debate, Told]:
        over = debate.cancel(self.clerk.now())
        await self._drop_open_calls(tx, debate, left, outcome="cancelled")
        cost = await self.clerk.costs.of_debate(tx, debate_id=debate.id)
        told = await self.clerk.append(tx, debate, drafts.of_cancel(debate, cost))
        await store.save(tx, over)
        return over, told

    async def fail(self, debate_id: str, reason: EndReason, *, left: Usages) -> Debate:
        async def work(tx: Tx) -> tuple[Debate, Told]:
            debate = await self.clerk.lock(tx, debate_id)
            return await self._end_without_verdict(tx, debate, reason, left)

        return await self.clerk.commit(work)

    async def interrupt(self, debate_id: str, *, left: Usages) -> None:
        """The server stops: pay for what is under way; the calls are made again later."""

        async def work(tx: Tx) -> tuple[None, Told]:
            for call in (await journal.claimed(tx, debate_id)).values():
                if call.call_no in left:
                    await self.clerk.settle(tx, call, left[call.call_no])
                    await journal.end_attempt(
                        tx, debate_id, call, outcome="interrupted", at=self.clerk.now()
                    )
            return None, ()

        await self.clerk.commit(work)

    async def _end_without_verdict(
        self, tx: Tx, debate: Debate, reason: EndReason, left: Usages
    ) -> tuple[Debate, Told]:
        over = debate.fail(reason, self.clerk.now())
        await self._drop_open_calls(tx, debate, left, outcome=reason)
        told = await self.clerk.append(tx, debate, drafts.of_fault(reason))
        await store.save(tx, over)
        return over, told

    async def _drop_open_calls(self, tx: Tx, debate: Debate, left: Usages, *, outcome: str) -> None:
        for call in (await journal.claimed(tx, debate.id)).values():
            if call.call_no in left:
                await self.clerk.settle(tx, call, left[call.call_no])
            if call.hold_id is not None:
                await journal.end_attempt(tx, debate.id, call, outcome=outcome, at=self.clerk.now())
            await journal.drop(tx, debate.id, call.call_no, at=self.clerk.now())
        await self.clerk.budgets.sweep(tx, debate_id=debate.id)

    async def _decision(self, tx: Tx, over: Debate, end: Conclude, cost: Cost) -> Decision:
        rules = protocol.load(over.protocol.id)
        rounds = await journal.rounds_of(tx, over.id)
        closed = {row.no for row in rounds if row.closed_at is not None}
        ballots = tuple(
            record.ballot
            for record in await journal.transcript(tx, over.id)
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
            messages=await journal.messages(tx, over.id),
            rounds=len(rounds),
            cost=cost,
        )
