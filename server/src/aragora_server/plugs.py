"""Where slices meet: what one slice offers, in the words of another. Used by `app.py` alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import attrs

from .agents.model import Agent
from .agents.service import AgentRegistry
from .budgets.audit import ReceiptCost
from .budgets.costs import AgentCost, CostReport
from .budgets.holding import HoldService
from .debates import forgetting, ports
from .debates import model as debates
from .debates.rules import protocol
from .debates.rules.transcript import Ballot, Seat
from .debates.running.clerk import Act, Clerk
from .kernel.broadcast import Broadcast
from .kernel.db import Tx
from .kernel.idempotency import forget_made
from .receipts import model as receipts
from .receipts import store as receipt_rows
from .receipts.keeping.service import Ended
from .receipts.log import pending
from .receipts.service import ReceiptService
from .usage import store as rollup


@attrs.frozen
class DebateCosts:
    """The ledger, read for debates."""

    holds: HoldService

    async def of_debate(self, tx: Tx, *, debate_id: str) -> debates.Cost:
        return _debate_cost(await self.holds.cost_of_debate(tx, debate_id=debate_id))

    async def of_debates(self, tx: Tx, *, debate_ids: Collection[str]) -> dict[str, debates.Cost]:
        reports = await self.holds.costs_of_debates(tx, debate_ids=debate_ids)
        return {debate_id: _debate_cost(report) for debate_id, report in reports.items()}

    async def standing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, debate_id: str, tags: Sequence[str]
    ) -> debates.Standing:
        found = await self.holds.standing(
            tx,
            workspace_id=workspace_id,
            api_key_id=api_key_id,
            debate_id=debate_id,
            tags=tags,
        )
        return debates.Standing(
            spent_micro_usd=found.spent_micro_usd,
            held_micro_usd=found.held_micro_usd,
            remaining_micro_usd=found.remaining_micro_usd,
        )

    async def pricing(
        self, tx: Tx, *, workspace_id: str, api_key_id: str, tags: Sequence[str], is_capped: bool
    ) -> Callable[[ports.Bound], int | None]:
        return await self.holds.pricing(
            tx,
            workspace_id=workspace_id,
            api_key_id=api_key_id,
            tags=tags,
            is_capped=is_capped,
        )


@attrs.frozen
class DebatesBeside:
    """Debates, for whoever changes something of theirs without running them."""

    clerk: Clerk

    async def beside(self, debate_id: str, act: Act[int]) -> int:
        return await self.clerk.commit("beside", self.clerk.beside(debate_id, act))


@attrs.frozen
class DebateAgents:
    """Agents of the registry take their seats in a debate."""

    registry: AgentRegistry

    def seats(self, wanted: Sequence[ports.SeatWanted]) -> tuple[Seat, ...]:
        team = [ports.SeatWanted(model=model) for model in self.registry.default_team()]
        taken: list[Seat] = []
        for one in wanted or team:
            taken.append(self._seat(one, {seat.name for seat in taken}))
        return tuple(taken)

    def agent(self, seat: Seat) -> Agent:
        return self.registry.resolve(seat.model, temperature=seat.temperature)

    def _seat(self, wanted: ports.SeatWanted, taken: set[str]) -> Seat:
        card = self.registry.card(wanted.model)
        settings = attrs.asdict(wanted, filter=lambda _, value: value is not None)
        name = wanted.name or _free_name(card.name, taken)
        return Seat(**(settings | {"name": name, "family": card.family}))


def _free_name(model: str, taken: set[str]) -> str:
    """A model's own name, as far as a name may look so; the second one of it is `-2`."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", model).strip("-._")[:60] or "agent"
    names = [name, *(f"{name}-{no}" for no in range(2, len(taken) + 2))]
    return next(free for free in names if free not in taken)


@attrs.frozen
class DebateReceipts:
    """A decision of a debate becomes the claim of a receipt."""

    receipts: ReceiptService
    holds: HoldService
    broadcast: Broadcast

    async def issue(self, tx: Tx, *, workspace_id: str, decision: debates.Decision) -> ports.Issued:
        overrides = await self.holds.overrides_of_debate(tx, debate_id=decision.debate.id)
        claim = claim_of(decision, overrides)
        issued = await self.receipts.issue(tx, workspace_id=workspace_id, claim=claim)
        return ports.Issued(receipt_id=issued.receipt_id, digest=issued.digest)

    async def issued(self) -> None:
        await pending.wake(self.broadcast)


@attrs.frozen
class ReceiptCosts:
    """What receipts say of money, for whoever audits the books."""

    async def of_workspace(self, tx: Tx, *, workspace_id: str) -> Sequence[ReceiptCost]:
        return [ReceiptCost(**row) for row in await receipt_rows.costs(tx, workspace_id)]


@attrs.frozen
class DebateMemory:
    """A debate, its answers kept for repeated requests, and the names in the ledger."""

    holds: HoldService

    async def forget(self, tx: Tx, *, debate_id: str) -> None:
        names = await forgetting.forget(tx, debate_id)
        await forget_made(tx, debate_id)
        await rollup.rename(tx, debate_id, names)
        await self.holds.rename(tx, debate_id=debate_id, names=names)

    async def ended_within(
        self, tx: Tx, until: datetime, *, workspace_id: str | None, after_id: str, limit: int
    ) -> Sequence[Ended]:
        found = await forgetting.ended_within(
            tx, until, workspace_id=workspace_id, after_id=after_id, limit=limit
        )
        return [Ended(**row) for row in found]


def claim_of(decision: debates.Decision, overrides: tuple[str, ...]) -> receipts.Claim:
    """Every field of a decision reaches the claim, and every field of a claim the signature."""
    debate = decision.debate
    return receipts.Claim(
        debate_id=debate.id,
        question=debate.question,
        context=debate.context,
        protocol=receipts.Protocol(
            name=debate.protocol.id,
            version=debate.protocol.version,
            sha256=debate.protocol.sha256,
        ),
        seed=debate.seed,
        rounds=decision.rounds,
        stop_reason=decision.verdict.stop_reason,
        participants=_participants(decision),
        options=tuple(receipts.Option(id=one.id, label=one.label) for one in decision.options),
        ballots=tuple(_ballot(one, decision.weights[one.id]) for one in decision.ballots),
        verdict=_verdict(decision),
        dissents=tuple(
            receipts.Dissent(
                participant=one.agent, round=one.round, option_id=one.option_id, text=one.text
            )
            for one in decision.dissents
        ),
        messages=tuple(_message(said) for said in decision.messages),
        evidence=tuple(
            receipts.Evidence(
                name=one.name, media_type=one.media_type, bytes=one.byte_count, sha256=one.sha256
            )
            for one in debate.documents
        ),
        cost=_cost(decision.cost),
        budget_overrides=overrides,
    )


def _participants(decision: debates.Decision) -> tuple[receipts.Participant, ...]:
    versions = {said.agent: said.model_version for said in decision.messages}
    return tuple(
        receipts.Participant(
            name=seat.name,
            provider=seat.provider,
            model=seat.model.partition(":")[2],
            model_version=versions.get(seat.name),
            persona=seat.persona,
            role=seat.role,
        )
        for seat in decision.debate.seats
    )


def _message(said: debates.Message) -> receipts.Message:
    return receipts.Message(
        round=said.round,
        phase=said.phase,
        participant=said.agent,
        at=said.at,
        text=said.text,
    )


def _ballot(cast: Ballot, weight: int) -> receipts.Ballot:
    return receipts.Ballot(
        participant=cast.agent,
        round=cast.round,
        option_id=cast.choice,
        weight=weight,
        confidence_ppm=cast.confidence_ppm,
        reason=cast.reason,
    )


def _verdict(decision: debates.Decision) -> receipts.Verdict:
    verdict = decision.verdict
    rules = protocol.load(decision.debate.protocol.id).decision
    share = receipts.Share(num=rules.share.num, den=rules.share.den)
    return receipts.Verdict(
        outcome=verdict.outcome,
        option_id=verdict.option_id,
        answer=verdict.answer,
        rule=verdict.rule,
        share=share if verdict.rule == "supermajority" else None,
        tally=tuple(receipts.TallyEntry(**attrs.asdict(entry)) for entry in verdict.tally),
        tie_rule_used=verdict.tie_rule_used,
        quorum=receipts.Quorum(**attrs.asdict(verdict.quorum)),
        abstentions=verdict.abstentions,
        confidence_ppm=verdict.confidence_ppm,
    )


def _cost(cost: debates.Cost) -> receipts.Cost:
    return receipts.Cost(
        overage_micro_usd=cost.overage_micro_usd,
        price_versions=cost.price_versions,
        agents=tuple(
            receipts.AgentCost(
                participant=agent.agent,
                calls=agent.calls,
                input_tokens=agent.input_tokens,
                cache_read_tokens=agent.cache_read_tokens,
                cache_write_tokens=agent.cache_write_tokens,
                output_tokens=agent.output_tokens,
                reasoning_tokens=agent.reasoning_tokens,
                is_estimated=agent.is_estimated,
                cost_micro_usd=agent.cost_micro_usd,
            )
            for agent in cost.agents
        ),
    )


def _debate_cost(report: CostReport) -> debates.Cost:
    return debates.Cost(
        total_micro_usd=report.total_micro_usd,
        overage_micro_usd=report.overage_micro_usd,
        price_versions=report.price_versions,
        agents=tuple(_agent_total(agent) for agent in report.agents),
    )


def _agent_total(agent: AgentCost) -> debates.AgentTotal:
    return debates.AgentTotal(
        agent=agent.agent,
        calls=agent.calls,
        input_tokens=agent.usage.input,
        cache_read_tokens=agent.usage.cache_read,
        cache_write_tokens=agent.usage.cache_write,
        output_tokens=agent.usage.output,
        reasoning_tokens=agent.usage.reasoning,
        cost_micro_usd=agent.cost_micro_usd,
        is_estimated=agent.is_estimated,
    )
